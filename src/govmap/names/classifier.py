"""Finds the themes of a question by its similarity to graded questions, where its words are not enough.

The classifier is kernel ridge regression with a Gaussian kernel (C. Saunders, A. Gammerman and V. Vovk, "Ridge
Regression Learning Algorithm in Dual Variables", ICML 1998) over the vectors of `govmap.names.encoder`: the score of a
theme is a weighted sum of how similar a question is to each graded one, of which many are on other subjects.
`scripts/train_classifier.py` makes it from tests/corpora. Without the extra `ask`, or where a part of it is damaged,
there is no such opinion, and nothing else changes.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from govmap.dataset.bundled import bundled_file
from govmap.errors import DataError, GovmapWarning
from govmap.language import _
from govmap.names import encoder

ARTEFACT = "classifier.msgpack"
OFF_SUBJECT = ""  # stands for all other subjects, beside the ids of themes


class Opinion(NamedTuple):
    """What similar graded questions are on.

    Attributes:
        scores: The score of each theme, the best first.
        off_subject: That of all other subjects.

    """

    scores: dict[str, float]
    off_subject: float


class Classifier(Struct, frozen=True):
    """A trained classifier; its arrays hold floats of 32 bits, or signed bytes and what one of these stands for.

    Attributes:
        encoder: The version of the encoder that made the vectors.
        themes: The ids of themes, and OFF_SUBJECT.
        width: Of the kernel.
        mean: The mean of the vectors of graded questions, floats.
        axes: The directions in which these differ most, bytes: a row for each number of a vector.
        questions: The graded questions in these directions, bytes: a row each.
        question_unit: What one stands for.
        weights: What a question tells of each theme, bytes: a row for each question.
        weight_units: What one stands for, by theme.

    """

    encoder: str
    themes: tuple[str, ...]
    width: float
    mean: bytes
    axes: bytes
    questions: bytes
    question_unit: float
    weights: bytes
    weight_units: tuple[float, ...]

    def scores(self, vectors: Any) -> Any:
        """Return the score of each theme (columns) for each of *vectors* (rows)."""
        import numpy as np  # noqa: PLC0415 - comes with the extra

        axes = np.frombuffer(self.axes, "i1").reshape(vectors.shape[1], -1)
        questions = np.frombuffer(self.questions, "i1").reshape(-1, axes.shape[1]) * self.question_unit
        weights = np.frombuffer(self.weights, "i1").reshape(-1, len(self.themes)) * np.array(self.weight_units)
        return kernel(directions(vectors, np.frombuffer(self.mean, "<f4"), axes), questions, self.width) @ weights


def directions(vectors: Any, mean: Any, axes: Any) -> Any:
    """Return where *vectors* lie as seen from their *mean*, along *axes*: from nought, all lie much the same way."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    moved = (np.asarray(vectors, "f8") - mean) @ axes
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def kernel(some: Any, others: Any, width: float) -> Any:
    """Return the similarity, 0 to 1, of each of *some* directions (rows) to each of the *others* (columns)."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    return np.exp(2 * (some @ others.T - 1) / width)


def is_installed() -> bool:
    """Return whether the extra is installed."""
    return encoder.installed_version() is not None


def opinion_on(question: str) -> Opinion | None:
    """Return what graded questions like *question* are on; None without the extra, or where it does not work."""
    installed = encoder.installed_version()
    if installed is None:
        return None
    try:
        trained = _trained()
        if installed != trained.encoder:
            message = _("{library} {version} is needed, and {installed} is installed")
            raise ValueError(message.format(library=encoder.PACKAGE, version=trained.encoder, installed=installed))
        (scores,) = trained.scores(encoder.encode([question]))
    except (DataError, ImportError, MemoryError, OSError, RuntimeError, ValueError) as error:
        message = _("The extra ask does not work, so only words are understood ({problem})")
        warnings.warn(message.format(problem=error), GovmapWarning, stacklevel=1)  # which Python shows once
        return None
    return as_opinion(trained.themes, scores)


def as_opinion(themes: tuple[str, ...], scores: Any) -> Opinion:
    """Return the *scores* of *themes*, rounded, as they are on every machine; of equal ones, the first id first."""
    rounded = {id_: round(min(max(float(score), 0.0), 1.0), 2) for id_, score in zip(themes, scores, strict=True)}
    off_subject = rounded.pop(OFF_SUBJECT)
    return Opinion(dict(sorted(rounded.items(), key=lambda pair: (-pair[1], pair[0]))), off_subject)


@cache
def _trained() -> Classifier:
    return msgspec.msgpack.decode(bundled_file(ARTEFACT), type=Classifier)
