"""What facts rest on: every fact once, none of those shown without a source."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from tests.made import with_dataset

import govmap
from govmap.calls import Call
from govmap.model import Country
from govmap.questions.evidence import STATUSES, Findings
from govmap.records import Subject

PARTS = ("members", "groups", "pillars", "secretariats")


def on(atlas: govmap.Atlas, name: str | Country) -> Findings:
    """Return the facts on something."""
    found = govmap.evidence(atlas, name)
    assert {id_ for fact in found.facts for id_ in fact.evidence.sources} == {source.id for source in found.sources}
    return found


@pytest.mark.parametrize("date", ["2010", "2022-06-10", "2023-04", "2024", "2024-09", "2025-11-18", "2026-11"])
def test_no_member_group_pillar_or_secretariat_of_the_bundled_data_is_without_a_source(
    atlas: govmap.Atlas, date: str
) -> None:
    dated = atlas.at(date)
    facts = [fact for fact in govmap.evidence(dated).facts if fact.value]
    for part in PARTS:
        found = [fact for fact in facts if fact.part == part]
        assert len(found) == sum(len(getattr(mechanism, part)) for mechanism in dated.covered), part
        assert [fact.value for fact in found if not fact.evidence.status] == [], part
        assert [fact.value for fact in found if not set(fact.evidence.sources) & set(atlas.sources)] == [], part


def test_a_membership_is_a_fact_on_its_country_and_on_its_mechanism(atlas: govmap.Atlas) -> None:
    for mechanism in atlas.covered:
        listed = {fact.countries for fact in on(atlas, mechanism.id).facts if fact.part == "members"}
        assert listed == {(member.code,) for member in mechanism.members}
    for code in atlas.listed_countries:
        ids = [fact.mechanisms[0] for fact in on(atlas, atlas.countries[code]).facts if fact.part == "members"]
        assert sorted(ids) == sorted(mechanism.id for mechanism in atlas.mechanisms_of(code))


def test_a_link_has_its_first_and_its_last_day(atlas: govmap.Atlas) -> None:
    links = [(fact.date, fact.until) for fact in on(atlas, "RCM").facts if fact.part == "links"]
    assert links == [("2018-05-08", "2018-05-09"), ("2018-11-22", "2018-11-23"), ("2021-09-09", None)]


def test_every_event_and_every_resolution_is_a_fact_once(atlas: govmap.Atlas) -> None:
    facts = govmap.evidence(atlas).facts
    events = [(fact.date, fact.value) for fact in facts if fact.part == "events"]
    assert events == [(event.date, event.text) for event in filter(atlas.event_in_scope, atlas.dataset.events)]
    assert sum(fact.part == "resolutions" for fact in facts) == len(atlas.dataset.resolutions)


def test_a_piece_of_evidence_that_goes_with_no_value_is_a_fact_too(atlas: govmap.Atlas) -> None:
    facts = {(fact.mechanisms, fact.part) for fact in govmap.evidence(atlas).facts}
    for mechanism in filter(atlas.in_scope, atlas.mechanisms.values()):
        assert {part for part in mechanism.evidence if ((mechanism.id,), part) not in facts} == set(), mechanism.id
    (silent,) = [fact for fact in on(atlas, "LAD").facts if fact.part == "secretariats"]
    assert (silent.value, silent.evidence.status) == (None, "changed since")


def test_a_member_or_group_with_evidence_of_its_own_has_that(atlas: govmap.Atlas) -> None:
    (nicaragua,) = [fact for fact in on(atlas, "CAM").facts if (fact.part, fact.countries) == ("members", ("NIC",))]
    assert nicaragua.evidence.status == "changed since"
    assert "ktvz-2023" in nicaragua.evidence.sources
    package, pillar = (next(f for f in on(atlas, "LAD-8").facts if f.part == part) for part in ("groups", "pillars"))
    assert package.as_written == "Fight against human trafficking and trafficking"
    assert package.themes == ("smuggling", "trafficking")
    assert pillar.as_written == "Humanitarian Migration Management"


def test_a_country_has_the_facts_on_its_seats_and_on_what_is_open_or_over(atlas: govmap.Atlas) -> None:
    parts = {(fact.part, fact.mechanisms) for fact in on(atlas, "Venezuela").facts}
    assert ("unclear members", ("CAM",)) in parts
    assert {(part, (id_,)) for id_ in ("RIAM", "SACM") for part in ("members", "secretariats", "relation")} <= parts
    later = on(atlas.at("2024"), "Nicaragua").facts
    assert {fact.part for fact in later if fact.mechanisms == ("CAM",)} == {"former members", "events"}
    assert on(atlas, "Cuba").facts == ()


def test_a_fact_without_evidence_says_that_nothing_is_known(invented: govmap.Atlas) -> None:
    facts = {(fact.part, fact.countries): fact.evidence for fact in on(invented, "GAMMA").facts}
    assert (facts["members", ("FRA",)].status, facts["members", ("FRA",)].sources) == (None, ())
    unclear = facts["unclear members", ("PER",)]
    assert (unclear.status, unclear.note, unclear.sources) == (None, "The page is torn", ("invented-note",))


def test_every_source_has_all_that_rests_on_it(atlas: govmap.Atlas) -> None:
    facts = govmap.evidence(atlas.including(atlas.mechanisms)).facts
    every = msgspec.json.encode((atlas.dataset.mechanisms, atlas.dataset.events)).decode()
    for id_ in atlas.sources:
        resting = [fact for fact in facts if id_ in fact.evidence.sources]
        assert resting or f'"{id_}"' in every, id_  # that of a later date is no fact of this one
        assert list(govmap.evidence(atlas, id_).facts) == resting, id_


def test_the_statuses_share_out_the_facts_and_are_counted(atlas: govmap.Atlas) -> None:
    whole = govmap.evidence(atlas)
    shares = {status: govmap.evidence(atlas, status=status) for status in STATUSES}
    assert sum(len(share.facts) for share in shares.values()) == len(whole.facts) == sum(c.facts for c in whole.counts)
    for status, share in shares.items():
        # Nothing in the bundled data is somebody's own.
        assert {fact.evidence.status or "not stated" for fact in share.facts} == {status} - {"own data"}
        assert sum(count.facts for count in share.counts) == len(share.facts)


def test_every_slip_of_the_source_is_among_the_contradicted_whatever_its_status(atlas: govmap.Atlas) -> None:
    slips = [fact for fact in govmap.evidence(atlas).facts if fact.as_written]
    assert {"contradicted"} < {fact.evidence.status for fact in slips}
    assert list(govmap.evidence(atlas, status="contradicted").slips) == slips
    confirmed = govmap.evidence(atlas, status="confirmed")
    assert set(confirmed.slips) == {fact for fact in confirmed.facts if fact.as_written} != set()
    assert [fact.number for fact in on(atlas, "QUITO-2").slips] == [2]


@pytest.mark.parametrize("name", ["RCM-3", "RCM 3", "CRM-3", "Conferencia Regional sobre Migración 3", " rcm - 3 "])
def test_a_group_is_named_by_its_mechanism_and_its_number(atlas: govmap.Atlas, name: str) -> None:
    assert on(atlas, name) == on(atlas, "RCM-3")
    assert on(atlas, name).of == Subject("group", "RCM-3", atlas.mechanism("RCM").groups[2].name)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Gamma", Subject("mechanism", "GAMMA", "Gamma Network")),
        ("Chili", Subject("country", "CHL", "Chile")),
        ("152", Subject("country", "CHL", "Chile")),
        ("beta-1", Subject("group", "BETA-1", "Borders and Asylum")),
        (" INVENTED-note", Subject("source", "invented-note", "An invented note")),
    ],
)
def test_the_findings_say_what_they_are_on(invented: govmap.Atlas, name: str, subject: Subject) -> None:
    assert on(invented, name).of == subject


def test_a_source_is_found_by_its_id_as_it_is_written_or_in_small_letters(atlas: govmap.Atlas) -> None:
    ours = replace(atlas.sources["oas-note-2023"], id="Our-Note")
    made = with_dataset(atlas, sources=(ours, *atlas.dataset.sources))
    subjects = [govmap.evidence(made, name).of for name in (" Our-Note ", "KTVZ-2023")]
    assert [subject.id for subject in subjects if subject] == ["Our-Note", "ktvz-2023"]


@pytest.mark.parametrize(
    ("name", "message", "suggestions"),
    [
        ("RCM-9", "RCM has no group 9", (Call("mechanism", "RCM"),)),
        ("NOTE-2023", 'No mechanism, country, group or source is called "NOTE-2023"', ("oas-note-2023",)),
        ("oas-note-2099", 'No mechanism, country, group or source is called "oas-note-2099"', ("oas-note-2023",)),
        ("ktvz", 'No mechanism, country, group or source is called "ktvz"', ("ktvz-2023",)),
    ],
)
def test_what_names_nothing_is_refused_and_what_is_like_it_offered(
    atlas: govmap.Atlas, name: str, message: str, suggestions: tuple[object, ...]
) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.evidence(atlas, name)
    assert (caught.value.message, caught.value.suggestions) == (message, suggestions)


def test_what_could_be_two_or_is_too_short_is_not_guessed(atlas: govmap.Atlas) -> None:
    with pytest.raises(govmap.AmbiguousError) as unclear:
        govmap.evidence(atlas, "Dominican")
    assert {"Dominica", "Dominican Republic"} <= set(unclear.value.suggestions)
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.evidence(atlas, "tvz")
    assert not set(caught.value.suggestions) & set(atlas.sources)
    with pytest.raises(govmap.NoAnswerError):
        govmap.evidence(atlas.at("2000"), "LAD-1")


def test_a_status_has_the_word_of_the_data_and_that_of_pages(atlas: govmap.Atlas) -> None:
    found = govmap.evidence(atlas, status="note only")
    assert found.facts
    for word in ("source only", "Source-only"):
        assert govmap.evidence(atlas, status=word) == found
    with govmap.speaking("pt"):
        assert [fact.part for fact in govmap.evidence(atlas, status="só a fonte").facts] == [
            fact.part for fact in found.facts
        ]


def test_names_that_nobody_published_are_not_stated(atlas: govmap.Atlas) -> None:
    told = {
        id_: [(fact.evidence.status, fact.value) for fact in on(atlas, id_).facts if fact.part == "names"]
        for id_ in ("CAM", "QUITO", "LAD")
    }
    assert told["CAM"] == [
        ("confirmed", "Committee on Migration Issues; Comisión de Asuntos Migratorios; CAM"),
        (None, "Comissão de Assuntos Migratórios; Commission des questions migratoires"),
    ]
    assert told["QUITO"] == [
        ("confirmed", "Quito Process; Proceso de Quito; Processo de Quito"),
        (None, "Processus de Quito"),
    ]
    assert [status for status, _ in told["LAD"]] == ["confirmed"]
    assert "LAD" not in str(told["LAD"][0][1]).split("; ")  # the acronym is the dataset's own
    former = [(fact.evidence.status, fact.value) for fact in on(atlas, "CAM").facts if fact.part == "former names"]
    assert [status for status, _ in former] == ["confirmed", None]
    assert former[1][1] == "Comissão Especial de Assuntos Migratórios; Commission spéciale des questions migratoires"
