"""Plain text that is safe to show, never a terminal control, and what is drawn with it alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govmap.texts import UNSAFE

if TYPE_CHECKING:
    from govmap.layout.page import Tiles

ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")  # of a page on the web, in running text


def plain(text: str) -> str:
    r"""Return *text* with its control and direction characters spelled out; line breaks stay.

    >>> plain("Per\x1b[31mu")
    'Per\\x1b[31mu'
    """
    return UNSAFE.sub(_spell_out, text)


def _spell_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def tile_lines(block: Tiles) -> list[str]:
    """Return a map of tiles as lines of text, all of the same width."""
    width = max((len(plain(tile.text)) for tile in block.tiles), default=0) + 1
    cells = {(tile.row, tile.column): plain(tile.text).replace("\n", " ") for tile in block.tiles}
    rows = range(max((tile.row for tile in block.tiles), default=-1) + 1)
    places = range(max((tile.column for tile in block.tiles), default=-1) + 1)
    return ["".join(cells.get((row, place), "").ljust(width) for place in places) for row in rows]
