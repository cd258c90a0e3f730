"""What happened when."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.test_as_of import loaded_of

import govmap
from govmap.dataset import LoadedDataset
from govmap.dates import first_day, last_day
from govmap.questions.history import Entry, History, Undated, resolve_subject
from govmap.records import SourceRef, Subject


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
    made = govmap.Atlas(LoadedDataset(replace(atlas.dataset, events=events), atlas.names))
    told = [entry.text for entry in govmap.tell_history(made).entries]
    for resolution in atlas.dataset.resolutions:
        assert any(resolution.number in text for text in told), resolution.number


WHOLE = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: The One}
    kind: x
    relation: member
    founded: "2000"
    members: [PER, {code: CHL, since: "2000"}, {code: BOL, joined_after: "2001"}, {code: ECU, joined_by: "2000"}]
    evidence:
      founded: {status: confirmed, sources: [annual]}
      members: {status: confirmed, sources: [site, annual]}
events:
  - date: "2010-05-01"
    until: "2010-05-03"
    kind: meeting
    mechanisms: [ONE]
    countries: [CHL, PER]
    text: They meet on R. 2
    as_written: In May
    sources: [site]
  - {date: null, kind: statement, mechanisms: [ONE], text: Said once, sources: [site]}
  - {date: "2012", kind: resolution, mechanisms: [ONE], text: R. 1 is adopted, sources: [annual]}
resolutions:
  - {id: r-1, number: R. 1, title: On One, body: Body, kind: resolution, date: "2012", sources: [annual]}
  - id: r-2
    number: R. 2
    title: On Two
    body: Body
    kind: declaration
    date: "2010-05-01"
    until: "2010-05-02"
    as_written: R 2
    sources: [site]
  - {id: r-3, number: R. 1, title: On One Again, body: Body, kind: resolution, date: "2016", sources: []}
  - {id: r-4, number: R. 4, title: On Four, body: Body, kind: resolution, date: null, sources: []}
"""
WHOLE_SOURCES = """\
sources:
  - {id: annual, title: A report, publisher: P, date: "2019", url: null, kind: report, looked_up: "2020-02-01"}
  - {id: site, title: A site, publisher: Q, date: null, url: "https://one.example", kind: page, looked_up: "2020-03-01"}
"""
ANNUAL = SourceRef("annual", "A report", "P", "2019", None, "report", "2020-02-01")
SITE = SourceRef("site", "A site", "Q", None, "https://one.example", "page", "2020-03-01")
UNSURE = (
    "The lists are those of 2020. A membership or group whose start is not known is counted since the mechanism was"
    " founded, and may have come later than 2011"
)
FOUNDED = Entry("2000", None, "founded", "The One begins", ("ONE",), (), False, None, ("annual",))
CHILE = Entry("2000", None, "joined", "Chile is listed by ONE", ("ONE",), ("CHL",), False, None, ("site", "annual"))
ECUADOR = Entry(
    date="2000",
    until=None,
    kind="joined",
    text="Ecuador is known to be listed by ONE",
    mechanisms=("ONE",),
    countries=("ECU",),
    later=False,
    as_written=None,
    sources=("site", "annual"),
)
MET = Entry(
    date="2010-05-01",
    until="2010-05-03",
    kind="meeting",
    text="They meet on R. 2",
    mechanisms=("ONE",),
    countries=("CHL", "PER"),
    later=False,
    as_written="In May",
    sources=("site",),
)
R_2 = Entry(
    date="2010-05-01",
    until="2010-05-02",
    kind="resolution",
    text="Body: R. 2, On Two",
    mechanisms=(),
    countries=(),
    later=False,
    as_written="R 2",
    sources=("site",),
)
ADOPTED = Entry("2012", None, "resolution", "R. 1 is adopted", ("ONE",), (), True, None, ("annual",))
AGAIN = Entry("2016", None, "resolution", "Body: R. 1, On One Again", (), (), True, None, ())


@pytest.fixture(name="whole")
def _whole(tmp_path: Path) -> govmap.Atlas:
    """An invented dataset as of a date before its own."""
    (tmp_path / "mechanisms.yaml").write_text(WHOLE)
    (tmp_path / "sources.yaml").write_text(WHOLE_SOURCES)
    return govmap.load(tmp_path, as_of="2011")


def test_the_history_of_a_dataset_tells_a_resolution_apart_unless_an_event_tells_of_it(whole: govmap.Atlas) -> None:
    """A meeting that speaks of a resolution does not tell of it, nor does the event of one with the same number."""
    assert govmap.tell_history(whole) == History(
        of=None,
        as_of="2011",
        entries=(FOUNDED, CHILE, ECUADOR, MET, R_2, ADOPTED, AGAIN),
        undated=(),
        caution=UNSURE,
        sources=(ANNUAL, SITE),
    )


def test_the_history_of_a_mechanism_names_it_and_leaves_out_what_does_not_concern_it(whole: govmap.Atlas) -> None:
    assert govmap.tell_history(whole, whole.mechanism("ONE")) == History(
        of=Subject("mechanism", "ONE", "The One"),
        as_of="2011",
        entries=(FOUNDED, CHILE, ECUADOR, MET, ADOPTED),
        undated=(),
        caution=UNSURE,
        sources=(ANNUAL, SITE),
    )


def test_the_history_of_a_country_names_it_and_what_lists_it_since_an_unknown_date(whole: govmap.Atlas) -> None:
    expected = {
        "Peru": (Subject("country", "PER", "Peru"), (MET,), (Undated("ONE", "The One", None),), (SITE,)),
        "Chile": (Subject("country", "CHL", "Chile"), (CHILE, MET), (), (SITE, ANNUAL)),
        "Bolivia": (Subject("country", "BOL", "Bolivia"), (), (Undated("ONE", "The One", "2001"),), ()),
        "Ecuador": (Subject("country", "ECU", "Ecuador"), (ECUADOR,), (), (SITE, ANNUAL)),
    }
    for typed, (of, entries, undated, sources) in expected.items():
        told = govmap.tell_history(whole, whole.country(typed))
        assert told == History(of, "2011", entries, undated, UNSURE, sources), typed


def test_a_history_is_of_the_country_or_the_mechanism_that_was_typed(whole: govmap.Atlas) -> None:
    assert resolve_subject(whole, "Chile") == whole.country("CHL")
    assert resolve_subject(whole, "The One") == whole.mechanism("ONE")
