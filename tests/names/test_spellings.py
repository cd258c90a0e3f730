from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govmap
from govmap.names.folding import content_words, fold
from govmap.names.resolver import Resolver
from govmap.names.similarity import has_long_word_near, within_slips
from govmap.names.spellings import WORTH_AN_INDEX, Spellings

pytestmark = pytest.mark.once  # on what the answers say, so that one Python is enough

KINDS = ("country", "mechanism", "agency", "theme")
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz ")


@pytest.fixture(name="atlas", scope="module")
def _atlas() -> govmap.Atlas:
    return govmap.load()


@cache
def every_spelling(kind: str) -> tuple[dict[str, str], Spellings]:
    """Return the spellings of a kind of record with their ids, and an index of them."""
    ids = dict(getattr(govmap.load(), f"{kind}_names").spellings.ids)
    return ids, indexed(ids)


def indexed(ids: dict[str, str]) -> Spellings:
    """Return spellings for which an index is worth while."""
    spellings = Spellings(ids)
    for _ in range(WORTH_AN_INDEX):
        spellings.near("")
    return spellings


@st.composite
def slips(draw: st.DrawFn, names: list[str]) -> str:
    """Return one of *names* with up to three letters lost, added, replaced or swapped."""
    text = draw(st.sampled_from(names))
    for _ in range(draw(st.integers(0, 3))):
        at, letter = draw(st.integers(0, len(text))), draw(LETTERS)
        before, after = text[:at], text[at:]
        changed = (before + after[1:], before + letter + after, before + letter + after[1:])
        text = draw(st.sampled_from((*changed, before + after[1:2] + after[:1] + after[2:])))
    return text


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_an_index_finds_what_measuring_every_spelling_finds(kind: str, data: st.DataObject) -> None:
    every, few = every_spelling(kind)
    text = data.draw(slips(list(every)))
    assert set(within_slips(text, few.near(text))) == set(within_slips(text, list(every)))
    for word in text.split():
        assert {s for s in few.with_word(word) if word in s.split()} == {s for s in every if word in s.split()}
        long_ones = {s for s in few.with_long_word_near(word) if has_long_word_near(word, s, [])}
        assert long_ones == {s for s in every if has_long_word_near(word, s, [])}


@pytest.mark.parametrize("kind", KINDS)
def test_the_answers_are_the_same_before_and_after_there_is_an_index(atlas: govmap.Atlas, kind: str) -> None:
    names: Resolver = getattr(atlas, f"{kind}_names")
    asked = [f"{' '.join(content_words(fold(text)))[1:]}x" for text in list(names.spellings.ids)[:10]]

    names.spellings = Spellings(names.spellings.ids)
    first = [(names.near(name), names.suggest(name)) for name in asked]
    names.spellings = indexed(dict(names.spellings.ids))
    assert [(names.near(name), names.suggest(name)) for name in asked] == first


@pytest.mark.parametrize(("text", "found"), [("a", ["abc"]), ("ab", ["abc"]), ("abcde", ["abc"]), ("xyz", [])])
def test_short_texts_have_no_more_letters_to_take_out_than_there_are(text: str, found: list[str]) -> None:
    assert indexed({"abc": "A"}).near(text) == found
