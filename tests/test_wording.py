"""Pages are in the reader's language as a whole, and catalogues are spelled as that language spells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.examples import ON_ATLAS

import govmap
from govmap.language import LANGUAGES

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
    published = [about.title, str(about.author), *(source.title for source in atlas.sources.values())]
    published += ["; ".join(mechanism.names.values()) for mechanism in atlas.mechanisms.values()]
    for passage in sorted(published, key=len, reverse=True):
        text = text.replace(passage, " ")
    return re.sub(r'"[^"\n]*"|«[^»\n]*»|author = .*', " ", text)  # BibTeX joins authors by "and"


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
