"""Text that is safe to show on a terminal, and the tile map drawn with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govmap.texts import UNSAFE

if TYPE_CHECKING:
    from govmap.layout.page import Tiles

_ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:)])")  # without the punctuation of the sentence around it


def plain(text: str) -> str:
    r"""Return *text* with control and direction characters spelled out, but for line breaks.

    >>> plain("Per\x1b[31mu")
    'Per\\x1b[31mu'
    """
    return UNSAFE.sub(_spell_out, text)


def _spell_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def split_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of *text* in order, each with whether it is a web address."""
    for index, piece in enumerate(_ADDRESS.split(text)):
        yield piece, index % 2 == 1  # `split` puts what the group matched between the other pieces


def tile_lines(block: Tiles, width: int | None = None) -> list[str]:
    """Return a tile map as lines of text no longer than *width*, from its first tile on; none where it does not fit.

    Where it must, it leaves out the blanks in a tile, the columns without a tile, and the blanks between tiles.
    """
    cells = {(tile.row, tile.column): plain(tile.text).replace("\n", " ") for tile in block.tiles}
    filled = [row for row, _ in cells]
    rows = range(min(filled, default=0), max(filled, default=-1) + 1)
    every = range(max((column for _, column in cells), default=-1) + 1)
    used = [column for column in every if any(row_column[1] == column for row_column in cells)]
    close = {place: text.replace(" ", "") for place, text in cells.items()}
    for texts, columns, gap in ((cells, every, 1), (close, used, 1), (close, used, 0)):
        size = max(map(len, texts.values()), default=0) + gap
        lines = ["".join(texts.get((row, column), "").ljust(size) for column in columns) for row in rows]
        if width is None or max((len(line.rstrip()) for line in lines), default=0) <= width:
            return lines
    return []
