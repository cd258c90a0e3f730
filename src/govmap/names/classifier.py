"""Says what a question is on where no label says it all: from its words and from graded questions like it.

The witnesses are the labels in it (`govmap.names.interpreter`), the sequences of letters that it shares with graded
questions (`govmap.names.ngrams`) and, with the extra `ask`, its vector (`govmap.names.vectors`). What each counts for
was learned by logistic regression from questions that neither classifier was trained on, see `--choose` of
`scripts/train_classifier.py`.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from govmap.errors import DataError, GovmapWarning
from govmap.language import _
from govmap.names import encoder, ngrams

Value = TypeVar("Value")
FAILURES = (DataError, ImportError, MemoryError, OSError, RuntimeError, ValueError, zlib.error)


class Weighing(NamedTuple):
    """What each witness counts for, and what no witness comes to (`bias`).

    Attributes:
        words: The score by words; with `named` where there is one.
        named: That words led to the theme.
        letters: The margin by sequences of letters, of the theme or, for other subjects, of the likeliest one.
        off_letters: The margin of other subjects.
        vector: The score by the vector, likewise.
        off_vector: The score of other subjects by it.

    """

    bias: float
    words: float
    named: float
    letters: float
    off_letters: float
    vector: float = 0.0
    off_vector: float = 0.0

    def probability(self, by_words: float | None, letters: float, vector: float, off: tuple[float, float]) -> float:
        """Return what the witnesses come to, rounded, so that it is the same on every machine."""
        total = self.bias + self.letters * letters + self.vector * vector
        total += self.off_letters * off[0] + self.off_vector * off[1]
        if by_words is not None:
            total += self.named + self.words * by_words
        return round(1 / (1 + math.exp(-total)), 2)


# As printed by `--choose`: of a theme and of other subjects, without the extra and with it.
THEME = Weighing(0.67, 0.88, 0.98, 7.99, -0.13)
OFF_SUBJECT = Weighing(-0.32, -0.68, -0.98, -4.63, 1.14)
THEME_WITH_VECTOR = Weighing(-0.37, 0.96, 0.33, 6.26, 0.02, 6.76, -2.28)
OFF_SUBJECT_WITH_VECTOR = Weighing(-2.86, -0.65, 0.04, -3.65, 0.61, -3.31, 7.11)


class Opinion(NamedTuple):
    """What a question is on.

    Attributes:
        scores: The probability of each theme that the classifiers know, the likeliest first.
        off_subject: That it is on another subject.

    """

    scores: dict[str, float]
    off_subject: float


def is_installed() -> bool:
    """Return whether the extra is installed."""
    return encoder.installed_version() is not None


def opinion_on(question: str, by_words: Mapping[str, float], *, letters_alone: bool = False) -> Opinion | None:
    """Return what *question* is on, which words led to themes with scores; None where the classifier is damaged.

    A vector says little of a word with a slip: *letters_alone* leaves it out. What does not work is said once.
    """
    message = _("The classifier of questions is damaged, so only labels are understood ({problem})")
    by_letters = _or_none(lambda: ngrams.trained().margins(question), message)
    by_vector = None
    if by_letters and not letters_alone and is_installed():
        from govmap.names import vectors  # it needs the extra

        message = _("The extra ask does not work, so only words are understood ({problem})")
        by_vector = _or_none(lambda: vectors.scores(question), message)
    return weighed(by_words, by_letters, by_vector) if by_letters else None


def weighed(
    by_words: Mapping[str, float],
    by_letters: tuple[dict[str, float], float],
    by_vector: tuple[dict[str, float], float] | None,
) -> Opinion:
    """Return what the witnesses come to; of equal probabilities, the first id comes first."""
    letters, off_letters = by_letters
    vector, off_vector = by_vector or ({}, 0.0)
    theme, off_subject = (THEME_WITH_VECTOR, OFF_SUBJECT_WITH_VECTOR) if by_vector else (THEME, OFF_SUBJECT)
    off = off_letters, off_vector
    scores = {
        id_: theme.probability(by_words.get(id_), margin, vector.get(id_, 0.0), off) for id_, margin in letters.items()
    }
    most = max(by_words.values(), default=None), max(letters.values()), max(vector.values(), default=0.0)
    ranked = dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))
    return Opinion(ranked, off_subject.probability(*most, off))


def _or_none(compute: Callable[[], Value], message: str) -> Value | None:
    """Return what *compute* returns; if it fails, warn (Python shows it once) and return None."""
    try:
        return compute()
    except FAILURES as error:
        warnings.warn(message.format(problem=error), GovmapWarning, stacklevel=1)
        return None
