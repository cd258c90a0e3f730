"""Says what questions like a question are on, where its words do not settle it.

Two classifiers, trained on graded questions, have a say: that of `govmap.names.ngrams` always, that of
`govmap.names.vectors` with the extra `ask`; their scores are averaged. Where one is damaged, the other speaks alone.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Callable
from typing import NamedTuple

from govmap.errors import DataError, GovmapWarning
from govmap.language import _
from govmap.names import encoder, ngrams

Scores = tuple[dict[str, float], float]  # of each theme, and of all other subjects
FAILURES = (DataError, ImportError, MemoryError, OSError, RuntimeError, ValueError, zlib.error)


class Opinion(NamedTuple):
    """What questions like a question are on.

    Attributes:
        scores: The score of each theme, 0 to 1, the best first.
        off_subject: That of all other subjects.

    """

    scores: dict[str, float]
    off_subject: float


def is_installed() -> bool:
    """Return whether the extra is installed."""
    return encoder.installed_version() is not None


def opinion_on(question: str) -> Opinion | None:
    """Return what questions like *question* are on; None where no classifier works, which is said once."""
    message = _("The classifier of questions is damaged, so only labels are understood ({problem})")
    said = [_tried(lambda: ngrams.trained().scores(question), message)]
    if is_installed():
        from govmap.names import vectors  # noqa: PLC0415 - it needs the extra

        message = _("The extra ask does not work, so only words are understood ({problem})")
        said.append(_tried(lambda: vectors.scores(question), message))
    return averaged([scores for scores in said if scores is not None])


def _tried(score: Callable[[], Scores], message: str) -> Scores | None:
    """Return the scores, or None where there are none, with a warning, which Python shows once."""
    try:
        return score()
    except FAILURES as error:
        warnings.warn(message.format(problem=error), GovmapWarning, stacklevel=1)
        return None


def averaged(said: list[Scores]) -> Opinion | None:
    """Return the average of what was *said*, rounded, as on every machine; of equal scores, the first id first."""
    if not said:
        return None
    themes = sorted({id_ for scores, _off in said for id_ in scores})
    scores = {id_: _rounded([scores.get(id_, 0.0) for scores, _off in said]) for id_ in themes}
    off_subject = _rounded([off for _scores, off in said])
    return Opinion(dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))), off_subject)


def _rounded(scores: list[float]) -> float:
    mean = sum(scores) / len(scores)
    return 0.0 if mean <= 0 else 1.0 if mean >= 1 else round(mean, 2)
