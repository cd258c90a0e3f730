"""A search finds records by any word of any name, and ranks them by how much of the question a name carries."""

from __future__ import annotations

import importlib

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.calls import Call


@pytest.mark.parametrize(
    ("text", "kind", "id_", "matched", "score", "command"),
    [
        ("proceso alfa", "mechanism", "ALPHA", "Proceso Alfa", 1.0, Call("mechanism", "ALPHA")),
        ("Chili", "country", "CHL", "Chili", 1.0, Call("country", "CHL")),
        ("fronteras gestión", "theme", "borders", "gestión de fronteras", 1.0, Call("overlap", "border management")),
        # a word that begins alike counts for less
        ("aard", "agency", "AAA", "Agency of Aardvarks", 0.6, Call("list", "mechanisms", secretariat="AAA")),
        ("nobody", "source", "invented-note", "Nobody", 1.0, Call("evidence", "invented-note")),
        ("beta framework", "mechanism", "BETA", "Beta Framework", 1.0, Call("mechanism", "BETA")),
    ],
)
def test_a_hit_says_what_it_is_what_matched_and_how_to_open_it(
    invented: govmap.Atlas, text: str, kind: str, id_: str, matched: str, score: float, command: Call
) -> None:
    hit = govmap.search(invented, text).hits[0]
    assert (hit.kind, hit.id, hit.matched, hit.score, hit.command) == (kind, id_, matched, score, command)


@pytest.mark.parametrize(
    ("text", "kind", "id_"),
    [
        ("acnur", "agency", "UNHCR"),
        ("proceso de quito", "mechanism", "QUITO"),
        ("Hondur", "country", "HND"),
        ("trata de personas", "theme", "trafficking"),
        ("investing in asylum", "group", "LAD 5"),
        ("Prensa Latina", "source", "prensa-latina-quito-2024"),
    ],
)
def test_bundled_records_of_each_kind_are_found(atlas: govmap.Atlas, text: str, kind: str, id_: str) -> None:
    first = govmap.search(atlas, text).hits[0]
    assert (first.kind, first.id) == (kind, id_)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("borders", [("ALPHA 1", "Borders"), ("BETA 1", "Borders and Asylum")]),
        ("asilo", [("BETA 1", "asilo")]),
    ],
)
def test_a_group_is_found_by_its_name_and_by_the_labels_of_its_themes(
    invented: govmap.Atlas, text: str, groups: list[tuple[str, str]]
) -> None:
    hits = [hit for hit in govmap.search(invented, text).hits if hit.kind == "group"]
    assert [(hit.id, hit.matched) for hit in hits] == groups
    assert {hit.command.command for hit in hits} == {"mechanism"}


def test_a_group_is_found_by_the_form_of_the_source(atlas: govmap.Atlas) -> None:
    hits = govmap.search(atlas, "labor").hits
    assert ("group", "RCM 4", "Labor Migration") in [(hit.kind, hit.id, hit.matched) for hit in hits]


def test_a_word_that_few_records_have_weighs_more(invented: govmap.Atlas) -> None:
    """Of 313 records one has alpha, three have border: ln(1 + 313) is 5.75, ln(1 + 313 / 3) 4.66."""
    hits = govmap.search(invented, "alpha borders").hits
    assert {hit.id: hit.score for hit in hits if hit.id in ("ALPHA", "BETA 1")} == {"ALPHA": 0.55, "BETA 1": 0.45}
    assert [hit.id for hit in hits][:2] == ["ALPHA", "ALPHA 1"], "the best first; of equal ones that of fewer words"


def test_what_has_only_some_of_the_words_is_left_out_where_another_has_all(invented: govmap.Atlas) -> None:
    assert [hit.id for hit in govmap.search(invented, "beta framework").hits] == ["BETA"]
    partly = govmap.search(invented, "alpha network").hits  # no name has both
    assert {hit.id for hit in partly} >= {"ALPHA", "GAMMA"}
    assert all(0.4 <= hit.score < 1 for hit in partly)


def test_sources_come_last_however_much_of_the_question_is_in_their_names(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("A", names={"en": "Circle of Friends of Delfino"}))
    assert [hit.matched for hit in govmap.search(made, "delfino").hits] == [
        "Circle of Friends of Delfino",
        "Delfino.cr",
    ]
    hits = govmap.search(atlas, "annual MIRPS").hits
    assert [hit.kind for hit in hits[:2]] == ["mechanism", "source"]
    assert hits[0].score < hits[1].score == 1.0
    assert {hit.kind for hit in hits[1:]} == {"source"}
    assert [hit.score for hit in hits[1:]] == sorted((hit.score for hit in hits[1:]), reverse=True)


def test_twenty_hits_are_shown_at_most(atlas: govmap.Atlas) -> None:
    assert len(govmap.search(atlas, "migration").hits) == 20


@pytest.mark.parametrize(
    ("text", "message", "suggestions"),
    [
        ("of the", '"of the" has no word to search for', (Call("list", "mechanisms"),)),
        ("xyzzy", 'No record has all the words of "xyzzy" in its names', (Call("list", "mechanisms"),)),
        ("aar", 'No record has all the words of "aar" in its names', ()),  # too short to begin alike
        ("Colombja", 'No record has all the words of "Colombja" in its names', ("Colombia",)),
        ("asilum", 'No record has all the words of "asilum" in its names', ("asylum",)),
    ],
)
def test_what_finds_nothing_says_why_and_offers_names_that_are_near(
    invented: govmap.Atlas, text: str, message: str, suggestions: tuple[object, ...]
) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.search(invented, text)
    assert caught.value.message == message
    assert caught.value.suggestions[: len(suggestions)] == suggestions


def test_of_themes_two_at_most_are_offered_though_four_are_like_the_text(atlas: govmap.Atlas) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.search(atlas, "migrationx")
    assert len(caught.value.suggestions) == 2


def test_of_groups_that_had_one_number_one_after_the_other_that_of_the_date_is_found(atlas: govmap.Atlas) -> None:
    groups = [
        {"number": 1, "name": "Visas and borders", "themes": ["borders"], "until": "2019"},
        {"number": 1, "name": "Zebra crossings", "themes": ["health"], "since": "2019"},
    ]
    made = atlas_of(atlas, mechanism("ONE", "PER", groups=groups), as_of="2018")
    found = {date: govmap.search(made.at(date), "visas borders").hits for date in ("2018",)}
    assert [(hit.id, hit.name) for hit in found["2018"] if hit.kind == "group"] == [("ONE 1", "Visas and borders")]
    later = govmap.search(made.at("2020"), "zebra").hits
    assert [(hit.id, hit.matched) for hit in later] == [("ONE 1", "Zebra crossings")]
    assert not [hit for hit in govmap.search(made.at("2020"), "borders").hits if hit.kind == "group"]


@pytest.mark.parametrize("text", ["RCM-1", "rcm 1", " CRM-1 "])
def test_a_group_is_found_by_its_mechanism_and_its_number(atlas: govmap.Atlas, text: str) -> None:
    (hit,) = govmap.search(atlas, text).hits
    assert (hit.kind, hit.id, hit.matched) == ("group", "RCM 1", text.strip())
    assert govmap.evidence(atlas, *hit.command.arguments).facts[0].number == 1


def test_a_search_makes_no_words_of_names_anew(invented: govmap.Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    search = importlib.import_module("govmap.questions.search")
    made: list[str] = []
    words_of = search.words_of

    def noting(text: str) -> list[str]:
        made.append(text)
        return list(words_of(text))

    monkeypatch.setattr(search, "words_of", noting)
    assert len(govmap.search(invented, "Chili").hits) >= 1
    assert made == ["Chili"]


def test_what_is_shown_by_a_name_with_the_words_asked_for_is_found_by_that(atlas: govmap.Atlas) -> None:
    with govmap.speaking("pt"):
        hits = {hit.id: hit for hit in govmap.search(atlas, "Venezuela").hits}
    assert hits["R4V"].matched == hits["R4V"].name
    assert hits["QUITO"].matched != hits["QUITO"].name


def test_a_source_is_found_by_its_title_in_any_language(atlas: govmap.Atlas) -> None:
    found = govmap.search(atlas, "trata Baja California").hits[0]
    assert (found.kind, found.id) == ("source", "tijuanotas-fio-2016")
