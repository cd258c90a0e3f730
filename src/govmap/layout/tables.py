"""Tables from records: each column is a heading and a function of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from govmap.layout.page import Column, Table, without_empty_columns

Item = TypeVar("Item")
Key = TypeVar("Key")
Value = str | int | None


class ColumnSpec(Struct, Generic[Item], frozen=True):
    """A column of a table that is made from records, and its cell for one of them."""

    column: Column
    cell: Callable[[Item], Value]


def column(heading: str, cell: Callable[[Item], Value]) -> ColumnSpec[Item]:
    """Return a column of text."""
    return ColumnSpec(Column(heading), cell)


def number(heading: str, cell: Callable[[Item], Value]) -> ColumnSpec[Item]:
    """Return a column of numbers, which is set flush right."""
    return ColumnSpec(Column(heading, number=True), cell)


def mark(heading: str, cell: Callable[[Item], Value]) -> ColumnSpec[Item]:
    """Return a column of marks (FULL, EMPTY, or a short word), which is centred."""
    return ColumnSpec(Column(heading, marks=True), cell)


def table(
    title: str, records: Iterable[Item], *specs: ColumnSpec[Item], empty: str = "", skip_empty: bool = False
) -> Table:
    """Return a table with a row for each record; *empty* is shown where there are none.

    With *skip_empty*, columns in which no row has a text are left out.
    """
    rows = tuple(tuple(_as_text(spec.cell(record)) for spec in specs) for record in records)
    whole = Table(title, tuple(spec.column for spec in specs), rows, empty)
    return without_empty_columns(whole) if skip_empty and rows else whole


def _as_text(value: Value) -> str:
    return "" if value is None else str(value)


def group_by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Return *items* by their *key*, in the order in which keys first occur."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
