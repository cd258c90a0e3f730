"""SQLite, DuckDB and Parquet: opened again, they hold the tables, their keys and every text as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.export.conftest import tables_of, with_aliases

import govmap
from govmap.export.sqlite import write_sqlite
from govmap.facts.tables import described_tables

ATLASES = ["invented", "hostile"]


@pytest.fixture(name="duckdb")
def _duckdb() -> Any:
    """DuckDB, which is an extra: what its files hold is read back where it is installed."""
    return pytest.importorskip("duckdb")


@pytest.fixture(name="written", params=ATLASES)
def _written(request: pytest.FixtureRequest) -> govmap.Atlas:
    atlas: govmap.Atlas = request.getfixturevalue(request.param)
    return atlas


def test_sqlite_is_the_database_that_govmap_answers_from_on_the_date(written: govmap.Atlas, tmp_path: Path) -> None:
    dated = written.at("2010")
    write_sqlite(dated, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT as_of, day, scope FROM dataset").fetchall() == [("2010", "2010-12-31", "note")]
        in_force = database.execute("SELECT id FROM mechanisms WHERE in_force").fetchall()
        assert {id_ for (id_,) in in_force} == set(dated.mechanisms)
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
        ):
            if name not in ("dataset", "build", "names") and not name.startswith("search"):
                rows = database.execute(f"SELECT * FROM {name}").fetchall()
                assert rows == [tuple(row) for row in written.context.rows(f"SELECT * FROM {name}")], name


def test_the_scope_of_an_export_tells_who_is_left_out(atlas: govmap.Atlas, tmp_path: Path) -> None:
    wide = govmap.load(scope="all")
    write_sqlite(wide, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        universe = tuple(code for (code,) in database.execute("SELECT country FROM universe"))
    assert universe == wide.universe != atlas.universe


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


def test_duckdb_holds_the_tables(written: govmap.Atlas, duckdb: Any, tmp_path: Path) -> None:
    written.export("duckdb", tmp_path / "a.duckdb")
    types = {"text": "VARCHAR", "date": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN"}
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as database:
        for table, rows in tables_of(written):
            view = database.table(table.name)
            assert list(map(str, view.types)) == [types[column.type] for column in table.columns], table.name
            assert view.fetchall() == rows, table.name


def test_duckdb_1_2_reads_the_file(duckdb: Any, atlas: govmap.Atlas, tmp_path: Path) -> None:
    """It reads versions of the storage to 65; newer ones write others, unless told not to."""
    atlas.export("duckdb", tmp_path / "a.duckdb")
    head = (tmp_path / "a.duckdb").read_bytes()[8:20]
    assert (head[:4], int.from_bytes(head[4:], "little") <= 65) == (b"DUCK", True)


def test_duckdb_tells_what_each_table_and_column_holds(atlas: govmap.Atlas, duckdb: Any, tmp_path: Path) -> None:
    atlas.export("duckdb", tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as database:
        query = "SELECT {0}_name, comment FROM duckdb_{0}s() WHERE comment IS NOT NULL"
        of_tables = [row for kind in ("table", "view") for row in database.execute(query.format(kind)).fetchall()]
        query = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL"
        of_columns = database.execute(query).fetchall()
    assert dict(of_tables) == {table.name: table.about for table in described_tables()}
    assert set(of_columns) == {(t.name, c.name, c.about) for t in described_tables() for c in t.columns}


def test_duckdb_files_are_small(duckdb: Any, atlas: govmap.Atlas, tmp_path: Path) -> None:
    atlas.export("duckdb", tmp_path / "a.duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["a.duckdb"]
    assert (tmp_path / "a.duckdb").stat().st_size < 4_000_000


def test_duckdb_reads_parquet_with_the_views_beside_it(written: govmap.Atlas, duckdb: Any, tmp_path: Path) -> None:
    written.export("parquet", tmp_path / "it's a folder")
    with duckdb.connect(":memory:") as database:
        for path in (tmp_path / "it's a folder").glob("*.parquet"):
            database.read_parquet(str(path)).create(path.stem)
        *statements, end = (tmp_path / "it's a folder" / "views.sql").read_text(encoding="utf-8").split(";")
        assert end.strip() == ""
        for statement in statements:
            database.execute(statement)
        for table, rows in tables_of(written):
            assert database.table(table.name).fetchall() == rows, table.name


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
