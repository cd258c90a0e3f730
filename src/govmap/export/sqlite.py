"""The dataset as an SQLite database: tables with keys, views that answer, and full-text search over names."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.columns import keys_of
from govmap.export.sql import create_table, create_views
from govmap.export.tables import tables_of

# What can be searched: the kind, the id and the text of each name. Accents and case make no difference.
SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, id UNINDEXED, name, tokenize = 'unicode61 remove_diacritics 2')
"""
SEARCHED = """
INSERT INTO search (kind, id, name)
SELECT 'mechanism', id, id FROM mechanisms
UNION SELECT 'mechanism', mechanism, name FROM mechanism_names WHERE name IS NOT NULL
UNION SELECT 'mechanism', mechanism, acronym FROM mechanism_names WHERE acronym IS NOT NULL
UNION SELECT 'mechanism', mechanism, alias FROM mechanism_aliases
UNION SELECT 'mechanism', f.mechanism, n.name FROM mechanism_former_names AS f
  JOIN former_name_languages AS n ON n.former_name = f.id WHERE n.name IS NOT NULL
UNION SELECT 'mechanism', f.mechanism, n.acronym FROM mechanism_former_names AS f
  JOIN former_name_languages AS n ON n.former_name = f.id WHERE n.acronym IS NOT NULL
UNION SELECT 'group', id, name FROM groups
UNION SELECT 'theme', theme, label FROM theme_labels
UNION SELECT 'country', country, name FROM country_names
UNION SELECT 'country', country, alias FROM country_aliases
UNION SELECT 'agency', agency, name FROM agency_names WHERE name IS NOT NULL
UNION SELECT 'agency', agency, acronym FROM agency_names WHERE acronym IS NOT NULL
UNION SELECT 'agency', agency, alias FROM agency_aliases
ORDER BY 1, 2, 3
"""


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
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', table.rows)  # noqa: S608
    for view in create_views():
        database.execute(view)
    database.execute(SEARCH)
    database.execute(SEARCHED)
