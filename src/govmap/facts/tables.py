"""The tables that people ask, which are views of tables.sql, and their columns, from tables.tsv and columns.tsv.

In tables.tsv a `*` marks a column of the key, and a `?` one whose cells may be empty. In columns.tsv a name such as
`mechanisms.until` is for the column of one table, any other for those of all other tables; the property is what
linked data say it with.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


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
    """A table: `key` names the columns that no two rows share; a table that others refer to has one such column."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def described_tables() -> tuple[Table, ...]:
    """Return the tables, in the order of exports."""
    return tuple(_described(row) for row in _read("tables.tsv").values())


def find_description(name: str, table: str = "") -> dict[str, str]:
    """Return the row of a column in columns.tsv; one that is not there is text, and its name its description."""
    rows = _read("columns.tsv")
    unknown = {"type": "text", "refers": "", "description": name.replace("_", " ").capitalize()}
    return rows.get(f"{table}.{name}") or rows.get(name, unknown)


def read_text(name: str) -> str:
    """Return the text of a file beside this module."""
    return files("govmap.facts").joinpath(name).read_text(encoding="utf-8")


def _described(row: dict[str, str]) -> Table:
    names = row["columns"].split()
    key = tuple(name[:-1] for name in names if name.endswith("*"))
    return Table(row["table"], row["description"], key, tuple(_column(name, row["table"]) for name in names))


def _column(marked: str, table: str) -> Column:
    name = marked.rstrip("*?")
    row = find_description(name, table)
    return Column(name, row["description"], row["type"], marked.endswith("?"), row["refers"] or None)


@cache
def _read(file: str) -> dict[str, dict[str, str]]:
    """Return the rows of a file beside this module, by their first cell."""
    head, *rows = (line.split("\t") for line in read_text(file).splitlines())
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}
