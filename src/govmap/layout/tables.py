"""Makes the tables of pages: headings, and rows of text and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from govmap.layout.page import Column, Table, without_empty_columns

Item = TypeVar("Item")
Key = TypeVar("Key")
Value = str | int | None


def number(heading: str) -> Column:
    """Return a column of numbers, which is set flush right."""
    return Column(heading, number=True)


def mark(heading: str) -> Column:
    """Return a column of marks (FULL, EMPTY, or a short word), which is centred."""
    return Column(heading, marks=True)


def table(
    title: str,
    headings: Iterable[str | Column],
    rows: Iterable[Iterable[Value]],
    *,
    empty: str = "",
    skip_empty: bool = False,
) -> Table:
    """Return a table of *rows*; *empty* is what it shows where it has none.

    With *skip_empty*, columns in which no row has a text are left out.
    """
    columns = tuple(Column(heading) if isinstance(heading, str) else heading for heading in headings)
    texts = tuple(tuple("" if value is None else str(value) for value in row) for row in rows)
    whole = Table(title, columns, texts, empty)
    return without_empty_columns(whole) if skip_empty and texts else whole


def group_by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Return *items* by their *key*, in the order in which keys first occur."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
