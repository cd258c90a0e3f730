"""Finds the themes of a question by the sequences of letters that it shares with labels and graded questions.

Sequences of three to five letters of each word catch stems, derivations and slips alike (W. B. Cavnar and J. M.
Trenkle, "N-Gram-Based Text Categorization", SDAIR 1994); pairs of words catch compounds. What each one tells of a theme
was learned by ridge regression, and of other subjects by logistic regression, see `scripts/train_classifier.py`. It
needs no library, and is read only where labels are not enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from msgspec import Struct

from govmap.dataset.bundled import bundled_file
from govmap.names.folding import fold
from govmap.names.lexicon import unpack_part

ARTEFACT = "ngrams.msgpack"
SHORTEST, LONGEST = 3, 5
SIGNED = (*range(128), *range(-128, 0))  # what a byte stands for


class NgramClassifier(Struct, frozen=True):
    """What each feature of a text tells.

    Attributes:
        themes: The ids of themes.
        weights: By feature, signed bytes: what it tells of other subjects; then, in turn, the position of a theme and
            what it tells of that.
        off_subject_unit: What a byte stands for that tells of other subjects.
        off_subject_bias: What a text without any feature tells of other subjects.
        theme_unit: What a byte stands for that tells of a theme.

    """

    themes: tuple[str, ...]
    weights: dict[str, bytes]
    off_subject_unit: float
    off_subject_bias: float
    theme_unit: float

    def scores(self, text: str) -> tuple[dict[str, float], float]:
        """Return the score of each theme that *text* shares a feature with, and the probability of other subjects."""
        known = [self.weights[feature] for feature in set(features(text)) if feature in self.weights]
        norm = math.sqrt(len(known)) or 1.0
        off_subject, sums = 0, [0] * len(self.themes)
        for weights in known:
            off_subject += SIGNED[weights[0]]
            for at, weight in zip(weights[1::2], weights[2::2], strict=True):
                sums[at] += SIGNED[weight]
        scores = {id_: total * self.theme_unit / norm for id_, total in zip(self.themes, sums, strict=True)}
        return scores, 1 / (1 + math.exp(-off_subject * self.off_subject_unit / norm - self.off_subject_bias))


def features(text: str) -> Iterator[str]:
    """Yield the sequences of letters in the words of *text*, its longer words and its pairs of words."""
    words = fold(text).split()
    for word in words:
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            yield from (padded[start : start + length] for start in range(len(padded) - length + 1))
        if len(padded) > LONGEST:
            yield padded
    yield from map(" ".join, pairwise(words))


@cache
def trained() -> NgramClassifier:
    """Return the classifier that comes with the package."""
    return unpack_part(bundled_file(ARTEFACT), NgramClassifier)
