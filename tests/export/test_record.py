"""The record as of a date is a dataset, and holds what a walk over the whole record finds to have held then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.made import DATA
from tests.plain_model import Data, Model, holds, last

import govmap

DATES = ("1999", "2010-05-01", "2017-02", "2027", "2031-05")
CASES = [*(("full", date) for date in DATES), ("atlas", "2017-12-31")]
KEYS = {"members": "code", "observers": "code", "chairs": "code", "groups": "number", "secretariats": "agency"}
SPANS = ("pillars", "sub_bodies", "groups", "secretariats")


def written(atlas: govmap.Atlas, path: Path) -> Data:
    """Return an export of a dataset as JSON."""
    atlas.export("json", path)
    record: Data = json.loads(path.read_bytes())
    return record


def of_then(whole: Data, date: str) -> Data:
    """Return what of a record held on a date, or had happened, as docs/explanation/dates.md has it."""
    then = Model(whole, [], date)
    there = {m["id"] for m in then.existing}

    def has_come(date: str | None) -> bool:
        return date is None or last(date) <= then.day

    def of_those_there(told: Data) -> Data:
        return (
            {**told, "mechanisms": [id_ for id_ in told["mechanisms"] if id_ in there]}
            if "mechanisms" in told
            else told
        )

    def mechanism(m: Data) -> Data:
        spells = sorted(then.spells_on(m, then.day).items())
        held = {key: [item for item in m.get(key, ()) if holds(item, then.day)] for key in SPANS}
        here = {item[key] for part, key in (("pillars", "number"), ("sub_bodies", "id")) for item in held[part]}
        for at, group in enumerate(held["groups"]):
            gone = {name for name in ("pillar", "sub_body") if group.get(name) not in here}
            gone |= {"leads"} if not has_come(group.get("leads_since")) else set()
            held["groups"][at] = {name: value for name, value in group.items() if name not in gone}
        held["observers"] = [each for each in m.get("observers", ()) if is_beside(each, then)]
        held["chairs"] = [each for each in m.get("chairs", ()) if in_the_chair(each, then)]
        held["links"] = [each for each in m.get("links", ()) if has_come(each.get("date")) and each["other"] in there]
        named = [each for each in m.get("former_names", ()) if not has_come(each["until"])]
        first = min(named, key=lambda each: last(each["until"]), default=None)
        names = {key: first.get(key) for key in ("names", "acronyms", "proposed_names")} if first else {}
        members = [{**spell, "relation": then.relation(m["id"], spell)} for _, spell in spells]
        return {key: value for key, value in {**m, **held, **names, "members": members}.items() if value}

    mechanisms = [mechanism(m) for m in then.existing]
    facts = {
        f"{m['id']}/{part}/{item[key]}" for m in mechanisms for part, key in KEYS.items() for item in m.get(part, ())
    }
    facts |= {f"{m['id']}/founded" for m in mechanisms}

    def happened(event: Data) -> Data:
        named = {"facts": [fact for fact in event["facts"] if fact in facts]} if "facts" in event else {}
        return {**of_those_there(event), **named}

    listed = {s["code"] for m in whole["mechanisms"] if m.get("scope") != "wider" for s in m.get("members", ())}
    universe = sorted(listed | set(whole["about"].get("universe", ())))
    return {
        **whole,
        "about": {**whole["about"], "reference_date": date, "universe": universe},
        "mechanisms": mechanisms,
        "events": [happened(event) for event in whole["events"] if has_come(event["date"])],
        "resolutions": [
            {**r, "points": [of_those_there(p) for p in r.get("points", ())]}
            for r in whole["resolutions"]
            if has_come(r["date"])
        ],
    }


def is_beside(observer: Data, then: Model) -> bool:
    """Return whether a country is known to have been beside a mechanism."""
    begun = observer.get("since") or observer.get("seen")
    if not begun and "joined_after" in observer and then.day <= last(observer["joined_after"]):
        return False
    return holds({**observer, "since": begun}, then.day)


def in_the_chair(chair: Data, then: Model) -> bool:
    """Return whether a chair is known to have been held: of a year or a month it is meant as a whole."""
    begun = chair.get("since") or chair.get("seen") or chair["until"]
    if f"{then.day}" < f"{begun}-01-01"[:10]:
        return False
    if "until" in chair:
        return f"{then.day}" < f"{chair['until']}-01-01"[:10]
    return then.day <= last(chair.get("seen") or begun)


def without_empty(value: object) -> object:
    """Return a record without lists and mappings that hold nothing, which mean the same as none."""
    if isinstance(value, dict):
        return {key: without_empty(each) for key, each in value.items() if each not in ([], {}, None)}
    return [*map(without_empty, value)] if isinstance(value, list) else value


@pytest.fixture(name="full", scope="module")
def _full() -> govmap.Atlas:
    return govmap.load(DATA / "full")


@pytest.mark.parametrize(("name", "date"), CASES)
def test_a_record_of_a_date_is_what_held_then_and_reads_back(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, date: str
) -> None:
    every: govmap.Atlas = request.getfixturevalue(name)
    whole = written(every, tmp_path / "whole.json")
    dated = written(every.at(date), tmp_path / "dated.json")
    assert without_empty(dated) == without_empty(of_then(whole, date))
    again = written(govmap.load(tmp_path / "dated.json"), tmp_path / "again.json")
    again["sources"] = dated["sources"]  # of the bundled ones it has those that it names
    assert without_empty(again) == without_empty(dated)
