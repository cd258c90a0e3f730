"""Holds the database of facts to the records that it is built from, whatever these hold and on any day."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made import loaded_of, random_dataset

import govmap
from govmap.dataset import load
from govmap.dates import last_day
from govmap.facts.build import build
from govmap.facts.query import Query
from govmap.mechanism_parts import PARTS

BUNDLED = govmap.load()
OWN = ("tests/data/full", "tests/data/facts_full", "tests/data/apart", "tests/data/ours.yaml")
DAYS = st.dates().map(str) | st.sampled_from(["2009-03", "2004", "2012", "2003-05", "2023-04-30", "9999"])


@pytest.mark.parametrize("path", [None, *OWN])
def test_what_is_written_is_read_back_whole(path: str | None) -> None:
    database = load(path)
    assert build(database.dataset, database.names).dataset == database.dataset


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**6), date=DAYS)
def test_a_mechanism_as_of_a_day_has_the_items_that_hold_on_it(seed: int, date: str) -> None:
    database = loaded_of(random_dataset(seed), BUNDLED)
    then = govmap.Atlas(database, date).mechanisms
    for whole in database.dataset.mechanisms:
        for part in PARTS:
            held = [part.key_of(item) for item in part.items(whole) if _holds(item, date)]
            if whole.id in then and part.field != "links":
                assert [part.key_of(item) for item in part.items(then[whole.id])] == held


def _holds(item: object, date: str) -> bool:
    """Return whether an item holds on a date, by the rule of docs/explanation/dates.md for spans of time."""
    since, until = getattr(item, "since", None), getattr(item, "until", None)
    after, by = getattr(item, "joined_after", None), getattr(item, "joined_by", None)
    day = last_day(date)
    if until and last_day(until) <= day:
        return False
    start = since or by
    return last_day(start) <= day if start else not after or last_day(after) < day


def test_the_days_of_a_membership_between_two_dates_leave_open_what_lies_between() -> None:
    query = "select may_begin, begins, ends from fact where mechanism = 'M' and part = 'members'"
    for member, days in (
        (
            {"code": "PER", "joined_after": "2018-12", "joined_by": "2019-11"},
            ("2019-01-01", "2019-11-30", "9999-12-31"),
        ),
        ({"code": "PER", "since": "2019", "until": "2020-02"}, ("2019-12-31", "2019-12-31", "2020-02-29")),
        ({"code": "PER"}, ("0001-01-01", "0001-01-01", "9999-12-31")),
        ({"code": "PER", "joined_after": "2018"}, ("2019-01-01", "2019-01-01", "9999-12-31")),
    ):
        made = {"id": "M", "names": {"en": "M"}, "kind": "x", "relation": "member", "members": [member]}
        about = {"title": "T", "version": "1", "reference_date": "2023"}
        (row,) = loaded_of({"about": about, "mechanisms": [made]}, BUNDLED).rows(query)
        assert tuple(row) == days


def test_a_file_says_that_it_is_of_the_format() -> None:
    assert BUNDLED.context.column("pragma user_version") == [1]
    assert BUNDLED.context.column("pragma application_id") == [1735358064]


def test_a_sqlite_that_is_too_old_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    with pytest.raises(govmap.DataError, match=r"^govmap needs SQLite 3\.37 or later"):
        Query(sqlite3.connect(":memory:"))
