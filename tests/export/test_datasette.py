"""What Datasette is told of the database fits it and is read by it; its questions are answered as the commands do."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import Call

import govmap


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the bundled data, and what Datasette is told of it."""
    folder = tmp_path_factory.mktemp("datasette")
    govmap.load().export("sqlite", folder / "atlas.sqlite", datasette=True)
    return folder


@pytest.fixture(name="metadata", scope="module")
def _metadata(folder: Path) -> Any:
    return yaml.safe_load((folder / "atlas.metadata.yaml").read_text(encoding="utf-8"))


def rows(folder: Path, sql: str, **values: str) -> list[tuple[Any, ...]]:
    """Return the rows of the database that a query gives."""
    with closing(sqlite3.connect(folder / "atlas.sqlite")) as database:
        return database.execute(sql, values).fetchall()


def answer(folder: Path, metadata: Any, query: str, **values: str) -> list[tuple[Any, ...]]:
    """Return what a question of the metadata gives."""
    return rows(folder, metadata["databases"]["atlas"]["queries"][query]["sql"], **values)


def test_it_names_only_tables_and_columns_that_are_there(folder: Path, metadata: Any) -> None:
    assert metadata["title"] == govmap.load().dataset.about.title
    assert metadata["license_url"] == "https://creativecommons.org/licenses/by/4.0/"
    for name, described in metadata["databases"]["atlas"]["tables"].items():
        columns = {row[1] for row in rows(folder, f'PRAGMA table_xinfo("{name}")')}
        assert columns, name
        named = {*described.get("columns", ()), *described.get("facets", ()), described.get("label_column")} - {None}
        assert named <= columns, name


@pytest.mark.parametrize("typed", ["Perú", "peru", "PER", "Pérou"])
def test_a_country_is_answered_on_as_the_command_does(folder: Path, metadata: Any, typed: str) -> None:
    profile = govmap.country(govmap.load(), "Peru")
    found = answer(folder, metadata, "country", country=typed)
    assert [row[1] for row in found if row[3]] == [seat.id for seat in profile.mechanisms]
    assert {row[1] for row in found if not row[3]} == {ref.id for ref in profile.not_in}
    gaps = govmap.gaps(govmap.load(), country="Peru").countries[0].gaps
    assert {row[1] for row in answer(folder, metadata, "gaps", country=typed)} == {gap.label for gap in gaps}


def test_a_name_that_several_countries_have_is_no_guess(folder: Path, metadata: Any) -> None:
    assert len({row[0] for row in answer(folder, metadata, "country", country="Guinea")}) > 1
    assert answer(folder, metadata, "country", country='nobody" OR "') == []


def test_the_other_questions_are_answered_as_the_commands_do(folder: Path, metadata: Any) -> None:
    atlas = govmap.load()
    overlap: Any = govmap.overlap(atlas, "trafficking in persons")
    direct = {(group.mechanism, group.number) for group in overlap.groups if group.relevance == "direct"}
    found = answer(folder, metadata, "overlap", theme="trata de personas")
    assert {row[2:4] for row in found if row[1] == "direct"} == direct
    none = {row[1] for row in answer(folder, metadata, "reached", theme="trata de personas") if not row[2]}
    assert none == {ref.name for ref in overlap.uncovered}
    compared: Any = govmap.compare(atlas, "RCM", "MIRPS")
    both = {row[0] for row in answer(folder, metadata, "compare", left="rcm", right="MIRPS") if row[1] and row[2]}
    assert both == {ref.name for ref in compared.shared}
    assert len(answer(folder, metadata, "mechanism", mechanism="Proceso de Quito")) == 13
    assert len(answer(folder, metadata, "similar")) == 28
    assert len(answer(folder, metadata, "history")) == len(atlas.dataset.events)


def test_names_lead_to_their_records_in_four_languages(folder: Path) -> None:
    search = "SELECT languages, country, theme, group_id FROM names WHERE rowid IN (SELECT rowid FROM search(:words))"
    assert ("fr", "CHL", None, None) in rows(folder, search, words="chili")
    assert ("fr", None, None, "MIRPS/1") in rows(folder, search, words="asile renforcement")
    assert any("es" in (row[0] or "") and row[2] == "trafficking" for row in rows(folder, search, words="trata"))
    assert rows(folder, "PRAGMA foreign_key_check") == []
    columns = ("mechanism", "group_id", "theme", "country", "agency")
    count = " + ".join(f"({column} IS NOT NULL)" for column in columns)
    assert rows(folder, f"SELECT DISTINCT {count} FROM names") == [(1,)]


def test_it_is_replaced_with_the_database_and_nothing_else_is(call: Call, tmp_path: Path) -> None:
    database, beside = tmp_path / "a.db", tmp_path / "a.metadata.yaml"
    assert call("export", "sqlite", str(database), "--datasette").code == 0
    assert call("export", "sqlite", str(database), "--datasette").code == 0
    assert list(yaml.safe_load(beside.read_text(encoding="utf-8"))["databases"]) == ["a"]
    before = database.read_bytes()
    beside.write_text("title: mine\n", encoding="utf-8")
    refused = call("export", "sqlite", str(database), "--datasette", "--as-of", "2010")
    assert refused.code == 2
    assert 'a.metadata.yaml" exists already, and `export sqlite` did not write it' in refused.err
    assert (database.read_bytes(), beside.read_text(encoding="utf-8")) == (before, "title: mine\n")
    assert call("export", "sqlite", str(database), "--datasette", "--force").code == 0
    assert beside.read_text(encoding="utf-8").startswith("# Written by")


def test_only_sqlite_takes_it(call: Call, tmp_path: Path) -> None:
    refused = call("export", "csv", str(tmp_path / "csv"), "--datasette")
    assert refused.code == 2
    assert "govmap export sqlite govmap.sqlite --datasette" in refused.err


@pytest.mark.filterwarnings("ignore")
def test_datasette_shows_names_facets_answers_and_what_is_searched(folder: Path, metadata: Any) -> None:
    app = pytest.importorskip("datasette.app", reason="`just browser` installs it")

    async def ask() -> list[Any]:
        server = app.Datasette([str(folder / "atlas.sqlite")], metadata=metadata)
        await server.invoke_startup()
        answers = []
        for path in (
            "/",
            "/atlas/memberships.json?_shape=objects&country=PER",
            "/atlas/country.json?country=Brasil&_shape=array",
            "/atlas/names.json?_search=refugiados&_labels=on&_shape=objects&_size=max",
        ):
            response = await server.client.get(path)
            assert response.status_code == 200, path
            answers.append(response.json() if ".json" in path else response.text)
        return answers

    home, memberships, country, names = asyncio.run(ask())
    assert metadata["title"] in home
    assert "CC BY 4.0" in home
    assert {row["country"] for row in memberships["rows"]} == {"PER"}
    assert set(memberships["facet_results"]) >= {"mechanism", "relation"}
    assert {row["country_name"] for row in country} == {"Brazil"}
    assert any(row["theme"] and row["theme"]["value"] == "protection" for row in names["rows"])
