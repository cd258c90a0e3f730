from __future__ import annotations

from collections.abc import Callable

import govmap
from govmap.queries.mechanism import GroupRow, MechanismProfile, SecretariatRow
from govmap.queries.records import Change, Trust

AsOf = Callable[[str], govmap.Atlas]

IOM = "International Organization for Migration"


def _profile(atlas: govmap.Atlas, id_: str) -> MechanismProfile:
    return govmap.profile_mechanism(atlas, atlas.mechanism(id_))


def test_a_profile_has_a_head(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "ALPHA")
    head = profile.mechanism
    assert (head.id, head.name, head.kind, head.coverage) == ("ALPHA", "Alpha Process", "consultative process", "full")
    assert (head.relation, head.founded, head.website) == ("member", "2000", None)
    assert head.names == {"en": "Alpha Process", "es": "Proceso Alfa"}
    assert head.acronyms == {"en": "AP", "es": "PA"}
    assert (head.proposed_names, head.as_written, head.parent, head.note) == ((), None, None, None)
    assert profile.as_of == "2020-06"


def test_members_come_in_the_order_of_their_codes_with_their_dates(invented: govmap.Atlas) -> None:
    members = _profile(invented, "ALPHA").members
    assert members is not None
    assert [(row.code, row.name, row.relation, row.since, row.until) for row in members] == [
        ("ARG", "Argentina", "member", "2010-05-01", "2020-07-01"),
        ("CHL", "Chile", "member", None, None),
        ("PER", "Peru", "member", None, None),
    ]
    assert {(row.kind, row.joined_after, row.evidence) for row in members} == {("state", None, None)}


def test_a_member_may_be_listed_as_something_else_than_the_others(invented: govmap.Atlas) -> None:
    members = _profile(invented, "BETA").members
    assert members is not None
    assert [(row.code, row.relation, row.kind) for row in members] == [
        ("ABW", "covered", "territory"),
        ("CHL", "endorser", "state"),
        ("PER", "endorser", "state"),
    ]


def test_groups_and_secretariats_are_those_of_the_date(invented: govmap.Atlas, as_of: AsOf) -> None:
    borders = GroupRow(1, "Borders", None, None, ("borders",), None, None, None, None, None)
    old_work = GroupRow(2, "Old Work", None, None, ("livelihoods",), None, None, None, None, "2019")
    iom = SecretariatRow("IOM", IOM, None, None, None, None, None)
    aardvarks = SecretariatRow("AAA", "Agency of Aardvarks", None, None, None, "2022", None)
    assert (_profile(invented, "ALPHA").groups, _profile(invented, "ALPHA").secretariat) == ((borders,), (iom,))
    assert _profile(as_of("2012"), "ALPHA").groups == (borders, old_work)
    assert _profile(as_of("2022"), "ALPHA").secretariat == (aardvarks, iom)


def test_the_themes_of_a_group_come_in_alphabetical_order(invented: govmap.Atlas) -> None:
    groups = _profile(invented, "BETA").groups
    assert groups is not None
    assert [group.themes for group in groups] == [("asylum", "borders")]


def test_a_secretariat_that_the_source_does_not_name_is_null_and_unclear(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "BETA")
    assert profile.secretariat is None
    assert profile.unclear == {"secretariat": "The note is silent"}


def test_a_country_whose_place_is_open_is_named_and_not_counted(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "GAMMA")
    assert profile.members is not None
    assert [row.code for row in profile.members] == ["FRA"]
    assert profile.unclear == {"PER": "The page is torn"}
    assert profile.groups is None
    assert (profile.evidence, profile.sources) == ({}, ())


def test_the_members_of_a_mechanism_that_is_only_named_are_null_and_not_none(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "DELTA")
    assert (profile.members, profile.groups, profile.secretariat) == (None, None, None)
    assert profile.unclear == {
        "members": "The source names this body and gives no membership",
        "secretariat": "The source does not say",
    }
    assert profile.evidence == {"named": Trust("note only", None, None, ("invented-note",))}
    assert profile.mechanism.note == "Named in passing"


def test_evidence_and_its_sources_are_given(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "ALPHA")
    assert profile.evidence == {"members": Trust("confirmed", None, None, ("invented-note",))}
    assert [source.id for source in profile.sources] == ["invented-note"]


def test_changes_are_what_the_lists_of_the_date_do_not_show(invented: govmap.Atlas, as_of: AsOf) -> None:
    left = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
    changed = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
    assert _profile(invented, "ALPHA").changes == (left,)
    assert _profile(as_of("2020-07-01"), "ALPHA").changes == ()
    assert _profile(invented, "BETA").changes == (changed,)
    assert _profile(invented, "GAMMA").changes == ()


def test_every_bundled_mechanism_has_a_profile_that_agrees_with_its_record(atlas: govmap.Atlas) -> None:
    for mechanism in atlas.mechanisms.values():
        profile = govmap.profile_mechanism(atlas, mechanism)
        members = [row.code for row in profile.members or ()]
        assert members == sorted(member.code for member in mechanism.members)
        assert len(members) == len(set(members))
        assert [group.number for group in profile.groups or ()] == [group.number for group in mechanism.groups]
        assert (profile.members is None) == (mechanism.coverage == "mentioned")
        assert {source.id for source in profile.sources} <= set(atlas.sources)
