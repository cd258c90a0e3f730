"""Renders a page as text for a terminal, with rich.

Columns shrink to their longest word if the width demands it. A table that still does not fit is stacked: each cell of a
row on a line of its own. Nothing is cut off. Without a limit, no line is broken, for `grep`. Widths are in the cells of
a terminal, of which a Chinese character takes two.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from govmap.calls import UNBROKEN
from govmap.formats.text import plain, tile_lines
from govmap.language import N_, _
from govmap.layout.page import EMPTY, FULL, Block, Column, Drawing, Facts, Lines, Page, Table, Tiles
from govmap.texts import labelled

UNLIMITED = 100_000
USUAL = 80  # columns
LONGEST_WORD = 24  # longer ones, mostly web addresses, may be broken to make a table fit
SHORT = 13  # columns of shorter texts are broken last
GAP = 2
READABLE = 20  # the least width for a text of several lines
NARROW = 60  # below this width, rows that would be broken stand as a list
STYLES = {  # beside the words that say it
    "dim": (EMPTY, N_("not known"), N_("not stated"), N_("not given"), N_("none listed"), N_("none named")),
    "yellow": (N_("contradicted"), N_("changed since")),
}
# rich breaks lines at fixed spaces, so a character that no text has stands for them.
FIXED, STAND_IN = "\u00a0", "\ufdd0"
FILLER = "\ufdd2"  # after a character that takes two cells, where a text is broken by its length
MARKS = re.compile(r"(?:\[\d+\]){5,}")  # of sources: so many may be broken where one of them ends
TRAILING_BLANKS = re.compile(r" +((?:\x1b\[0m)?)$", re.MULTILINE)


def to_text(page: Page, *, terminal: bool, columns: int | None = None) -> str:
    """Return *page* as text.

    Args:
        page: The page to render.
        terminal: Whether the output is a terminal, where headings are bold.
        columns: The maximum width of a line; no limit by default.

    """
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        force_terminal=terminal,
        width=columns or UNLIMITED,
        height=25,  # keeps rich from reading LINES
    )
    _print_title(console, page)
    if page.subtitle:
        _print(console, _filled(page.subtitle, console.width))
    for block in page.blocks:
        if isinstance(block, Drawing) and isinstance(block.text, Tiles) and not tile_lines(block.text, console.width):
            continue  # a table or a list next to it says the same
        console.print()
        _write_block(block, console)
    if page.more:
        console.print()
        console.print(Text(_filled(page.more, console.width), "dim"), soft_wrap=True)
    return TRAILING_BLANKS.sub(r"\1", buffer.getvalue().replace(STAND_IN, FIXED).replace(UNBROKEN, " "))


def _print(console: Console, text: str = "", *, label: str = "") -> None:
    """Print a text after a label in bold, and fold none of their lines."""
    if console.is_terminal:
        console.print(Text.assemble((label, "bold"), text), soft_wrap=True)
    else:
        console.file.write(f"{label}{text}\n")


def _print_title(console: Console, page: Page) -> None:
    """Print the title in bold, and the date at the end of its line, or below it where there is no room."""
    width = min(console.width, USUAL)
    title = _filled(page.title, console.width)
    if not page.dated:
        _print(console, label=title)
        return
    room = width - cell_len(title) - cell_len(page.dated)
    between = " " * max(room, GAP) if ("\n" not in title and room >= GAP) or console.width == UNLIMITED else "\n"
    console.print(Text.assemble((title, "bold"), between, (page.dated, "dim")), soft_wrap=True)


def _write_block(block: Block, console: Console) -> None:
    if isinstance(block, Facts):
        _write_pairs(block.pairs, console)
        return
    if block.title:
        _print(console, label=_filled(block.title, console.width))
    shown = block.text if isinstance(block, Drawing) else block
    if isinstance(shown, Tiles):
        _print(console, "\n".join(tile_lines(shown, console.width)))
    elif isinstance(shown, Table):
        _write_table(shown, console)
    else:
        for line in shown.lines:
            _print(console, _list_item(line, shown, console.width))


def _list_item(line: str, block: Lines, width: int) -> str:
    """Return a line with a hanging indent after its number, as in [12], or after a dash if there are several lines."""
    if block.exact:
        return plain(line)
    number = re.match(r"\[\d+\] ", line)
    if number:
        return _filled(line[number.end() :], width, number.group())
    return _filled(line, width, "- " if len(block.lines) > 1 else "")


def _filled(text: str, width: int, mark: str = "", indent: int = 0, *, numbered: bool = False) -> str:
    """Return *text* after a *mark*, wrapped to *width* but never inside a word.

    Lines after the first are indented by *indent*, or by the width of the mark; those of an item that is *numbered*, as
    one of several is, by that of its number too.
    """
    hanging = " " * (indent or len(mark))
    wrapper = textwrap.TextWrapper(max(width, len(hanging) + 1), mark, break_long_words=False, break_on_hyphens=False)
    lines = plain(text if text.isascii() else _with_fillers(text)).split("\n")
    filled = []
    for line in lines:
        number = re.match(r" ?\d+ ", line) if numbered and len(lines) > 1 else None
        wrapper.subsequent_indent = hanging + " " * len(number.group() if number else "")
        filled.append(wrapper.fill(line))
    return "\n".join(filled).replace(FILLER, "")


def _with_fillers(text: str) -> str:
    """Return *text* as long as it is wide."""
    return "".join(char + FILLER * (cell_len(char) - 1) for char in text)


def _write_pairs(pairs: tuple[tuple[str, str], ...], console: Console) -> None:
    """Write labels and values side by side, or below each other on a narrow screen."""
    label_width = max(cell_len(plain(label)) for label, _ in pairs) + GAP
    for label, value in pairs:
        if console.width < label_width + 30:
            _print(console, label=plain(label))
            _print(console, textwrap.indent(_filled(value, console.width - GAP, numbered=True), " " * GAP))
            continue
        filled = _filled(value, console.width - label_width, numbered=True).replace("\n", "\n" + " " * label_width)
        _print(console, filled, label=set_cell_size(plain(label), label_width))


def _write_table(table: Table, console: Console) -> None:
    cells = [[MARKS.sub(_set_apart, plain(cell)) for cell in row] for row in table.rows]
    if not cells:
        _print(console, _filled(f"{table.empty}.", console.width))
        return
    texts = [[column.heading, *(row[i] for row in cells)] for i, column in enumerate(table.columns)]
    if widths := [] if _is_squeezed(texts, console.width) else _column_widths(texts, console.width):
        console.print(_rich_table(table, cells, widths))
    else:
        _write_stacked(table, cells, console)


def _set_apart(marks: re.Match[str]) -> str:
    return marks[0].replace("][", "] [")


def _column_widths(texts: list[list[str]], width: int) -> list[int]:
    """Return a width for each column of *texts* so that they fit into *width*, or an empty list if they cannot.

    Each column gets at least its longest word, and a short column its longest text. What is left goes, character by
    character, to the column that is furthest from holding its longest text on one line.
    """
    full = [max(map(cell_len, column)) for column in texts]
    minimum = [max(_least_width(word) for text in column for word in re.split("[ \n]+", text)) for column in texts]
    available = width - GAP * (len(texts) - 1)
    if sum(full) <= available:
        return full
    widths = [most if most <= SHORT else least for most, least in zip(full, minimum, strict=True)]
    if sum(widths) > available:
        widths = minimum
    if sum(widths) > available:
        return []
    for _character in range(available - sum(widths)):
        neediest = max(range(len(widths)), key=lambda i: full[i] / widths[i])
        widths[neediest] += 1
    return widths


def _least_width(word: str) -> int:
    return cell_len(word) if UNBROKEN in word else min(cell_len(word), LONGEST_WORD)


def _rich_table(table: Table, cells: list[list[str]], widths: list[int]) -> RichTable:
    rich_table = RichTable(
        box=None,
        show_header=any(c.heading for c in table.columns),
        pad_edge=False,
        padding=(0, GAP, 0, 0),
        header_style="bold",
    )
    for column, width in zip(table.columns, widths, strict=True):
        justify = "right" if column.number else "center" if column.marks else "left"
        rich_table.add_column(Text(column.heading), justify=justify, overflow="fold", width=width)  # type: ignore[arg-type]
    for row in cells:
        rich_table.add_row(*map(_cell, row))
    return rich_table


def _cell(text: str) -> Text:
    """Return the text of a cell, dim or coloured where it says that something is missing or in doubt."""
    style = next((style for style, known in STYLES.items() if text in map(_, known) or text in known), "")
    return Text(text.replace(FIXED, STAND_IN), style)


def _is_squeezed(texts: list[list[str]], width: int) -> bool:
    """Return whether a narrow screen leaves too little for the longest texts: a list of the rows reads better there."""
    longest = sorted(max(map(cell_len, column)) for column in texts)
    left = width - sum(longest[:-1]) - GAP * (len(texts) - 1)
    return width < NARROW and len(texts) > 2 and left < min(longest[-1], READABLE)


def _write_stacked(table: Table, cells: list[list[str]], console: Console) -> None:
    """Write each row as a list: its first text as a heading, the others after theirs, with a hanging indent."""
    every = [[(column, cell) for column, cell in _joined_marks(table.columns, row) if cell] for row in cells]
    are_short = all(cell_len(cell) <= SHORT for pairs in every for _column, cell in pairs[:1])
    for pairs in every:
        lead = 2 if len(pairs) > 1 and are_short and not pairs[1][0].number else 1
        label = _filled("  ".join(cell for _column, cell in pairs[:lead]), console.width, indent=GAP)
        _print(console, label=label)
        others = pairs[lead:]
        clear = len(others) == 1 and not others[0][0].number
        rest = " · ".join(cell if clear else _labelled(column, cell) for column, cell in others)
        if rest:
            filled = _filled(rest, console.width - GAP).replace(" ·\n", "\n")  # a line that ends needs no dot
            _print(console, textwrap.indent(filled, " " * GAP))


def _labelled(column: Column, cell: str) -> str:
    """Return a *cell* after the heading of its column; no line ends before a short number."""
    text = labelled(column.heading, cell)
    return UNBROKEN.join(text.rsplit(" ", 1)) if column.number and len(cell) <= SHORT else text


def _joined_marks(columns: tuple[Column, ...], row: list[str]) -> Iterator[tuple[Column, str]]:
    """Yield the columns and cells of *row*, with all columns of marks as one that lists the headings of full cells."""
    pairs = list(zip(columns, row, strict=True))
    marks = [(column.heading, cell) for column, cell in pairs if column.marks and cell != EMPTY]
    labels = [heading if cell == FULL else f"{heading} {cell}" for heading, cell in marks]
    for column, cell in pairs:
        if not column.marks:
            yield column, cell
        elif labels:
            yield Column(_("In")), ", ".join(labels)
            labels = []
