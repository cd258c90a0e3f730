"""SQLite, DuckDB and Parquet: opened again, they hold the tables, their keys and every text as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from govmap.export.columns import Table
from govmap.export.tables import tables_of
from tests.export.conftest import with_aliases

import govmap
from govmap.export.readable import readable_tables
from govmap.export.sqlite import write_sqlite

ATLASES = ["invented", "hostile"]


@pytest.fixture(name="duckdb")
def _duckdb() -> Any:
    """DuckDB, which is an extra: what its files hold is read back where it is installed."""
    return pytest.importorskip("duckdb")


def held(table: Table) -> list[tuple[Any, ...]]:
    """Return the rows of *table*, in order."""
    return sorted(table.rows(), key=repr)


@pytest.fixture(name="written", params=ATLASES)
def _written(request: pytest.FixtureRequest) -> govmap.Atlas:
    atlas: govmap.Atlas = request.getfixturevalue(request.param)
    return atlas


def test_sqlite_holds_the_tables_and_every_key_holds(written: govmap.Atlas, tmp_path: Path) -> None:
    write_sqlite(written, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in tables_of(written):
            rows = database.execute(f"SELECT * FROM {table.name}").fetchall()
            assert sorted(rows, key=repr) == sorted((tuple(map(as_sqlite, row)) for row in table.rows()), key=repr)


def as_sqlite(cell: Any) -> Any:
    """Return what SQLite gives back for *cell*."""
    return int(cell) if isinstance(cell, bool) else cell


def test_sqlite_has_the_foreign_keys(atlas: govmap.Atlas, tmp_path: Path) -> None:
    write_sqlite(atlas, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        for table in tables_of(atlas):
            found = {(row[3], row[2]) for row in database.execute(f'PRAGMA foreign_key_list("{table.name}")')}
            assert found == {(column.name, column.refers) for column in table.columns if column.refers}
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            database.execute("INSERT INTO group_themes VALUES ('SACM/4', 'no such theme')")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tráta", ("theme", "trafficking")),
        ("MEXICO", ("country", "MEX")),
        ("CRM", ("mechanism", "RCM")),
        ("acnur", ("agency", "UNHCR")),
        ("smuggling networks", None),
        ("asylum invest*", ("group", "LAD/5")),
    ],
)
def test_names_and_themes_are_searched_without_accents_and_case(
    atlas: govmap.Atlas, tmp_path: Path, words: str, found: tuple[str, str] | None
) -> None:
    write_sqlite(atlas, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        rows = database.execute("SELECT DISTINCT kind, id FROM search WHERE search MATCH ?", (words,)).fetchall()
    assert found in rows if found else rows == []


def test_duckdb_holds_the_tables(duckdb: Any, written: govmap.Atlas, tmp_path: Path) -> None:
    written.export("duckdb", tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as database:
        for table in tables_of(written):
            assert sorted(database.table(table.name).fetchall(), key=repr) == held(table), table.name
        keys = {
            row[0]
            for row in database.execute(
                "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
            ).fetchall()
        }
        assert keys == {table.name for table in tables_of(written)}


def test_duckdb_1_2_reads_the_file(duckdb: Any, atlas: govmap.Atlas, tmp_path: Path) -> None:
    """It reads versions of the storage to 65; newer ones write others, unless told not to."""
    atlas.export("duckdb", tmp_path / "a.duckdb")
    head = (tmp_path / "a.duckdb").read_bytes()[8:20]
    assert (head[:4], int.from_bytes(head[4:], "little") <= 65) == (b"DUCK", True)


def test_duckdb_tells_what_each_table_and_column_holds(duckdb: Any, atlas: govmap.Atlas, tmp_path: Path) -> None:
    atlas.export("duckdb", tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as database:
        of_tables = database.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        query = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL"
        of_columns = database.execute(query).fetchall()
    assert dict(of_tables) == {table.name: table.about for table in tables_of(atlas)}
    assert set(of_columns) == {(t.name, c.name, c.about) for t in tables_of(atlas) for c in t.columns}


def test_duckdb_files_are_small(duckdb: Any, atlas: govmap.Atlas, tmp_path: Path) -> None:
    atlas.export("duckdb", tmp_path / "a.duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["a.duckdb"]
    assert (tmp_path / "a.duckdb").stat().st_size < 4_000_000


def test_parquet_holds_the_tables_with_their_types(duckdb: Any, written: govmap.Atlas, tmp_path: Path) -> None:
    written.export("parquet", tmp_path / "it's a folder")
    tables = readable_tables(written)
    assert {path.stem for path in (tmp_path / "it's a folder").iterdir()} == {table.name for table in tables}
    types = {"text": "VARCHAR", "date": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN"}
    with duckdb.connect(":memory:") as database:
        for table in tables:
            relation = database.read_parquet(str(tmp_path / "it's a folder" / f"{table.name}.parquet"))
            assert list(map(str, relation.types)) == [types[column.type] for column in table.columns]
            assert relation.columns == [column.name for column in table.columns]
            assert sorted(relation.fetchall(), key=repr) == held(table), table.name


def test_a_text_of_a_megabyte_survives(duckdb: Any, invented: govmap.Atlas, tmp_path: Path) -> None:
    long = "=x" * 500_000
    atlas = with_aliases(invented, ("A", long))
    write_sqlite(atlas, tmp_path / "a.sqlite")
    atlas.export("duckdb", tmp_path / "a.duckdb")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert (long,) in database.execute("SELECT alias FROM mechanism_aliases").fetchall()
    with duckdb.connect(str(tmp_path / "a.duckdb")) as duck:
        assert (long,) in duck.execute("SELECT alias FROM mechanism_aliases").fetchall()


@pytest.mark.parametrize(("view", "column"), [("country_profile", "seated"), ("theme_countries", "mechanisms")])
def test_a_filter_that_is_a_text_finds_numbers_as_datasette_asks(
    atlas: govmap.Atlas, tmp_path: Path, view: str, column: str
) -> None:
    write_sqlite(atlas, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        query = f"SELECT count(*) FROM {view} WHERE {column} = ?"
        assert database.execute(query, ("1",)).fetchone() == database.execute(query, (1,)).fetchone() != (0,)
