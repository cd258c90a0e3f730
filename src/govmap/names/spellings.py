"""Narrows the spellings that a name with slips may stand for, so that only those few are measured.

Two texts at most two slips apart have a text in common that each of them gives when at most two of its first letters
are taken out: an index of such texts finds all candidates (symmetric deletion: W. Garbe, "SymSpell", 2012, after
T. Bocek, E. Hunt and B. Stiller, "Fast Similarity Search in Large Dictionaries", University of Zurich, 2007). It takes
longer to make than to measure every spelling for some names, so the first names are looked for among all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations

from govmap.grouping import grouped

PREFIX = 7  # letters; what is beyond them is measured
WORTH_AN_INDEX = 40  # names after which it is made
LONG_WORD = 8  # letters of a word by which alone a longer name may be found


class Spellings:
    """The spellings of names.

    Attributes:
        ids: The ids by spelling, a space apart.
        all: The spellings.

    """

    def __init__(self, ids: Mapping[str, str]) -> None:
        """Look among the spellings of *ids*."""
        self.ids = ids
        self.all = list(ids)
        self._asked = 0

    def near(self, text: str) -> list[str]:
        """Return all that are at most two slips from *text*, and others, in their order."""
        self._asked += 1
        return self.all if self._asked <= WORTH_AN_INDEX else _found(self._by_deletion, text, 2)

    def with_word(self, word: str) -> Iterable[str]:
        """Return all that have a *word*."""
        return self._by_word.get(word, ())

    def with_long_word_near(self, word: str) -> Iterable[str]:
        """Return all of several words of which a long one is at most one slip from *word*, and others."""
        if len(word) < LONG_WORD - 1:
            return ()
        if self._asked <= WORTH_AN_INDEX:
            return self.all
        near = _found(self._long_words, word, 1)
        return dict.fromkeys(spelling for other in near for spelling in self._by_word[other])

    @cached_property
    def _by_deletion(self) -> dict[str, list[str]]:
        return _index(self.all, 2)

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        return grouped((word, spelling) for spelling in self.all for word in set(spelling.split()))

    @cached_property
    def _long_words(self) -> dict[str, list[str]]:
        return _index([word for word in self._by_word if len(word) >= LONG_WORD], 1)


def _index(texts: Iterable[str], most: int) -> dict[str, list[str]]:
    return grouped((short, text) for text in texts for short in _shortened(text, most))


def _found(index: dict[str, list[str]], text: str, most: int) -> list[str]:
    return list(dict.fromkeys(found for short in _shortened(text, most) for found in index.get(short, ())))


def _shortened(text: str, most: int) -> Iterator[str]:
    """Yield the first letters of *text* without so many of them or fewer."""
    prefix = text[:PREFIX]
    yield prefix
    for number in range(1, min(most, len(prefix)) + 1):
        for kept in combinations(prefix, len(prefix) - number):
            yield "".join(kept)
