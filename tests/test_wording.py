"""Pages are in the reader's language as a whole, and catalogues are spelled as that language spells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from tests.examples import ON_ATLAS
from tests.test_docs import ROOT, load_script

import govmap
from govmap.language import LANGUAGES, Language, ngettext
from govmap.names.folding import fold

pytestmark = pytest.mark.once  # on what the documents and answers say, so that one Python is enough

OTHERS = tuple(language for language in LANGUAGES if language != "en")
# The commonest function words of English that are no words of Spanish, Portuguese or French.
ENGLISH = (
    "the of and to for is that by this with it not be are from at your all have was will if they which their its who"
    " what when there than only would been were any these out up about into whose because while where how our each"
    " other another"
)
FUNCTION_WORDS = frozenset(ENGLISH.split())
MOST = 1 / 100


def words(text: str) -> list[str]:
    """Return the words of a page: no addresses, no calls to type, no codes."""
    bare = re.sub(r"https?://\S+|govmap [^;,)\n]*|--[a-z-]+", " ", text)
    return re.findall(r"[^\W\d_]+", bare)


def without_foreign(text: str) -> str:
    """Return a page without what stands as published: titles and authors, names in all languages, quotes."""
    atlas = govmap.load(scope="all")
    about = atlas.context.about
    acts = (act.title for act in atlas.context.resolutions)
    published = [about.title, str(about.author), *(source.title for source in atlas.sources.values()), *acts]
    published += ["; ".join(mechanism.names.values()) for mechanism in atlas.mechanisms.values()]
    for passage in sorted(published, key=len, reverse=True):
        text = text.replace(passage, " ")
    return re.sub(r'"[^"\n]*"|«[^»\n]*»|author = .*', " ", text)  # BibTeX joins authors by "and"


@pytest.mark.weekly
@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("full", [(), ("--full",)], ids=["short", "full"])
def test_no_page_is_half_in_english(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, language: str, full: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    mixed = {}
    for arguments in ON_ATLAS:
        with govmap.speaking(language):
            page = words(without_foreign(call(*arguments, *full, "--format", "table", "--lang", language).out))
        english = [word for word in page if word.lower() in FUNCTION_WORDS]
        if len(english) > MOST * len(page):
            mixed[arguments] = f"{len(english)} of {len(page)}: {' '.join(english[:40])}"
    assert mixed == {}


@pytest.fixture(name="catalogues", scope="module")
def _catalogues() -> dict[str, list[tuple[str, str]]]:
    """Every form of a text in English and as it is translated, by language; the names of commands are no texts."""
    pytest.importorskip("babel")
    scripts = load_script("update_translations")
    return {
        language: [
            forms
            for message in scripts.read(scripts.po_file(language), scripts.LOCALES[language])
            if message.id and message.context != "command"
            for forms in zip(scripts.forms(message.id), scripts.forms(message.string), strict=True)
        ]
        for language in OTHERS
    }


# Terms that no page of its own has: the texts of the data are held to them.
DATA = ("mechanisms", "sources")
ONLY_IN_DATA = ("refugee", "asylum seeker", "stateless person", "statelessness", "returnee")


def data_texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text in four languages below a value of the data."""
    if (
        isinstance(value, dict)
        and set(LANGUAGES) <= set(value)
        and all(isinstance(text, str) for text in value.values())
    ):
        yield value
    elif isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from data_texts(below)


def terms() -> list[list[str]]:
    """Return the rows of the table of terms: the English word, those of the other languages, and their source."""
    page = (ROOT / "docs" / "explanation" / "terminology.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.count(" | ") == 4]
    return [row for row in rows if row[0] not in ("term", "---")]


def test_themes_and_catalogues_have_the_words_of_the_terminology(catalogues: dict[str, list[tuple[str, str]]]) -> None:
    labels = {theme.preferred["en"]: theme for theme in govmap.load().themes.values()}
    # A word as it stands, or as a heading.
    known = {language: dict(forms) for language, forms in catalogues.items()}
    assert len(terms()) > 30
    for english, *others, source in terms():
        theme = labels.get(english)
        if theme is None and english not in known["es"] and english.capitalize() not in known["es"]:
            assert english in ONLY_IN_DATA
        elif theme is None:
            found = [known[language].get(english) or known[language][english.capitalize()] for language in OTHERS]
            assert [text.lower() for text in found] == others
        else:
            assert [theme.preferred[language] for language in OTHERS] == others
            assert source == " ".join(theme.label_sources[language] for language in LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_that_has_a_term_has_its_word(catalogues: dict[str, list[tuple[str, str]]], language: str) -> None:
    """The beginning of its first word will do, as words are inflected; so does the English one, for an option."""
    labels = {theme.preferred["en"] for theme in govmap.load().themes.values()}
    texts = [
        (re.sub(r"`.*?`|{.*?}", "", one), fold(other)) for one, other in catalogues[language] if "govmap:" not in one
    ]
    files = [path for path in (ROOT / "data").rglob("*.yaml") if path.parent.name == "mechanisms" or path.stem in DATA]
    of_data = [text for path in files for text in data_texts(yaml.safe_load(path.read_text(encoding="utf-8")))]
    assert len(of_data) > 500
    texts += [(text["en"], fold(text[language])) for text in of_data]
    wrong = []
    for row in (row for row in terms() if row[0] not in labels):
        word = re.compile(rf"(?<![-\w]){row[0]}(?:s|es)?(?![-\w]|\.yaml)", re.IGNORECASE)
        beginning = fold(row[LANGUAGES.index(language)])[:3]
        wrong += [
            (one, other)
            for one, other in texts
            if word.search(one) and not re.search(rf"\b{beginning}|{row[0]}", other)
        ]
    assert wrong == []


SPELLING = {
    "es": {"sólo": r"\bs[óÓ]lo\b", "an opening mark lacks": r"^[^¿]*\?|^[^¡]*!"},
    "pt": {"an opening mark": r"[¿¡]"},
    "fr": {
        "no fixed space before ; ? !": r"(?<!\u00a0)[;?!](?=\s|$|\))",
        "no fixed space before :": r"(?<!\u00a0):(?=\s|$)",
        "no fixed space inside «»": r"«(?!\u00a0)|(?<!\u00a0)»",
    },
}
ANY = {"a curly apostrophe": "’", "two blanks": r"\S  \S", "a blank at an end": r" $"}


@pytest.mark.parametrize("language", OTHERS)
def test_texts_are_spelled_as_their_language_is(
    catalogues: dict[str, list[tuple[str, str]]], language: Language
) -> None:
    """What is code, in backquotes or braces, is spelled as programs read it."""
    atlas = govmap.load(scope="all")
    texts = [other for english, other in catalogues[language] if not english.startswith(("govmap:", "Usage:"))]
    named = [*(m.names for m in atlas.mechanisms.values()), *(agency.names for agency in atlas.agencies.values())]
    texts += [names[language] for names in named if language in names]
    texts += [theme.preferred[language] for theme in atlas.themes.values()]
    notes = [piece.notes for mechanism in atlas.mechanisms.values() for piece in mechanism.evidence.values()]
    texts += [note[language] for note in notes if isinstance(note, dict)]
    wrong = []
    for text in texts:
        bare = re.sub(r"`[^`]*`|https?://\S+|\{\{.*?\}\}|key: value", "X", text)
        wrong += [(what, text) for what, found in {**ANY, **SPELLING[language]}.items() if re.search(found, bare)]
    assert wrong == []


@pytest.mark.parametrize(("language", "one", "many"), [("es", {1}, {0, 2}), ("pt", {0, 1}, {2}), ("fr", {0, 1}, {2})])
def test_plurals_follow_the_rule_of_the_language(language: str, one: set[int], many: set[int]) -> None:
    with govmap.speaking(language):
        said = {n: ngettext("{n} theme", "{n} themes", n).format(n=n) for n in one | many}
    assert {n for n, text in said.items() if text.endswith("s")} == many


def test_a_map_says_of_which_mechanisms_it_is_unless_it_is_of_all(call: Callable[..., Any]) -> None:
    title = "Countries by how many of CAM, LAD, QUITO, R4V, RCM, RIAM and SACM list them"
    assert " ".join(call("map", "Peru", "RCM").out.split()).startswith(title)
    assert call("map").out.startswith("Countries by how many of 8 mechanisms list them")


def test_a_mechanism_without_an_acronym_is_linked_by_its_name(call: Callable[..., Any]) -> None:
    for options in ((), ("--full",)):
        out = call("mechanism", "MIRPS", "--as-of", "2026", *options).out
        assert "Cartagena Process" in out
        assert "cartagena-process" not in out


def test_titles_show_names_and_never_ids(call: Callable[..., Any]) -> None:
    def title(*arguments: str) -> str:
        return str(call("list", *arguments, "--lang", "es", "-f", "md").out.splitlines()[0])

    assert title("groups", "--member", "PER", "--theme", "trata") == "# Grupos (miembro: Perú; tema: trata de personas)"
    assert title("mechanisms", "--secretariat", "UNHCR", "--kind", "network").startswith(
        "# Mecanismos (secretaría técnica: Oficina del Alto Comisionado"
    )
    assert title("mechanisms", "--coverage", "mentioned") == "# Mecanismos (solo nombrados en la fuente)"


def test_html_has_the_language_of_titles_and_names_that_are_not_in_that_of_the_page(call: Callable[..., Any]) -> None:
    page = call("mechanism", "SACM", "--full", "--sources", "--lang", "pt", "-f", "html").out
    assert '<html lang="pt">' in page
    assert re.search(r'\[\d+\] <span lang="es">¿Qué es la CSM\?</span> Conferência', page)
    assert '<dd lang="en">South American Conference on Migration (SACM)</dd>' in page
    assert '<span lang="pt">' not in page
    assert (
        '<span lang="es">¿Qué es la CSM?</span>' not in call("mechanism", "SACM", "--full", "--sources", "-f", "md").out
    )


def test_no_line_in_french_begins_with_the_mark_that_a_fixed_space_precedes(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    pages = [call(*arguments, "--full", "--lang", "fr").out for arguments in ON_ATLAS]
    assert [line for page in pages for line in page.splitlines() if line.strip()[:1] in (";", ":", "?", "»")] == []
    assert any("\u00a0;" in page for page in pages)
