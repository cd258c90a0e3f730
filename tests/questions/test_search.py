"""A search finds records by any word of any name, and ranks them by how much of the question a name carries."""

from __future__ import annotations

import pytest
from tests.test_as_of import loaded_of

import govmap
from govmap.questions.search import SearchHit


def test_a_hit_tells_what_it_is_what_matched_and_how_to_open_it(invented: govmap.Atlas) -> None:
    def first(text: str) -> SearchHit:
        return govmap.search(invented, text).hits[0]

    assert first("proceso alfa") == SearchHit(
        "mechanism", "ALPHA", "Alpha Process", "Proceso Alfa", 1.0, "govmap mechanism ALPHA"
    )
    assert first("Chili") == SearchHit("country", "CHL", "Chile", "Chili", 1.0, "govmap country CHL")
    assert first("fronteras gestión") == SearchHit(
        "theme", "borders", "border management", "gestión de fronteras", 1.0, 'govmap overlap "border management"'
    )
    assert first("aardvarks") == SearchHit(
        "agency", "AAA", "Agency of Aardvarks", "Agency of Aardvarks", 1.0, "govmap list mechanisms --secretariat AAA"
    )
    assert first("nobody") == SearchHit(
        "source", "invented-note", "An invented note", "Nobody", 1.0, "govmap evidence invented-note"
    )


def test_a_group_is_found_by_its_name_and_by_the_labels_of_its_themes(invented: govmap.Atlas) -> None:
    hits = govmap.search(invented, "borders").hits
    assert [(hit.kind, hit.id, hit.matched) for hit in hits if hit.kind == "group"] == [
        ("group", "ALPHA 1", "Borders"),
        ("group", "BETA 1", "Borders and Asylum"),
    ]
    assert {hit.command for hit in hits if hit.id == "ALPHA 1"} == {"govmap mechanism ALPHA"}
    assert [hit.name for hit in govmap.search(invented, "asilo").hits if hit.kind == "group"] == ["Borders and Asylum"]


def test_a_group_is_found_by_the_form_of_the_source(atlas: govmap.Atlas) -> None:
    assert ("group", "R4V 1", "Wash") in [(hit.kind, hit.id, hit.matched) for hit in govmap.search(atlas, "wash").hits]


def test_a_word_that_begins_alike_counts_for_less_and_a_short_one_not_at_all(invented: govmap.Atlas) -> None:
    (hit,) = govmap.search(invented, "aard").hits
    assert (hit.id, hit.score) == ("AAA", 0.6)
    with pytest.raises(govmap.NotFoundError):
        govmap.search(invented, "aar")


def test_a_word_that_few_records_have_weighs_more(invented: govmap.Atlas) -> None:
    """Of 313 records one has alpha, three have border: ln(1 + 313) is 5.75, ln(1 + 313 / 3) 4.66."""
    hits = govmap.search(invented, "alpha borders").hits
    scores = {hit.id: hit.score for hit in hits if hit.id in ("ALPHA", "BETA 1")}
    assert scores == {"ALPHA": 0.55, "BETA 1": 0.45}
    assert [hit.id for hit in hits][:2] == ["ALPHA", "ALPHA 1"], "the best first; of equal ones that of fewer words"


def test_what_has_only_some_of_the_words_is_left_out_where_another_has_all(invented: govmap.Atlas) -> None:
    assert [hit.id for hit in govmap.search(invented, "beta framework").hits] == ["BETA"]
    partly = govmap.search(invented, "alpha network").hits  # no name has both
    assert {hit.id for hit in partly} >= {"ALPHA", "GAMMA"}
    assert all(0.4 <= hit.score < 1 for hit in partly)


def test_a_source_comes_after_a_record_of_which_less_is_in_its_name(atlas: govmap.Atlas) -> None:
    about = {"title": "T", "version": "1", "reference_date": "2020"}
    mechanism = {"id": "A", "names": {"en": "Circle of Friends of Delfino"}, "kind": "forum", "relation": "member"}
    made = govmap.Atlas(loaded_of({"about": about, "mechanisms": [mechanism]}, atlas))
    hits = govmap.search(made, "delfino").hits
    assert [(hit.kind, hit.matched) for hit in hits] == [
        ("mechanism", "Circle of Friends of Delfino"),
        ("source", "Delfino.cr"),
    ]


def test_where_only_sources_have_all_words_other_records_that_have_some_stay(atlas: govmap.Atlas) -> None:
    hits = govmap.search(atlas, "annual MIRPS", limit=99).hits
    assert ("mechanism", "MIRPS") in [(hit.kind, hit.id) for hit in hits]
    assert 1.0 in [hit.score for hit in hits if hit.kind == "source"]


def test_sources_come_after_all_other_records(atlas: govmap.Atlas) -> None:
    kinds = [hit.kind for hit in govmap.search(atlas, "OAS", limit=200).hits]
    assert "source" in kinds
    assert "source" not in kinds[: kinds.index("source")]
    assert set(kinds[kinds.index("source") :]) == {"source"}


def test_twenty_are_shown_unless_more_are_asked_for(atlas: govmap.Atlas) -> None:
    assert len(govmap.search(atlas, "migration").hits) == 20
    assert len(govmap.search(atlas, "migration", limit=21).hits) == 21


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("of the", 'There is no word to look for in "of the"'),
        ("xyzzy", 'Nothing has all the words of "xyzzy" in its names'),
    ],
)
def test_what_finds_nothing_says_why_and_where_to_look(invented: govmap.Atlas, text: str, message: str) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.search(invented, text)
    assert caught.value.message == message
    assert caught.value.suggestions == ("govmap list mechanisms",)


def test_names_that_are_near_are_offered(atlas: govmap.Atlas) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.search(atlas, "asilum")
    assert caught.value.suggestions[0] == "asylum"
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.search(atlas, "Colombja")
    assert caught.value.suggestions == ("Colombia",)
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.search(atlas, "migratory pathwayz")
    assert len(caught.value.suggestions) == 2, "of themes two at most, though four are like it"
