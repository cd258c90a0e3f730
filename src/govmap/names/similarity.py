"""Measures how far texts are apart: edit distances for slips, likeness for suggestions.

rapidfuzz is heavy, so this module is imported only for a text that matches nothing exactly. Slips are counted in the
optimal string alignment distance (insertion, deletion, substitution, swap of neighbours; L. Boytsov, "Indexing methods
for approximate dictionary searching", ACM JEA 16, 2011).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

MIN_LIKENESS = 0.82  # from which a name is suggested
MAX_BEHIND = 0.03  # how much less alike than the best candidate another may be that is suggested beside it


def within_distance(text: str, candidates: Sequence[str], most: int) -> list[tuple[str, int]]:
    """Return those of *candidates* at most so many slips from *text*, nearest first, each with its distance."""
    hits = process.extract(text, candidates, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(candidate, int(distance)) for candidate, distance, _ in hits]


def most_alike(text: str, candidates: Sequence[str]) -> list[str]:
    """Return those of *candidates* that are about as much like *text* as the best one, best first.

    Likeness is that of Jaro and Winkler, which favours a common beginning (W. E. Winkler, "String comparator metrics
    and enhanced decision rules in the Fellegi-Sunter model of record linkage", ASA, 1990).
    """
    hits = process.extract(text, candidates, scorer=JaroWinkler.similarity, score_cutoff=MIN_LIKENESS, limit=12)
    best = max((likeness for _, likeness, _ in hits), default=0.0)
    return [candidate for candidate, likeness, _ in hits if likeness >= best - MAX_BEHIND]


def slips_allowed(text: str, word: str) -> int:
    """Return how many slips may turn *word* into *text*: none to two, by length.

    A word of five to seven letters may have one, a longer one two. A word of four letters may have two letters swapped
    or one doubled, and a text of four letters or fewer is never taken for the mere beginning of a longer word.
    """
    if len(word) < 4 or len(text) < 4:
        return 0
    if len(word) == 4:
        is_swapped = sorted(text) == sorted(word)
        is_doubled = len(text) == 5 and re.sub(r"(.)\1", r"\1", text) == word
        return 1 if is_swapped or is_doubled else 0
    if len(text) == 4 and word.startswith(text):
        return 0
    return 1 if len(word) < 8 else 2


def within_slips(text: str, candidates: Sequence[str]) -> list[str]:
    """Return the nearest of *candidates* in which no word has more slips than its length allows."""
    near = [(name, distance) for name, distance in within_distance(text, candidates, 2) if _fits(text, name, distance)]
    return [name for name, distance in near if distance == near[0][1]]


def _fits(text: str, name: str, distance: int) -> bool:
    """Return whether each word of *text* is near enough to its word in *name*, which is so far away as a whole."""
    words, others = text.split(), name.split()
    if len(words) != len(others):
        return "".join(words) == "".join(others) or distance <= 1
    return all(
        OSA.distance(word, other) <= slips_allowed(word, other) for word, other in zip(words, others, strict=True)
    )


def has_long_word_near(word: str, name: str, excluded: Sequence[str]) -> bool:
    """Return whether *name*, of several words, has one of eight letters or more that is one slip from *word*."""
    words = name.split()
    long_words = (other for other in words if len(other) > 7 and other not in excluded)
    return len(words) > 1 and any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in long_words)
