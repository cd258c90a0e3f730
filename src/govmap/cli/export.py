"""`govmap export KIND [PATH]`."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli.answering import AsOfOption, DataOption, LangOption
from govmap.cli.atlas import open_atlas
from govmap.cli.output import write_bytes
from govmap.cli.values import files
from govmap.errors import UsageError
from govmap.export.kinds import KINDS, PROJECTIONS, Writer, load_writer
from govmap.files import replacing, scratch_folder, temporary
from govmap.texts import quoted

# A paragraph each, which Typer shows as a line each.
KINDS_HELP = "\n\n".join(["What to write, one of:", *(f"{name}: {kind.summary}" for name, kind in KINDS.items())])


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=KINDS_HELP,
            show_default=False,
            autocompletion=lambda: [(name, kind.summary) for name, kind in KINDS.items()],
        ),
    ],
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="Where to write it; text goes to the screen without.",
            show_default=False,
            autocompletion=files,
        ),
    ] = None,
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar="NODES",
            help="Of a network, tie 'countries' by the mechanisms they share, or 'mechanisms' by their countries.",
            show_default=False,
            autocompletion=lambda: list(PROJECTIONS),
        ),
    ] = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
    lang: LangOption = None,
) -> None:
    """Write the whole dataset for another tool.

    Example: govmap export sqlite atlas.sqlite
    """
    if kind not in KINDS:
        near = difflib.get_close_matches(kind.casefold(), KINDS, n=2)
        raise UsageError(f"There is no kind of export {quoted(kind)}", tuple(near or KINDS))
    if project is not None:
        _require_projection(kind, project)
    path = None if path == Path("-") else path
    if path is None and not KINDS[kind].text:
        raise UsageError(f"{kind} is not text; name where to write it", (f"govmap export {kind} {_name(kind)}",))
    writer = load_writer(kind, project)
    atlas = open_atlas(data, as_of)
    if path is None:
        write_bytes(_as_bytes(kind, atlas, writer))
        return
    with replacing(path, folder=KINDS[kind].folder) as new:
        writer(atlas, new)


def _name(kind: str) -> str:
    return f"govmap{KINDS[kind].ending}" if KINDS[kind].ending else f"govmap-{kind}"


def _require_projection(kind: str, project: str) -> None:
    """Refuse a projection of what is no network, or on what it does not have."""
    if project not in PROJECTIONS:
        raise UsageError(f"There is no projection on {quoted(project)}", PROJECTIONS)
    if not KINDS[kind].projects:
        network = next(name for name, other in KINDS.items() if other.projects)
        call = f"govmap export {network} --project {project}"
        raise UsageError(f"{kind} is not a network and takes no --project", (call,))


def _as_bytes(kind: str, atlas: Atlas, writer: Writer) -> bytes:
    with scratch_folder(temporary(), "govmap") as folder:
        path = folder / _name(kind)
        writer(atlas, path)
        return path.read_bytes()
