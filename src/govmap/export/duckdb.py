"""The dataset as a DuckDB database, or as a folder of Parquet files, both written by DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb

from govmap.atlas import Atlas
from govmap.export.columns import Table, keys_of
from govmap.export.sql import TYPES, create_table, parents_first, read_statements
from govmap.export.tables import tables_of

# A full disk is the first of these, or the second where it is noticed as the database is made whole.
UNWRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


def write_duckdb(atlas: Atlas, path: Path) -> None:
    """Write the database to *path*; raise OSError where DuckDB cannot."""
    try:
        with duckdb.connect(str(path), config={"default_block_size": 16384}) as database:
            _fill(database, tables_of(atlas))
            for view in read_statements("views.sql"):
                database.execute(view)
    except UNWRITTEN as error:
        raise OSError(str(error)) from error


def write_parquet(atlas: Atlas, path: Path) -> None:
    """Write a folder with one Parquet file a table to *path*; raise OSError where DuckDB cannot."""
    path.mkdir()
    tables = tables_of(atlas)
    try:
        with duckdb.connect(":memory:") as database:
            _fill(database, tables)
            for table in tables:
                database.table(table.name).write_parquet(str(path / f"{table.name}.parquet"))
    except UNWRITTEN as error:
        raise OSError(str(error)) from error


def _fill(database: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> None:
    """Make the tables, without keys into the same table: DuckDB would want its rows in their order."""
    keys = keys_of(tables)
    database.execute("BEGIN")
    for table in parents_first(tables):
        database.execute(create_table(table, keys, may_refer_to_itself=False))
        if table.rows:
            # One statement with a list for each column: twenty times as fast as one for each row.
            lists = ", ".join(f"unnest(?::{TYPES[column.type]}[])" for column in table.columns)
            values = [list(cells) for cells in zip(*table.rows, strict=True)]
            # The name of a table is our own, not the data's.
            database.execute(f'INSERT INTO "{table.name}" SELECT {lists}', values)
    database.execute("COMMIT")
