"""The tables for people who look into them: with names beside codes, as a spreadsheet joins no tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from govmap.facts.tables import Column, Table, described_tables
from govmap.rows import Cell

Item = TypeVar("Item")
Row = tuple[Cell, ...]
LABELS = ("name", "label", "title", "text")  # the columns that say in words what a row is, the likeliest first
ABOUT, EXPLAINED = "about", "columns"  # the table of one row on the dataset, and the one on the columns of all


class Filled(NamedTuple):
    """A table with its rows, which are read anew each time that they are asked for: they need not fit in memory."""

    table: Table
    rows: Callable[[], Iterable[Row]]


class Labels(NamedTuple):
    """What the rows of a table are called: the column that says so, and its cell for each key."""

    column: Column
    by_key: dict[Cell, Cell]


def read_rows(database: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """Yield the rows of a table in a database."""
    flags = [index for index, column in enumerate(table.columns) if column.type == "boolean"]
    for row in database.execute(f"select * from {table.name}"):
        cells = list(row)
        for index in flags:
            cells[index] = None if cells[index] is None else bool(cells[index])
        yield tuple(cells)


def readable_tables(database: sqlite3.Connection) -> tuple[Filled, ...]:
    """Return the tables of a database, each code of another table followed by what that calls it."""
    tables = described_tables()
    labels = {table.name: found for table in tables if (found := _labels(database, table))}
    filled = {table.name: _with_names(database, table, labels if table.name != ABOUT else {}) for table in tables}
    columns = [(name, c.name, c.type, c.about, c.refers) for name, each in filled.items() for c in each.table.columns]
    return tuple(each._replace(rows=lambda: columns) if name == EXPLAINED else each for name, each in filled.items())


def _labels(database: sqlite3.Connection, table: Table) -> Labels | None:
    """Return what the rows of a table are called; None where no column says it."""
    column = next((column for name in LABELS for column in table.columns if column.name == name), None)
    if column is None or len(table.key) > 1:
        return None
    query = f"select {table.key[0]}, {column.name} from {table.name}"
    return Labels(column, dict(database.execute(query)))


def _with_names(database: sqlite3.Connection, table: Table, labels: dict[str, Labels]) -> Filled:
    taken = {column.name for column in table.columns}
    added = {
        index: labels[column.refers]
        for index, column in enumerate(table.columns)
        if column.refers in labels and _name_of(column, labels[column.refers].column).name not in taken
    }

    def widened(row: Row) -> Row:
        return _followed(row, {at: label.by_key.get(row[at]) for at, label in added.items()})

    columns = _followed(table.columns, {at: _name_of(table.columns[at], label.column) for at, label in added.items()})
    return Filled(table._replace(columns=columns), lambda: map(widened, read_rows(database, table)))


def _followed(items: Iterable[Item], added: Mapping[int, Item]) -> tuple[Item, ...]:
    """Return *items*, each followed by what is to be *added* after its place."""
    return tuple(each for at, item in enumerate(items) for each in (item, *([added[at]] if at in added else [])))


def _name_of(code: Column, label: Column) -> Column:
    """Return the column for the *label* of what a column holds the *code* of."""
    stem = code.name.removesuffix("_id").removesuffix(f"_{label.name}")
    about = f"{label.about} of the {stem.replace('_', ' ')}"
    return Column(f"{stem}_{label.name}", about, optional=code.optional or label.optional)
