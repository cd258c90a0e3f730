"""Names and dates stand in sentences as the language has them: nothing unelided in French, nothing told twice."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Call

import govmap
from govmap.language import LANGUAGES, Language

UNELIDED = re.compile(r"\b(?:de|que|le|la|ne) (?:[aeiouéèêœ]|h[aeio](?!ut))", re.IGNORECASE)
CALLS = (
    "compare Argentine",
    "compare États-Unis",
    "compare Équateur Pérou",
    "compare RCM R4V --relation observer",
    "compare RCM SACM --relation observer",
    "brief Équateur",
    "map Équateur",
    "links OCAM",
    "membership Bahamas OCAM",
    "membership Belize OCAM",
    "membership Équateur ANDEAN",
)


@pytest.mark.parametrize("typed", CALLS)
def test_french_has_no_vowel_after_a_word_that_it_would_elide(call: Call, typed: str) -> None:
    page = call(*typed.split(), "--lang", "fr").out
    first = " ".join(page.partition("\n\n")[0].split())
    assert not UNELIDED.findall(first), first


def test_french_sets_no_space_before_a_comma(call: Call) -> None:
    for words in (("evidence", "LAD-8"), ("evidence", "R4V"), ("evidence", "QUITO", "--full")):
        assert "\u00a0," not in call(*words, "--lang", "fr").out


def test_spanish_names_without_article_are_no_subjects(call: Call) -> None:
    page = " ".join(call("history", "--lang", "es", "--full").out.split())
    assert "República Dominicana y Guyana: consta que figuran en QUITO" in page
    assert "Nueva denominación: Comisión de Asuntos Migratorios (antes, Comisión Especial de" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_two_countries_is_offered_with_what_tells_them_apart(call: Call, language: Language) -> None:
    answer = call("country", "Congo", "--lang", language)
    assert answer.code == 1
    if language == "es":
        assert "República Democrática del Congo" in answer.err
        assert "Congo (COG)" in answer.err
    assert call("country", "Congo (COG)", "--lang", language, "--json").json()["country"]["code"] == "COG"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_event_has_its_date_twice(call: Call, language: Language) -> None:
    page = " ".join(call("mechanism", "CAM", "--lang", language).out.split())
    assert page.count("2023-11-19") == 0
    assert len(re.findall(r"19\S* (?:de )?(?:November|noviembre|novembro|novembre)", page)) == 1


def test_a_diff_names_ten_of_a_kind_and_shows_no_python(call: Call, atlas: govmap.Atlas) -> None:
    typed = ("diff", "--from", "2020", "--to", "2023-04")
    short, whole = call(*typed).out, call(*typed, "--full").out
    assert "{'" not in whole
    assert "recognises; en: its role as a place for dialogue on migration; es:" in " ".join(whole.split())
    events = govmap.diff(atlas, from_="2020", to="2023-04").changes
    added = sum(change.kind == "events" for change in events)
    assert added > 10
    section = short.partition(f"Events ({added})")[2].partition("\n\n")[0]
    assert section.count("\nadded") + section.count("\nchanged") + section.count("\nremoved") == 10
    assert f"{added - 10} more rows: --full" in short


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["country {}", "country {} --full", "brief {}"])
def test_a_role_in_brackets_has_its_date_after_a_comma(call: Call, typed: str, language: Language) -> None:
    for name, date in (("CA", "2023-04"), ("MEX", "2023-04"), ("CUW", "2025-12")):
        page = call(*typed.format(name).split(), "--lang", language, "--as-of", date).out
        first = " ".join(page.partition("\n\n")[0].split())
        assert first.count("(") > 1, "there is a role"
        assert not re.search(r"\([^)]*\(", first), first


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friend, since September 2020"),
        ("es", "amigo, desde septiembre de 2020"),
        ("pt", "amigo, desde setembro de 2020"),
        ("fr", "ami, depuis septembre 2020"),
    ],
)
def test_a_role_tells_since_when_it_is_held(call: Call, language: Language, text: str) -> None:
    assert text in " ".join(call("country", "France", "--full", "--lang", language).out.split())


def test_one_new_observer_is_worded_in_the_singular(call: Call) -> None:
    assert "QUITO, new as observer: France" in " ".join(call("history", "QUITO", "--full").out.split())
