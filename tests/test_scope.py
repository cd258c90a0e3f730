"""Bodies of wider scope: shown where they are named or asked for, and part of no figure of the source's eight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace
from tests.conftest import INVENTED, Call
from tests.made import atlas_of, mechanism

import govmap
from govmap.facts.build import build

compare: Any = govmap.compare  # each answer of which has a record of its own
overlap: Any = govmap.overlap  # each answer of which has a record of its own
EIGHT = ["CAM", "LAD", "MIRPS", "QUITO", "R4V", "RCM", "RIAM", "SACM"]
DATA = Path(__file__).parents[1] / "data"
Ask = Callable[[govmap.Atlas], Any]


def wider() -> dict[str, dict[str, Any]]:
    """Return the bodies of wider scope by id, as PyYAML reads their files."""
    files = (DATA / "mechanisms").glob("*.yaml")
    records = [yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in files]
    return {record["id"]: record for record in records if record.get("scope") == "wider"}


def without_wider(atlas: govmap.Atlas) -> govmap.Atlas:
    """Return the atlas of the same data as they would be without the bodies of wider scope."""
    gone = {m.id for m in atlas.dataset.mechanisms if m.scope == "wider"}
    kept = tuple(
        replace(m, links=tuple(link for link in m.links if link.other not in gone))
        for m in atlas.dataset.mechanisms
        if m.id not in gone
    )
    return govmap.Atlas(build(replace(atlas.dataset, mechanisms=kept), atlas.names), atlas.as_of)


def test_no_figure_of_the_source_counts_a_body_of_wider_scope(atlas: govmap.Atlas) -> None:
    listed = govmap.list(atlas, "mechanisms")
    assert [item.id for item in listed] == EIGHT
    assert sum(item.members or 0 for item in listed) == 132
    assert (len(atlas.listed_countries), len(govmap.list(atlas, "countries"))) == (
        37,
        38,
    )  # with Cuba, which none lists
    assert len(govmap.list(atlas, "groups")) == 48
    assert compare(atlas, all=True).pair_count == govmap.links(atlas).pair_count == 28
    assert len(govmap.list(atlas, "mechanisms", coverage="mentioned")) == 16


@pytest.mark.parametrize(
    "ask",
    [
        govmap.matrix,
        lambda atlas: govmap.matrix(atlas, by="theme"),
        lambda atlas: govmap.matrix(atlas, upset=True),
        lambda atlas: compare(atlas, all=True),
        lambda atlas: compare(atlas, "Guatemala"),
        lambda atlas: compare(atlas, "RCM", "SACM", mode="distinct"),
        govmap.gaps,
        govmap.cover,
        govmap.overlap,
        govmap.map,
        lambda atlas: replace(govmap.links(atlas), beyond=()),
        lambda atlas: [count for count in govmap.evidence(atlas).counts if count.part != "links"],
        lambda atlas: govmap.list(atlas, "groups"),
        lambda atlas: govmap.list(atlas, "themes"),
        lambda atlas: govmap.membership(atlas, "Belize", "RCM"),
    ],
)
def test_a_question_answers_as_it_would_without_them(atlas: govmap.Atlas, ask: Ask) -> None:
    assert ask(atlas) == ask(without_wider(atlas))


def test_a_country_has_them_under_a_key_of_their_own(atlas: govmap.Atlas) -> None:
    today = atlas.at("2026-11-28")
    records = wider()
    for code in ("BLZ", "PER", "CUB", "ABW", "USA"):
        found = govmap.country(today, code)
        assert {seat.id for seat in found.mechanisms} <= set(EIGHT)
        expected = {
            id_
            for id_, record in records.items()
            for member in record.get("members", ())
            if code in (member, member.get("code") if isinstance(member, dict) else None)
            and record.get("until", "9999") > "2026"
        }
        assert {seat.id for seat in found.other_bodies} == expected
    assert "OCAM" in {seat.id for seat in govmap.country(today, "BLZ").other_bodies}
    assert govmap.country(atlas, "CUB").mechanisms == ()


def test_a_theme_has_them_under_a_key_of_their_own(atlas: govmap.Atlas) -> None:
    found = overlap(atlas, "borders")
    assert {hit.mechanism for hit in found.groups} <= set(EIGHT)
    assert [(body.id, [hit.number for hit in body.groups]) for body in found.other_bodies] == [("CMC", [1])]
    only = overlap(atlas, "diasporas")
    assert [body.id for body in only.other_bodies] == ["CMC"]
    assert "diasporas" not in {theme for hit in only.groups for theme in hit.themes}


def test_all_of_them_are_answered_on_where_all_are_asked_for(atlas: govmap.Atlas) -> None:
    every = govmap.load(scope="all")
    ids = {item.id for item in govmap.list(every, "mechanisms")}
    full = {id_ for id_, record in wider().items() if record.get("coverage", "full") == "full"}
    then = {id_ for id_ in full if wider()[id_].get("founded", "") <= "2023-04"}
    assert ids == {*EIGHT, *then}
    found = govmap.country(every, "Belize")
    assert found.other_bodies == ()
    assert {"OCAM", "CMC", "LAD"} <= {seat.id for seat in found.mechanisms}
    assert overlap(every, "borders").other_bodies == ()
    assert compare(every, all=True).pair_count > 28
    with pytest.raises(govmap.UsageError, match="`scope` cannot be"):
        govmap.load(scope="some")


def test_one_that_is_named_is_answered_on_beside_the_eight(atlas: govmap.Atlas) -> None:
    assert [row.code for row in govmap.mechanism(atlas, "OCAM").members or ()] == (
        ["BLZ", "CRI", "DOM", "GTM", "HND", "NIC", "PAN", "SLV"]
    )
    found = compare(atlas, "Andean Community", "CA-4")
    assert [(item.id, item.size) for item in found.items] == [("ANDEAN", 4), ("CA-4", 4)]
    assert found.shared == ()
    assert compare(atlas, "CA-4", "OCAM").pairs[0].relation == "within"
    most_similar = compare(atlas, "OCAM").pairs
    assert {pair.right for pair in most_similar} == set(EIGHT)
    assert len(govmap.list(atlas, "countries", member="CMC")) == 22
    assert govmap.membership(atlas, "Jamaica", "CMC").listed is True
    assert [ref.id for ref in govmap.map(atlas, "CMC").mechanisms] == ["CMC"]
    assert any("OCAM" in entry.mechanisms for entry in govmap.history(atlas, "OCAM").entries)
    assert any(fact.part == "members" for fact in govmap.evidence(atlas, "OCAM").facts)


def test_a_history_without_them_has_what_the_source_or_the_eight_have(atlas: govmap.Atlas) -> None:
    every = govmap.history(govmap.load(scope="all")).entries
    own = {(entry.date, entry.text) for entry in govmap.history(atlas).entries}
    gone = [entry for entry in every if (entry.date, entry.text) not in own]
    assert any("cartagena-process" in entry.mechanisms for entry in gone)
    for entry in gone:
        assert set(entry.mechanisms) <= set(wider())
        assert "oas-note-2023" not in entry.sources


def test_own_data_without_a_scope_count_as_the_eight_do(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("ONE", "PER"), mechanism("TWO", "PER", "borders", scope="wider"))
    assert [m.id for m in made.covered] == ["ONE"]
    assert [m.id for m in made.out_of_scope] == ["TWO"]
    assert [seat.id for seat in govmap.country(made, "PER").other_bodies] == ["TWO"]


@pytest.mark.parametrize(
    "typed", ["compare CAN", "compare CAN RCM", "compare Peru CAN", "history CAN", "evidence CAN", "brief CAN"]
)
def test_a_word_for_a_country_and_a_body_is_refused_with_both_readings(call: Call, typed: str) -> None:
    answer = call(*typed.split())
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith('Error: "CAN" is a country, Canada, and a mechanism, Andean Community.')
    readings = [typed.replace("CAN", name) for name in ("Canada", "ANDEAN")]
    assert answer.err.endswith("Try: {}; {}\n".format(*(f"govmap {call}" for call in readings)))
    assert [call(*reading.split()).code for reading in readings] == [0, 0]


@pytest.mark.parametrize(("typed", "offer"), [("OCAM CAN CMC", "ANDEAN"), ("USA CAN MEX", "Canada")])
def test_of_three_names_the_reading_is_offered_that_can_be_compared(call: Call, typed: str, offer: str) -> None:
    answer = call("compare", *typed.split())
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.endswith(f" Try: govmap compare {typed.replace('CAN', offer)}\n")
    assert call("compare", *typed.replace("CAN", offer).split()).code == 0


def test_a_record_of_two_kinds_is_compared_whatever_else_has_its_name(atlas: govmap.Atlas) -> None:
    found = govmap.compare(atlas, atlas.country("CAN"), "RCM")
    assert found == govmap.membership(atlas, "CAN", "RCM")


def test_a_word_in_the_place_of_one_kind_is_of_that_kind(call: Call) -> None:
    assert call("country", "CAN", "--json").json()["country"]["code"] == "CAN"
    assert call("mechanism", "CAN", "--json").json()["mechanism"]["id"] == "ANDEAN"
    assert call("membership", "CAN", "CAN", "--json").json()["mechanism"]["id"] == "ANDEAN"


def test_the_environment_sets_the_date_once(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMAP_AS_OF", "2020")
    assert call("country", "Peru", "--json").json()["as_of"] == "2020"
    assert call("country", "Peru", "--as-of", "2021", "--json").json()["as_of"] == "2021"
    assert [each["id"] for each in call("list", "--json", "--data", str(INVENTED)).json()] == ["ALPHA", "BETA", "GAMMA"]
    monkeypatch.setenv("GOVMAP_AS_OF", "")
    assert call("country", "Peru", "--json").json()["as_of"] == "2023-04"
    monkeypatch.setenv("GOVMAP_AS_OF", "soon")
    refused = call("country", "Peru")
    assert (refused.code, refused.err[:46]) == (2, 'Error: "soon" is not a date (GOVMAP_AS_OF=soon')


def test_a_body_that_the_source_does_not_name_is_not_said_to_be_named_by_it(call: Call) -> None:
    today = ("list", "mechanisms", "--as-of", "today")
    assert "The source names 16 more bodies without members" in " ".join(call(*today).out.split())
    assert "21 more bodies are known without their members" in " ".join(call(*today, "--scope", "all").out.split())
