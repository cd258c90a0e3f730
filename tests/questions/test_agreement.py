"""Overlap, lists, gaps, covers and country pages agree with one another, on the bundled data and on any other."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.made import ABOUT, DATA, mechanism

import govmap
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.dates import last_day
from govmap.model import Country, Dataset, Mechanism, Theme
from govmap.questions.overlap import Duplication, Overlap

pytestmark = pytest.mark.once  # on what the answers say, so that one Python is enough

CODES = tuple(letter * 3 for letter in "ABCDEFGH")
THEMES = ("t1", "t2", "t3", "t4", "t5")
COUNTRIES = tuple(Country(code[:2], code, "000", "state", None, None, {"en": f"Land {code[0]}"}) for code in CODES)
BUNDLED = govmap.load()
DATASETS = {"bundled": BUNDLED, **{name: govmap.load(DATA / name) for name in ("invented", "full")}}
CHANGING = ("joined", "left", "changed", "ended")


@st.composite
def atlases(draw: st.DrawFn) -> govmap.Atlas:
    """Draw a dataset of up to six mechanisms over eight countries and five themes, some above others."""
    mechanisms = []
    for number in range(draw(st.integers(1, 6))):
        members = draw(st.sets(st.sampled_from(CODES), min_size=1))
        groups = draw(st.lists(st.sets(st.sampled_from(THEMES), min_size=1, max_size=2), max_size=3))
        works_on = (" ".join(sorted(themes)) for themes in groups)
        mechanisms.append(mechanism(f"M{number}", " ".join(sorted(members)), *works_on))
    plain = msgspec.convert({"about": ABOUT, "mechanisms": mechanisms}, Dataset)
    above = [None, *draw(st.lists(st.sampled_from([None, "t1"]), min_size=4, max_size=4))]
    themes = zip(THEMES, above, strict=True)
    vocabulary = tuple(Theme(id_, preferred={"en": f"label {id_}"}, broader=broader) for id_, broader in themes)
    dataset = msgspec.structs.replace(plain, themes=vocabulary, countries=COUNTRIES)
    return govmap.Atlas(LoadedDataset(dataset, index_names(dataset)))


@given(atlases())
@example(BUNDLED)
def test_all_answers_on_a_theme_agree(atlas: govmap.Atlas) -> None:
    ranking = govmap.overlap(atlas)
    assert isinstance(ranking, Duplication)
    rows = {row.id: row for row in ranking.themes}
    for id_, theme in atlas.themes.items():
        listed = [(item.mechanism, item.number) for item in govmap.list(atlas, "groups", theme=theme)]
        overlap = govmap.overlap(atlas, theme)
        assert isinstance(overlap, Overlap)
        assert [match.id for match in overlap.themes] == [id_]
        assert [(hit.mechanism, hit.number) for hit in overlap.groups if hit.relevance == "direct"] == listed
        assert (overlap.basis == "direct") == (id_ in rows) == bool(listed)
        covered = [hit.code for hit in overlap.countries] + [ref.code for ref in overlap.uncovered]
        assert sorted(covered) == list(atlas.universe)
        if listed:
            uncovered = {ref.code for ref in overlap.uncovered}
            assert {row.code for row in govmap.gaps(atlas, theme=theme).countries if row.gaps} == uncovered
            assert set(govmap.cover(atlas, theme=theme).unreachable) == uncovered
            assert rows[id_].mechanisms == tuple(hit.id for hit in overlap.mechanisms)
            assert (rows[id_].groups, rows[id_].countries) == (len(listed), len(overlap.countries))
            assert rows[id_].seats == sum(hit.members for hit in overlap.mechanisms)


@given(atlases())
@example(BUNDLED)
def test_gaps_are_what_the_page_of_a_country_lacks(atlas: govmap.Atlas) -> None:
    for row in govmap.gaps(atlas).countries:
        seated = {theme.id for theme in govmap.country(atlas, row.code).themes}
        assert {gap.id for gap in row.gaps} == set(atlas.themes_worked_on) - seated
        assert row.seated == len(seated)
        for gap in row.gaps:
            assert gap.mechanisms
            assert all(row.code not in atlas.seats[id_] for id_ in gap.mechanisms)


@given(atlases())
@example(BUNDLED)
def test_a_cover_seats_every_country_and_nothing_smaller_does(atlas: govmap.Atlas) -> None:
    cover = govmap.cover(atlas)
    assert set(cover.unreachable) == set(atlas.universe) - set(atlas.listed_countries)
    reached = [set().union(*(atlas.seats[id_] for id_ in ids)) for ids in cover.solutions]
    assert all(seated == set(atlas.listed_countries) for seated in reached)
    smaller = combinations(sorted(atlas.seats), cover.size - 1)
    assert not any(set().union(*(atlas.seats[id_] for id_ in ids)) == set(atlas.listed_countries) for ids in smaller)


@pytest.mark.parametrize("data", DATASETS)
@pytest.mark.parametrize("date", ["1999", "2010", "2018", "2021", "2022-06", "2023-04", "2024"])
def test_what_changes_later_in_a_history_changes_on_the_page_too(data: str, date: str) -> None:
    """The page of a country has more: what changes in its mechanisms."""
    atlas = DATASETS[data].at(date)
    in_scope = {body.id for body in atlas.dataset.mechanisms if body.coverage == "full" and atlas.in_scope(body)}
    for country in map(atlas.country, atlas.universe):
        later = {(date, id_) for date, id_ in _later_in_history(atlas, country) if id_ in in_scope}
        assert later <= _later_on_page(govmap.country(atlas, country)), country.alpha3
    for body in atlas.covered:
        assert _later_in_history(atlas, body) == _later_on_page(govmap.mechanism(atlas, body)), body.id


def _later_in_history(atlas: govmap.Atlas, subject: Country | Mechanism) -> set[tuple[str, str]]:
    later = (entry for entry in govmap.history(atlas, subject).entries if entry.later and entry.kind in CHANGING)
    return {(entry.date, id_) for entry in later for id_ in entry.mechanisms}


def _later_on_page(profile: Any) -> set[tuple[str, str]]:
    changes = (change for change in profile.changes if last_day(change.date) > last_day(profile.as_of))
    return {(change.date, change.mechanism) for change in changes}


@pytest.mark.parametrize("data", DATASETS)
@pytest.mark.parametrize("date", ["2010", "2021", "2023-04", "2024"])
def test_lists_with_a_theme_agree_with_who_works_on_it(data: str, date: str) -> None:
    atlas = DATASETS[data].at(date)
    for theme in atlas.themes.values():
        overlap = govmap.overlap(atlas, theme)
        assert isinstance(overlap, Overlap)
        mechanisms = {hit.id for hit in overlap.mechanisms} if overlap.basis == "direct" else set()
        countries = {hit.code for hit in overlap.countries} if overlap.basis == "direct" else set()
        assert {item.id for item in govmap.list(atlas, "mechanisms", theme=theme)} == mechanisms
        assert {item.code for item in govmap.list(atlas, "countries", theme=theme)} == countries
        assert {id_ for item in govmap.list(atlas, "themes", theme=theme) for id_ in item.mechanisms} == mechanisms
        served = {id_ for item in govmap.list(atlas, "secretariats", theme=theme) for id_ in item.mechanisms}
        assert served == {id_ for id_ in mechanisms if atlas.mechanisms[id_].secretariats}
