"""`govmap export KIND [PATH]`."""

from __future__ import annotations

from govmap.calls import Call
from govmap.cli.answer import open_atlas
from govmap.cli.output import progress, write_bytes
from govmap.declaration import DATA, Date, ExportKind, Path, Projection, Scope, command
from govmap.errors import UsageError
from govmap.language import _


@command(DATA, "sqlite atlas.sqlite", "skos", "graphml --project countries")
def export(
    kind: ExportKind,
    path: Path | None = None,
    *,
    project: Projection | None = None,
    base_url: str | None = None,
    datasette: bool = False,
    force: bool = False,
    as_of: Date | None = None,
    scope: Scope | None = None,
    data: Path | None = None,
) -> None:
    """Write the whole dataset for another tool.

    Args:
        path: Where to write it; replaces an earlier export of that kind (text, by default: the screen).
        project: For a network: link 'countries' by shared mechanisms, or 'mechanisms' by shared countries.
        base_url: For jsonld, skos and site: the base address of all identifiers (default: a URN).
        datasette: For sqlite: also write the settings for Datasette.
        force: Also replace what no export wrote, except a folder with other files.

    """
    from govmap.export.kinds import as_bytes, default_name, given, require_kind, write  # not for `--help`

    options = {"project": project, "base_url": base_url, "datasette": datasette}
    chosen = require_kind(kind, **options)
    if path in (None, "-"):
        if not chosen.text:
            message = _("{kind} is not text; say where to write it").format(kind=kind)
            raise UsageError(message, (Call("export", kind, default_name(kind), **given(options)),))
        write_bytes(as_bytes(open_atlas(data, as_of, scope), kind, **options))
        return
    atlas = open_atlas(data, as_of, scope)
    name = path.rstrip("/").rpartition("/")[2]
    with progress(_("Writing {path}").format(path=name)):
        write(atlas, kind, path, force=force, **options)
