"""What happened when."""

from __future__ import annotations

import govmap
from govmap.dates import first_day, last_day


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
    assert told == [("2023-11-19", "left", ("CAM",), True)]
    assert [ref.id for ref in nicaragua.undated] == ["CAM", "RCM"]
    lad = govmap.tell_history(atlas, atlas.mechanism("LAD"))
    assert [(entry.date, entry.kind) for entry in lad.entries if not entry.later] == [
        ("2022-06-10", "founded"),
        ("2022-08", "joined"),
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
