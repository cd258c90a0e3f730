"""What happened when; what every field holds is in `answers/`, what records date in `parts/test_turns`."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.made import atlas_of, mechanism, with_dataset

import govmap
from govmap.dates import first_day, last_day
from govmap.formats.markdown import to_markdown
from govmap.layout.page import Table
from govmap.presentation import Presentation


def test_all_dated_events_and_resolutions_are_there_once_by_date_with_sources(
    atlas: govmap.Atlas,
) -> None:
    entries = govmap.history(atlas).entries
    texts = [(entry.date, str(entry.text)) for entry in entries]
    assert len(set(texts)) == len(texts)
    assert {
        (event.date, event.text) for event in filter(atlas.event_in_scope, atlas.dataset.events) if event.date
    } <= set(texts)
    for resolution in atlas.dataset.resolutions:
        assert any(date == resolution.date for date, _text in texts), resolution.number
    days = [first_day(date) for date, _text in texts]
    assert days == sorted(days)
    assert [entry.text for entry in entries if not entry.sources] == []


@pytest.mark.parametrize(
    ("name", "entries", "undated"),
    [
        (
            "Nicaragua",
            [
                ("1996-03-13", "joined", ("RCM",), False),
                ("2007-10-24", "founded", ("CAM",), False),
                ("2018-11", "meeting", ("RIAM",), False),
                ("2023-11-19", "left", ("CAM",), True),
            ],
            {"CAM": None},
        ),
        (
            "Guyana",  # of its joining SACM, QUITO and LAD it is known by when
            [
                ("2007-10-24", "founded", ("CAM",), False),
                ("2011-10-21", "joined", ("SACM",), False),
                ("2018-04-12", "founded", ("R4V",), False),
                ("2020-09", "joined", ("QUITO",), False),
                ("2021-10-20", "meeting", ("bogota-ministerial-2021",), False),
                ("2022-08", "joined", ("LAD",), False),
            ],
            {"CAM": None, "R4V": None},
        ),
    ],
)
def test_a_country_has_events_that_name_it_and_lists_without_a_start(
    atlas: govmap.Atlas, name: str, entries: list[tuple[object, ...]], undated: dict[str, str | None]
) -> None:
    found = govmap.history(atlas, name)
    assert [(entry.date, entry.kind, entry.mechanisms, entry.later) for entry in found.entries] == entries
    assert {ref.id: ref.joined_after for ref in found.undated} == undated


def test_a_country_that_joined_with_the_founding_has_an_entry_of_its_own(atlas: govmap.Atlas) -> None:
    peru = govmap.history(atlas, "Peru")
    assert ("2022-06-10", "joined", ("LAD",)) in [(entry.date, entry.kind, entry.mechanisms) for entry in peru.entries]
    assert "LAD" not in {ref.id for ref in peru.undated}


@pytest.mark.parametrize("date", ["2000", "2022-06", "2030"])
def test_entries_after_the_date_of_the_answer_are_later(atlas: govmap.Atlas, date: str) -> None:
    for entry in govmap.history(atlas.at(date)).entries:
        counts_from = first_day if "chair" in entry.text.partition(",")[2] else last_day
        assert entry.later == (counts_from(entry.date) > last_day(date))


def test_a_chair_of_a_year_is_no_later_event_within_it_and_is_there_on_its_page(atlas: govmap.Atlas) -> None:
    one = mechanism("ONE", "PER CHL", chairs=[{"code": "PER", "since": "2023"}, {"code": "CHL", "since": "2024"}])
    april = atlas_of(atlas, one, as_of="2023-04")
    assert [(entry.date, entry.later) for entry in govmap.history(april).entries] == [("2023", False), ("2024", True)]
    assert [entry.date for entry in govmap.history(april, since="2023-05").entries] == ["2024"]
    assert [entry.date for entry in govmap.history(april, since="2023").entries] == ["2023", "2024"]
    chair = govmap.mechanism(april, "ONE").chair
    assert chair and [row.code for row in chair.held_by] == ["PER"]


def test_a_chair_of_unknown_start_is_dated_when_seen_or_ended(
    atlas: govmap.Atlas,
) -> None:
    chairs = [
        {"code": "PER", "until": "2020-06-15"},
        {"code": "CHL", "seen": "2022-05-02", "until": "2022-06"},
        {"code": "BOL", "since": "2022-06", "seen": "2022-12"},
        {"code": "ARG", "seen": "2024"},
    ]
    handed_over = {"date": "2020-06-15", "kind": "changed", "mechanisms": ["ONE"], "concerns": "chair"}
    told = {**handed_over, "countries": ["COL"], "text": "Colombia takes the chair"}  # of Peru it says nothing
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=chairs), events=[told], as_of="2023")
    assert [(entry.date, entry.text, entry.later) for entry in govmap.history(made, "ONE").entries] == [
        ("2020-06-15", "Colombia takes the chair", False),
        ("2020-06-15", "ONE, in the chair until then: Peru", False),
        ("2022-05-02", "ONE, in the chair: Chile", False),
        ("2022-06", "ONE, new chair: Bolivia", False),
        ("2024", "ONE, in the chair: Argentina", True),
    ]
    assert [entry.date for entry in govmap.history(made, "Argentina").entries] == ["2024"]
    changes = govmap.mechanism(made, "ONE").changes
    assert [(change.date, change.countries) for change in changes] == [("2020-06-15", ("COL",)), ("2024", ("ARG",))]


def test_a_country_has_the_end_of_its_mechanisms_and_the_beginning_unless_it_joined(
    atlas: govmap.Atlas,
) -> None:
    members = [{"code": "PER"}, {"code": "CHL", "since": "2015"}, {"code": "BRA", "until": "2012"}]
    made = atlas_of(
        atlas,
        mechanism("ONE", members, founded="2010-05-01", until="2020"),
        mechanism("TWO", "PER", founded="2011", until="2021"),
        events=[
            {"date": "2021", "kind": "ended", "mechanisms": ["TWO"], "facts": ["TWO/ended"], "text": "It is dissolved"}
        ],
        as_of="2019",
    )
    told = {
        name: [(entry.date, entry.kind, entry.mechanisms[0]) for entry in govmap.history(made, name).entries]
        for name in ("Peru", "Chile", "Brazil")
    }
    ends = [("2020", "ended", "ONE"), ("2021", "ended", "TWO")]
    assert told["Peru"] == [("2010-05-01", "founded", "ONE"), ("2011", "founded", "TWO"), *ends]
    assert told["Chile"] == [("2015", "joined", "ONE"), ends[0]]
    assert told["Brazil"] == [("2010-05-01", "founded", "ONE"), ("2012", "left", "ONE")]


def test_the_history_of_a_country_has_only_its_own_listing_and_events(atlas: govmap.Atlas) -> None:
    """The founding names both, and is in the history of neither, which are not told of by it then."""
    whole: dict[str, Any] = {
        "founded": "2003",
        "former_names": [{"names": {"en": "Old Name"}, "until": "2005"}],
        "members": [{"code": code, "since": "2003"} for code in ("CHL", "PER")],
        "groups": [{"number": 1, "name": "Visas", "themes": ["visas"], "since": "2004"}],
    }
    event = {"date": "2003", "mechanisms": ["ONE"], "sources": [], "facts": ["ONE/members/CHL", "ONE/members/PER"]}
    founded = {**event, "kind": "founded", "text": "They found ONE"}
    joined = {**event, "kind": "joined", "text": "Chile joins", "countries": ["CHL"]}
    listed = {code: [f"{name} is listed by ONE"] for code, name in (("CHL", "Chile"), ("PER", "Peru"))}
    for events, told in (([], listed), ([founded], listed), ([founded, joined], {**listed, "CHL": ["Chile joins"]})):
        made = atlas_of(atlas, mechanism("ONE", **whole), events=events)
        assert {code: [str(e.text) for e in govmap.history(made, code).entries] for code in listed} == told


def test_a_mechanism_has_a_history_before_it_existed(atlas: govmap.Atlas) -> None:
    found = govmap.history(atlas.at("2010"), "Los Angeles Declaration")
    assert found.of is not None
    assert (found.of.id, {entry.later for entry in found.entries}) == ("LAD", {True})


def test_a_change_of_name_has_the_sources_of_the_name(atlas: govmap.Atlas) -> None:
    (entry,) = [e for e in govmap.history(atlas, "CAM").entries if e.date == "2012-12-13"]
    assert str(entry.text).startswith(
        "Special Committee on Migration Issues is renamed Committee on Migration Issues. "
    )
    assert set(entry.sources) == {"oas-press-2007", "oas-ceam", "slideplayer-cam"}


def test_an_event_replaces_the_joining_it_is_on_and_a_meeting_replaces_none(atlas: govmap.Atlas) -> None:
    joined = {"date": "2010-05-01", "mechanisms": ["ONE"]}
    members = [{"code": code, "since": "2010-05-01"} for code in ("PER", "CHL")]
    made = atlas_of(
        atlas,
        mechanism("ONE", members=members),
        events=[
            {**joined, "kind": "meeting", "text": "A meeting"},
            {**joined, "kind": "joined", "countries": ["CHL"], "facts": ["ONE/members/CHL"], "text": "Chile"},
        ],
    )
    assert [str(entry.text) for entry in govmap.history(made).entries] == [
        "Chile",
        "Peru is listed by ONE",
        "A meeting",
    ]


def test_a_resolution_is_kept_though_another_was_adopted_on_its_day(atlas: govmap.Atlas) -> None:
    events = tuple(replace(event, texts="Another one is adopted") for event in atlas.dataset.events)
    texts = [str(entry.text) for entry in govmap.history(with_dataset(atlas, events=events)).entries]
    for resolution in atlas.dataset.resolutions:
        assert any(resolution.number in text for text in texts), resolution.number


def test_a_document_says_how_many_earlier_events_its_table_leaves_out(atlas: govmap.Atlas) -> None:
    found = govmap.history(atlas)
    table = Presentation(found).page().blocks[0]
    assert isinstance(table, Table)
    shown = len(table.rows)
    document = to_markdown(Presentation(found).page())
    assert f"{len(found.entries) - shown} earlier events: " in document
    assert "earlier events" not in to_markdown(Presentation(found, full=True).page())
