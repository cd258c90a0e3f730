"""The dataset as an SQLite database: the one that govmap answers from, and full-text search over names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.sql import read_search
from govmap.facts.days import day_of


@contextmanager
def dated_copy(atlas: Atlas, path: str | Path = "") -> Iterator[sqlite3.Connection]:
    """Yield a copy of the database of *atlas*, whose views answer for its date and scope; by default a temporary one.

    Raises:
        OSError: SQLite cannot write it.

    """
    try:
        with closing(sqlite3.connect(path)) as copy:
            atlas.context.connection.backup(copy)
            # Nobody reads the file before it is whole, so it needs no journal.
            copy.executescript("pragma journal_mode = off; pragma synchronous = off")
            answered = atlas.as_of, day_of(atlas.as_of), atlas.scope
            copy.execute("update dataset set as_of = ?, day = ?, scope = ?", answered)
            copy.execute("update build set key = ''")
            yield copy
            copy.commit()
    except sqlite3.DatabaseError as error:
        raise OSError(str(error)) from error


def write_sqlite(atlas: Atlas, path: Path) -> None:
    """Write the database to *path*; raise OSError where SQLite cannot."""
    with dated_copy(atlas, path) as copy:
        copy.executescript(read_search())
