"""The database of the data for DuckDB, as one of its own, or as a folder of Parquet files: its tables and its views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from govmap.atlas import Atlas
from govmap.export.earlier import VIEWS
from govmap.export.sql import read_views
from govmap.export.sqlite import dated_copy
from govmap.facts.tables import described_tables

# DuckDB 2 would write files that 1.2 to 1.4 cannot read; blocks of 16 kB keep many small tables small.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.2.0",
    "default_block_size": 16384,
    "threads": 1,  # each would hold what it has not written yet
}
AT_ONCE = 2_000  # rows that are written with one statement
ROWS_OF_GROUP = 20_480  # of a Parquet file, which DuckDB holds in memory until they are written
TYPES = {"text": "VARCHAR", "integer": "BIGINT"}
FOR_GOVMAP = ("name_index", "build")  # tables that say nothing to others
# A full disk is the first of these, or the second where it is noticed as the database is made whole.
UNWRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


def write_duckdb(atlas: Atlas, path: Path) -> None:
    """Write the database to *path*; raise OSError where DuckDB cannot."""
    with dated_copy(atlas) as source, _opened(str(path)) as database:
        database.execute("BEGIN")
        for table in _tables(source):
            _copy(source, database, table)
        database.execute(read_views())
        for statement in _comments():
            database.execute(statement)
        database.execute("COMMIT")


def write_parquet(atlas: Atlas, path: Path) -> None:
    """Write a folder with a Parquet file a table, and the views beside, to *path*; OSError where DuckDB cannot."""
    path.mkdir()
    with dated_copy(atlas) as source, _opened(":memory:") as database:
        for table in _tables(source):
            _copy(source, database, table)
            database.table(table).write_parquet(str(path / f"{table}.parquet"), row_group_size=ROWS_OF_GROUP)
            database.execute(f'DROP TABLE "{table}"')
    (path / VIEWS).write_text(read_views(), encoding="utf-8", newline="\n")


def names_of_tables(path: Path) -> set[str]:
    """Return what the tables and the views are called; raise OSError where it is no database."""
    query = "SELECT table_name FROM information_schema.tables"
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            return {name for (name,) in database.execute(query).fetchall()}
    except duckdb.Error as error:
        raise OSError(str(error)) from error


@contextmanager
def _opened(path: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database; what DuckDB cannot write in the block is an OSError."""
    try:
        with duckdb.connect(path, config=CONFIG) as database:
            yield database
    except UNWRITTEN as error:
        raise OSError(str(error)) from error


def _tables(source: sqlite3.Connection) -> list[str]:
    """Return what the tables of an SQLite database are called, in the order of schema.sql."""
    tables = source.execute("select name from sqlite_schema where type = 'table' order by rowid")
    return [name for (name,) in tables if name not in FOR_GOVMAP]


def _copy(source: sqlite3.Connection, database: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make a table and write its rows: a list a column in one statement is twenty times as fast as a statement a row.

    Its name and those of its columns are our own, not the data's.
    """
    types = source.execute("select name, type from pragma_table_info(?)", (table,)).fetchall()
    columns = ", ".join(f'"{name}" {TYPES[type_.lower()]}' for name, type_ in types)
    database.execute(f'CREATE TABLE "{table}" ({columns})')
    lists = ", ".join(f"unnest(?::{TYPES[type_.lower()]}[])" for _name, type_ in types)
    rows = source.execute(f'SELECT * FROM "{table}"')
    while some := rows.fetchmany(AT_ONCE):
        values = [list(cells) for cells in zip(*some, strict=True)]
        database.execute(f'INSERT INTO "{table}" SELECT {lists}', values)


def _comments() -> Iterator[str]:
    """Yield the statements that say what each table for people and each of its columns hold."""
    for table in described_tables():
        kind = "TABLE" if table.name == "columns" else "VIEW"
        yield f'COMMENT ON {kind} "{table.name}" IS {_literal(table.about)}'
        for column in table.columns:
            yield f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_literal(column.about)}'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
