from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govmap.names.folding import bag, begins, content_words, fold

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FOLDED = {
    "Perú": "peru",
    "Peru\u0301": "peru",
    "  CÔTE   D'Ivoire ": "cote d ivoire",
    "Trinidad & Tobago": "trinidad tobago",
    "Guinea-Bissau": "guinea bissau",
    "U.S.A.": "usa",
    "u s a": "usa",
    "U.S. of A.": "us of a",
    "Straße": "strasse",
    "ﬁne": "fine",
    "ＰＥＲＵ": "peru",
    "Pe\u200bru": "peru",
    "Œuvre Ærø Łódź": "oeuvre aero lodz",
    "snake_case": "snake case",
    "R4V": "r4v",
    "\x00\t\n": "",
    "?!": "",
    "": "",
    "Перу": "перу",
    "o Acre e o Peru": "o acre e o peru",  # articles beside a conjunction are no initials
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_folding_drops_accents_case_punctuation_and_spacing(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
@example("İstanbul")
@example("ŉ ͅ ΰ")
def test_a_folded_text_is_words_with_one_space_between_and_folding_it_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split()) == fold(folded)
    assert all(word.isalnum() for word in folded.split())


def test_content_words_leave_out_stop_words_and_write_abbreviations_out() -> None:
    assert content_words("st kitts and the nevis") == ["saint", "kitts", "nevis"]
    assert content_words("rep dem del congo") == ["republic", "democratic", "congo"]
    assert content_words("of the and") == []


def test_a_bag_is_the_same_for_list_style_and_plain_style() -> None:
    assert bag(fold("Bolivia, Plurinational State of")) == bag(fold("Plurinational State of Bolivia"))
    assert bag("b c a b") == "b b c"  # "a" is an article


@pytest.mark.parametrize(
    ("name", "prefix", "expected"),
    [
        ("Perú", "per", True),
        ("Perú", "PERÚ", True),
        ("Côte d’Ivoire", "cote d'i", True),
        ("Côte d’Ivoire", "cote di", False),
        ("U.S. Virgin Islands", "u.s. v", True),
        ("Costa Rica", "rica", False),
        ("Costa Rica", "", True),
        ("Costa Rica", "/", False),
        ("/srv", "/", True),
    ],
)
def test_a_name_begins_as_written_whatever_the_accents_and_case(name: str, prefix: str, expected: bool) -> None:
    assert begins(name, prefix) is expected
