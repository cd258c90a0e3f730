"""What answers rest on: the evidence of exactly what they show, and of nothing else.

In `tests/data/apart` every part, country and group has a source of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.parts.facts import all_facts
from govmap.parts.provenance import Cited, PartRef, cite_each, gather, sources_of
from govmap.questions import NAMES, declaration_of
from govmap.questions.list import rests_on as item_rests_on

APART = Path(__file__).parents[1] / "data" / "apart"
Parts = dict[str, str]  # the ids of sources, with blanks between, by mechanism and part

MEMBERS = {
    "NORTH members": "n-chl n-members n-per",
    "SOUTH members": "s-arg s-members s-per",
    "EAST members": "e-fra e-members",
}
RELATIONS = {"NORTH relation": "n-relation", "SOUTH relation": "s-relation", "EAST relation": "e-members"}
GROUPS = {
    "NORTH groups": "n-g1 n-g2 n-groups",
    "SOUTH groups": "s-g1 s-g3 s-groups",
    "EAST groups": "e-g1 e-groups",
}
EACH_GROUP = {"NORTH groups": "n-g1 n-g2", "SOUTH groups": "s-g1 s-g3", "EAST groups": "e-g1"}
CHANGED = {"SOUTH events": "change"}


@pytest.fixture(name="apart", scope="module")
def _apart() -> govmap.Atlas:
    return govmap.load(APART)


def cited_by(atlas: govmap.Atlas, answer: Any) -> tuple[Cited, ...]:
    """Return the sources that an answer rests on."""
    declaration = answer.__dict__["asked"][0]
    return sources_of(atlas, answer, declaration.module.rests_on(answer, atlas))


def cited_by_each(atlas: govmap.Atlas, listing: Any) -> list[tuple[Cited, ...]]:
    """Return the sources that each record of a list rests on, what it is narrowed by among them."""
    filters = listing.__dict__["resolved"]["filters"]
    return cite_each(atlas, [(item, item_rests_on(item, atlas, filters=filters)) for item in listing])


def by_part(cited: tuple[Cited, ...]) -> Parts:
    """Return the sources of each part shown; under `itself` those that nothing else of the answer rests on."""
    found: dict[str, list[str]] = {}
    for each in cited:
        for part in [f"{ref.mechanism or 'no mechanism'} {ref.part}" for ref in each.on] or ["itself"]:
            found.setdefault(part, []).append(each.source.id)
    return {part: " ".join(sorted(ids)) for part, ids in found.items()}


def ids(cited: tuple[Cited, ...]) -> set[str]:
    """Return the ids of the sources."""
    return {each.source.id for each in cited}


def only(*mechanisms: str, parts: Parts) -> Parts:
    """Return those of *parts* that are of the *mechanisms*."""
    return {part: held for part, held in parts.items() if part.split()[0] in mechanisms}


@pytest.mark.parametrize(
    ("ask", "parts"),
    [
        (  # each of its seats, and the lists that leave it out
            lambda atlas: govmap.country(atlas, "PER"),
            {
                "NORTH members": "n-per",
                "SOUTH members": "s-per",
                "EAST members": "e-members",
                **only("NORTH", "SOUTH", parts={**RELATIONS, **GROUPS}),
                "NORTH secretariats": "n-agencies",
                "SOUTH secretariats": "s-agencies",
                **CHANGED,
            },
        ),
        *(
            (  # that it left, that it is open whether it is in, and else the list
                lambda atlas, code=code: govmap.country(atlas, code),
                {"NORTH members": source, "SOUTH members": "s-members", "EAST members": "e-members"},
            )
            for code, source in (("BOL", "n-bol"), ("ECU", "torn"), ("CUB", "n-members"))
        ),
        (  # the listing, and where else it is listed
            lambda atlas: govmap.membership(atlas, "PER", "NORTH"),
            {"NORTH members": "n-per", "NORTH relation": "n-relation", "SOUTH members": "s-per"},
        ),
        (  # the evidence of the list is part of the answer
            lambda atlas: govmap.compare(atlas, "BOL", "NORTH"),
            {"NORTH members": "n-bol", "NORTH relation": "n-relation", "itself": "n-members"},
        ),
        (
            lambda atlas: govmap.compare(atlas, "NORTH", "EAST"),
            only("NORTH", "EAST", parts={**MEMBERS, **RELATIONS, **GROUPS}),
        ),
        (  # every list, and the groups of the mechanisms that have one of them
            lambda atlas: govmap.compare(atlas, "CHL", "ARG"),
            {
                "NORTH members": "n-chl n-members",
                "SOUTH members": "s-arg s-members",
                "EAST members": "e-members",
                **only("NORTH", "SOUTH", parts={**RELATIONS, **GROUPS}),
                **CHANGED,
            },
        ),
        (lambda atlas: govmap.compare(atlas, "PER"), {**MEMBERS, **RELATIONS, **GROUPS, **CHANGED}),
        (lambda atlas: govmap.compare(atlas, "SOUTH"), {**MEMBERS, **RELATIONS, **GROUPS, **CHANGED}),
        (  # international protection, on which East works, is beside asylum; only North works on asylum itself
            lambda atlas: govmap.overlap(atlas, "asylum"),
            {"NORTH groups": "n-g2", "EAST groups": "e-g1", **only("NORTH", parts={**MEMBERS, **RELATIONS})},
        ),
        (govmap.overlap, {**EACH_GROUP, **MEMBERS, **CHANGED}),
        (govmap.matrix, {**MEMBERS, **RELATIONS}),
        (lambda atlas: govmap.matrix(atlas, upset=True), {**MEMBERS, **RELATIONS}),
        (lambda atlas: govmap.matrix(atlas, by="theme"), {**GROUPS, **CHANGED}),
        (govmap.map, {**MEMBERS, **RELATIONS}),
        (
            lambda atlas: govmap.map(atlas, "NORTH", theme="borders"),
            {**only("NORTH", parts={**MEMBERS, **RELATIONS}), "NORTH groups": "n-g1"},
        ),
        (  # the founding of North and the leaving of Bolivia are told by their own records, the joining of Late by none
            govmap.history,
            {
                "NORTH events": "n-bol n-founded",
                "SOUTH events": "change",
                "EAST events": "meeting",
                "LATE events": "l-founded",
                "LATE members": "l-chl",
                "no mechanism events": "resolution",
            },
        ),
        (lambda atlas: govmap.history(atlas, "PER"), {"NORTH members": "n-per", "SOUTH members": "s-per"}),
        (  # the groups on the theme, and whether their mechanisms list the country
            lambda atlas: govmap.gaps(atlas, country="ARG", theme="borders"),
            {
                "NORTH groups": "n-g1",
                "SOUTH groups": "s-g1",
                "NORTH members": "n-members",
                "SOUTH members": "s-arg",
                **CHANGED,
            },
        ),
        (govmap.cover, MEMBERS),
        (lambda atlas: govmap.cover(atlas, themes=True), {**EACH_GROUP, **CHANGED}),
        (
            lambda atlas: govmap.cover(atlas, theme="asylum"),
            {"NORTH groups": "n-g2", **only("NORTH", parts=MEMBERS)},
        ),
        (
            lambda atlas: govmap.cite(atlas, "SOUTH"),
            {
                **only("SOUTH", parts={**MEMBERS, **RELATIONS, **GROUPS}),
                "SOUTH secretariats": "s-agencies",
            },
        ),
        (  # the word is in the name of North, of its second group, of the agency of South and of a source
            lambda atlas: govmap.search(atlas, "quillay"),
            {
                "NORTH names": "n-names",
                "NORTH groups": "n-g2",
                "SOUTH secretariats": "s-agencies",
                "itself": "e-fra",
            },
        ),
    ],
)
def test_an_answer_rests_on_the_evidence_of_exactly_what_it_shows(
    apart: govmap.Atlas, ask: Callable[[govmap.Atlas], Any], parts: Parts
) -> None:
    assert by_part(cited_by(apart, ask(apart))) == parts


@pytest.mark.parametrize(
    ("what", "filters", "parts"),
    [
        (
            "mechanisms",
            {"member": "CHL"},
            [
                {
                    "NORTH names": "n-names",
                    "NORTH kind": "n-kind",
                    "NORTH founded": "n-founded",
                    "NORTH website": "n-website",
                    "NORTH secretariats": "n-agencies",
                    **only("NORTH", parts={**MEMBERS, **RELATIONS, **GROUPS}),
                }
            ],
        ),
        (
            "countries",
            {"member": "SOUTH"},
            [
                {"NORTH members": "n-members", "SOUTH members": "s-arg", "EAST members": "e-members"},
                {"NORTH members": "n-per", "SOUTH members": "s-per", "EAST members": "e-members"},
            ],
        ),
        ("themes", {"theme": "gender"}, [{"SOUTH groups": "s-g3"}]),
        ("groups", {"theme": "gender"}, [{"SOUTH groups": "s-g3"}]),  # nothing is said of who sits in it
        *(
            (
                what,
                {"member": "PER", "theme": "borders", "secretariat": "QLY"},
                [{"SOUTH groups": "s-g1", "SOUTH members": "s-per", "SOUTH secretariats": "s-agencies"}],
            )
            for what in ("groups", "secretariats")
        ),
    ],
)
def test_a_record_of_a_list_rests_on_what_it_shows_and_what_the_list_is_narrowed_by(
    apart: govmap.Atlas, what: str, filters: dict[str, str], parts: list[Parts]
) -> None:
    listing = govmap.list(apart, what, **filters)  # type: ignore[call-overload]  # any of the lists
    assert list(map(by_part, cited_by_each(apart, listing))) == parts


def test_a_listed_source_rests_on_itself(apart: govmap.Atlas) -> None:
    cited = cited_by_each(apart, govmap.list(apart, "sources"))
    assert [by_part(each) for each in cited] == [{"itself": id_} for id_ in sorted(apart.sources)]


def test_the_sources_of_several_records_are_gathered_each_once(apart: govmap.Atlas) -> None:
    cited = cited_by(apart, govmap.cover(apart))
    assert gather([cited, cited]) == cited


def test_a_list_that_leaves_out_no_country_is_not_what_the_seats_of_a_matrix_rest_on(atlas: govmap.Atlas) -> None:
    note, about, news = list(atlas.sources)[:3]
    members = [{"code": "CHL", "evidence": {"status": "confirmed", "sources": [note]}}]
    evidence = {
        part: {"status": "confirmed", "sources": [id_]} for part, id_ in (("members", about), ("relation", news))
    }
    made = atlas_of(atlas, mechanism("ONE", members, evidence=evidence))
    assert by_part(cited_by(made, govmap.matrix(made))) == {"ONE members": note, "ONE relation": news}


def test_every_question_on_an_atlas_says_what_its_answer_rests_on() -> None:
    silent = [name for name in NAMES if not hasattr(declaration_of(name).module, "rests_on")]
    assert [name for name in silent if declaration_of(name).asks_atlas] == []


def test_a_bundled_comparison_rests_on_all_facts_on_what_is_compared_the_note_first(atlas: govmap.Atlas) -> None:
    found = govmap.compare(atlas, "RCM", "MIRPS")
    facts = [
        fact
        for fact in all_facts(atlas)
        if {"RCM", "MIRPS"} & set(fact.mechanisms) and fact.part in ("members", "groups", "relation")
    ]
    assert facts
    evidence = {id_ for fact in facts for id_ in fact.evidence.sources}
    cited = cited_by(atlas, found)
    assert ids(cited) == evidence | {id_ for change in found.changes for id_ in change.sources}
    assert cited[0].source.id == "oas-note-2023"
    assert set(cited[0].on) == {PartRef(i, p) for i in ("RCM", "MIRPS") for p in ("members", "relation", "groups")}


def test_the_sources_that_an_answer_has_by_itself_keep_their_numbers(atlas: govmap.Atlas) -> None:
    for found in (govmap.country(atlas, "Nicaragua"), govmap.history(atlas, "Peru"), govmap.mechanism(atlas, "RCM")):
        cited = [each.source for each in cited_by(atlas, found)]
        assert cited[: len(found.sources)] == list(found.sources)


def test_that_a_country_left_rests_on_what_tells_it(atlas: govmap.Atlas) -> None:
    later = atlas.at("2024")
    for found in (govmap.history(later, "Nicaragua"), govmap.country(later, "Nicaragua")):
        assert "ktvz-2023" in ids(cited_by(later, found))
    assert "ktvz-2023" not in ids(cited_by(atlas, govmap.country(atlas, "Belize")))


def test_own_data_rest_on_their_own_sources(invented: govmap.Atlas) -> None:
    for ask in (govmap.matrix, govmap.overlap, govmap.map, govmap.gaps, govmap.cover, govmap.cite):
        assert ids(cited_by(invented, ask(invented))) == {"invented-note"}
