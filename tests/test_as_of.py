"""Every command obeys `--as-of`: one generated dataset in which everything changes, against a model of its own.

The model is a few lines that know nothing of govmap: a part-date is its last day as the calendar of the standard
library has it, and who is in on a day is looked up in plain lists.
"""

from __future__ import annotations

import calendar
import datetime
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import govmap
from govmap.cli import answers
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.dates import day_before, in_force, last_day
from govmap.export.linked import linked_data
from govmap.export.network import build_network
from govmap.export.record import write_json
from govmap.export.tables import tables_of
from govmap.model import About, Mechanism
from govmap.names.lexicon import WordLists

QUICK = settings(deadline=None, max_examples=30)
CODES = ("ARG", "BOL", "CHL", "PER")
THEMES = ("asylum", "borders", "gender", "health")
RELATIONS = ("member", "endorser", "covered")
MECHANISMS = tuple[Mechanism, ...]
Data = dict[str, Any]
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
    for mechanism in data["mechanisms"]:
        if holds(mechanism, day):
            spells = sorted((one for one in mechanism["members"] if holds(one, day)), key=begun)
            found[mechanism["id"]] = {one["code"]: one.get("relation", mechanism["relation"]) for one in spells}
    return found


def held_on(data: Data, part: str, key: str, day: datetime.date) -> dict[str, list[Any]]:
    """Return what each mechanism that existed on a day had of a part."""
    return {
        mechanism["id"]: sorted(one[key] for one in mechanism[part] if holds(one, day))
        for mechanism in data["mechanisms"]
        if holds(mechanism, day)
    }


def called_on(mechanism: Data, day: datetime.date) -> str:
    """Return the English name that a mechanism had on a day."""
    ahead = sorted((end(one["until"]), one["names"]["en"]) for one in mechanism["former_names"])
    return next((str(name) for until, name in ahead if until > day), str(mechanism["names"]["en"]))


def some_date(chance: random.Random) -> str:
    """Return a year, a month or a day from 2000 to 2015."""
    day = datetime.date(2000, 1, 1) + datetime.timedelta(days=chance.randrange(365 * 15))
    return day.isoformat()[: chance.choice((4, 7, 10))]


def span(chance: random.Random, begin: str = "since") -> Data:
    """Return a start and an end, one of them, or none."""
    one, other = sorted((some_date(chance), some_date(chance)), key=end)
    dates = {begin: one} if chance.random() < 0.6 else {}
    return {**dates, "until": other} if chance.random() < 0.6 and end(one).year < end(other).year else dates


def spells(chance: random.Random, code: str) -> list[Data]:
    """Return the memberships of a country: none, one, or two one after the other, perhaps with other relations."""
    sort = chance.randrange(5)
    if sort == 0:
        return []
    if sort == 1:
        first, then = "2003-05", chance.choice(("2003-05", "2003-08-20", "2009"))
        return [{"code": code, "until": first}, {"code": code, "since": then, "relation": chance.choice(RELATIONS)}]
    if sort == 2:
        return [
            {"code": code, "joined_after": "2004-06-15", **({"joined_by": "2004-09"} if chance.random() < 0.5 else {})}
        ]
    return [{"code": code, **span(chance)}]


def made(seed: int) -> Data:
    """Return a dataset in which mechanisms, their names, members, groups, bodies and secretariats change over time."""
    chance = random.Random(seed)  # noqa: S311 - a made dataset
    mechanisms = [
        {
            "id": f"M{number}",
            "names": {"en": f"Mechanism {number}"},
            "former_names": [
                {"names": {"en": f"Older {number}"}, "until": "2009-03", "acronyms": {"en": f"OLD{number}"}},
                {"names": {"en": f"Oldest {number}"}, "until": "2004"},
            ][: chance.randrange(3)],
            "kind": "forum",
            "relation": chance.choice(RELATIONS),
            **span(chance, "founded"),
            "members": [spell for code in CODES for spell in spells(chance, code)] or [{"code": "PER"}],
            "groups": [
                {"number": n, "name": f"Group {n}", "themes": [chance.choice(THEMES)], **span(chance)}
                for n in (1, 2, 3)
            ],
            "pillars": [{"number": n, "name": f"Pillar {n}", "themes": ["health"], **span(chance)} for n in (1, 2)],
            "sub_bodies": [{"id": f"B{n}", "name": f"Body {n}", **span(chance)} for n in (1, 2)],
            "secretariats": [{"agency": agency, **span(chance)} for agency in ("IOM", "OAS", "UNHCR")],
        }
        for number in range(6)
    ]
    return {"about": {"title": "Made", "version": "1", "reference_date": "2012"}, "mechanisms": mechanisms}


@pytest.fixture(name="data", scope="module")
def _data() -> Data:
    return made(7)


def loaded_of(data: Data, bundled: govmap.Atlas) -> LoadedDataset:
    """Return a plain dataset as it would be loaded from a file, without reading the bundled one once more."""
    about, mechanisms = (
        msgspec.convert(data[key], kind) for key, kind in (("about", About), ("mechanisms", MECHANISMS))
    )
    dataset = replace(bundled.dataset, about=about, mechanisms=mechanisms, events=(), resolutions=())
    lent = {kind: part for kind, part in bundled.names.parts.items() if kind != "mechanisms"}
    return LoadedDataset(dataset, index_names(dataset, WordLists(), lent))


@pytest.fixture(name="loaded", scope="module")
def _loaded(data: Data, atlas: govmap.Atlas) -> LoadedDataset:
    return loaded_of(data, atlas)


def seats_of(found: Any) -> dict[str, dict[str, str]]:
    """Return the relations that an atlas has, as the model does."""
    return {
        m.id: {one.code: one.relation or m.relation for one in m.members}  # a mechanism's own relation is the usual one
        for m in found.mechanisms.values()
    }


def rows(answer: answers.Answer) -> list[dict[str, Any]]:
    """Return the rows of an answer as dicts."""
    made_rows = answer.view().rows()
    return [dict(zip(made_rows.columns, row, strict=True)) for row in made_rows.rows]


@pytest.mark.parametrize("date", DATES)
def test_every_command_rests_on_who_was_in_on_the_date(data: Data, loaded: LoadedDataset, date: str) -> None:
    atlas, seats = govmap.Atlas(loaded, date), seats_on(data, end(date))
    assert seats_of(atlas) == seats
    listing = {code: sorted(id_ for id_, codes in seats.items() if code in codes) for code in CODES}
    for code, ids in listing.items():
        profile = govmap.profile_country(atlas, atlas.country(code))
        assert {seat.id: seat.relation for seat in profile.mechanisms} == {id_: seats[id_][code] for id_ in ids}
        assert [one.id for one in profile.not_in] == sorted(set(seats) - set(ids))
        found = {row["mechanism"] for row in rows(answers.country(atlas, code)) if row["fact"] == "listed"}
        assert found == set(ids)
    for id_, codes in seats.items():
        mechanism = govmap.profile_mechanism(atlas, atlas.mechanism(id_))
        assert {row.code: row.relation for row in mechanism.members or ()} == codes
        assert [row.code for row in mechanism.members or ()] == sorted(codes)
    listed = {code: ids for code, ids in listing.items() if ids}
    assert {item.code: list(item.mechanisms) for item in govmap.list_countries(atlas, govmap.Filters())} == listed
    sizes = {item.id: item.members for item in govmap.list_mechanisms(atlas, govmap.Filters())}
    assert sizes == {id_: len(codes) for id_, codes in seats.items()}
    matrix = govmap.country_matrix(atlas)
    cells = {row.id: [c.id for c, cell in zip(matrix.columns, row.cells, strict=True) if cell] for row in matrix.rows}
    assert {code: sorted(ids) for code, ids in cells.items()} == listed
    combined = {
        ref.code: part.mechanisms for part in govmap.combine_seats(atlas).combinations for ref in part.countries
    }
    assert {code: sorted(ids) for code, ids in combined.items()} == listed
    tiles = {tile.code: sorted(tile.mechanisms) for tile in govmap.map_seats(atlas).tiles if tile.mechanisms}
    assert tiles == listed
    ranked = govmap.rank_mechanisms(atlas)
    assert {pair.left + pair.right: pair.shared for pair in ranked.pairs} == {
        one + other: len(set(seats[one]) & set(seats[other])) for one in seats for other in seats if one < other
    }
    assert set(govmap.cover_countries(atlas).wanted) == set(listed)
    assert {row.code for row in govmap.find_gaps(atlas).countries} == set(listed)


@pytest.mark.parametrize("date", DATES)
def test_every_command_rests_on_the_groups_names_and_secretariats_of_the_date(
    data: Data, loaded: LoadedDataset, date: str
) -> None:
    atlas, day = govmap.Atlas(loaded, date), end(date)
    seats, groups = seats_on(data, day), held_on(data, "groups", "number", day)
    serving = held_on(data, "secretariats", "agency", day)
    for id_ in seats:
        profile = govmap.profile_mechanism(atlas, atlas.mechanism(id_))
        record = next(one for one in data["mechanisms"] if one["id"] == id_)
        assert profile.mechanism.name == called_on(record, day)
        assert [row.number for row in profile.groups or ()] == groups[id_]
        assert [row.agency for row in profile.secretariat or ()] == serving[id_]
        assert [row.number for row in profile.pillars] == held_on(data, "pillars", "number", day)[id_]
        assert [row.id for row in profile.sub_bodies] == held_on(data, "sub_bodies", "id", day)[id_]
    items = govmap.list_mechanisms(atlas, govmap.Filters())
    assert {item.id: (item.groups, list(item.secretariat)) for item in items} == {
        id_: (len(numbers), serving[id_]) for id_, numbers in groups.items()
    }
    listed = [(item.mechanism, item.number) for item in govmap.list_groups(atlas, govmap.Filters())]
    assert listed == [(id_, number) for id_ in sorted(groups) for number in groups[id_]]
    agencies = {item.agency: list(item.mechanisms) for item in govmap.list_secretariats(atlas, govmap.Filters())}
    assert agencies == {
        a: ids for a in ("IOM", "OAS", "UNHCR") if (ids := sorted(i for i in serving if a in serving[i]))
    }
    themes: dict[str, set[str]] = {}
    for mechanism in data["mechanisms"]:
        for group in mechanism["groups"]:
            if mechanism["id"] in seats and holds(group, day):
                themes.setdefault(group["themes"][0], set()).add(mechanism["id"])
    assert {row.id: set(row.mechanisms) for row in govmap.rank_duplication(atlas).themes} == themes
    by_theme = govmap.theme_matrix(atlas)
    assert {row.id: row.size for row in by_theme.rows} == {id_: len(ids) for id_, ids in themes.items()}
    assert all(cell is not None for row in by_theme.rows for cell in row.cells), "a list that ended is not silence"
    for code in CODES:
        profile_themes = {
            one.id: set(one.mechanisms) for one in govmap.profile_country(atlas, atlas.country(code)).themes
        }
        mine = {id_: {m for m in ids if code in seats[m]} for id_, ids in themes.items()}
        assert profile_themes == {id_: ids for id_, ids in mine.items() if ids}
    for gap in (gap for row in govmap.find_gaps(atlas).countries for gap in row.gaps):
        assert set(gap.mechanisms) == themes[gap.id]
    for id_, working in themes.items():
        assert {hit.id for hit in govmap.overlap_about(atlas, id_).mechanisms} == working


@pytest.mark.parametrize("date", DATES)
def test_every_export_rests_on_what_held_on_the_date(
    data: Data, loaded: LoadedDataset, tmp_path: Path, date: str
) -> None:
    atlas, day = govmap.Atlas(loaded, date), end(date)
    seats = seats_on(data, day)
    tables = {
        table.name: [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows]
        for table in tables_of(atlas)
    }
    assert {row["id"] for row in tables["mechanisms"] if row["in_force"]} == set(seats)
    held = {(row["mechanism"], row["country"], row["relation"]) for row in tables["memberships"] if row["in_force"]}
    assert held == {(id_, code, relation) for id_, codes in seats.items() for code, relation in codes.items()}
    assert len(tables["memberships"]) == sum(len(one["members"]) for one in data["mechanisms"])
    for name, part, key in (
        ("groups", "groups", "number"),
        ("pillars", "pillars", "number"),
        ("sub_bodies", "sub_bodies", "name"),
        ("secretariats", "secretariats", "agency"),
    ):
        found = sorted((row["mechanism"], row[key]) for row in tables[name] if row["in_force"])
        assert found == sorted((id_, one) for id_, ones in held_on(data, part, key, day).items() for one in ones), name
    former = {row["name"] for row in tables["mechanism_former_names"] if row["in_force"]}
    assert former == {called_on(one, day) for one in data["mechanisms"] if one["id"] in seats} & {
        name["names"]["en"] for one in data["mechanisms"] for name in one["former_names"]
    }
    edges = {(e.source, e.target) for e in build_network(atlas).edges if e.source.startswith("country:")}
    assert edges == {(f"country:{code}", f"mechanism:{id_}") for id_, codes in seats.items() for code in codes}
    linked = [one for one in linked_data(atlas) if "org:Membership" in one.classes]
    assert len(linked) == sum(map(len, seats.values()))
    write_json(atlas, tmp_path / "a.json")
    frozen = json.loads((tmp_path / "a.json").read_bytes())
    assert {m["id"]: sorted(one["code"] for one in m.get("members", ())) for m in frozen["mechanisms"]} == {
        id_: sorted(codes) for id_, codes in seats.items()
    }
    assert frozen["about"]["reference_date"] == date


@QUICK
@given(st.integers(0, 400), st.dates(datetime.date(1999, 1, 1), datetime.date(2016, 1, 1)), st.sampled_from((4, 7, 10)))
def test_the_model_and_the_rule_agree_on_any_dataset(seed: int, day: datetime.date, length: int) -> None:
    date = day.isoformat()[:length]
    for mechanism in made(seed)["mechanisms"]:
        for part in ("groups", "pillars", "sub_bodies", "secretariats"):
            for one in mechanism[part]:
                assert in_force(one.get("since"), one.get("until"), date) is holds(one, end(date))
    assert last_day(date) == end(date).isoformat()


@QUICK
@given(st.dates(datetime.date(1, 1, 2)), st.sampled_from((4, 7, 10)))
def test_what_ends_on_a_date_still_holds_the_day_before(day: datetime.date, length: int) -> None:
    until = day.isoformat()[:length]
    before = end(until) - datetime.timedelta(days=1)
    assert day_before(until) == before.isoformat()
    assert in_force(None, until, day_before(until))
    assert not in_force(None, until, last_day(until))


@QUICK
@given(st.dates(datetime.date(1999, 1, 1), datetime.date(2016, 1, 1)))
def test_a_finer_date_agrees_with_a_coarser_one_at_its_end_and_time_never_takes_back_a_start(
    loaded: LoadedDataset, day: datetime.date
) -> None:
    date = day.isoformat()
    for coarse in (date[:4], date[:7]):
        assert seats_of(govmap.Atlas(loaded, coarse)) == seats_of(govmap.Atlas(loaded, last_day(coarse)))
    for member in (one for m in loaded.dataset.mechanisms for one in m.members if one.until is None):
        held = [in_force(member.start, None, part) for part in (date, date[:7], date[:4])]
        assert held == sorted(held), "what holds on a day, and does not end, holds at the end of its month and its year"


def alone(bundled: govmap.Atlas, *members: Data) -> LoadedDataset:
    """Return a dataset with one mechanism, A, that lists *members*."""
    mechanism = {"id": "A", "names": {"en": "A"}, "kind": "k", "relation": "member", "members": members}
    about = {"title": "T", "version": "1", "reference_date": "2010-07"}
    return loaded_of({"about": about, "mechanisms": [mechanism]}, bundled)


def test_two_spells_that_meet_within_a_part_date_seat_a_country_once_and_the_later_one_counts(
    atlas: govmap.Atlas,
) -> None:
    made_of = alone(
        atlas, {"code": "PER", "until": "2010"}, {"code": "PER", "since": "2010-06", "relation": "endorser"}
    )
    found = govmap.Atlas(made_of)
    (row,) = govmap.profile_mechanism(found, found.mechanism("A")).members or ()
    assert (row.code, row.relation) == ("PER", "endorser")
    assert [m.id for m in found.mechanisms_of("PER")] == ["A"]
    assert "lists PER twice at the same time; give the first spell an `until`" in list(found.record("A").doubts())
    assert govmap.Atlas(made_of, "2010-05").seats["A"]["PER"].relation is None


def test_a_country_may_come_back_on_a_day_of_which_only_the_bounds_are_known(atlas: govmap.Atlas) -> None:
    made_of = alone(atlas, {"code": "PER", "until": "2005"}, {"code": "PER", "joined_by": "2010"}, {"code": "CHL"})
    assert list(made_of.dataset.mechanisms[0].flaws()) == []
    assert [govmap.Atlas(made_of, date).parties for date in ("2004", "2006", "2010")] == [
        ("CHL", "PER"),
        ("CHL",),
        ("CHL", "PER"),
    ]
    tables = tables_of(govmap.Atlas(made_of))
    ids = [str(row[0]) for table in tables if table.name == "memberships" for row in table.rows]
    assert sorted(ids) == ["A/CHL", "A/PER", "A/PER/2010"]


ENDED = {
    "about": {"title": "T", "version": "1", "reference_date": "2020"},
    "mechanisms": [
        {
            "id": "OLD",
            "names": {"en": "New Name"},
            "former_names": [{"names": {"en": "First Name"}, "acronyms": {"en": "FN"}, "until": "2005"}],
            "kind": "forum",
            "relation": "member",
            "founded": "2000",
            "until": "2010",
            "members": [{"code": "PER"}],
            "groups": [{"number": 1, "name": "Visas", "themes": ["visas"], "until": "2008"}],
        }
    ],
}


@pytest.fixture(name="ended", scope="module")
def _ended(atlas: govmap.Atlas) -> LoadedDataset:
    return loaded_of(ENDED, atlas)


def test_a_mechanism_that_ended_is_no_answer_and_the_last_day_is_offered(ended: LoadedDataset) -> None:
    with pytest.raises(govmap.NoAnswerError) as caught:
        govmap.Atlas(ended).mechanism("fn")
    assert caught.value.message == "OLD no longer existed as of 2020: it ended 2010"
    assert caught.value.suggestions == ("--as-of 2010-12-30", "govmap history OLD")
    assert govmap.Atlas(ended, "2010-12-30").mechanism("New Name").name == "New Name"
    assert govmap.Atlas(ended).covered == ()
    assert govmap.profile_country(govmap.Atlas(ended), govmap.Atlas(ended).country("PER")).mechanisms == ()


def test_a_mechanism_is_called_as_it_was_and_all_its_names_are_told_and_found(ended: LoadedDataset) -> None:
    then, later = govmap.Atlas(ended, "2004"), govmap.Atlas(ended, "2005")
    assert [atlas.mechanism("First Name").name for atlas in (then, later)] == ["First Name", "New Name"]
    head = govmap.profile_mechanism(then, then.mechanism("OLD")).mechanism
    assert (head.name, head.acronyms) == ("First Name", {"en": "FN"})
    assert [(row.names["en"], row.since, row.until) for row in head.called] == [
        ("First Name", None, "2005"),
        ("New Name", "2005", None),
    ]
    for atlas in (then, later):
        assert [hit.id for hit in govmap.search(atlas, "first name").hits] == ["OLD"]


def test_groups_that_ended_are_none_and_not_silence(ended: LoadedDataset) -> None:
    atlas = govmap.Atlas(ended, "2009")
    profile = govmap.profile_mechanism(atlas, atlas.mechanism("OLD"))
    assert (profile.groups, profile.secretariat) == ((), None)
    (item,) = govmap.list_mechanisms(atlas, govmap.Filters())
    assert item.groups == 0


def test_today_is_the_present_day_on_the_command_line(call: Callable[..., Any]) -> None:
    before = datetime.datetime.now().astimezone().date().isoformat()
    found = call("list", "countries", "--as-of", " Today ", "-f", "csv").out
    after = datetime.datetime.now().astimezone().date().isoformat()
    days = {line.split(",")[1] for line in found.splitlines()[1:]}
    assert days <= {before, after}
    assert len(days) == 1
