"""What happened when; what every field holds is in `answers/`, what records date in `parts/test_timeline`."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.made import atlas_of, mechanism, with_dataset

import govmap
from govmap.dates import first_day, last_day


def test_every_dated_event_and_resolution_is_told_once_in_the_order_of_time_with_its_sources(
    atlas: govmap.Atlas,
) -> None:
    entries = govmap.history(atlas).entries
    texts = [(entry.date, str(entry.text)) for entry in entries]
    assert len(set(texts)) == len(texts)
    assert {(event.date, event.text) for event in filter(atlas.tells_of, atlas.dataset.events) if event.date} <= set(
        texts
    )
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
                ("2018-11", "meeting", ("RIAM",), False),
                ("2023-11-19", "left", ("CAM",), True),
            ],
            {"CAM": None},
        ),
        (
            "Guyana",  # of its joining SACM, QUITO and LAD it is known by when
            [
                ("2011-10-21", "joined", ("SACM",), False),
                ("2020-09", "joined", ("QUITO",), False),
                ("2021-10-20", "meeting", ("bogota-ministerial-2021",), False),
                ("2022-08", "joined", ("LAD",), False),
            ],
            {"CAM": None, "R4V": None},
        ),
    ],
)
def test_the_history_of_a_country_has_what_names_it_and_what_lists_it_since_an_unknown_date(
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
def test_what_came_after_the_date_of_the_answer_is_later(atlas: govmap.Atlas, date: str) -> None:
    for entry in govmap.history(atlas.at(date)).entries:
        assert entry.later == (last_day(entry.date) > last_day(date))


def test_a_mechanism_has_a_history_before_it_existed(atlas: govmap.Atlas) -> None:
    found = govmap.history(atlas.at("2010"), "Los Angeles Declaration")
    assert found.of is not None
    assert (found.of.id, {entry.later for entry in found.entries}) == ("LAD", {True})


def test_a_change_of_name_is_told_with_the_sources_of_the_name(atlas: govmap.Atlas) -> None:
    (entry,) = [e for e in govmap.history(atlas, "CAM").entries if e.date == "2012-12-13"]
    assert str(entry.text).startswith(
        "Special Committee on Migration Issues is renamed Committee on Migration Issues. "
    )
    assert set(entry.sources) == {"oas-press-2007", "oas-ceam", "slideplayer-cam"}


def test_a_joining_of_which_an_event_tells_is_not_told_twice_and_a_meeting_tells_of_none(atlas: govmap.Atlas) -> None:
    joined = {"date": "2010-05-01", "mechanisms": ["ONE"]}
    members = [{"code": code, "since": "2010-05-01"} for code in ("PER", "CHL")]
    made = atlas_of(
        atlas,
        mechanism("ONE", members=members),
        events=[
            {**joined, "kind": "meeting", "text": "A meeting"},
            {**joined, "kind": "joined", "concerns": "members", "countries": ["CHL"], "text": "Chile"},
        ],
    )
    assert [str(entry.text) for entry in govmap.history(made).entries] == [
        "Chile",
        "Peru is listed by ONE",
        "A meeting",
    ]


def test_a_resolution_is_told_though_another_was_adopted_on_its_day(atlas: govmap.Atlas) -> None:
    events = tuple(replace(event, texts="Another one is adopted") for event in atlas.dataset.events)
    texts = [str(entry.text) for entry in govmap.history(with_dataset(atlas, events=events)).entries]
    for resolution in atlas.dataset.resolutions:
        assert any(resolution.number in text for text in texts), resolution.number
