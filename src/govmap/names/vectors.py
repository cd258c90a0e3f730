"""Finds the themes of a question by its similarity to graded questions, as vectors of the extra `ask`.

The classifier is kernel ridge regression with a Gaussian kernel (C. Saunders, A. Gammerman and V. Vovk, "Ridge
Regression Learning Algorithm in Dual Variables", ICML 1998) over the vectors of `govmap.names.encoder`: the score of a
theme is a weighted sum of how similar a question is to each graded one, of which many are on other subjects.
`scripts/train_classifier.py` makes it.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any

from msgspec import Struct

from govmap.dataset.bundled import bundled_file
from govmap.language import _
from govmap.names import encoder
from govmap.names.lexicon import unpack_part

ARTEFACT = "vectors.msgpack"
OFF_SUBJECT = ""  # stands for all other subjects, beside the ids of themes


class VectorClassifier(Struct, frozen=True, dict=True):
    """A trained classifier.

    Attributes:
        encoder: The version of the encoder that made the vectors.
        themes: The ids of themes, and OFF_SUBJECT.
        width: Of the kernel.
        unit: What a byte of `questions` stands for.
        mean: The mean of the vectors of graded questions, in floats of 32 bits.
        axes: The directions in which these differ most, in signed bytes: a row for each number of a vector.
        questions: The graded questions in these directions, in signed bytes: a row each.
        root_unit: What a byte of `roots` stands for.
        roots: The weight of each question for each theme, in signed bytes: a row for each question. They are square
            roots, so that the many small ones are not rounded off: it is their sum that counts.

    """

    encoder: str
    themes: tuple[str, ...]
    width: float
    unit: float
    mean: bytes
    axes: bytes
    questions: bytes
    root_unit: float
    roots: bytes

    def scores(self, vectors: Any) -> Any:
        """Return the score of each theme (columns) for each of *vectors* (rows)."""
        mean, axes, questions, weights = self._arrays
        return kernel(directions(vectors, mean, axes), questions, self.width) @ weights

    @cached_property
    def _arrays(self) -> tuple[Any, Any, Any, Any]:
        """The mean, the axes, the questions and their weights for each theme, made once."""
        import numpy as np  # comes with the extra

        mean = np.frombuffer(self.mean, "<f4")
        axes = np.frombuffer(self.axes, "i1").reshape(len(mean), -1)
        questions = np.frombuffer(self.questions, "i1").reshape(-1, axes.shape[1]) * self.unit
        roots = np.frombuffer(self.roots, "i1").reshape(-1, len(self.themes)) * self.root_unit
        return mean, axes, questions, roots * abs(roots)


def directions(vectors: Any, mean: Any, axes: Any) -> Any:
    """Return where *vectors* lie as seen from their *mean*, along *axes*: from nought, all lie much the same way."""
    import numpy as np  # comes with the extra

    moved = (np.asarray(vectors, "f8") - mean) @ axes
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def kernel(some: Any, others: Any, width: float) -> Any:
    """Return the similarity, 0 to 1, of each of *some* directions (rows) to each of the *others* (columns)."""
    import numpy as np  # comes with the extra

    return np.exp(2 * (some @ others.T - 1) / width)


def scores(question: str) -> tuple[dict[str, float], float]:
    """Return the score of each theme for *question*, and that of other subjects; it needs the extra.

    Raises:
        ValueError: The encoder that is installed is not the one that the classifier was trained with.

    """
    installed, trained_with = encoder.installed_version(), trained().encoder
    if installed != trained_with:
        message = _("{library} {version} is needed, and {installed} is installed")
        raise ValueError(message.format(library=encoder.PACKAGE, version=trained_with, installed=installed))
    (row,) = trained().scores(encoder.encode([question]))
    by_theme = dict(zip(trained().themes, map(float, row), strict=True))
    return by_theme, by_theme.pop(OFF_SUBJECT)


@cache
def trained() -> VectorClassifier:
    """Return the classifier that comes with the package."""
    return unpack_part(bundled_file(ARTEFACT), VectorClassifier)
