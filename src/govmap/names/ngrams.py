"""Tells what a question is on by the sequences of letters that it shares with labels and graded questions.

Sequences of three to five letters of each word catch stems, derivations and slips alike (W. B. Cavnar and J. M.
Trenkle, "N-Gram-Based Text Categorization", SDAIR 1994); pairs of words catch compounds. Each weighs by its inverse
document frequency. What it tells of a theme was learned by a linear support vector machine for each theme (C. Cortes
and V. Vapnik, "Support-Vector Networks", Machine Learning 20, 1995), and of other subjects by logistic regression, see
`scripts/train_classifier.py`. It needs no library, and is read only where labels are not enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import accumulate, pairwise

from msgspec import Struct

from govmap.dataset.bundled import bundled_file
from govmap.names.folding import fold
from govmap.names.lexicon import unpack_part

ARTEFACT = "ngrams.msgpack"
SHORTEST, LONGEST = 3, 5
SIGNED = (*range(128), *range(-128, 0))  # what a byte stands for


class NgramClassifier(Struct, frozen=True, dict=True):
    """The scores that each feature of a text adds to themes, and to other subjects.

    What belongs to features is kept by column, in their order, which is smaller than a record each. Scores are signed.

    Attributes:
        themes: The ids of themes.
        biases: The score of each theme for a text without features.
        off_subject_bias: The score of other subjects for it.
        theme_unit: What one unit of a theme's byte is worth.
        off_subject_unit: What one unit of the byte of other subjects is worth.
        rarity_unit: What one unit of an inverse document frequency is worth.
        features: The features, a line each.
        rarities: The inverse document frequency of each.
        off_subject_scores: The score of each for other subjects.
        counts: The number of themes that each has a score for.
        positions: The positions of these themes, one feature after the other.
        scores: The scores for them.

    """

    themes: tuple[str, ...]
    biases: tuple[float, ...]
    off_subject_bias: float
    theme_unit: float
    off_subject_unit: float
    rarity_unit: float
    features: str
    rarities: bytes
    off_subject_scores: bytes
    counts: bytes
    positions: bytes
    scores: bytes

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each feature in its columns."""
        return {feature: at for at, feature in enumerate(self.features.split("\n"))}

    @cached_property
    def _starts(self) -> list[int]:
        """Where the scores of each feature begin, and those of the last one end."""
        return list(accumulate(self.counts, initial=0))

    def margins(self, text: str) -> tuple[dict[str, float], float]:
        """Return how far *text* is on the side of each theme, and how far on that of other subjects."""
        known = [self._places[feature] for feature in set(features(text)) if feature in self._places]
        norm = math.sqrt(sum(self.rarities[at] ** 2 for at in known)) or 1.0
        off_subject = 0
        sums = [0] * len(self.themes)
        for at in known:
            rarity = self.rarities[at]
            off_subject += rarity * SIGNED[self.off_subject_scores[at]]
            own = slice(self._starts[at], self._starts[at + 1])
            for theme, score in zip(self.positions[own], self.scores[own], strict=True):
                sums[theme] += rarity * SIGNED[score]
        scores = zip(self.themes, self.biases, sums, strict=True)
        margins = {theme: bias + total * self.theme_unit / norm for theme, bias, total in scores}
        return margins, self.off_subject_bias + off_subject * self.off_subject_unit / norm


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
