"""What a page is: a title, and blocks of facts, tables and lines of plain text, in reading order.

A page knows nothing of terminals, markup or files. Every text in it is plain: renderers escape it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from govmap.layout.picture import Picture
from govmap.records import SourceRef

Item = TypeVar("Item")
Value = str | int | None  # of a cell, before it is text

FULL, EMPTY = "●", "·"  # in a column of marks: yes and no


class Column(Struct, frozen=True):
    """A column of a table: its heading, and whether it holds numbers, or marks (FULL, EMPTY, or a short word)."""

    heading: str
    number: bool = False
    marks: bool = False


class Table(Struct, frozen=True):
    """Rows under headings; one without rows shows what it says for `empty`, or nothing.

    In one that `sums_up` the last row has the totals of the others.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    sums_up: bool = False


class Facts(Struct, frozen=True):
    """Pairs of a label and its value, one below the other; `languages` has those that are not the page's, by label."""

    pairs: tuple[tuple[str, str], ...]
    languages: dict[str, str] = {}


class Lines(Struct, frozen=True):
    """A heading with one line of text for each point; `exact` lines are shown as they are, for programs to read.

    `languages` has the texts in these lines that are in another language than the page.
    """

    title: str
    lines: tuple[str, ...]
    exact: bool = False
    languages: dict[str, str] = {}


class Tile(Struct, frozen=True):
    """One cell of a tile map: its place from 0, a short text, and how full it is, from 0 to 1."""

    column: int
    row: int
    text: str
    level: float


class Tiles(Struct, frozen=True):
    """A map of equal cells. A table beside it holds the same, so that it may be left out where it is too wide."""

    tiles: tuple[Tile, ...]


class Reference(Struct, frozen=True):
    """A source as a page refers to it; `on` names what rests on it where no number in the text does."""

    source: SourceRef
    on: str = ""


class Sources(Lines, frozen=True):
    """The sources of a page as numbered lines, and by themselves."""

    references: tuple[Reference, ...] = ()


class Drawing(Struct, frozen=True):
    """A picture within a page, and the same as text where no picture can be shown."""

    title: str
    picture: Picture
    text: Table | Tiles


Block = Table | Facts | Lines | Drawing


class Page(Struct, frozen=True):
    """The answer to one call, as a person reads it: a title, the answer in a sentence or two, then blocks.

    `dated` says as of when it holds, beside the title; `more`, the last line on a screen, how to see what is not shown.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    dated: str = ""
    more: str = ""


def with_columns(table: Table, places: Collection[int]) -> Table:
    """Return *table* with the columns at some *places* alone."""
    rows = tuple(tuple(row[i] for i in places) for row in table.rows)
    return replace(table, columns=tuple(table.columns[i] for i in places), rows=rows)


def number(heading: str) -> Column:
    """Return a column of numbers, which is set flush right."""
    return Column(heading, number=True)


def mark(heading: str) -> Column:
    """Return a column of marks (FULL, EMPTY, or a short word), which is centred."""
    return Column(heading, marks=True)


def table(title: str, headings: Iterable[str | Column], rows: Iterable[Iterable[Value]], *, empty: str = "") -> Table:
    """Return a table of *rows*; *empty* is what it shows where it has none. Columns without any text are left out."""
    columns = tuple(Column(heading) if isinstance(heading, str) else heading for heading in headings)
    texts = tuple(tuple("" if value is None else str(value) for value in row) for row in rows)
    whole = Table(title, columns, texts, empty)
    return with_columns(whole, [i for i in range(len(columns)) if any(row[i] for row in texts)]) if texts else whole


def table_of(
    title: str, items: Iterable[Item], *columns: tuple[str | Column, Callable[[Item], Value]], empty: str = ""
) -> Table:
    """Return a table with a row for each of *items*; a column is its heading, and what it shows of an item."""
    headings = [heading for heading, _show in columns]
    return table(title, headings, ([show(item) for _heading, show in columns] for item in items), empty=empty)
