"""One mechanism; what every field holds is in `answers/`."""

from __future__ import annotations

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.questions.mechanism import MechanismProfile
from govmap.records import Trust


def reasons(found: MechanismProfile) -> dict[str, str]:
    """Return why something is open, in words."""
    return {part: str(reason) for part, reason in found.unclear.items()}


@pytest.mark.parametrize(
    ("id_", "members"),
    [
        ("ALPHA", [("ARG", "member", "state"), ("CHL", "member", "state"), ("PER", "member", "state")]),
        ("BETA", [("ABW", "covered", "territory"), ("CHL", "endorser", "state"), ("PER", "endorser", "state")]),
        ("GAMMA", [("FRA", "member", "state")]),  # Peru's place is open: it is not counted
    ],
)
def test_members_come_in_the_order_of_their_codes_each_with_its_own_relation(
    invented: govmap.Atlas, id_: str, members: list[tuple[str, str, str]]
) -> None:
    found = govmap.mechanism(invented, id_).members or ()
    assert [(row.code, row.relation, row.kind) for row in found] == members


def test_what_the_source_does_not_tell_is_null_and_unclear(invented: govmap.Atlas) -> None:
    beta, gamma, delta = (govmap.mechanism(invented, id_) for id_ in ("BETA", "GAMMA", "DELTA"))
    assert (beta.secretariat, reasons(beta)) == (None, {"secretariat": "The note is silent"})
    assert (gamma.groups, reasons(gamma)) == (None, {"PER": "The page is torn"})
    assert (delta.members, delta.groups, delta.secretariat) == (None, None, None)
    assert reasons(delta) == {
        "members": "The source names this body without its members",
        "secretariat": "The data do not say",
    }
    assert delta.evidence == {"named": Trust("note only", None, None, ("invented-note",))}


@pytest.mark.parametrize(
    ("evidence", "explained"),
    [
        ({}, {}),
        ({"groups": {"status": "confirmed", "sources": []}}, {"groups": "None are listed"}),
        ({"groups": {"status": "confirmed", "sources": [], "note": "It has none"}}, {"groups": "It has none"}),
    ],
)
def test_that_there_are_no_groups_is_explained_by_the_note_of_the_evidence_or_else_in_general(
    atlas: govmap.Atlas, evidence: dict[str, object], explained: dict[str, str]
) -> None:
    made = atlas_of(atlas, mechanism("ONE", "CHL", evidence=evidence, secretariats_note="No page tells"))
    assert reasons(govmap.mechanism(made, "ONE")) == {**explained, "secretariat": "No page tells"}


NEW_SECRETARIAT = "ALPHA, new secretariat: AAA, Agency of Aardvarks"


@pytest.mark.parametrize(
    ("date", "id_", "changes"),
    [
        ("2020-06", "ALPHA", ["Argentina leaves the Alpha Process", "Bolivia is listed by ALPHA", NEW_SECRETARIAT]),
        ("2020-07-01", "ALPHA", ["Bolivia is listed by ALPHA", NEW_SECRETARIAT]),
        ("2020-06", "BETA", ["Beta takes up more work than its list shows"]),
        ("2020-06", "GAMMA", []),
    ],
)
def test_changes_are_what_the_lists_of_the_date_do_not_show(
    invented: govmap.Atlas, date: str, id_: str, changes: list[str]
) -> None:
    assert [change.text for change in govmap.mechanism(invented.at(date), id_).changes] == changes


def test_every_bundled_mechanism_has_a_profile_that_agrees_with_its_record(atlas: govmap.Atlas) -> None:
    for record in atlas.mechanisms.values():
        found = govmap.mechanism(atlas, record)
        assert [row.code for row in found.members or ()] == sorted({member.code for member in record.members})
        assert [group.number for group in found.groups or ()] == [group.number for group in record.groups]
        assert (found.members is None) == (record.coverage == "mentioned")
        assert {source.id for source in found.sources} <= set(atlas.sources)
