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


def tile_lines(block: Tiles) -> list[str]:
    """Return a tile map as lines of text of the same width."""
    cells = {(tile.row, tile.column): plain(tile.text).replace("\n", " ") for tile in block.tiles}
    width = max(map(len, cells.values()), default=0) + 1
    rows = range(max((row for row, _ in cells), default=-1) + 1)
    columns = range(max((column for _, column in cells), default=-1) + 1)
    return ["".join(cells.get((row, column), "").ljust(width) for column in columns) for row in rows]
