"""What facts rest on: every fact once, none of those shown without a source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace

import govmap
from govmap.dataset import LoadedDataset
from govmap.errors import NoAnswerError, NotFoundError
from govmap.model import Country, Mechanism, Source
from govmap.questions.evidence import STATUSES, Count, Findings, NumberedGroup
from govmap.records import SourceRef, Subject

DATES = ("2010", "2022-06-10", "2023-04", "2024", "2024-09", "2025-11-18", "2026-11")


def on(atlas: govmap.Atlas, typed: str) -> Findings:
    """Return the facts on what was typed."""
    return govmap.find_evidence(atlas, govmap.resolve_subject(atlas, typed))


@pytest.mark.parametrize("date", DATES)
def test_no_membership_group_or_secretariat_of_the_bundled_data_is_unsourced(date: str) -> None:
    atlas = govmap.load(as_of=date)
    facts = govmap.find_evidence(atlas).facts
    told = {
        part: [fact for fact in facts if fact.part == part and fact.value] for part in ("members", "groups", "pillars")
    }
    told["secretariats"] = [fact for fact in facts if fact.part == "secretariats" and fact.value]
    for part, found in told.items():
        shown = sum(len(getattr(mechanism, part)) for mechanism in atlas.covered)
        assert len(found) == shown, part
        assert [fact.value for fact in found if not fact.evidence.status] == [], part
        assert [fact.value for fact in found if not set(fact.evidence.sources) & set(atlas.sources)] == [], part


def test_every_member_of_every_date_is_a_fact_on_its_country_and_on_its_mechanism(atlas: govmap.Atlas) -> None:
    for mechanism in atlas.covered:
        listed = {f.countries for f in govmap.find_evidence(atlas, mechanism).facts if f.part == "members"}
        assert listed == {(member.code,) for member in mechanism.members}
    for code in atlas.parties:
        facts = govmap.find_evidence(atlas, atlas.countries[code]).facts
        ids = [fact.mechanisms[0] for fact in facts if fact.part == "members"]
        assert sorted(ids) == sorted(mechanism.id for mechanism in atlas.mechanisms_of(code))


def test_every_event_and_every_resolution_is_a_fact_once(atlas: govmap.Atlas) -> None:
    facts = govmap.find_evidence(atlas).facts
    events = [(fact.date, fact.value) for fact in facts if fact.part == "events"]
    assert events == [(event.date, event.text) for event in atlas.dataset.events]
    assert sum(fact.part == "resolutions" for fact in facts) == len(atlas.dataset.resolutions)


def test_a_piece_of_evidence_that_goes_with_no_value_is_told(atlas: govmap.Atlas) -> None:
    told = {(fact.mechanisms, fact.part) for fact in govmap.find_evidence(atlas).facts}
    for mechanism in atlas.mechanisms.values():
        assert {part for part in mechanism.evidence if ((mechanism.id,), part) not in told} == set(), mechanism.id
    (silent,) = [fact for fact in on(atlas, "LAD").facts if fact.part == "secretariats"]
    assert (silent.value, silent.evidence.status) == (None, "changed since")


def test_a_member_or_group_with_evidence_of_its_own_has_that(atlas: govmap.Atlas) -> None:
    (nicaragua,) = [f for f in on(atlas, "CAM").facts if f.countries == ("NIC",) and f.part == "members"]
    assert nicaragua.evidence.status == "changed since"
    assert "ktvz-2023" in nicaragua.evidence.sources
    package, pillar = (next(f for f in on(atlas, "LAD-8").facts if f.part == part) for part in ("groups", "pillars"))
    assert package.as_written == "Fight against human trafficking and trafficking"
    assert package.themes == ("smuggling", "trafficking")
    assert pillar.as_written == "Humanitarian Migration Management"


def test_what_a_country_rests_on_is_told(atlas: govmap.Atlas) -> None:
    parts = [(fact.part, fact.mechanisms) for fact in on(atlas, "Venezuela").facts]
    assert ("unclear members", ("CAM",)) in parts
    for id_ in ("RIAM", "SACM"):
        assert {("members", (id_,)), ("secretariats", (id_,)), ("relation", (id_,))} <= set(parts)
    later = govmap.find_evidence(govmap.load(as_of="2024"), atlas.country("Nicaragua")).facts
    assert {fact.part for fact in later if fact.mechanisms == ("CAM",)} == {"former members", "events"}
    assert on(atlas, "Cuba").facts == ()


@pytest.mark.parametrize("id_", ["oas-note-2023", "crm-about", "ktvz-2023"])
def test_all_that_rests_on_a_source_is_told(atlas: govmap.Atlas, id_: str) -> None:
    found = on(atlas, id_)
    every = [fact for fact in govmap.find_evidence(atlas).facts if id_ in fact.evidence.sources]
    assert list(found.facts) == every
    assert every
    assert id_ in [source.id for source in found.sources]


def test_every_source_answers_and_stands_in_full_beside_what_cites_it(atlas: govmap.Atlas) -> None:
    unused = [id_ for id_ in atlas.sources if not on(atlas, id_).facts]
    assert unused == []
    for typed in ("RCM", "Peru", "R4V-3", "crm-about"):
        found = on(atlas, typed)
        assert {id_ for fact in found.facts for id_ in fact.evidence.sources} == {s.id for s in found.sources}


def test_the_statuses_share_out_the_facts_and_are_counted(atlas: govmap.Atlas) -> None:
    whole = govmap.find_evidence(atlas)
    shares = {status: govmap.find_evidence(atlas, status=status) for status in STATUSES}
    assert sum(len(share.facts) for share in shares.values()) == len(whole.facts) == sum(c.facts for c in whole.counts)
    for status, share in shares.items():
        # Nothing in the bundled data is somebody's own.
        assert {fact.evidence.status or "not stated" for fact in share.facts} == {status} - {"own data"}
        assert sum(count.facts for count in share.counts) == len(share.facts)


def test_the_contradicted_are_told_with_every_slip_of_the_source(atlas: govmap.Atlas) -> None:
    slips = [fact for fact in govmap.find_evidence(atlas).facts if fact.as_written]
    assert len(slips) > len([fact for fact in slips if fact.evidence.status == "contradicted"])
    assert list(govmap.find_evidence(atlas, status="contradicted").slips) == slips
    confirmed = govmap.find_evidence(atlas, status="confirmed")
    assert confirmed.slips
    assert set(confirmed.slips) == {fact for fact in confirmed.facts if fact.as_written}
    assert [fact.number for fact in on(atlas, "QUITO-2").slips] == [2]


@pytest.mark.parametrize("typed", ["RCM-3", "RCM 3", "CRM-3", "Conferencia Regional sobre Migración 3", " rcm - 3 "])
def test_a_group_is_named_by_its_mechanism_and_its_number(atlas: govmap.Atlas, typed: str) -> None:
    assert govmap.resolve_subject(atlas, typed) == NumberedGroup(atlas.mechanism("RCM"), 3)


def test_each_kind_of_subject_is_named_as_elsewhere(atlas: govmap.Atlas) -> None:
    kinds = {"Belice": Country, "604": Country, "R4V": Mechanism, "CSM": Mechanism, "OAS-note-2023": Source}
    for typed, kind in kinds.items():
        assert isinstance(govmap.resolve_subject(atlas, typed), kind), typed


def test_what_is_not_sure_is_not_guessed(atlas: govmap.Atlas) -> None:
    with pytest.raises(NotFoundError, match="RCM has no group 9"):
        govmap.resolve_subject(atlas, "RCM-9")
    with pytest.raises(NotFoundError, match="No mechanism, country, group or source") as unknown:
        govmap.resolve_subject(atlas, "oas-note")
    assert unknown.value.suggestions[0] == "oas-note-2023"
    with pytest.raises(NotFoundError) as two:
        govmap.resolve_subject(atlas, "Dominican")
    assert {"Dominica", "Dominican Republic"} <= set(two.value.suggestions)
    with pytest.raises(NoAnswerError):
        govmap.resolve_subject(govmap.load(as_of="2000"), "LAD-1")


def test_a_group_that_is_not_there_leads_to_the_page_of_its_mechanism(atlas: govmap.Atlas) -> None:
    with pytest.raises(NotFoundError, match=r"^RCM has no group 9\b") as none:
        govmap.resolve_subject(atlas, "RCM-9")
    assert none.value.suggestions == ("govmap mechanism RCM",)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("NOTE-2023", ("oas-note-2023",)),  # it is within an id
        ("oas-note-2099", ("oas-note-2023",)),  # no id has it, and one begins so
        ("ktvz", ("ktvz-2023",)),
    ],
)
def test_what_is_like_the_id_of_a_source_has_that_source_offered(
    atlas: govmap.Atlas, typed: str, offered: tuple[str, ...]
) -> None:
    message = f'No mechanism, country, group or source is called "{typed}"'
    with pytest.raises(NotFoundError, match=f"^{re.escape(message)}") as unknown:
        govmap.resolve_subject(atlas, typed)
    assert unknown.value.suggestions == offered


def test_a_text_of_three_letters_has_no_source_offered(atlas: govmap.Atlas) -> None:
    with pytest.raises(NotFoundError) as unknown:
        govmap.resolve_subject(atlas, "tvz")
    assert not set(unknown.value.suggestions) & set(atlas.sources)


def test_a_source_is_found_by_its_id_as_it_is_written_or_in_small_letters(atlas: govmap.Atlas) -> None:
    ours = replace(atlas.sources["oas-note-2023"], id="Our-Note")
    ground = govmap.Atlas(LoadedDataset(replace(atlas.dataset, sources=(ours, *atlas.dataset.sources)), atlas.names))
    assert govmap.resolve_subject(ground, " Our-Note ") == ours
    assert govmap.resolve_subject(ground, "KTVZ-2023") == atlas.sources["ktvz-2023"]


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("Gamma", Subject("mechanism", "GAMMA", "Gamma Network")),
        ("Chile", Subject("country", "CHL", "Chile")),
        ("beta-1", Subject("group", "BETA-1", "Borders and Asylum")),
        ("invented-note", Subject("source", "invented-note", "An invented note")),
    ],
)
def test_the_findings_say_what_they_are_on(invented: govmap.Atlas, typed: str, subject: Subject) -> None:
    assert on(invented, typed).of == subject


def test_the_findings_are_told_in_whole(as_of: Callable[[str], govmap.Atlas]) -> None:
    """Beta lists three countries, one of them by a relation of its own, and two events name it."""
    beta = as_of("2019")
    every = govmap.find_evidence(beta, beta.mechanism("BETA"))
    caution = (
        "The lists are those of June 2020. A membership or group whose start is not known is counted since the"
        " mechanism was founded, and may have come later than 2019"
    )
    note = SourceRef("invented-note", "An invented note", "Nobody", "2020-06", None, "publication", "2020-07-01")
    subject = Subject("mechanism", "BETA", "Beta Framework")
    noted = (Count("relation", "note only", 2), Count("members", "note only", 3))
    counts = (
        *(Count(part, None, 1) for part in ("names", "kind", "founded")),
        *noted,
        Count("groups", None, 1),
        Count("events", None, 2),
    )
    assert len(every.facts) == 11
    assert every == Findings(subject, None, "2019", counts, every.facts, (), caution, (note,))
    facts = tuple(fact for fact in every.facts if fact.part in ("relation", "members"))
    some = govmap.find_evidence(beta, beta.mechanism("BETA"), "note only")
    assert some == Findings(subject, "note only", "2019", noted, facts, (), caution, (note,))


def test_an_invented_dataset_tells_where_it_has_no_evidence(invented: govmap.Atlas) -> None:
    facts = {(fact.part, fact.countries): fact.evidence for fact in on(invented, "GAMMA").facts}
    assert (facts["members", ("FRA",)].status, facts["members", ("FRA",)].sources) == (None, ())
    unclear = facts["unclear members", ("PER",)]
    assert (unclear.status, unclear.note, unclear.sources) == (None, "The page is torn", ("invented-note",))
    own = [f.value for f in on(invented, "BETA").facts if f.part == "relation"]
    assert own == ["endorser", "covered"]
