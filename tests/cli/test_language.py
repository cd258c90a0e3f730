"""What programs read is in English on every machine; the locale moves pages, and GOVMAP_LANG and --lang move both."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Call
from tests.examples import ON_ATLAS, Words

from govmap.formats.registry import FORMATS
from govmap.language import LOCALE_VARIABLES, VARIABLE

FOR_PROGRAMS = [name for name, form in FORMATS.items() if form.shape in ("record", "rows") and form.is_text]
FOR_PEOPLE = [name for name, form in FORMATS.items() if form.shape in ("page", "picture") and form.is_text]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, *LOCALE_VARIABLES):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.once
@pytest.mark.parametrize("words", ON_ATLAS, ids=" ".join)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_the_same_in_every_locale(
    call: Call, monkeypatch: pytest.MonkeyPatch, words: Words, form: str
) -> None:
    without = call(*words, "--format", form)
    monkeypatch.setenv("LANG", "es_PE.UTF-8")
    assert call(*words, "--format", form) == without


@pytest.mark.parametrize("form", FOR_PROGRAMS)
def test_every_format_for_programs_is_english_unless_a_language_is_asked_for(
    call: Call, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    english, spanish = call("map", "-f", form, "--lang", "en"), call("map", "-f", form, "--lang", "es")
    assert "Perú" in spanish.out
    assert "Perú" not in english.out
    monkeypatch.setenv("LC_ALL", "es_PE.UTF-8")
    assert call("map", f"-f{form}") == english
    monkeypatch.setenv("GOVMAP_LANG", "es")
    assert call("map", f"--format={form}") == spanish
    assert call("map", "-f", form, "--lang", "en") == english


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_pages_and_pictures_follow_the_locale(call: Call, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    def shown(*options: str) -> str:
        """Return the page, but for the option in the calls that it prints."""
        return re.sub(" --lang (en|es)", "", call("map", "-f", form, *options).out)

    english, spanish = shown("--lang", "en"), shown("--lang", "es")
    assert english != spanish
    assert shown() == english
    monkeypatch.setenv("LANG", "es_PE.UTF-8")
    assert shown() == spanish
    monkeypatch.setenv("GOVMAP_LANG", "en")
    assert shown() == english
    assert shown("--lang", "es") == spanish


def test_the_message_of_a_failure_is_of_the_language_of_the_answer(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "es_PE.UTF-8")
    for options in ("", "-o x.md", "--output=x.MD", "-f html"):
        assert call("country", "Atlantis", *options.split()).err.startswith("Error: Ning"), options
    for options in ("--json", "-o x.csv", "--output x.json", "-f jsonl"):
        assert "No country is called" in call("country", "Atlantis", *options.split()).err, options


def test_a_message_keeps_the_space_that_french_sets_before_a_colon(call: Call) -> None:
    error = "Erreur : LAD n'existait pas en 2020 (fondation : 10 juin 2022). Essayez : --as-of 2022-06-10\n"
    answer = call("mechanism", "LAD", "--as-of", "2020", "--lang", "fr")
    assert answer == (1, "", error.replace(" :", "\u00a0:"))


@pytest.mark.parametrize(("language", "code"), [("es", "COG"), ("fr", "COG"), ("es", "MAF")])
def test_a_country_whose_name_others_have_is_called_by_its_code(call: Call, language: str, code: str) -> None:
    for command in ("country", "brief"):
        answer = call(command, code, "--lang", language)
        assert answer.code == 0, answer.err
    assert f"govmap gaps --country {code}" in call("country", code, "--lang", language).out
