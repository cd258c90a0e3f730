"""`govmap export KIND [PATH]`."""

from __future__ import annotations

import difflib
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption
from govmap.cli.output import write
from govmap.errors import UsageError
from govmap.export.kinds import KINDS, Writer, load_writer
from govmap.files import replacing
from govmap.texts import quoted


def export(
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.", show_default=False),
    ],
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]", help="Where to write it; text goes to the screen without.", show_default=False
        ),
    ] = None,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Write the whole dataset for another tool.

    Example: govmap export sqlite atlas.sqlite
    """
    if kind not in KINDS:
        near = difflib.get_close_matches(kind.casefold(), KINDS, n=2)
        raise UsageError(f"There is no kind of export {quoted(kind)}", tuple(near or KINDS))
    if path is None and not KINDS[kind].text:
        raise UsageError(f"{kind} is not text; name where to write it", (f"govmap export {kind} {_name(kind)}",))
    writer = load_writer(kind)
    atlas = open_atlas(data, as_of)
    if path is None:
        write(_as_text(kind, writer, atlas))
        return
    with replacing(path, folder=KINDS[kind].folder) as new:
        writer(atlas, new)


def _name(kind: str) -> str:
    return f"govmap{KINDS[kind].ending}" if KINDS[kind].ending else f"govmap-{kind}"


def _as_text(kind: str, writer: Writer, atlas: Atlas) -> str:
    with tempfile.TemporaryDirectory(prefix="govmap-") as folder:
        path = Path(folder) / _name(kind)
        writer(atlas, path)
        return path.read_text(encoding="utf-8")
