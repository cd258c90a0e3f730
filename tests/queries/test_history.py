"""What happened when."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from tests.test_as_of import loaded_of

import govmap
from govmap.dataset import Loaded
from govmap.dates import first_day, last_day
from govmap.queries.history import resolve_subject


def test_every_dated_event_and_resolution_of_the_dataset_is_told_once(atlas: govmap.Atlas) -> None:
    told = [(entry.date, entry.text) for entry in govmap.tell_history(atlas).entries]
    assert len(set(told)) == len(told)
    assert {(event.date, event.text) for event in atlas.dataset.events if event.date} <= set(told)
    for resolution in atlas.dataset.resolutions:
        assert any(date == resolution.date for date, _ in told), resolution.number
    days = [first_day(date) for date, _ in told]
    assert days == sorted(days)


def test_the_history_of_nicaragua_and_of_the_declaration_is_the_known_one(atlas: govmap.Atlas) -> None:
    nicaragua = govmap.tell_history(atlas, atlas.country("Nicaragua"))
    told = [(entry.date, entry.kind, entry.mechanisms, entry.later) for entry in nicaragua.entries]
    assert told == [("2018-11", "meeting", ("RIAM",), False), ("2023-11-19", "left", ("CAM",), True)]
    assert all(entry.sources for entry in nicaragua.entries)
    assert [ref.id for ref in nicaragua.undated] == ["CAM", "RCM"]
    lad = govmap.tell_history(atlas, atlas.mechanism("LAD"))
    assert [(entry.date, entry.kind) for entry in lad.entries if not entry.later] == [
        ("2022-06-10", "founded"),
        ("2022-08", "joined"),
        ("2022-10-06", "meeting"),
    ]
    assert all(entry.sources for entry in lad.entries)
    assert {id_ for entry in lad.entries for id_ in entry.sources} == {source.id for source in lad.sources}


def test_a_country_that_an_event_does_not_name_has_its_own_entry(atlas: govmap.Atlas) -> None:
    peru = govmap.tell_history(atlas, atlas.country("Peru"))
    assert ("2022-06-10", "joined", ("LAD",)) in [(e.date, e.kind, e.mechanisms) for e in peru.entries]
    assert "LAD" not in {ref.id for ref in peru.undated}
    guyana = govmap.tell_history(atlas, atlas.country("Guyana"))
    assert "LAD" not in {ref.id for ref in guyana.undated}, "it is known by when it had joined"


def test_what_came_after_the_date_of_the_answer_is_marked() -> None:
    for date in ("2000", "2022-06", "2030"):
        for entry in govmap.tell_history(govmap.load(as_of=date)).entries:
            assert entry.later == (last_day(entry.date) > last_day(date))


def test_a_dated_membership_that_no_event_tells_is_told(invented: govmap.Atlas) -> None:
    entries = govmap.tell_history(invented).entries
    events = {(event.date, id_) for event in invented.dataset.events for id_ in event.mechanisms}
    seen = 0
    for mechanism in invented.dataset.mechanisms:
        for member in mechanism.members:
            for kind, date in (("joined", member.since), ("left", member.until)):
                if date is None or (date, mechanism.id) in events:
                    continue
                told = [e for e in entries if (e.date, e.kind, e.mechanisms) == (date, kind, (mechanism.id,))]
                assert len(told) == 1, (mechanism.id, member.code, date)
                assert member.code in told[0].countries
                seen += 1
    assert seen


def test_what_the_records_date_is_told_with_its_sources(atlas: govmap.Atlas) -> None:
    entries = govmap.tell_history(atlas).entries
    assert [entry.text for entry in entries if not entry.sources] == []
    (called,) = [entry for entry in entries if (entry.date, entry.mechanisms) == ("2012-12-13", ("CAM",))]
    assert called.text.startswith("Special Committee on Migration Issues is called Committee on Migration Issues. ")
    assert set(called.sources) == {"oas-press-2007", "oas-ceam", "slideplayer-cam"}


def test_a_country_that_joined_on_a_day_of_which_only_a_bound_is_known_is_told_of(atlas: govmap.Atlas) -> None:
    guyana = govmap.tell_history(atlas, atlas.country("Guyana"))
    assert {ref.id: ref.joined_after for ref in guyana.undated} == {
        "CAM": None,
        "SACM": "2000-05",
        "QUITO": None,
        "R4V": None,
    }


def test_a_mechanism_has_a_history_before_and_after_it_existed(atlas: govmap.Atlas) -> None:
    early = atlas.at("2010")
    found = govmap.tell_history(early, resolve_subject(early, "Los Angeles Declaration"))
    assert found.of is not None
    assert found.of.id == "LAD"
    assert {entry.later for entry in found.entries} == {True}


def test_groups_names_and_ends_that_no_event_tells_are_told(atlas: govmap.Atlas) -> None:
    mechanism = {
        "id": "A",
        "names": {"en": "New Name"},
        "former_names": [{"names": {"en": "Old Name"}, "until": "2005"}],
        "kind": "forum",
        "relation": "member",
        "founded": "2000",
        "until": "2015",
        "members": [{"code": "PER", "joined_by": "2003"}, {"code": "CHL", "since": "2003", "until": "2010"}],
        "groups": [
            {"number": 1, "name": "Visas", "themes": ["visas"], "since": "2004", "until": "2009"},
            {"number": 2, "name": "Asylum", "themes": ["asylum"], "since": "2004"},
        ],
        "sub_bodies": [{"id": "b", "name": "Table", "until": "2009"}],
        "secretariats": [{"agency": "IOM", "since": "2006"}],
    }
    about = {"title": "T", "version": "1", "reference_date": "2012"}
    made_of = govmap.Atlas(loaded_of({"about": about, "mechanisms": [mechanism]}, atlas))
    assert [(entry.date, entry.kind, entry.text, entry.later) for entry in govmap.tell_history(made_of).entries] == [
        ("2000", "founded", "New Name begins", False),
        ("2003", "joined", "Chile is listed by A", False),
        ("2003", "joined", "Peru is known to be listed by A", False),
        ("2004", "changed", "A, new groups: Visas; Asylum", False),
        ("2005", "changed", "Old Name is called New Name", False),
        ("2006", "changed", "A, new secretariat: IOM, International Organization for Migration", False),
        ("2009", "changed", "A, bodies that end: Table", False),
        ("2009", "changed", "A, groups that end: Visas", False),
        ("2010", "left", "Chile is no longer listed by A", False),
        ("2015", "ended", "New Name exists no longer", True),
    ]


MEETING = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: One}
    kind: x
    relation: member
    members: [{code: PER, since: "2010-05-01"}, {code: CHL, since: "2010-05-01"}, {code: BOL, since: "2011"}]
events:
  - {date: "2010-05-01", kind: meeting, mechanisms: [ONE], text: A meeting, sources: []}
  - {date: "2010-05-01", kind: joined, concerns: members, countries: [CHL], mechanisms: [ONE], text: Chile, sources: []}
  - {date: "2011", kind: changed, mechanisms: [ONE], text: Everything is new, sources: []}
"""


def test_an_event_tells_of_the_countries_it_names_and_a_meeting_of_none(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(MEETING)
    entries = govmap.tell_history(govmap.load(tmp_path)).entries
    assert [(entry.date, entry.text) for entry in entries] == [
        ("2010-05-01", "Chile"),
        ("2010-05-01", "Peru is listed by ONE"),
        ("2010-05-01", "A meeting"),
        ("2011", "Everything is new"),
    ]


def test_a_resolution_is_told_though_another_one_was_adopted_on_its_day(atlas: govmap.Atlas) -> None:
    events = tuple(replace(event, text="Another one is adopted") for event in atlas.dataset.events)
    made = govmap.Atlas(Loaded(replace(atlas.dataset, events=events), atlas.names))
    told = [entry.text for entry in govmap.tell_history(made).entries]
    for resolution in atlas.dataset.resolutions:
        assert any(resolution.number in text for text in told), resolution.number
