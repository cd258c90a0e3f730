"""The dataset as an SQLite database: tables with keys, views that answer, and full-text search over names."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.columns import keys_of
from govmap.export.sql import create_table, read_statements
from govmap.export.tables import tables_of


def write_sqlite(atlas: Atlas, path: Path) -> None:
    """Write the database to *path*; raise OSError where SQLite cannot."""
    try:
        with closing(sqlite3.connect(path)) as database:
            # Nobody reads the file before it is whole, so it needs no journal.
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            _fill(database, atlas)
            database.commit()
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _fill(database: sqlite3.Connection, atlas: Atlas) -> None:
    tables = tables_of(atlas)
    keys = keys_of(tables)
    database.execute("BEGIN")
    for table in tables:
        database.execute(create_table(table, keys))
        places = ", ".join("?" * len(table.columns))
        # The name of a table is our own, not the data's.
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', table.rows())
    for statement in (*read_statements("views.sql"), *read_statements("search.sql")):
        database.execute(statement)
