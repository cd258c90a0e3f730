"""Writes a page as text for a terminal, the only module that knows rich.

Where a table does not fit the width, each row becomes a small list of its own: nothing is cut off. Without a
terminal, and without COLUMNS, a page is as wide as its longest line, so that no line is broken for `grep`.
"""

from __future__ import annotations

import io
import re
import textwrap

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from govmap.pages.page import Block, Facts, Lines, Page, Table
from govmap.render.text import plain

UNLIMITED = 100_000
LONGEST_WORD = 24  # longer ones, addresses mostly, may be broken to make a table fit
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
    """Return *page* as text, at most *columns* wide; by default as wide as the terminal.

    Args:
        page: What to write.
        terminal: Whether a person's terminal gets it: bold headings, and its width.
        columns: The width, if not that of the terminal.
        encoding: What the text will be encoded in, which decides how lines are drawn.

    """
    buffer = _Buffer(encoding)
    console = Console(
        file=buffer,
        force_terminal=terminal,
        markup=False,
        emoji=False,
        highlight=False,
        width=columns or (None if terminal else UNLIMITED),
    )
    _write_page(page, console)
    return BLANKS_AT_END.sub(r"\1", buffer.getvalue())


def _write_page(page: Page, console: Console) -> None:
    console.print(Text(_filled(page.title, console.width), style="bold"), soft_wrap=True)
    console.print(Text(_filled(page.subtitle, console.width)), soft_wrap=True)
    for block in page.blocks:
        console.print()
        _write_block(block, console)


def _write_block(block: Block, console: Console) -> None:
    if isinstance(block, Facts):
        _write_pairs(block.pairs, console)
        return
    console.print(Text(_filled(block.title, console.width), style="bold"), soft_wrap=True)
    if isinstance(block, Lines):
        for line in block.lines:
            console.print(Text(_point(line, block, console.width)), soft_wrap=True)
    elif not block.rows:
        console.print(Text(_filled(f"{block.empty}.", console.width)), soft_wrap=True)
    elif _fits(block, console.width):
        console.print(_as_rich(block, console.width))
    else:
        _write_stacked(block, console)


def _point(line: str, block: Lines, width: int) -> str:
    """Return a line with a hanging indent: after its number, as in [12], or after a dash where there are several."""
    number = re.match(r"\[\d+\] ", line)
    if number:
        return _filled(line[number.end() :], width, number.group())
    return _filled(line, width, "- " if len(block.lines) > 1 else "")


def _filled(text: str, width: int, mark: str = "") -> str:
    """Return *text* broken into lines of at most *width*, but never inside a word."""
    indent = " " * len(mark)
    lines = [
        textwrap.fill(
            plain(line),
            max(width, 20),
            initial_indent=mark,
            subsequent_indent=indent,
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
            console.print(Text(plain(label), style="bold"), soft_wrap=True)
            console.print(Text(textwrap.indent(_filled(value, console.width - GAP), " " * GAP)), soft_wrap=True)
            continue
        filled = _filled(value, console.width - label_width).replace("\n", "\n" + " " * label_width)
        line = Text(plain(label).ljust(label_width), style="bold")
        line.append(filled, style="not bold")
        console.print(line, soft_wrap=True)


def _longest_word(texts: list[str]) -> int:
    words = (len(word) for text in texts for word in text.split())
    return min(max(words, default=1), LONGEST_WORD)


def _fits(table: Table, width: int) -> bool:
    """Return whether each column can have at least its longest word, or half of its longest text up to 20."""
    needed = 0
    for i, column in enumerate(table.columns):
        texts = [column.heading, *(row[i] for row in table.rows)]
        comfortable = min(20, max(len(text) for text in texts) // 2)
        needed += max(_longest_word(texts), comfortable) + GAP
    return needed - GAP <= width


def _as_rich(table: Table, width: int) -> RichTable:
    rich_table = RichTable(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold"
    )
    for i, column in enumerate(table.columns):
        texts = [column.heading, *(row[i] for row in table.rows)]
        rich_table.add_column(
            column.heading,
            justify="right" if column.number else "left",
            overflow="fold",
            min_width=_longest_word(texts),
            no_wrap=width == UNLIMITED,
        )
    for row in table.rows:
        rich_table.add_row(*(Text(plain(cell)) for cell in row))
    return rich_table


def _write_stacked(table: Table, console: Console) -> None:
    """Write each row as a list of heading and value."""
    for number, row in enumerate(table.rows):
        if number:
            console.print()
        for column, cell in zip(table.columns, row, strict=True):
            if cell:
                text = Text(f"{column.heading}: ", style="bold")
                filled = _filled(f"{column.heading}: {cell}", console.width)
                text.append(filled[len(column.heading) + 2 :], style="not bold")
                console.print(text, soft_wrap=True)
