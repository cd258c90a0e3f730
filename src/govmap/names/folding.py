"""Reduces texts to plain words, so that accents, case, punctuation and order make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from govmap.grouping import grouped

_WORD = re.compile(r"[^\W_]+")


class _Plain(dict[int, Any]):
    """What stands for each character, found when it is first met: nothing for marks and what only formats."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        plain = None if unicodedata.combining(char) or unicodedata.category(char) == "Cf" else char
        self[code] = plain
        return plain


_PLAIN = _Plain(str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}))
# The letters of which flags are made stay letters: two flags after a name are not nothing.
_FLAGS = {0x1F1E6 + i: chr(ord("a") + i) for i in range(26)}
# Articles, prepositions and conjunctions, with the languages that they are of.
STOP_WORDS_OF = {
    **dict.fromkeys(("the", "of", "and", "on", "for", "in"), "en"),
    **dict.fromkeys(("el", "los", "las", "lo", "del", "y"), "es"),
    **dict.fromkeys(("o", "os", "as", "do", "da", "dos", "das", "em"), "pt"),
    **dict.fromkeys(("le", "les", "l", "d", "du", "des", "et", "pour"), "fr"),
    **dict.fromkeys(("sobre", "para", "por"), "es pt"),
    "a": "en es pt fr",
    "de": "es pt fr",
    "e": "es pt",
    "en": "es fr",
    "la": "es fr",
}
STOP_WORDS = frozenset(STOP_WORDS_OF)
# Not initials but words: e a, e o (Portuguese), y a, y o (Spanish), y a, à l', n'a, s'y (French) and the like.
_TWO_WORDS = frozenset(("ea", "eo", "ya", "yo", "al", "ca", "ja", "ma", "na", "sa", "ta", "ly", "ny", "sy"))
_SYNONYMS = {
    "st": "saint",
    "ste": "sainte",
    "republica": "republic",
    "republique": "republic",
    "rep": "republic",
    "dem": "democratic",
}


@lru_cache(maxsize=2048)  # words recur, and a question is folded for each kind of name that it may be
def fold(text: str) -> str:
    """Return the words of *text* without accents, case and punctuation, a space apart."""
    return " ".join(_join_initials(_plain_words(text)))


def fold_code(text: str) -> str:
    """Return *text* as codes are compared: in lower case, with compatible characters unified, flags as letters."""
    return unicodedata.normalize("NFKC", text.translate(_FLAGS)).strip().casefold()


def begins(name: str, prefix: str) -> bool:
    """Return whether *name* begins with *prefix*, whatever the accents, case, punctuation and spacing."""
    folded = " ".join(_plain_words(prefix))
    return " ".join(_plain_words(name)).startswith(folded) if folded else name.startswith(prefix)


def content_words(folded: str) -> list[str]:
    """Return the words of a folded text that carry its meaning, with the usual abbreviations written out."""
    return [_SYNONYMS.get(word, word) for word in folded.split() if word not in STOP_WORDS]


def bag(folded: str) -> str:
    """Return the content words in alphabetical order, so that "Korea, Republic of" equals "Republic of Korea"."""
    return " ".join(sorted(content_words(folded)))


def joined_by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the values of each key in *pairs*, a space apart, which is fast to read."""
    return {key: " ".join(sorted(set(values))) for key, values in sorted(grouped(pairs).items())}


def _plain_words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.casefold())
    return _WORD.findall(unicodedata.normalize("NFKD", text.translate(_FLAGS)).casefold().translate(_PLAIN))


def _join_initials(words: list[str]) -> Iterator[str]:
    """Yield *words*, joining single letters that follow one another: u s a becomes usa, but e o remain two words."""
    for is_letter, run in groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        letters = list(run)
        initials = "".join(letters)
        yield from [initials] if is_letter and initials not in _TWO_WORDS else letters
