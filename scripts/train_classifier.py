"""Train the classifiers of questions on the graded ones of tests/corpora: `python -m scripts.train_classifier`.

It writes data/ngrams.msgpack, and data/vectors.msgpack, for which it needs the extra `ask`. A question is on the themes
whose groups it has as core, the fewest that have them all, those that its labels lead to first. The corpus that is
kept aside (`UNSEEN` of themes_score.py) is not read. With `--choose` it writes nothing, but trains on all but a fold of
the questions at a time, weighs what words and classifiers say of those in it that no word was chosen by (CHOOSING), and
prints the weights, and how these questions are answered with them: by that the constants in
`govmap.names.classifier` and `govmap.names.themes` were chosen.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC
from tests.corpora import themes_score
from tests.corpora.themes_score import Row

import govmap
from govmap.dataset.bundled import bundled_files
from govmap.dataset.index import theme_labels
from govmap.dataset.parse import parse
from govmap.names import encoder, ngrams, vectors
from govmap.names.lexicon import Label, pack_part
from govmap.names.ngrams import NgramClassifier, features
from govmap.names.vectors import OFF_SUBJECT, VectorClassifier, directions, kernel

DATA = Path(__file__).parents[1] / "data"
DIGESTS = DATA / "classifiers.sha256"
CHOOSING = "themes_situations.tsv"
FOLDS = 5
ALIKE = 0.5  # cosine of the directions of two questions, from which they are in one fold
FLOAT, BYTE = "<f4", "i1"
# Of the n-grams:
LABEL_WEIGHT = 0.3  # of a label, which is short, beside a question
THEME_INVERSE_RIDGE, OFF_SUBJECT_INVERSE_RIDGE = 1.0, 20.0
RAREST = 2  # texts that have a feature
KEPT = 150_000  # weights, the greatest
UNCUT = 0.999  # of these
# Of the vectors:
AXES = 96
WIDTH = 1.0
RIDGE = 0.1


class Trainer:
    """Graded questions, and the themes that each is on."""

    def __init__(self, files: Sequence[str]) -> None:
        """Read the corpora in *files*; what is garbage, or too broad to be on one theme, is no example."""
        self.atlas = govmap.load()
        self.groups = {
            theme: frozenset(f"{mechanism.id}-{group.number}" for mechanism, group in self.atlas.groups_on(theme))
            for theme in sorted(self.atlas.themes)
        }
        read = (row for file in files for row in themes_score.read_rows(file))
        telling = (row for row in read if row.kind not in ("ambiguous", "garbage"))
        examples = {row.question: self.themes_of(row) for row in telling}
        self.themes_by_question = {question: themes for question, themes in examples.items() if themes}
        self.questions = list(self.themes_by_question)

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

    def train_ngrams(self, kept: Any = slice(None)) -> NgramClassifier:
        """Return the classifier of sequences of letters, which learns from labels too, by the questions *kept*."""
        on = np.array([frozenset(found) for found in self.themes_by_question.values()])[kept]
        themes = tuple(sorted({theme for found in on for theme in found} - {OFF_SUBJECT}))
        labels = [label for label in self.labels if label.theme in themes]
        asked = np.array(self.questions)[kept]
        count = CountVectorizer(analyzer=lambda text: list(features(text)), min_df=RAREST, binary=True)
        counts = count.fit_transform([*asked, *(label.text for label in labels)]).astype(float)
        rarity = 1 + np.log((1 + counts.shape[0]) / (1 + np.asarray(counts.sum(axis=0))[0]))
        rarity, rarity_unit = as_bytes(rarity, rarity.max())
        texts = normalize(counts.multiply(rarity.astype(float)).tocsr())
        weights = np.concatenate([np.ones(len(asked)), np.full(len(labels), LABEL_WEIGHT)])
        machines = []
        for theme in themes:
            machine = LinearSVC(C=THEME_INVERSE_RIDGE, random_state=0, max_iter=2000)
            is_on = [*(theme in found for found in on), *(label.theme == theme for label in labels)]
            machines.append(machine.fit(texts, is_on, sample_weight=weights))
        logistic = LogisticRegression(C=OFF_SUBJECT_INVERSE_RIDGE, class_weight="balanced", max_iter=300)
        logistic.fit(texts[: len(asked)], [OFF_SUBJECT in found for found in on])
        by_theme = np.array([machine.coef_[0] for machine in machines]).T
        by_theme[np.abs(by_theme) < np.sort(np.abs(by_theme), axis=None)[-KEPT]] = 0
        theme_bytes, theme_unit = as_bytes(by_theme, np.quantile(np.abs(by_theme[by_theme != 0]), UNCUT))
        off_bytes, off_unit = as_bytes(logistic.coef_[0], np.abs(logistic.coef_).max())
        told = {
            str(feature): bytes([int(rarity[at]), int(off_bytes[at]) % 256, *_pairs(theme_bytes[at])])
            for feature, at in sorted(count.vocabulary_.items())
        }
        biases = tuple(float(machine.intercept_[0]) for machine in machines)
        units = float(theme_unit), float(off_unit), float(rarity_unit)
        return NgramClassifier(themes, biases, float(logistic.intercept_[0]), *units, told)

    def train_vectors(self, kept: Any = slice(None)) -> VectorClassifier:
        """Return the classifier of vectors, by the questions *kept*."""
        encoded = self.vectors[kept]
        found = [found for found in np.array([*map(frozenset, self.themes_by_question.values())])[kept]]
        themes = tuple(sorted({OFF_SUBJECT}.union(*found)))
        mean = encoded.mean(axis=0).astype(FLOAT)
        main = np.linalg.svd(encoded - mean, full_matrices=False)[2][:AXES].T
        axes = as_bytes(main, np.abs(main).max())[0]
        seen = directions(encoded, mean, axes)
        questions, unit = as_bytes(seen, np.abs(seen).max())
        seen = questions * unit
        on = np.array([[float(theme in each) for theme in themes] for each in found])
        solved = np.linalg.solve(kernel(seen, seen, WIDTH) + RIDGE * np.eye(len(seen)), on)
        weights, weight_unit = as_bytes(solved, np.abs(solved).max())
        parts = (mean.tobytes(), axes.tobytes(), questions.tobytes(), float(weight_unit), weights.tobytes())
        return VectorClassifier(encoder.VERSION, themes, WIDTH, float(unit), *parts)

    @cached_property
    def vectors(self) -> Any:
        """The vectors of the questions."""
        return np.asarray(encoder.encode(self.questions), "f8")

    @cached_property
    def labels(self) -> list[Label]:
        """The labels of themes, also the hidden ones."""
        loaded = parse("the bundled data", bundled_files())
        return [*theme_labels(loaded.dataset.themes), *loaded.names.word_lists.hidden]


def _pairs(by_theme: Any) -> Iterator[int]:
    """Yield the positions of themes and what a feature tells of each, as `NgramClassifier` has them."""
    for at in np.flatnonzero(by_theme):
        yield int(at)
        yield int(by_theme[at]) % 256


def as_bytes(numbers: Any, largest: Any) -> tuple[Any, Any]:
    """Return *numbers* as signed bytes, and what one stands for; those beyond the *largest* are cut."""
    unit = np.where(largest, largest, 1.0) / 127  # a theme may have no example
    return np.clip(np.round(numbers / unit), -127, 127).astype(BYTE), unit


def choose() -> str:
    """Return the figures of CHOOSING, as answered by classifiers that have not seen it."""
    trainer = Trainer([file for file in themes_score.TRAINING if file not in CHOOSING])
    with ExitStack() as stack:
        for module, classifier in ((ngrams, trainer.train_ngrams()), (vectors, trainer.train_vectors())):
            stack.enter_context(patch.object(module, "trained", return_value=classifier))
        ways = [(file, by_similarity) for file in CHOOSING for by_similarity in (False, True)]
        return "\n\n".join(themes_score.report(file, by_similarity=way) for file, way in ways)


def main() -> int:
    """Write the classifiers and their digests."""
    if "--choose" in sys.argv:
        print(choose())
        return 0
    trainer = Trainer(themes_score.TRAINING)
    files = {
        ngrams.ARTEFACT: pack_part(trainer.train_ngrams()),
        vectors.ARTEFACT: pack_part(trainer.train_vectors()),
    }
    for name, content in files.items():
        (DATA / name).write_bytes(content)
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    DIGESTS.write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
