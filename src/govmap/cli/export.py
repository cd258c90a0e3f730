"""`govmap export KIND [PATH]`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli.answering import AsOfOption, DataOption
from govmap.cli.atlas import open_atlas
from govmap.cli.output import write
from govmap.errors import UsageError
from govmap.export.kinds import KINDS, load_writer
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

    Example: govmap export json atlas.json
    """
    if kind not in KINDS:
        raise UsageError(f"There is no kind of export {quoted(kind)}", tuple(KINDS))
    atlas = open_atlas(data, as_of)
    if path is not None:
        _write_to(path, kind, atlas)
    elif KINDS[kind].text:
        write(_as_text(kind, atlas))
    else:
        raise UsageError(f"{kind} is not text; name where to write it", (f"govmap export {kind} {_name(kind)}",))


def _name(kind: str) -> str:
    return f"govmap{KINDS[kind].ending}" if KINDS[kind].ending else f"govmap-{kind}"


def _write_to(path: Path, kind: str, atlas: Atlas) -> None:
    writer = load_writer(kind)
    with replacing(path, folder=KINDS[kind].folder) as new:
        writer(atlas, new)


def _as_text(kind: str, atlas: Atlas) -> str:
    writer = load_writer(kind)
    with tempfile.TemporaryDirectory(prefix="govmap-") as folder:
        path = Path(folder) / _name(kind)
        writer(atlas, path)
        return path.read_text(encoding="utf-8")
