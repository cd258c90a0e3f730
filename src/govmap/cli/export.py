"""`govmap export KIND [PATH]`."""

from __future__ import annotations

import difflib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli.answering import AsOfOption, DataOption, LangOption
from govmap.cli.atlas import open_atlas
from govmap.cli.output import write_bytes
from govmap.cli.progress import telling
from govmap.cli.values import files
from govmap.errors import UsageError
from govmap.export.kinds import KINDS, PROJECTIONS, Writer, load_writer
from govmap.files import replacing, scratch_folder, temporary
from govmap.language import _, current, marked, speaking
from govmap.texts import quoted

# A paragraph each, which Typer shows as a line each.
KINDS_HELP = "\n\n".join(
    [marked("What to write, one of:"), *(f"{name}: {kind.summary}" for name, kind in KINDS.items())]
)


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar=marked("KIND"),
            help=KINDS_HELP,
            show_default=False,
            autocompletion=lambda: [(name, _(kind.summary)) for name, kind in KINDS.items()],
        ),
    ],
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar=marked("[PATH]"),
            help=marked("Where to write it; text goes to the screen without."),
            show_default=False,
            autocompletion=files,
        ),
    ] = None,
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar=marked("NODES"),
            help=marked(
                "Of a network, tie 'countries' by the mechanisms they share, or 'mechanisms' by their countries."
            ),
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
        raise UsageError(_("There is no kind of export {kind}").format(kind=quoted(kind)), tuple(near or KINDS))
    if project is not None:
        _require_projection(kind, project)
    path = None if path == Path("-") else path
    if path is None and not KINDS[kind].text:
        message = _("{kind} is not text; name where to write it").format(kind=kind)
        raise UsageError(message, (f"govmap export {kind} {_name(kind)}",))
    writer = load_writer(kind, project)
    atlas = open_atlas(data, as_of)
    if path is None:
        write_bytes(_as_bytes(kind, atlas, writer))
        return
    writing = telling(_("Writing {path}").format(path=path.name))
    with replacing(path, folder=KINDS[kind].folder) as new, _speaking_of(kind), writing:
        writer(atlas, new)


def _name(kind: str) -> str:
    return f"govmap{KINDS[kind].ending}" if KINDS[kind].ending else f"govmap-{kind}"


def _require_projection(kind: str, project: str) -> None:
    """Refuse a projection of what is no network, or on what it does not have."""
    if project not in PROJECTIONS:
        raise UsageError(_("There is no projection on {nodes}").format(nodes=quoted(project)), PROJECTIONS)
    if not KINDS[kind].projects:
        network = next(name for name, other in KINDS.items() if other.projects)
        call = f"govmap export {network} --project {project}"
        raise UsageError(_("{kind} is not a network and takes no --project").format(kind=kind), (call,))


def _as_bytes(kind: str, atlas: Atlas, writer: Writer) -> bytes:
    with scratch_folder(temporary(), "govmap") as folder:
        path = folder / _name(kind)
        with _speaking_of(kind):
            writer(atlas, path)
        return path.read_bytes()


def _speaking_of(kind: str) -> AbstractContextManager[None]:
    """Return the language of an export: that of the answer for networks, whose labels people read.

    The others hold the names of every language, and are the same for everybody.
    """
    return speaking(current() if KINDS[kind].projects else "en")
