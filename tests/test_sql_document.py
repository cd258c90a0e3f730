"""The SQL of docs/how-to/sql.md gives in SQLite, DuckDB and over Parquet what the commands give."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import govmap
from govmap.export.sql import CREATED
from govmap.export.sqlite import write_sqlite
from govmap.facts.tables import read_text
from govmap.questions.compare import Comparison
from govmap.questions.overlap import Overlap

DOCUMENT = Path(__file__).parents[1] / "docs" / "how-to" / "sql.md"
QUERIES = re.findall(r"```sql\n(.*?);\n```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
PROFILE, SECRETARIATS, GROUPS, THEMES, FIGURES, COUNTRIES, SHARED_THEMES, ON_THEME, REACH, GAPS, ALL_GAPS = QUERIES

VIEWS = CREATED.findall(read_text("answers.sql"))
SHOWN = re.compile(r"'(PER|RCM|SACM|trafficking|BLZ)'")

Row = tuple[Any, ...]


class Case(NamedTuple):
    """A dataset, and its database: ask(PROFILE, "MEX") asks a query with other values in place of those shown."""

    dated: govmap.Atlas
    ask: Callable[..., list[Row]]
    countries: tuple[str, ...]


def test_the_document_tells_of_every_view_and_no_other() -> None:
    told = re.findall(
        r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    )
    assert sorted(told) == sorted(VIEWS)


# The fixture that reads it, and the date.
DATASETS = {
    "bundled": ("atlas", None),
    "later": ("atlas", "2026"),
    "earlier": ("atlas", "2018-12"),
    "invented": ("invented", None),
}
# DuckDB takes milliseconds where SQLite takes microseconds: it is asked of one dataset, with two of the countries that
# nobody lists. That its views have the rows of SQLite's holds for all.
CASES = [
    ("sqlite", "bundled"),
    ("sqlite", "later"),
    ("sqlite", "earlier"),
    ("sqlite", "invented"),
    ("duckdb", "bundled"),
    ("parquet", "bundled"),
]


def load(request: pytest.FixtureRequest, dataset: str) -> govmap.Atlas:
    """Return one of the datasets, as of its date."""
    fixture, date = DATASETS[dataset]
    atlas = request.getfixturevalue(fixture)
    loaded: govmap.Atlas = atlas.at(date) if date else atlas
    return loaded


@pytest.fixture(name="case", scope="module", params=CASES, ids="-".join)
def _case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    engine, dataset = request.param
    dated, path = load(request, dataset), tmp_path_factory.mktemp("sql") / "a"
    every, some = tuple(dated.countries), (*dated.listed_countries, "CUB", "FRA")
    if engine == "sqlite":
        write_sqlite(dated, path)
        with closing(sqlite3.connect(path)) as database:
            yield Case(dated, lambda query, *values: database.execute(filled(query, *values)).fetchall(), every)
        return
    duckdb = pytest.importorskip("duckdb")
    dated.export(engine, path)
    with duckdb.connect(str(path) if engine == "duckdb" else ":memory:") as duck:
        duck.execute("SET threads = 1")  # in small tables more would only wait for each other
        if engine == "parquet":
            for file in path.glob("*.parquet"):
                duck.execute(f"CREATE VIEW {file.stem} AS FROM '{file}'")
            duck.execute((path / "views.sql").read_text(encoding="utf-8"))
        yield Case(dated, lambda query, *values: duck.execute(filled(query, *values)).fetchall(), some)


def filled(query: str, *values: str) -> str:
    """Return *query* with *values* in place of the ids that it is shown with."""
    shown = dict.fromkeys(SHOWN.findall(query))
    new = dict(zip(shown, values, strict=True))
    return SHOWN.sub(lambda match: f"'{new[match[1]]}'", query)


def rounded(*shares: float | None) -> tuple[float | None, ...]:
    """Return *shares* as the commands round them."""
    return tuple(share if share is None else round(share, 4) for share in shares)


def test_country(case: Case) -> None:
    dated, ask, _ = case
    for code in case.countries:
        profile = govmap.country(dated, dated.countries[code])
        rows = ask(PROFILE, code)
        dates = [(s.relation, s.since, s.until, s.joined_after, s.joined_by) for s in profile.mechanisms]
        assert [row[0] for row in rows] == [
            *(seat.id for seat in profile.mechanisms),
            *(one.id for one in profile.not_in),
        ]
        assert [row[3:8] for row in rows if row[2]] == dates
        assert [row[0] for row in rows if row[9]] == [
            one.id for one in profile.not_in if code in dated.unclear_in(dated.mechanisms[one.id])
        ]
        outside = [govmap.membership(dated, dated.countries[code], dated.mechanisms[one.id]) for one in profile.not_in]
        assert [row[6:8] for row in rows if not row[2]] == [(one.joined_after, one.joined_by) for one in outside]
        left_open = [u.note for m in profile.not_in for u in dated.mechanisms[m.id].unclear_members if u.code == code]
        assert [row[8] for row in rows if row[8]] == left_open
        assert ask(THEMES, code) == [
            (theme.id, theme.label, id_) for theme in profile.themes for id_ in theme.mechanisms
        ]
        groups = [(s.id, g.number, g.name, theme) for s in profile.mechanisms for g in s.groups for theme in g.themes]
        assert ask(GROUPS, code) == sorted(groups)
        assert ask(SECRETARIATS, code) == [(s.id, agency) for s in profile.mechanisms for agency in s.secretariat]


def test_compare(case: Case) -> None:
    dated, ask, _ = case
    for left, right in permutations(dated.covered, 2):
        answer = govmap.compare(dated, left, right)
        assert isinstance(answer, Comparison)
        (pair,) = answer.pairs
        ((*counts, jaccard, from_left, from_right, relation),) = ask(FIGURES, left.id, right.id)
        assert counts == [pair.shared, pair.only_left, pair.only_right]
        assert rounded(from_left, from_right) == (pair.containment_left, pair.containment_right)
        assert (*rounded(jaccard), relation) == (pair.jaccard, pair.relation)
        countries = {"both": answer.shared, **answer.only}
        shown = {(getattr(ref, "code", None), ref.name, where) for where, refs in countries.items() for ref in refs}
        assert set(ask(COUNTRIES, left.id, right.id)) == shown
        themes = {"both": answer.themes.shared, **answer.themes.only}
        worked = {(id_, dated.themes[id_].label, where) for where, ids in themes.items() for id_ in ids}
        assert set(ask(SHARED_THEMES, left.id, right.id)) == worked


def test_overlap(case: Case) -> None:
    dated, ask, _ = case
    for theme in dated.themes:
        answer = govmap.overlap(dated, dated.themes[theme])
        assert isinstance(answer, Overlap)
        hits = [(hit.mechanism, hit.number, hit.name, hit.relevance) for hit in answer.groups]
        assert set(ask(ON_THEME, theme)) == set(hits)
        reached = [(hit.code, hit.name, len(hit.mechanisms)) for hit in answer.countries]
        not_known = {*answer.themes_unknown, *answer.unclear}
        missed = [(ref.code, ref.name, 0) for ref in answer.uncovered if ref.code not in not_known]
        unknown = [(ref.code, ref.name, None) for ref in answer.uncovered if ref.code in not_known]
        assert ask(REACH, theme) == [*reached, *missed, *unknown]


def test_gaps(case: Case) -> None:
    dated, ask, _ = case
    answer = govmap.gaps(dated)
    lacking = [row for row in answer.countries if row.gaps]
    counted = [(row.code, row.name, len(row.gaps)) for row in lacking if not row.nothing_known]
    assert ask(ALL_GAPS) == [*counted, *((row.code, row.name, None) for row in lacking if row.nothing_known)]
    for row in answer.countries:
        assert ask(GAPS, row.code) == [(gap.id, gap.label, id_) for gap in row.gaps for id_ in gap.mechanisms]


@pytest.mark.parametrize("dataset", DATASETS)
def test_both_databases_give_the_same_views(request: pytest.FixtureRequest, dataset: str, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    dated = load(request, dataset)
    write_sqlite(dated, tmp_path / "a.sqlite")
    dated.export("duckdb", tmp_path / "a.duckdb")
    with (
        closing(sqlite3.connect(tmp_path / "a.sqlite")) as database,
        duckdb.connect(str(tmp_path / "a.duckdb")) as duck,
    ):
        for view in VIEWS:
            every = f"SELECT DISTINCT * FROM {view}"
            assert set(database.execute(every)) == set(duck.execute(every).fetchall()), view
