"""Every question obeys the date of its atlas: one generated dataset in which everything changes, against a model.

The model is a few lines that know nothing of govmap: a part-date is its last day as the calendar of the standard
library has it, and who is in on a day is looked up in plain lists.
"""

from __future__ import annotations

import calendar
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.conftest import tables_of
from tests.made import CODES, Data, atlas_of, loaded_of, mechanism, random_dataset

import govmap
from govmap.calls import Call, Option
from govmap.dates import day_before, in_force, last_day
from govmap.export.linked import linked_data
from govmap.export.network import build_network
from govmap.export.record import write_json
from govmap.facts.database import Database
from govmap.questions.compare import Likeness
from govmap.questions.matrix import Combinations, Matrix
from govmap.questions.overlap import Duplication, Overlap

DATES = ["1999", "2003-06", "2004-06-15", "2007", "2010-06", "9999"]


def end(date: str) -> datetime.date:
    """Return the last day of a part-date."""
    year, month, day = [*map(int, date.split("-")), None, None][:3]
    month = month or 12
    return datetime.date(year or 1, month, day or calendar.monthrange(year or 1, month)[1])


def holds(span: Data, day: datetime.date) -> bool:
    """Return whether a plain record with since, until, joined_after and joined_by holds on a day."""
    if "until" in span and end(span["until"]) <= day:
        return False
    if "since" in span or "founded" in span:
        return end(span.get("since") or span["founded"]) <= day
    if "joined_by" in span:
        return end(span["joined_by"]) <= day
    return "joined_after" not in span or end(span["joined_after"]) < day


def begun(spell: Data) -> datetime.date:
    """Return from when a spell counts, the first day of the calendar where that is not known."""
    start = spell.get("since") or spell.get("joined_by") or spell.get("joined_after")
    return end(start) if start else datetime.date.min


def seats_on(data: Data, day: datetime.date) -> dict[str, dict[str, str]]:
    """Return the relation of each country to each mechanism that existed on a day."""
    found: dict[str, dict[str, str]] = {}
    for record in data["mechanisms"]:
        if holds(record, day):
            spells = sorted((spell for spell in record["members"] if holds(spell, day)), key=begun)
            found[record["id"]] = {spell["code"]: spell.get("relation", record["relation"]) for spell in spells}
    return found


def held_on(data: Data, part: str, key: str, day: datetime.date) -> dict[str, list[Any]]:
    """Return what each mechanism that existed on a day had of a part."""
    return {
        record["id"]: sorted(item[key] for item in record[part] if holds(item, day))
        for record in data["mechanisms"]
        if holds(record, day)
    }


def name_on(record: Data, day: datetime.date) -> str:
    """Return the English name that a mechanism had on a day."""
    ahead = sorted((end(name["until"]), name["names"]["en"]) for name in record["former_names"])
    return next((str(name) for until, name in ahead if until > day), str(record["names"]["en"]))


@pytest.fixture(name="data", scope="module")
def _data() -> Data:
    return random_dataset(7)


@pytest.fixture(name="loaded", scope="module")
def _loaded(data: Data, atlas: govmap.Atlas) -> Database:
    return loaded_of(data, atlas)


def seats_of(atlas: govmap.Atlas) -> dict[str, dict[str, str | None]]:
    """Return the relations that an atlas has, as the model does."""
    return {id_: {member.code: member.relation for member in m.members} for id_, m in atlas.mechanisms.items()}


@pytest.mark.parametrize("date", DATES)
def test_every_question_rests_on_who_was_in_on_the_date(data: Data, loaded: Database, date: str) -> None:
    atlas, seats = govmap.Atlas(loaded, date), seats_on(data, end(date))
    assert seats_of(atlas) == seats
    listing = {code: sorted(id_ for id_, codes in seats.items() if code in codes) for code in CODES}
    for code, ids in listing.items():
        profile = govmap.country(atlas, code)
        assert {seat.id: seat.relation for seat in profile.mechanisms} == {id_: seats[id_][code] for id_ in ids}
        assert [absence.id for absence in profile.not_in] == sorted(set(seats) - set(ids))
        assert {row[4] for row in profile.rows().rows if row[3] == "listed"} == set(ids)
        for id_ in seats:
            found = govmap.membership(atlas, code, id_)
            assert (found.listed, found.relation) == (id_ in ids, seats[id_].get(code))
            assert {ref.id for ref in found.elsewhere} == set(ids) - {id_}
    for id_, codes in seats.items():
        members = govmap.mechanism(atlas, id_).members or ()
        assert [(row.code, row.relation) for row in members] == sorted(codes.items())
    on_any_date = {spell["code"] for record in data["mechanisms"] for spell in record["members"]}
    listed = {code: listing[code] for code in sorted(on_any_date)}
    assert {item.code: list(item.mechanisms) for item in govmap.list(atlas, "countries")} == listed
    assert {item.id: item.members for item in govmap.list(atlas)} == {id_: len(codes) for id_, codes in seats.items()}
    matrix, combined, ranked = govmap.matrix(atlas), govmap.matrix(atlas, upset=True), govmap.compare(atlas, all=True)
    assert isinstance(matrix, Matrix)
    cells = {
        row.id: [c.id for c, cell in zip(matrix.columns, row.cells, strict=True) if cell] for row in matrix.entries
    }
    assert {code: sorted(ids) for code, ids in cells.items()} == listed
    assert isinstance(combined, Combinations)
    seated = {ref.code: sorted(part.mechanisms) for part in combined.combinations for ref in part.countries}
    assert seated == listed
    assert {tile.code: sorted(tile.mechanisms) for tile in govmap.map(atlas).tiles} == listed
    assert isinstance(ranked, Likeness)
    assert {pair.left + pair.right: pair.shared for pair in ranked.pairs} == {
        left + right: len(set(seats[left]) & set(seats[right]))
        for left in seats
        for right in seats
        if left < right and seats[left] and seats[right]
    }
    assert set(govmap.cover(atlas).wanted) == set(listed)
    assert {row.code for row in govmap.gaps(atlas).countries} == set(listed)


@pytest.mark.parametrize("date", DATES)
def test_every_question_rests_on_the_groups_names_and_secretariats_of_the_date(
    data: Data, loaded: Database, date: str
) -> None:
    atlas, day = govmap.Atlas(loaded, date), end(date)
    seats, groups = seats_on(data, day), held_on(data, "groups", "number", day)
    serving = held_on(data, "secretariats", "agency", day)
    records = {record["id"]: record for record in data["mechanisms"]}
    for id_ in seats:
        profile = govmap.mechanism(atlas, id_)
        assert profile.mechanism.name == name_on(records[id_], day)
        assert [row.number for row in profile.groups or ()] == groups[id_]
        assert [row.agency for row in profile.secretariat or ()] == serving[id_]
        assert [row.number for row in profile.pillars] == held_on(data, "pillars", "number", day)[id_]
        assert [row.id for row in profile.sub_bodies] == held_on(data, "sub_bodies", "id", day)[id_]
    assert {item.id: (item.groups, list(item.secretariat)) for item in govmap.list(atlas)} == {
        id_: (len(numbers), serving[id_]) for id_, numbers in groups.items()
    }
    listed = [(item.mechanism, item.number) for item in govmap.list(atlas, "groups")]
    assert listed == [(id_, number) for id_ in sorted(groups) for number in groups[id_]]
    assert {item.agency: list(item.mechanisms) for item in govmap.list(atlas, "secretariats")} == {
        agency: ids
        for agency in ("IOM", "OAS", "UNHCR")
        if (ids := sorted(id_ for id_ in serving if agency in serving[id_]))
    }
    themes: dict[str, set[str]] = {}
    for id_ in seats:
        for group in records[id_]["groups"]:
            if holds(group, day):
                themes.setdefault(group["themes"][0], set()).add(id_)
    ranking, by_theme = govmap.overlap(atlas), govmap.matrix(atlas, by="theme")
    assert isinstance(ranking, Duplication)
    assert {row.id: set(row.mechanisms) for row in ranking.themes} == themes
    assert isinstance(by_theme, Matrix)
    assert {row.id: row.size for row in by_theme.entries} == {id_: len(ids) for id_, ids in themes.items()}
    assert all(cell is not None for row in by_theme.entries for cell in row.cells), "a list that ended is not silence"
    for code in CODES:
        seated = {theme.id: set(theme.mechanisms) for theme in govmap.country(atlas, code).themes}
        mine = {id_: {m for m in ids if code in seats[m]} for id_, ids in themes.items()}
        assert seated == {id_: ids for id_, ids in mine.items() if ids}
    for gap in (gap for row in govmap.gaps(atlas).countries for gap in row.gaps):
        assert set(gap.mechanisms) == themes[gap.id]
    for id_, working in themes.items():
        overlap = govmap.overlap(atlas, id_)
        assert isinstance(overlap, Overlap)
        assert {hit.id for hit in overlap.mechanisms} == working


@pytest.mark.parametrize("date", DATES)
def test_every_export_rests_on_what_held_on_the_date(data: Data, loaded: Database, tmp_path: Path, date: str) -> None:
    atlas, day = govmap.Atlas(loaded, date), end(date)
    seats = seats_on(data, day)
    tables = {
        table.name: [dict(zip([c.name for c in table.columns], row, strict=True)) for row in rows]
        for table, rows in tables_of(atlas)
    }
    assert {row["id"] for row in tables["mechanisms"] if row["in_force"]} == set(seats)
    held = {(row["mechanism"], row["country"], row["relation"]) for row in tables["memberships"] if row["in_force"]}
    assert held == {(id_, code, relation) for id_, codes in seats.items() for code, relation in codes.items()}
    records = data["mechanisms"]
    assert len(tables["memberships"]) == sum(len(record["members"]) for record in records)
    for part, key in {"groups": "number", "pillars": "number", "sub_bodies": "name", "secretariats": "agency"}.items():
        found = sorted((row["mechanism"], row[key]) for row in tables[part] if row["in_force"])
        held_part = held_on(data, part, key, day)
        assert found == sorted((id_, value) for id_, values in held_part.items() for value in values), part
    former = {row["name"] for row in tables["mechanism_former_names"] if row["in_force"]}
    every_former = {name["names"]["en"] for record in records for name in record["former_names"]}
    assert former == {name_on(record, day) for record in records if record["id"] in seats} & every_former
    edges = {(e.source, e.target) for e in build_network(atlas).edges if e.source.startswith("country:")}
    assert edges == {(f"country:{code}", f"mechanism:{id_}") for id_, codes in seats.items() for code in codes}
    linked = [resource for resource in linked_data(atlas) if "org:Membership" in resource.classes]
    assert len(linked) == sum(map(len, seats.values()))
    write_json(atlas, tmp_path / "a.json")
    frozen = json.loads((tmp_path / "a.json").read_bytes())
    members = {m["id"]: {member["code"] for member in m.get("members", ())} for m in frozen["mechanisms"]}
    assert members == {id_: set(codes) for id_, codes in seats.items()}
    assert frozen["about"]["reference_date"] == date


@given(st.integers(0, 400), st.dates(datetime.date(1999, 1, 1), datetime.date(2016, 1, 1)), st.sampled_from((4, 7, 10)))
def test_the_model_and_the_rule_agree_on_any_dataset(seed: int, day: datetime.date, length: int) -> None:
    date = day.isoformat()[:length]
    for record in random_dataset(seed)["mechanisms"]:
        for item in (*record["groups"], *record["pillars"], *record["sub_bodies"], *record["secretariats"]):
            assert in_force(item.get("since"), item.get("until"), date) is holds(item, end(date))
    assert last_day(date) == end(date).isoformat()


@given(st.dates(datetime.date(1, 1, 2)), st.sampled_from((4, 7, 10)))
def test_what_ends_on_a_date_still_holds_the_day_before(day: datetime.date, length: int) -> None:
    until = day.isoformat()[:length]
    before = end(until) - datetime.timedelta(days=1)
    assert day_before(until) == before.isoformat()
    assert in_force(None, until, day_before(until))
    assert not in_force(None, until, last_day(until))


@given(st.dates(datetime.date(1999, 1, 1), datetime.date(2016, 1, 1)))
def test_a_finer_date_agrees_with_a_coarser_one_at_its_end_and_time_never_takes_back_a_start(
    loaded: Database, day: datetime.date
) -> None:
    date = day.isoformat()
    for coarse in (date[:4], date[:7]):
        assert seats_of(govmap.Atlas(loaded, coarse)) == seats_of(govmap.Atlas(loaded, last_day(coarse)))
    for member in (member for m in loaded.dataset.mechanisms for member in m.members if member.until is None):
        held = [in_force(member.start, None, part) for part in (date, date[:7], date[:4])]
        assert held == sorted(held), "what holds on a day, and does not end, holds at the end of its month and its year"


def test_two_spells_that_meet_within_a_part_date_seat_a_country_once_and_the_later_one_counts(
    atlas: govmap.Atlas,
) -> None:
    spells = [{"code": "PER", "until": "2010"}, {"code": "PER", "since": "2010-06", "relation": "endorser"}]
    made = atlas_of(atlas, mechanism("A", spells), as_of="2010-07")
    (row,) = govmap.mechanism(made, "A").members or ()
    assert (row.code, row.relation) == ("PER", "endorser")
    assert [m.id for m in made.mechanisms_of("PER")] == ["A"]
    assert "lists PER twice at the same time; give the first period an `until`" in list(made.stored("A").doubts())
    assert made.at("2010-05").seats["A"]["PER"].relation == "member"


def test_a_country_may_come_back_on_a_day_of_which_only_the_bounds_are_known(atlas: govmap.Atlas) -> None:
    spells = [{"code": "PER", "until": "2005"}, {"code": "PER", "joined_by": "2010"}, {"code": "CHL"}]
    made = atlas_of(atlas, mechanism("A", spells), as_of="2010-07")
    assert list(made.stored("A").flaws()) == []
    assert [made.at(date).listed_countries for date in ("2004", "2006", "2010")] == [
        ("CHL", "PER"),
        ("CHL",),
        ("CHL", "PER"),
    ]
    ids = [str(row[0]) for table, rows in tables_of(made) if table.name == "memberships" for row in rows]
    assert sorted(ids) == ["A/CHL", "A/PER", "A/PER/2010"]


@pytest.fixture(name="ended", scope="module")
def _ended(atlas: govmap.Atlas) -> govmap.Atlas:
    """The atlas of a mechanism that had another name at first, and is no more."""
    former = {"names": {"en": "First Name"}, "acronyms": {"en": "FN"}, "until": "2005"}
    groups = [{"number": 1, "name": "Visas", "themes": ["visas"], "until": "2008"}]
    dates = {"founded": "2000", "until": "2010", "names": {"en": "New Name"}, "former_names": [former]}
    return atlas_of(atlas, mechanism("OLD", "PER", groups=groups, **dates))


def test_a_mechanism_that_ended_is_no_answer_and_the_last_day_is_offered(ended: govmap.Atlas) -> None:
    with pytest.raises(govmap.NoAnswerError) as caught:
        govmap.mechanism(ended, "fn")
    assert caught.value.message == "OLD no longer existed as of 2020: it ended 2010"
    assert caught.value.suggestions == (Option("as_of", "2010-12-30"), Call("history", "OLD"))
    assert ended.at("2010-12-30").mechanism("New Name").name == "New Name"
    assert (ended.covered, govmap.country(ended, "PER").mechanisms) == ((), ())


def test_a_mechanism_is_called_as_it_was_and_all_its_names_are_told_and_found(ended: govmap.Atlas) -> None:
    then, later = ended.at("2004"), ended.at("2005")
    assert [atlas.mechanism("First Name").name for atlas in (then, later)] == ["First Name", "New Name"]
    head = govmap.mechanism(then, "OLD").mechanism
    assert (head.name, head.acronyms) == ("First Name", {"en": "FN"})
    assert [(row.names["en"], row.since, row.until) for row in head.called] == [
        ("First Name", None, "2005"),
        ("New Name", "2005", None),
    ]
    for atlas in (then, later):
        assert [hit.id for hit in govmap.search(atlas, "first name").hits] == ["OLD"]


def test_groups_that_ended_are_none_and_not_silence(ended: govmap.Atlas) -> None:
    then = ended.at("2009")
    profile = govmap.mechanism(then, "OLD")
    assert (profile.groups, profile.secretariat) == ((), None)
    assert [item.groups for item in govmap.list(then)] == [0]


@pytest.mark.parametrize("word", [" Today ", "hoy", "HOJE", "aujourd'hui", "Aujourd’hui"])
def test_today_is_the_present_day_on_the_command_line(call: Callable[..., Any], word: str) -> None:
    before = datetime.datetime.now().astimezone().date().isoformat()
    found = call("list", "countries", "--as-of", word, "-f", "csv").out
    after = datetime.datetime.now().astimezone().date().isoformat()
    days = {line.split(",")[1] for line in found.splitlines()[1:]}
    assert days <= {before, after}
    assert len(days) == 1


def test_today_is_understood_wherever_a_date_is(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("history", "--since", "hoy", "--json").json()["entries"] == []
    assert call("diff", "--from", "2023-04", "--to", "hoje").code == 0
    monkeypatch.setenv("GOVMAP_AS_OF", "aujourd'hui")
    as_of = call("country", "Peru", "--json").json()["as_of"]
    assert datetime.datetime.now().astimezone().date() - datetime.date.fromisoformat(as_of) < datetime.timedelta(days=2)
