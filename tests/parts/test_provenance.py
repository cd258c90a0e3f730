"""What answers rest on: the evidence of exactly what they show, and of nothing else.

In `tests/data/apart` every part, country and group has a source of its own; `rests_on.yaml` has what each answer on it
rests on.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import pytest
from tests.made import DATA, ask, atlas_of, mechanism, read_data

import govmap
from govmap.declaration import asked_of
from govmap.parts.facts import all_facts
from govmap.parts.provenance import Cited, gather, sources_of
from govmap.questions import NAMES, declaration_of
from govmap.questions.list import rests_on as item_rests_on
from govmap.records import Basis

CASES = read_data("rests_on.yaml")
QUESTION = itemgetter("ask")
Parts = dict[str, str]  # the ids of sources, with blanks between, by mechanism and part


@pytest.fixture(name="apart", scope="module")
def _apart() -> govmap.Atlas:
    return govmap.load(DATA / "apart")


def cited_by(atlas: govmap.Atlas, answer: Any) -> tuple[Cited, ...]:
    """Return the sources that an answer rests on."""
    declaration = asked_of(answer).declaration
    return sources_of(atlas, answer, declaration.module.rests_on(answer, atlas))


def cited_by_each(atlas: govmap.Atlas, listing: Any) -> list[tuple[Cited, ...]]:
    """Return the sources that each record of a list rests on, what it is narrowed by among them."""
    filters = listing.resolved["filters"]
    return [sources_of(atlas, item, item_rests_on(item, atlas, filters=filters)) for item in listing]


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


@pytest.mark.parametrize("case", CASES["answers"], ids=QUESTION)
def test_an_answer_rests_on_the_evidence_of_exactly_what_it_shows(apart: govmap.Atlas, case: dict[str, Any]) -> None:
    assert by_part(cited_by(apart, ask(apart, case))) == case["parts"]


@pytest.mark.parametrize("case", CASES["lists"], ids=QUESTION)
def test_a_record_of_a_list_rests_on_what_it_shows_and_what_the_list_is_narrowed_by(
    apart: govmap.Atlas, case: dict[str, Any]
) -> None:
    assert list(map(by_part, cited_by_each(apart, ask(apart, case)))) == case["records"]


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
    assert set(cited[0].on) == {Basis(i, p) for i in ("RCM", "MIRPS") for p in ("members", "relation", "groups")}


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
    for question in (govmap.matrix, govmap.overlap, govmap.map, govmap.gaps, govmap.cover, govmap.cite):
        assert ids(cited_by(invented, question(invented))) == {"invented-note"}
