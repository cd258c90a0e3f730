"""People are answered in their language; programs find the same keys, ids and words in every one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from tests.test_docs import load_script

import govmap
from govmap.cli.lang import take_language
from govmap.language import LANGUAGES, LOCALE_VARIABLES, VARIABLE, current, language_of_environment

OTHERS = tuple(language for language in LANGUAGES if language != "en")


@pytest.fixture(name="translations", scope="module")
def _translations() -> ModuleType:
    return load_script("update_translations")  # type: ignore[return-value]  # a module, loaded by path


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
def test_the_environment_tells_the_language(
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
    assert take_language(arguments) == (language, rest)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("country", "Peru", "--lang"), "--lang needs a language. Try: --lang en"),
        (("country", "Peru", "--lang="), "--lang needs a language. Try: --lang en"),
        (("country", "Peru", "--lang", "--bom"), '--lang cannot be "--bom"'),
        (("country", "Peru", "--lang", "klingon"), '--lang cannot be "klingon". Did you mean en, es, pt or fr?'),
        (("--lang", "es", "country", "Peru", "--lang", "es"), '"--lang" is given twice; give it once'),
    ],
)
def test_a_language_that_there_is_not_is_a_wrong_call(
    call: Callable[..., Any], arguments: tuple[str, ...], told: str
) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_a_wrong_language_in_the_environment_is_told_unless_the_option_gives_another(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "xx")
    assert call("country", "Peru") == (2, "", 'Error: GOVMAP_LANG cannot be "xx". Did you mean en, es, pt or fr?\n')
    assert call("country", "Peru", "--lang", "es").out.startswith("Perú (PE, PER)\n")


def test_a_call_leaves_the_language_as_it_was(call: Callable[..., Any]) -> None:
    assert call("country", "Peru", "--lang", "es").code == 0
    assert current() == "en"
    with govmap.speaking("fr"):
        assert call("country", "Peru", "--lang", "es").code == 0
        assert current() == "fr"


@pytest.mark.parametrize("arguments", [("country", "PE"), ("overlap", "asylum"), ("list", "countries")], ids=" ".join)
@pytest.mark.parametrize("language", OTHERS)
def test_json_has_the_names_of_the_language_and_the_same_keys_and_ids(
    call: Callable[..., Any], arguments: tuple[str, ...], language: str
) -> None:
    english, other = (call(*arguments, "--json", "--lang", spoken).json() for spoken in ("en", language))
    assert english != other
    assert _without_texts(english) == _without_texts(other)


def _without_texts(value: Any) -> Any:
    """Return a JSON value with null in place of names and sentences."""
    if isinstance(value, dict):
        told = ("name", "label", "matched", "text", "note", "caution")
        return {key: None if key in told else _without_texts(item) for key, item in value.items()}
    return [_without_texts(item) for item in value] if isinstance(value, list) else value


def test_names_of_every_kind_follow_the_language(atlas: govmap.Atlas) -> None:
    with govmap.speaking("es"):
        assert atlas.country("PE").name == "Perú"
        assert atlas.mechanism("RCM").name == "Conferencia Regional sobre Migración"
        assert atlas.agencies["IOM"].name == "Organización Internacional para las Migraciones"
        assert atlas.themes["trafficking"].label == "trata de personas"
        assert atlas.mechanisms["nals-2021"].name == "North American Leaders' Summit", "as it has no other name"
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


def test_every_catalogue_is_compiled_as_it_stands(translations: Any) -> None:
    for language, locale in translations.LOCALES.items():
        path = translations.po_file(language)
        assert path.with_suffix(".mo").read_bytes() == translations.as_mo(translations.read(path, locale))
