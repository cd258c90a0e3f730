"""People are answered in their language; programs find the same keys, ids and words in every one."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import govmap
from govmap import dates
from govmap.cli.options import language_of
from govmap.language import LANGUAGES, LOCALE_VARIABLES, VARIABLE, current, language_of_environment
from govmap.layout.words import countries
from govmap.texts import NOR, OR, decimal, enumerated, in_series, percent

OTHERS = tuple(language for language in LANGUAGES if language != "en")
Call = Callable[..., Any]


def in_each(write: Callable[[], object]) -> dict[str, object]:
    """Return what *write* returns in each language."""
    written: dict[str, object] = {}
    for language in LANGUAGES:
        with govmap.speaking(language):
            written[language] = write()
    return written


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"GOVMAP_LANG": "es"}, "es"),
        ({"GOVMAP_LANG": " PT-br "}, "pt"),
        ({"GOVMAP_LANG": "", "LANG": "fr_CA.UTF-8"}, "fr"),
        ({"GOVMAP_LANG": "en", "LANG": "fr_CA.UTF-8"}, "en"),
        ({"LC_ALL": "es_419", "LC_MESSAGES": "fr", "LANG": "pt"}, "es"),
        ({"LC_MESSAGES": "pt_BR", "LANG": "es"}, "pt"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "est_EE"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_environment_decides_the_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name in (VARIABLE, *LOCALE_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of_environment() == language


@pytest.mark.parametrize(
    ("arguments", "language", "rest"),
    [
        (["country", "Peru"], "en", ["country", "Peru"]),
        (["country", "--lang", "es", "Peru"], "es", ["country", "Peru"]),
        (["--lang=fr_CA", "country", "Peru"], "fr", ["country", "Peru"]),
        (["search", "--", "--lang", "es"], "en", ["search", "--", "--lang", "es"]),
        (["country", "Peru", "--lang", "PT"], "pt", ["country", "Peru"]),
    ],
)
def test_the_option_is_taken_from_wherever_it_stands(arguments: list[str], language: str, rest: list[str]) -> None:
    assert language_of(arguments) == (language, rest)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("country", "Peru", "--lang"), "--lang needs a language. Try: --lang en"),
        (("country", "Peru", "--lang="), "--lang needs a language. Try: --lang en"),
        (("country", "Peru", "--lang", "--bom"), '--lang cannot be "--bom"'),
        (("country", "Peru", "--lang", "klingon"), '--lang cannot be "klingon". Did you mean en, es, pt or fr?'),
        (("--lang", "es", "country", "Peru", "--lang", "es"), '"--lang" is given twice; use it once'),
    ],
)
def test_a_language_that_there_is_not_is_a_wrong_call(call: Call, arguments: tuple[str, ...], error: str) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert error in answer.err


def test_a_wrong_language_in_the_environment_is_reported_unless_the_option_gives_another(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "xx")
    assert call("country", "Peru") == (2, "", 'Error: GOVMAP_LANG cannot be "xx". Did you mean en, es, pt or fr?\n')
    assert call("country", "Peru", "--lang", "es").out.startswith("Perú (PE, PER) ")


def test_a_wrong_option_is_reported_in_the_language_of_the_environment(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "es")
    error = 'Error: --lang no puede ser "xx". ¿Quiso decir en, es, pt o fr?\n'
    assert call("country", "Peru", "--lang", "xx") == (2, "", error)


def test_the_space_that_french_sets_before_a_colon_is_shown_as_it_is(call: Call) -> None:
    wrong = ("compare", "Perú", "Chile", "CRM", "--lang", "fr")
    assert "pas les deux\u00a0: Perú est un pays" in call(*wrong).err
    assert "pas les deux\u00a0: Perú est un pays" in json.loads(call(*wrong, "--json").err)["error"]["message"]


def test_a_call_leaves_the_language_as_it_was(call: Call) -> None:
    assert call("country", "Peru", "--lang", "es").code == 0
    assert current() == "en"
    with govmap.speaking("fr"):
        assert call("country", "Peru", "--lang", "es").code == 0
        assert current() == "fr"


@pytest.mark.parametrize("arguments", [("country", "PE"), ("overlap", "asylum"), ("list", "countries")], ids=" ".join)
@pytest.mark.parametrize("language", OTHERS)
def test_json_has_the_names_of_the_language_and_the_same_keys_and_ids(
    call: Call, arguments: tuple[str, ...], language: str
) -> None:
    english, other = (call(*arguments, "--json", "--lang", used).json() for used in ("en", language))
    assert english != other
    assert _without_texts(english) == _without_texts(other)


def _without_texts(value: Any) -> Any:
    """Return a JSON value with null in place of names and sentences."""
    if isinstance(value, dict):
        texts = ("name", "label", "matched", "text", "note", "caution", "title", "publisher")
        return {key: None if key in texts else _without_texts(item) for key, item in value.items()}
    return [_without_texts(item) for item in value] if isinstance(value, list) else value


def test_names_of_every_kind_follow_the_language(atlas: govmap.Atlas) -> None:
    with govmap.speaking("es"):
        assert atlas.country("PE").name == "Perú"
        assert atlas.mechanism("RCM").name == "Conferencia Regional sobre Migración"
        assert atlas.agencies["IOM"].name == "Organización Internacional para las Migraciones"
        assert atlas.themes["trafficking"].label == "trata de personas"
        assert atlas.mechanisms["nals-2021"].name == "Cumbre de Líderes de América del Norte"
    with pytest.raises(govmap.UsageError, match='language cannot be "de"'), govmap.speaking("de"):
        pass


def test_english_reads_no_catalogue() -> None:
    look = (
        "import sys; from govmap.language import _, ngettext, speaking\n"
        "with speaking('en'): assert _('none') == 'none' and ngettext('one', 'many', 2) == 'many'\n"
        "print('gettext' in sys.modules)"
    )
    done = subprocess.run((sys.executable, "-c", look), capture_output=True, timeout=60, check=True)
    assert done.stdout == b"False\n"


@pytest.mark.weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_those_of_the_unicode_cldr(language: str) -> None:
    babel = pytest.importorskip("babel.dates")
    locale = {"pt": "pt_BR", "en": "en_GB"}.get(language, language)
    with govmap.speaking(language):
        for month in range(1, 13):
            day = datetime.date(2023, month, 19)
            assert dates.format_date(day.isoformat()) == babel.format_date(day, "long", locale=locale)
            assert dates.format_date(f"2023-{month:02d}") == babel.format_skeleton("yMMMM", day, locale=locale)
        assert dates.format_date("2023") == "2023"


def test_a_date_is_worded_in_a_sentence_as_the_language_has_it() -> None:
    assert in_each(lambda: (dates.format_date("2023-04-01"), dates.as_of("2023-04"), dates.as_of("2023-11-19"))) == {
        "en": ("1 April 2023", "as of April 2023", "as of 19 November 2023"),
        "es": ("1 de abril de 2023", "a abril de 2023", "al 19 de noviembre de 2023"),
        "pt": ("1º de abril de 2023", "em abril de 2023", "em 19 de novembro de 2023"),
        "fr": ("1er avril 2023", "en avril 2023", "au 19 novembre 2023"),
    }


@pytest.mark.parametrize(
    ("language", "names", "series", "choice"),
    [
        ("en", ("Peru", "Italy"), "Peru and Italy", "Peru or Italy"),
        ("es", ("Perú",), "Perú", "Perú"),
        ("es", ("Perú", "Chile", "Haití"), "Perú, Chile y Haití", "Perú, Chile o Haití"),
        ("es", ("Perú", "Italia"), "Perú e Italia", "Perú o Italia"),
        ("es", ("salud", "higiene"), "salud e higiene", "salud o higiene"),
        ("es", ("agua", "hielo"), "agua y hielo", "agua o hielo"),
        ("es", ("ACNUR", '"OIM"'), 'ACNUR y "OIM"', 'ACNUR u "OIM"'),
        ("es", ("siete", "ocho", "11"), "siete, ocho y 11", "siete, ocho u 11"),
        ("pt", ("Peru", "Itália"), "Peru e Itália", "Peru ou Itália"),
        ("fr", ("Pérou", "Italie"), "Pérou et Italie", "Pérou ou Italie"),
    ],
)
def test_names_are_enumerated_as_the_language_has_it(
    language: str, names: tuple[str, ...], series: str, choice: str
) -> None:
    with govmap.speaking(language):
        assert (enumerated(names), enumerated(names, by=OR)) == (series, choice)


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (
            lambda: enumerated(("QUITO", "R4V", "RIAM"), by=NOR),
            [f"QUITO, R4V {nor} RIAM" for nor in ("or", "ni", "nem", "ni")],
        ),
        (lambda: in_series(["A, B", "C"]), ["A, B; C"] * 3 + ["A, B\u00a0; C"]),
        (lambda: decimal(0.6364), ["0.64", "0.64", "0,64", "0,64"]),
        (lambda: percent(0.6364), ["64%", "64\u00a0%", "64%", "64\u00a0%"]),
        (
            lambda: tuple(map(countries, range(3))),
            [
                ("0 countries", "1 country", "2 countries"),
                ("0 países", "1 país", "2 países"),
                ("0 país", "1 país", "2 países"),
                ("0 pays", "1 pays", "2 pays"),
            ],
        ),
    ],
    ids=["denial", "series", "decimal", "percent", "plurals"],
)
def test_lists_and_numbers_are_written_as_the_language_has_them(
    write: Callable[[], object], expected: list[object]
) -> None:
    assert [*in_each(write).values()] == expected


def test_a_page_in_another_language_says_which_names_are_of_this_dataset(call: Call) -> None:
    proposed = call("country", "Peru", "--full", "--lang", "pt").out
    assert "Nomes em formulação deste conjunto de dados: CAM, RIAM\n" in proposed
    assert "formulação própria" not in call("country", "Peru", "--lang", "pt").out


def test_html_says_in_which_language_it_is(call: Call) -> None:
    assert '<html lang="pt">' in call("country", "Peru", "-f", "html", "--lang", "pt").out
    assert '<html lang="en">' in call("country", "Peru", "-f", "html").out


@pytest.mark.parametrize(
    "arguments", [("country", "Peru"), ("list", "groups", "--theme", "asylum"), ("compare", "RCM", "LAD")], ids=" ".join
)
def test_rows_for_programs_have_the_same_columns_and_words(call: Call, arguments: tuple[str, ...]) -> None:
    texts = [call(*arguments, "-f", "tsv", "--lang", language).out for language in ("en", "es")]
    english, spanish = ([line.split("\t") for line in text.splitlines()] for text in texts)
    assert english[0] == spanish[0]
    assert {row[0] for row in english} == {row[0] for row in spanish}
    assert {row[3] for row in english} == {row[3] for row in spanish} or arguments[0] == "list"


def test_an_export_is_the_same_in_every_language_but_for_the_labels_of_networks(call: Call, tmp_path: Path) -> None:
    for language in ("en", "es"):
        assert call("export", "csv", str(tmp_path / language), "--lang", language).code == 0
    for path in (tmp_path / "en").iterdir():
        assert path.read_bytes() == (tmp_path / "es" / path.name).read_bytes()
    assert "Perú" in call("export", "mermaid", "--lang", "es").out


def test_a_kind_or_a_status_may_be_given_as_the_page_shows_it(call: Call) -> None:
    def facts(*arguments: str) -> list[Any]:
        return [fact["part"] for fact in call("evidence", "--status", *arguments, "--json").json()["facts"]]

    def mechanisms(*arguments: str) -> list[Any]:
        return [mechanism["id"] for mechanism in call("list", "mechanisms", "--kind", *arguments, "--json").json()]

    assert facts("confirmado", "--lang", "es") == facts("confirmed") != []
    assert mechanisms("Proceso consultivo", "--lang", "es") == mechanisms("consultative process") != []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("country",), "Falta el argumento 'NOMBRE'"),
        (("country", "Peru", "--jsn"), "No existe la opción: --jsn (opciones posibles: --json)"),
        (("country", "Peru", "--zzzz"), "No existe la opción: --zzzz"),
        (("membership", "Peru", "RCM", "Chile"), "Sobran argumentos (Chile)"),
        (("country", "Peru", "--as-of"), "La opción '--as-of' necesita un valor"),
        (("country", "Peru", "--json=yes"), "La opción '--json' no admite ningún valor"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_with_a_call_is_said_in_the_language(call: Call, arguments: tuple[str, ...], error: str) -> None:
    answer = call("--lang", "es", *arguments)
    assert (answer.code, answer.err.partition(". Pruebe")[0]) == (2, f"Error: {error}")


HELP = {
    "es": ("Uso: govmap country [OPCIONES]", "Argumentos", "[obligatorio]", "Ejemplo: govmap", "Muestra esta ayuda"),
    "en": ("Usage: govmap country [OPTIONS]", "Arguments", "[required]", "Example:", "Show this message"),
}


def test_help_speaks_the_language_of_the_call_and_english_again_after_it(call: Call) -> None:
    for arguments, language in ((("--lang", "es"), "es"), ((), "en")):
        text = call("country", "--help", *arguments).out
        assert [words for words in HELP[language] if words not in text] == []


def test_a_choice_may_be_made_in_any_language_whatever_that_of_the_answer(call: Call) -> None:
    themes = call("list", "themes", "--json").out
    for word in ("temas", "thèmes", "TEMAS"):
        assert call("list", word, "--json").out == themes
        assert call("list", word, "--lang", "pt").out == call("list", "themes", "--lang", "pt").out
