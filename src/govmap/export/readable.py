"""The tables for people who look into them: with names beside codes, as a spreadsheet joins no tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from govmap.atlas import Atlas
from govmap.export.columns import Column, Row, Table
from govmap.export.tables import tables_of, with_columns_explained
from govmap.rows import Cell

Item = TypeVar("Item")
LABELS = ("name", "label", "title", "text")  # the columns that say in words what a row is, the likeliest first


class Labels(NamedTuple):
    """What the rows of a table are called: the column that says so, and its cell for each key."""

    column: Column
    by_key: dict[Cell, Cell]


def readable_tables(atlas: Atlas) -> tuple[Table, ...]:
    """Return the tables of *atlas*, each code of another table followed by what that calls it."""
    about, _columns, *tables = tables_of(atlas)
    labels = {table.name: found for table in tables if (found := _labels(table))}
    return with_columns_explained((about, *(_with_names(table, labels) for table in tables)))


def _labels(table: Table) -> Labels | None:
    """Return what the rows of a table are called; None where no column says it."""
    columns = {column.name: index for index, column in enumerate(table.columns)}
    name = next((name for name in LABELS if name in columns), None)
    if name is None or len(table.key) > 1:
        return None
    key = columns[table.key[0]]
    return Labels(table.columns[columns[name]], {row[key]: row[columns[name]] for row in table.rows()})


def _with_names(table: Table, labels: dict[str, Labels]) -> Table:
    taken = {column.name for column in table.columns}
    added = {
        index: labels[column.refers]
        for index, column in enumerate(table.columns)
        if column.refers in labels and _name_of(column, labels[column.refers].column).name not in taken
    }

    def widened(row: Row) -> Row:
        return _followed(row, {at: label.by_key.get(row[at]) for at, label in added.items()})

    columns = _followed(table.columns, {at: _name_of(table.columns[at], label.column) for at, label in added.items()})
    return table._replace(columns=columns, rows=lambda: map(widened, table.rows()))


def _followed(items: Iterable[Item], added: Mapping[int, Item]) -> tuple[Item, ...]:
    """Return *items*, each followed by what is to be *added* after its place."""
    return tuple(each for at, item in enumerate(items) for each in (item, *([added[at]] if at in added else [])))


def _name_of(code: Column, label: Column) -> Column:
    """Return the column for the *label* of what a column holds the *code* of."""
    stem = code.name.removesuffix("_id").removesuffix(f"_{label.name}")
    about = f"{label.about} of the {stem.replace('_', ' ')}"
    return Column(f"{stem}_{label.name}", about, optional=code.optional or label.optional)
