"""What of an answer is from own data: of the names, of dated parts, and of what a list is narrowed by."""

from __future__ import annotations

import pytest

import govmap
from govmap.parts.own_data import OwnFact, own_facts

OWN = """\
extends: bundled
mechanisms:
  - id: RCM
    names: {fr: La conférence}
    acronyms: {fr: LC}
    website: "https://rcm.example"
    members: [{code: VEN, since: "2020"}]
    secretariats: [{agency: OAS, since: "2024"}]
    sub_bodies: [{id: cell, name: The Cell, since: "2024"}]
"""
NAMES = (OwnFact("RCM", "names", None, "changed"), OwnFact("RCM", "acronyms", None, "changed"))
MEMBER = OwnFact("RCM", "members", "VEN", "added")


@pytest.fixture(name="ours", scope="module")
def _ours(tmp_path_factory: pytest.TempPathFactory) -> govmap.Atlas:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return govmap.load(path)


def test_the_history_of_a_mechanism_tells_own_members_and_own_dated_parts(ours: govmap.Atlas) -> None:
    facts = own_facts(ours, govmap.tell_history(ours, ours.mechanism("RCM")))
    secretariat = OwnFact("RCM", "secretariats", "OAS", "added")
    body = OwnFact("RCM", "sub bodies", "cell", "added")
    assert set(facts) == {*NAMES, MEMBER, secretariat, body}
    assert len(facts) == 5


def test_the_history_of_a_country_tells_its_own_membership_and_no_dated_parts(ours: govmap.Atlas) -> None:
    facts = own_facts(ours, govmap.tell_history(ours, ours.country("Venezuela")))
    assert set(facts) == {*NAMES, MEMBER}


def test_a_record_of_a_list_tells_own_data_that_the_list_is_narrowed_by(ours: govmap.Atlas) -> None:
    filters = govmap.Filters(member="VEN")
    (group, *_) = (item for item in govmap.list_groups(ours, filters) if item.mechanism == "RCM")
    assert set(own_facts(ours, group, filters)) == {*NAMES, MEMBER}
    assert set(own_facts(ours, group)) == {*NAMES}, "own names are told wherever the mechanism is"
