"""Train data/classifier.msgpack on the graded questions of tests/corpora: `python -m scripts.train_classifier`.

It needs the extra `ask`. A question is on the themes whose groups it has as core, the fewest that have them all, those
that its words lead to first. The corpus that is kept aside (`UNSEEN` of themes_score.py) is not read. With `--folds` it
writes nothing: it prints how each tenth of the questions is answered when trained on the others, by the scores
that `govmap.names.themes` asks for; by that table these were chosen.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import numpy as np
from tests.corpora import themes_score
from tests.corpora.themes_score import Row

import govmap
from govmap.names import classifier, encoder
from govmap.names.classifier import ARTEFACT, OFF_SUBJECT, Classifier, directions, kernel

TARGET = Path(__file__).parents[1] / "data" / ARTEFACT
DIGEST = TARGET.with_suffix(".sha256")
AXES = 96
WIDTH = 1.0
RIDGE = 0.1
FOLDS = 10
FLOAT, BYTE = "<f4", "i1"


class Trainer:
    """The graded questions with their vectors, and the themes that each is on."""

    def __init__(self, files: Sequence[str]) -> None:
        """Read the corpora in *files*; what is garbage, or too broad to be on one theme, is no example."""
        self.atlas = govmap.load()
        self.groups = {
            theme: frozenset(f"{mechanism.id}-{group.number}" for mechanism, group in self.atlas.groups_on(theme))
            for theme in sorted(self.atlas.themes)
        }
        self.themes = (OFF_SUBJECT, *self.groups)
        read = (row for file in files for row in themes_score.read_rows(file))
        examples = {
            row.question: (row, self.themes_of(row)) for row in read if row.kind not in ("ambiguous", "garbage")
        }
        self.rows, on = zip(*(pair for pair in examples.values() if pair[1]), strict=True)
        self.targets = np.array([[float(theme in themes) for theme in self.themes] for themes in on])
        self.vectors = np.asarray(encoder.encode([row.question for row in self.rows]), "f8")

    def themes_of(self, row: Row) -> list[str]:
        """Return the themes that the question of *row* was graded to be on."""
        if row.kind == "silent":
            return [OFF_SUBJECT]
        read = [reading.theme for reading in self.atlas.interpreter.interpret(row.question, row.language).readings]
        found = [theme for theme in read if self.groups[theme] <= row.core]
        left = set(row.core).difference(*(self.groups[theme] for theme in found))
        while left:
            best = max(self.groups, key=lambda id_: (self._gain(id_, left, row.core), id_))
            if not self.groups[best] & left:
                break
            found.append(best)
            left -= self.groups[best]
        return found

    def _gain(self, theme: str, left: set[str], core: frozenset[str]) -> float:
        return len(self.groups[theme] & left) - 0.6 * len(self.groups[theme] - core)

    def train(self, chosen: Any) -> Classifier:
        """Return the classifier trained on the questions at the *chosen* positions."""
        vectors, targets = self.vectors[chosen], self.targets[chosen]
        mean = vectors.mean(axis=0).astype(FLOAT)
        axes = as_bytes(np.linalg.svd(vectors - mean, full_matrices=False)[2][:AXES].T)[0]
        questions, unit = as_bytes(directions(vectors, mean, axes))
        seen = questions * unit
        weights, units = as_bytes(
            np.linalg.solve(kernel(seen, seen, WIDTH) + RIDGE * np.eye(len(seen)), targets), axis=0
        )
        return Classifier(
            *(encoder.VERSION, self.themes, WIDTH, mean.tobytes(), axes.tobytes(), questions.tobytes(), float(unit)),
            *(weights.tobytes(), tuple(map(float, units))),
        )


def as_bytes(numbers: Any, axis: int | None = None) -> tuple[Any, Any]:
    """Return *numbers* as signed bytes, and what one stands for: in all, or along the *axis*."""
    unit = np.abs(numbers).max(axis=axis) / 127
    unit = np.where(unit, unit, 1.0)  # of a theme without an example
    return np.round(numbers / unit).astype(BYTE), unit


def cross_validate(trainer: Trainer) -> str:
    """Return the figures of all questions, each answered by what was trained without its tenth."""
    order = np.random.default_rng(1).permutation(len(trainer.rows))
    opinions: dict[str, classifier.Opinion] = {}
    for fold in range(FOLDS):
        left_out = order[fold::FOLDS]
        trained = trainer.train(np.setdiff1d(order, left_out))
        for at, scores in zip(left_out, trained.scores(trainer.vectors[left_out]), strict=True):
            opinions[trainer.rows[at].question] = classifier.as_opinion(trained.themes, scores)
    with patch.object(classifier, "opinion_on", opinions.get):
        return "\n\n".join(themes_score.report(file, by_similarity=True) for file in themes_score.TRAINING)


def main() -> int:
    """Write the classifier and its digest."""
    trainer = Trainer(themes_score.TRAINING)
    if "--folds" in sys.argv:
        print(cross_validate(trainer))
        return 0
    TARGET.write_bytes(msgspec.msgpack.encode(trainer.train(np.arange(len(trainer.rows)))))
    DIGEST.write_text(f"{hashlib.sha256(TARGET.read_bytes()).hexdigest()}  {TARGET.name}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
