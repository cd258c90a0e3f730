"""Writes a page as text for a terminal, the only module that knows rich.

Columns are as wide as their texts where the width allows, else as their longest word at least. A table that does
not fit even so becomes a list: each row a few lines of its own. Nothing is cut off. Without a terminal, and without
COLUMNS, a page is as wide as its longest line, so that no line is broken for `grep`.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from govmap.formats.text import plain, tile_lines
from govmap.language import _
from govmap.layout.page import EMPTY, FULL, Block, Column, Drawing, Facts, Lines, Page, Sources, Table, Tiles
from govmap.layout.words import source_lines

UNLIMITED = 100_000
LONGEST_WORD = 24  # longer ones, addresses mostly, may be broken to make a table fit
SHORT = 12  # a column whose texts are no longer is not broken where it can be helped
GAP = 2
BLANKS_AT_END = re.compile(r" +((?:\x1b\[0m)?)$", re.MULTILINE)


class _Buffer(io.StringIO):
    """Text on its way to an output of another encoding, so that rich draws lines that it has."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # io.StringIO has None here
        return self._encoding


def to_text(page: Page, *, terminal: bool, columns: int | None = None, encoding: str = "utf-8") -> str:
    """Return *page* as text.

    Args:
        page: What to write.
        terminal: Whether a person's terminal gets it, so that headings are bold.
        columns: How wide a line may be; without a limit by default.
        encoding: What the text will be encoded in, which decides how lines are drawn.

    """
    buffer = _Buffer(encoding)
    console = Console(
        file=buffer,
        force_terminal=terminal,
        markup=False,
        emoji=False,
        highlight=False,
        width=columns or UNLIMITED,
        height=25,  # given, so that rich does not read LINES
    )
    _print(console, _filled(page.title, console.width), bold=True)
    _print(console, _filled(page.subtitle, console.width))
    for block in page.parts:
        tiles = block.text if isinstance(block, Drawing) else block
        if isinstance(tiles, Tiles) and max(map(len, tile_lines(tiles)), default=0) > console.width:
            continue  # a table or a list beside it tells the same
        console.print()
        _write_block(block, console)
    return BLANKS_AT_END.sub(r"\1", buffer.getvalue())


def _print(console: Console, text: str, *, bold: bool = False) -> None:
    console.print(Text(text, style="bold" if bold else ""), soft_wrap=True)


def _write_block(block: Block, console: Console) -> None:
    if isinstance(block, Sources):
        block = source_lines(block)
    if isinstance(block, Drawing):
        _print(console, _filled(block.title, console.width), bold=True)
        block = block.text
    if isinstance(block, Facts):
        _write_pairs(block.pairs, console)
        return
    if isinstance(block, Tiles):
        _print(console, "\n".join(tile_lines(block)))
        return
    if block.title:
        _print(console, _filled(block.title, console.width), bold=True)
    if isinstance(block, Lines):
        for line in block.lines:
            _print(console, _point(line, block, console.width))
        return
    cells = [[plain(cell) for cell in row] for row in block.rows]
    widths = column_widths(block, cells, console.width)
    if not cells:
        _print(console, _filled(f"{block.nothing}.", console.width))
    elif widths:
        console.print(_as_rich(block, cells, widths))
    else:
        _write_stacked(block, cells, console)


def _point(line: str, block: Lines, width: int) -> str:
    """Return a line with a hanging indent: after its number, as in [12], or after a dash where there are several."""
    if block.exact:
        return plain(line)
    number = re.match(r"\[\d+\] ", line)
    if number:
        return _filled(line[number.end() :], width, number.group())
    return _filled(line, width, "- " if len(block.lines) > 1 else "")


def _filled(text: str, width: int, mark: str = "", indent: int = 0) -> str:
    """Return *text* after a *mark*, in lines of at most *width* that are never broken inside a word.

    Lines after the first are indented by the width of the mark, or by *indent*.
    """
    hanging = " " * (indent or len(mark))
    lines = [
        textwrap.fill(
            plain(line),
            max(width, len(hanging) + 1),
            initial_indent=mark,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    ]
    return "\n".join(lines)


def _write_pairs(pairs: tuple[tuple[str, str], ...], console: Console) -> None:
    """Write labels and values side by side, or below each other where the width is small."""
    label_width = max((len(label) for label, _ in pairs), default=0) + GAP
    for label, value in pairs:
        if console.width < label_width + 30:
            _print(console, plain(label), bold=True)
            _print(console, textwrap.indent(_filled(value, console.width - GAP), " " * GAP))
            continue
        filled = _filled(value, console.width - label_width).replace("\n", "\n" + " " * label_width)
        line = Text(plain(label).ljust(label_width), style="bold")
        line.append(filled, style="not bold")
        console.print(line, soft_wrap=True)


def column_widths(table: Table, cells: list[list[str]], width: int) -> list[int]:
    """Return a width for each column so that all fit into *width*, or nothing where they do not.

    Each column gets its longest word first, and a short one its whole text; what is left goes, one by one, to the
    column that is furthest from holding its longest text on one line.
    """
    texts = [[column.heading, *(row[i] for row in cells)] for i, column in enumerate(table.columns)]
    wanted = [max(len(text) for text in column) for column in texts]
    least = [
        min(max((len(word) for text in column for word in text.split()), default=1), LONGEST_WORD) for column in texts
    ]
    room = width - GAP * (len(least) - 1)
    if sum(wanted) <= room:
        return wanted
    roomy = [want if want <= SHORT else word for want, word in zip(wanted, least, strict=True)]
    widths = roomy if sum(roomy) <= room else list(least)
    if sum(widths) > room:
        return []
    for _letter in range(room - sum(widths)):
        neediest = max(range(len(widths)), key=lambda i: wanted[i] / widths[i])
        if widths[neediest] >= wanted[neediest]:
            break
        widths[neediest] += 1
    return widths


def _as_rich(table: Table, cells: list[list[str]], widths: list[int]) -> RichTable:
    rich_table = RichTable(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold"
    )
    for column, width in zip(table.columns, widths, strict=True):
        justify = "right" if column.number else "center" if column.marks else "left"
        rich_table.add_column(column.heading, justify=justify, overflow="fold", width=width)  # type: ignore[arg-type]
    for row in cells:
        rich_table.add_row(*map(Text, row))
    return rich_table


def _write_stacked(table: Table, cells: list[list[str]], console: Console) -> None:
    """Write each row as a list of heading and value, with a hanging indent; of marks only those that are full."""
    for number, row in enumerate(cells):
        if number:
            console.print()
        for column, cell in _unmarked(table.columns, row):
            if cell:
                label = f"{column.heading}:"
                filled = _filled(f"{label} {cell}", console.width, indent=GAP)
                text = Text(filled[: len(label)], style="bold")
                text.append(filled[len(label) :], style="not bold")
                console.print(text, soft_wrap=True)


def _unmarked(headings: tuple[Column, ...], row: list[str]) -> Iterator[tuple[Column, str]]:
    """Yield the columns and cells of *row*, with those of marks as one: the headings of all that are full."""
    marked = [(column.heading, cell) for column, cell in zip(headings, row, strict=True) if column.marks]
    told = [heading if cell == FULL else f"{heading} {cell}" for heading, cell in marked if cell != EMPTY]
    for column, cell in zip(headings, row, strict=True):
        if not column.marks:
            yield column, cell
        elif told:
            yield Column(_("In")), ", ".join(told)
            told = []
