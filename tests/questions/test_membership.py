"""Whether a mechanism lists a country; what every field holds is in `answers/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import govmap
from govmap.presentation import Presentation
from govmap.questions.membership import Membership

OWN = """\
extends: bundled
mechanisms:
  - id: RCM
    members: [{code: PER, since: "2022", relation: observer}]
"""


@pytest.mark.parametrize(
    ("country", "mechanism", "expected"),
    [
        ("Peru", "ALPHA", {"listed": True, "relation": "member", "note": None, "changes": []}),
        ("Aruba", "Beta Framework", {"listed": True, "relation": "covered", "note": None, "changes": []}),
        ("Argentina", "ALPHA", {"listed": True, "since": "2010-05-01", "until": "2020-07-01"}),
        ("France", "ALPHA", {"listed": False, "relation": None, "note": None}),
        ("Peru", "GAMMA", {"listed": False, "note": "The page is torn"}),  # the source leaves it open
        ("Bolivia", "ALPHA", {"listed": False, "note": "Joined later, in 2021"}),
        ("Peru", "DELTA", {"listed": None, "relation": None, "note": None}),  # the source gives no members
    ],
)
def test_a_country_is_listed_or_not_or_it_is_not_known(
    invented: govmap.Atlas, country: str, mechanism: str, expected: dict[str, Any]
) -> None:
    record = govmap.membership(invented, country, mechanism).to_dict()
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("date", "listed", "note", "changes"),
    [
        (
            "2009",
            False,
            "Joined later, on 1 May 2010",
            ["Argentina is listed by ALPHA", "Argentina leaves the Alpha Process"],
        ),
        ("2010-05-01", True, None, ["Argentina leaves the Alpha Process"]),
        ("2020-07-01", False, "Left on 1 July 2020", []),
    ],
)
def test_on_other_dates_it_says_what_held_then_and_when_the_country_left_or_joins(
    invented: govmap.Atlas, date: str, listed: bool, note: str | None, changes: list[str]
) -> None:
    found = govmap.membership(invented.at(date), "Argentina", "ALPHA")
    assert (found.as_of, found.listed, found.to_dict()["note"]) == (date, listed, note)
    assert [change.text for change in found.changes] == changes


def test_it_says_when_each_spell_that_does_not_hold_ended_or_begins_and_between_which_dates_one_began(
    full: govmap.Atlas,
) -> None:
    out = govmap.membership(full, "Peru", "TWO")
    assert str(out.note) == "Left in March 2005. Left on 1 June 2010. Joined later, in February 2034"
    assert {"letter", "list"} <= {source.id for source in out.sources}
    inside = govmap.membership(full, "Peru", "ONE")
    assert (inside.relation, inside.joined_after, inside.joined_by) == ("observer", "2003", "2004")
    assert govmap.membership(full.at("2004"), "Peru", "TWO").note is None


def test_between_the_last_day_out_and_the_first_known_in_nothing_is_claimed(full: govmap.Atlas) -> None:
    assert govmap.membership(full.at("2003"), "Peru", "ONE").listed is False
    assert govmap.membership(full.at("2004"), "Peru", "ONE").listed is True
    between = govmap.membership(full.at("2004-06"), "Peru", "ONE")
    assert (between.listed, between.relation, between.joined_after, between.joined_by) == (None, None, "2003", "2004")
    assert str(between.note) == "It joined between 2003 and 2004, and is counted from the latter on"


def test_it_names_where_else_the_country_is_listed(invented: govmap.Atlas) -> None:
    for mechanism, others in (("ALPHA", ["BETA"]), ("GAMMA", ["ALPHA", "BETA"]), ("DELTA", ["ALPHA", "BETA"])):
        assert [ref.id for ref in govmap.membership(invented, "Peru", mechanism).elsewhere] == others


def test_it_rests_on_the_evidence_of_the_listing_and_else_of_the_list(full: govmap.Atlas) -> None:
    assert govmap.membership(full, "Chile", "ONE").evidence.sources == ("letter",)
    assert govmap.membership(full, "Peru", "ONE").evidence.sources == ("list",)
    assert govmap.membership(full, "Cuba", "ONE").evidence.sources == ("list",)
    assert govmap.membership(full, "Cuba", "TWO").evidence.status is None


def test_own_data_are_answered_from_and_told(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    ours = govmap.load(tmp_path / "own.yaml")
    found = govmap.membership(ours, "Peru", "RCM")
    assert (found.listed, found.relation, found.since) == (True, "observer", "2022")
    record = Presentation(found).record()
    assert isinstance(record, dict)
    assert record["own_data"] == [{"mechanism": "RCM", "part": "members", "item": "PER", "change": "added"}]
    assert govmap.membership(ours.at("2021"), "Peru", "RCM").listed is False


@pytest.mark.parametrize("names", [("Peru", "RCM"), ("CRM", "Perú")])
def test_a_comparison_of_a_country_and_a_mechanism_is_answered_with_it(
    atlas: govmap.Atlas, names: tuple[str, str]
) -> None:
    found = govmap.compare(atlas, *names)
    assert isinstance(found, Membership)
    assert found == govmap.membership(atlas, "PER", "RCM")
    assert (found.listed, found.mechanism.id, len(found.elsewhere)) == (False, "RCM", 6)


def test_every_membership_agrees_with_the_page_of_the_country(atlas: govmap.Atlas) -> None:
    for code in (*atlas.listed_countries, "CUB"):
        country = govmap.country(atlas, code)
        seats = {seat.id: seat for seat in country.mechanisms}
        notes = {absence.id: absence.note for absence in country.not_in}
        for mechanism in atlas.covered:
            found, seat = govmap.membership(atlas, code, mechanism), seats.get(mechanism.id)
            assert found.listed == (seat is not None)
            assert found.relation == (seat.relation if seat else None)
            assert found.note == notes.get(mechanism.id)
            assert {ref.id for ref in found.elsewhere} == set(seats) - {mechanism.id}


def test_a_no_is_an_answer_and_what_is_unknown_is_refused(call: Any) -> None:
    no, unknown = call("membership", "Peru", "RCM"), call("membership", "Peru", "xyzzyx")
    assert (no.code, no.err, unknown.code) == (0, "", 1)
    assert call("compare", "RCM", "Peru", "--json").json()["listed"] is False


def test_what_ended_is_told_with_its_own_sources_and_in_every_format(atlas: govmap.Atlas) -> None:
    found = govmap.membership(atlas.at("2025"), "Nicaragua", "CAM")
    assert (found.listed, [reason.date for reason in found.reasons]) == (False, ["2023-11-19"])
    assert "ktvz-2023" in found.evidence.sources
    assert found.evidence.note
    assert any(found.evidence.note in str(cell) for cell in found.rows().rows[0])


def test_the_rows_have_that_a_country_is_beside_the_mechanism(atlas: govmap.Atlas) -> None:
    found = govmap.membership(atlas, "Peru", "RCM")
    rows = [dict(zip(found.rows().columns, row, strict=True)) for row in found.rows().rows]
    assert [(row["relation"], row["text"]) for row in rows if row["fact"] == "beside"] == [("observer", "observer")]
