"""The dataset as a DuckDB database, or as a folder of Parquet files, both written by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
}
# A full disk is the first of these, or the second where it is noticed as the database is made whole.
UNWRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


def write_duckdb(atlas: Atlas, path: Path) -> None:
    """Write the database to *path*; raise OSError where DuckDB cannot."""
    with _filled(str(path), tables_of(atlas)) as database:
        for view in read_statements("views.sql"):
            database.execute(view)


def write_parquet(atlas: Atlas, path: Path) -> None:
    """Write a folder with one Parquet file a table to *path*; raise OSError where DuckDB cannot."""
    path.mkdir()
    tables = readable_tables(atlas)
    with _filled(":memory:", tables) as database:
        for table in tables:
            database.table(table.name).write_parquet(str(path / f"{table.name}.parquet"))


def names_of_tables(path: Path) -> set[str]:
    """Return what the tables and the views that are not ours are called; raise OSError where it is no database."""
    query = "SELECT table_name FROM information_schema.tables"
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            return {name for (name,) in database.execute(query).fetchall()} - names_of_views()
    except duckdb.Error as error:
        raise OSError(str(error)) from error


@contextmanager
def _filled(path: str, tables: tuple[Table, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database with the *tables*; what DuckDB cannot write, here or in the block, is an OSError."""
    try:
        with duckdb.connect(path, config=CONFIG) as database:
            _fill(database, tables)
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
        if table.rows:
            # One statement with a list for each column: twenty times as fast as one for each row.
            lists = ", ".join(f"unnest(?::{TYPES[column.type]}[])" for column in table.columns)
            values = [list(cells) for cells in zip(*table.rows, strict=True)]
            # The name of a table is our own, not the data's.
            database.execute(f'INSERT INTO "{table.name}" SELECT {lists}', values)
    database.execute("COMMIT")
