"""The tables of exports and their columns, which tables.tsv and columns.tsv describe.

In tables.tsv a `*` marks a column of the key, and a `?` one whose cells may be empty. In columns.tsv a name such as
`mechanisms.until` is for the column of one table, any other for those of all other tables; the property is what
linked data say it with.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from govmap.fields import Record
from govmap.rows import Cell

Row = tuple[Cell, ...]


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: What it is called.
        about: What it holds, in a few words.
        type: What its cells are: text, date, integer or boolean; a date is a text, as it may be a year or a month.
        optional: Whether a cell may be None, for what is not known or does not apply.
        refers: The table whose key it holds.

    """

    name: str
    about: str
    type: str = "text"
    optional: bool = False
    refers: str | None = None


class Table(NamedTuple):
    """A table: `key` names the columns that no two rows share; a table that others refer to has one such column.

    Its rows are made anew each time that they are asked for: those of a large table are never all in memory.
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]


def make_table(name: str, rows: Iterable[Row]) -> Table:
    """Return a table of tables.tsv, with each row once."""
    described = _read("tables.tsv")[name]
    key = tuple(column[:-1] for column in described["columns"].split() if column.endswith("*"))
    columns = make_columns(described["columns"].replace("*", ""), name)
    distinct = tuple(dict.fromkeys(rows))
    return Table(name, described["description"], key, columns, lambda: distinct)


def make_columns(names: str, table: str = "") -> tuple[Column, ...]:
    """Return the columns of these *names*, with spaces between and a `?` after those that may be empty."""
    return tuple(make_column(name.removesuffix("?"), table, optional=name.endswith("?")) for name in names.split())


def make_column(name: str, table: str = "", *, optional: bool = False) -> Column:
    """Return a column as columns.tsv describes it."""
    row = find_description(name, table)
    return Column(name, row["description"], row["type"], optional, row["refers"] or None)


def find_description(name: str, table: str = "") -> dict[str, str]:
    """Return the row of a column in columns.tsv; one that is not there is text, and its name its description."""
    rows = _read("columns.tsv")
    unknown = {"type": "text", "refers": "", "description": name.replace("_", " ").capitalize()}
    return rows.get(f"{table}.{name}") or rows.get(name, unknown)


def cells_of(record: Record, table: str) -> Row:
    """Return the cells of those columns of a table that are fields or properties of *record*."""
    names = re.findall(r"\w+", _read("tables.tsv")[table]["columns"])
    return tuple(getattr(record, name) for name in names if hasattr(record, name))


def keys_of(tables: tuple[Table, ...]) -> dict[str, str]:
    """Return what others refer to in each table, by its name: the first column of its key."""
    return {table.name: table.key[0] for table in tables}


@cache
def _read(file: str) -> dict[str, dict[str, str]]:
    """Return the rows of a file beside this module, by their first cell."""
    lines = files("govmap.export").joinpath(file).read_text(encoding="utf-8").splitlines()
    first, *_ = lines[0].split("\t")
    return {row[first]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
