"""What the default page of each question promises: it fits a screen, says nothing twice, and `--full` has all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.examples import DECLARATIONS, FIRST

import govmap
from govmap.language import Language, speaking

pytestmark = pytest.mark.once  # on what the answers say, so that one Python is enough

LANGUAGES = ("en", "es", "pt", "fr")
# The most lines that an answer may take at 80 columns, in any language. A list has one for each record, and a head.
BUDGETS = {
    ("country", "Peru"): 32,
    ("country", "Nicaragua"): 32,
    ("country", "Cuba"): 32,
    ("mechanism", "RCM"): 36,
    ("mechanism", "LAD"): 36,
    ("mechanism", "R4V"): 36,
    ("mechanism", "CAM"): 36,
    ("overlap", "human trafficking"): 32,
    ("overlap",): 30,
    ("compare", "RCM", "MIRPS"): 32,
    ("compare", "LAD", "QUITO"): 32,
    ("compare", "Peru", "Chile"): 32,
    ("gaps",): 26,
    ("history", "QUITO"): 26,
    ("history", "LAD"): 26,
    ("history",): 40,
    ("membership", "Peru", "RCM"): 12,
    ("membership", "Peru", "CAM"): 12,
    ("list", "themes"): 51 + 7,
    ("list", "groups"): 48 + 7,
    ("list", "mechanisms", "--coverage", "mentioned"): 26,  # 22 in English
    ("brief", "Peru"): 75,
    ("brief", "LAD"): 74,
    ("matrix",): 46,
    ("map",): 46,
}
QUESTIONS = [words for words in FIRST if DECLARATIONS[words[0]].asks_atlas]
HINT = re.compile(r"\n\n(More|Más|Mais|Plus\u00a0): [^\n]*(\n[^\n]+)?\n$")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", BUDGETS, ids=" ".join)
def test_a_page_fits_its_screen(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = call(*arguments, "--lang", language).out.splitlines()
    assert len(lines) <= BUDGETS[arguments], "\n".join(lines)


def tokens(text: str) -> set[str]:
    """Return the words and figures of *text*, without the punctuation around them."""
    return {word.strip(".,;:()\u00a0") for word in text.split()} - {""}


@pytest.mark.parametrize("language", ("en", "fr"))
@pytest.mark.parametrize("arguments", QUESTIONS, ids=" ".join)
def test_the_whole_page_has_every_name_figure_date_and_call_of_the_short_one(
    call: Callable[..., Any], arguments: tuple[str, ...], language: str
) -> None:
    short = HINT.sub("", call(*arguments, "--lang", language).out)
    whole = call(*arguments, "--full", "--lang", language).out
    assert not tokens(short) - tokens(whole) - {"--full"}
    assert "--full" not in whole, "it is the whole page already"


@pytest.mark.parametrize("arguments", QUESTIONS, ids=" ".join)
def test_a_short_page_says_nothing_twice(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    lines = [line.strip() for line in call(*arguments).out.splitlines()]
    long = [line for line in lines if len(line) > 40]
    assert sorted(set(long)) == sorted(long)


def test_no_line_is_the_same_on_every_page(call: Callable[..., Any]) -> None:
    pages = [set(call(*arguments).out.splitlines()) - {""} for arguments in QUESTIONS if arguments[0] != "cite"]
    assert not set.intersection(*pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_questions_of_an_analyst_are_answered_in_the_first_lines(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, atlas: govmap.Atlas, language: Language
) -> None:
    """Where is Peru; who works on trafficking and who is left out; what two share; what changed; what nobody covers."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("GOVMAP_LANG", language)
    with speaking(language):
        trafficking: Any = govmap.overlap(atlas, "trafficking in persons")
        left_out = [ref.name for ref in trafficking.uncovered if ref.code not in trafficking.themes_unknown]
        both: Any = govmap.compare(atlas, "RCM", "MIRPS")
        no_group = [theme.label for theme in govmap.list(atlas, "themes", uncovered=True)]
        latest = govmap.history(atlas, since="2023-05").entries[-1]
    for arguments, answer in (
        (("country", "Peru"), ["MIRPS", "RCM"]),
        (("overlap", "human trafficking"), [m.id for m in trafficking.mechanisms]),
        (("overlap", "trata de personas"), left_out),
        (("compare", "RCM", "MIRPS"), [ref.name for ref in both.shared]),
        (("history", "--since", "2023-05"), [str(latest.text)]),
        (("list", "themes", "--uncovered"), no_group),
    ):
        first = " ".join(" ".join(call(*arguments).out.splitlines()[:15]).split())
        assert [part for part in answer if part not in first] == [], arguments


def test_what_is_counted_since_then_is_what_the_call_beside_it_shows(call: Callable[..., Any]) -> None:
    seen = 0
    for id_ in ("CAM", "LAD", "MIRPS", "QUITO", "R4V", "RCM", "RIAM", "SACM"):
        head = " ".join(call("mechanism", id_).out.split("\n\n")[0].split())
        match = re.search(r"Since then: (\d+) events? \(govmap (history \S+ --since \S+)\)", head)
        if match:
            entries = call(*match[2].split(), "--json").json()["entries"]
            assert len(entries) == int(match[1]), id_
            seen += 1
    assert seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("date", [None, "2010", "1998"])
def test_what_happened_since_takes_few_lines_of_a_narrow_screen(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, language: str, date: str | None
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    seen = 0
    since = {"en": "Since then", "es": "Desde entonces", "pt": "Desde então", "fr": "Depuis lors"}[language]
    for arguments in QUESTIONS:
        out = call(*arguments, "--lang", language, *(("--as-of", date) if date else ())).out
        match = re.search(rf"^{since}[^\n]*\n(?:[^\n]+\n)*", out, re.MULTILINE)
        if match:
            assert len(match[0].splitlines()) <= 7, match[0]
            seen += 1
    assert seen > 2
