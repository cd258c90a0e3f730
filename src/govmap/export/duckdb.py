"""The dataset as a DuckDB database, or as a folder of Parquet files, both written by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import duckdb

from govmap.atlas import Atlas
from govmap.export.columns import Table, keys_of
from govmap.export.readable import readable_tables
from govmap.export.sql import TYPES, comments_on, create_table, names_of_views, parents_first, read_statements
from govmap.export.tables import tables_of

# DuckDB 2 would write files that 1.2 to 1.4 cannot read; blocks of 16 kB keep many small tables small.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.2.0",
    "default_block_size": 16384,
    "threads": 1,  # each would hold what it has not written yet
}
AT_ONCE = 2_000  # rows that are written with one statement
ROWS_OF_GROUP = 20_480  # of a Parquet file, which DuckDB holds in memory until they are written
# A full disk is the first of these, or the second where it is noticed as the database is made whole.
UNWRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


def write_duckdb(atlas: Atlas, path: Path) -> None:
    """Write the database to *path*; raise OSError where DuckDB cannot."""
    with _opened(str(path)) as database:
        _fill(database, tables_of(atlas))
        for view in read_statements("views.sql"):
            database.execute(view)


def write_parquet(atlas: Atlas, path: Path) -> None:
    """Write a folder with one Parquet file a table to *path*; raise OSError where DuckDB cannot."""
    path.mkdir()
    with _opened(":memory:") as database:
        for table in readable_tables(atlas):
            database.execute(create_table(table))
            _insert(database, table)
            file = str(path / f"{table.name}.parquet")
            database.table(table.name).write_parquet(file, row_group_size=ROWS_OF_GROUP)
            database.execute(f'DROP TABLE "{table.name}"')


def names_of_tables(path: Path) -> set[str]:
    """Return what the tables and the views that are not ours are called; raise OSError where it is no database."""
    query = "SELECT table_name FROM information_schema.tables"
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            return {name for (name,) in database.execute(query).fetchall()} - names_of_views()
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


def _fill(database: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> None:
    """Make the tables, without keys into the same table: DuckDB would want its rows in their order."""
    keys = keys_of(tables)
    database.execute("BEGIN")
    for table in parents_first(tables):
        database.execute(create_table(table, keys, may_refer_to_itself=False))
        for comment in comments_on(table):
            database.execute(comment)
        _insert(database, table)
    database.execute("COMMIT")


def _insert(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Write the rows: a list for each column in one statement is twenty times as fast as a statement for each row."""
    lists = ", ".join(f"unnest(?::{TYPES[column.type]}[])" for column in table.columns)
    rows = iter(table.rows())
    while some := list(islice(rows, AT_ONCE)):
        values = [list(cells) for cells in zip(*some, strict=True)]
        database.execute(f'INSERT INTO "{table.name}" SELECT {lists}', values)  # its name is our own, not the data's
