"""Train the classifiers of questions on the graded ones of tests/corpora: `python -m scripts.train_classifier`.

It writes data/ngrams.msgpack, and data/vectors.msgpack, for which it needs the extra `ask`. A question is on the themes
whose groups it has as core, the fewest that have them all, those that its words lead to first. The corpora that are
kept aside (`UNSEEN` of themes_score.py) are not read. With `--choose` it writes nothing, but trains on all but one
corpus of CHOOSING at a time, weighs what words and classifiers say of the questions in that, and prints the weights,
and how these questions are answered with them: by that the constants in `govmap.names.classifier` and
`govmap.names.themes` were chosen.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
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
from govmap.analysis.neighbours import neighbouring
from govmap.dataset.bundled import bundled_files
from govmap.dataset.index import theme_labels
from govmap.dataset.parse import parse
from govmap.names import classifier, encoder, ngrams, vectors
from govmap.names.classifier import Weighing
from govmap.names.lexicon import Label, pack_part
from govmap.names.ngrams import NgramClassifier, features
from govmap.names.vectors import OFF_SUBJECT, VectorClassifier, directions, kernel

DATA = Path(__file__).parents[1] / "data"
DIGESTS = DATA / "classifiers.sha256"
CHOOSING = themes_score.OPENED  # no word was chosen by them, and they are as people ask
FLOAT, BYTE = "<f4", "i1"
# Of the n-grams:
LABEL_WEIGHT = 0.3  # of a label, which is short, beside a question
THEME_INVERSE_RIDGE, OFF_SUBJECT_INVERSE_RIDGE = 1.0, 20.0
RAREST = 2  # texts that have a feature
KEPT = 320_000  # weights, the greatest
UNCUT = 0.999  # of these
# Of the vectors:
AXES = 128
WIDTH = 1.0
RIDGE = 0.2
CENTRES = 5000  # questions that others are compared with, at most
JITTER = 1e-3  # for centres that are nearly the same


class Trainer:
    """Graded questions, and the themes that each is on."""

    def __init__(self, files: Sequence[str]) -> None:
        """Read the corpora in *files*; what is garbage, or too broad to be on one theme, is no example."""
        self.atlas = govmap.load()
        self.groups = {theme: self._groups_on(theme) for theme in sorted(self.atlas.themes)}
        read = (row for file in files for row in themes_score.read_rows(file))
        telling = (row for row in read if row.kind not in ("ambiguous", "garbage"))
        examples = {row.question: self.themes_of(row) for row in telling}
        self.themes_by_question = {question: themes for question, themes in examples.items() if themes}
        self.questions = list(self.themes_by_question)
        self.asked = [*map(self.atlas.theme_finder.without_mechanism, self.questions)]  # of the classifiers

    def themes_of(self, row: Row) -> list[str]:
        """Return the themes that the question of *row* was graded to be on.

        A theme on which no group works is one where words lead to it and the core is near to it. Of themes that have
        the same groups, the one with the most labels is the likeliest.
        """
        if row.kind == "silent":
            return [OFF_SUBJECT]
        read = [reading.theme for reading in self.atlas.interpreter.interpret(row.question, row.language).readings]
        found = [theme for theme in read if self._is_borne_out(theme, row.core)]
        left = set(row.core).difference(*(self.groups[theme] for theme in found))
        while left:
            best = max(self.groups, key=lambda id_: (self._gain(id_, left, row.core), self.labels_of[id_], id_))
            if not self.groups[best] & left:
                break
            found.append(best)
            left -= self.groups[best]
        return found

    def _groups_on(self, *themes: str) -> frozenset[str]:
        found = (pair for theme in themes for pair in self.atlas.groups_on(theme))
        return frozenset(f"{mechanism.id}-{group.number}" for mechanism, group in found)

    def _is_borne_out(self, theme: str, core: frozenset[str]) -> bool:
        """Return whether a question with this *core* may be on a *theme* that its words lead to."""
        return (
            self.groups[theme] <= core
            if self.groups[theme]
            else core <= self._groups_on(*neighbouring(self.atlas, {theme}))
        )

    def _gain(self, theme: str, left: set[str], core: frozenset[str]) -> float:
        return len(self.groups[theme] & left) - 0.6 * len(self.groups[theme] - core)

    def train_ngrams(self, kept: Any = slice(None)) -> NgramClassifier:
        """Return the classifier of sequences of letters, which learns from labels too, by the questions *kept*."""
        on = np.array([frozenset(found) for found in self.themes_by_question.values()])[kept]
        themes = tuple(sorted({theme for found in on for theme in found} - {OFF_SUBJECT}))
        labels = [label for label in self.labels if label.theme in themes]
        asked = np.array(self.asked)[kept]
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
        biases = tuple(float(machine.intercept_[0]) for machine in machines)
        units = float(theme_unit), float(off_unit), float(rarity_unit)
        names, rows = zip(*sorted(count.vocabulary_.items()), strict=True)
        by_feature = theme_bytes[list(rows)]
        columns = rarity[list(rows)], off_bytes[list(rows)], (by_feature != 0).sum(axis=1).astype(BYTE)
        positions, scores = np.nonzero(by_feature)[1].astype(BYTE), by_feature[by_feature != 0]
        parts = (column.astype(BYTE).tobytes() for column in (*columns, positions, scores))
        return NgramClassifier(themes, biases, float(logistic.intercept_[0]), *units, "\n".join(names), *parts)

    def train_vectors(self, kept: Any = slice(None)) -> VectorClassifier:
        """Return the classifier of vectors, by the questions *kept*."""
        encoded = self.vectors[kept]
        found = list(np.array([*map(frozenset, self.themes_by_question.values())])[kept])
        themes = tuple(sorted({OFF_SUBJECT}.union(*found)))
        mean = encoded.mean(axis=0).astype(FLOAT)
        main = np.linalg.svd(encoded - mean, full_matrices=False)[2][:AXES].T
        axes = as_bytes(main, np.abs(main).max())[0]
        seen = directions(encoded, mean, axes)
        centres, unit = as_bytes(np.random.default_rng(0).permutation(seen)[:CENTRES], np.abs(seen).max())
        known = centres * unit
        on = np.array([[float(theme in each) for theme in themes] for each in found])
        alike = kernel(seen, known, WIDTH)
        among = kernel(known, known, WIDTH) + JITTER * np.eye(len(known))
        solved = np.linalg.solve(alike.T @ alike + RIDGE * among, alike.T @ on)
        roots, root_unit = as_bytes(np.sign(solved) * np.sqrt(np.abs(solved)), np.sqrt(np.abs(solved).max()))
        parts = (mean.tobytes(), axes.tobytes(), centres.tobytes(), float(root_unit), roots.tobytes())
        return VectorClassifier(encoder.VERSION, themes, WIDTH, float(unit), *parts)

    @cached_property
    def vectors(self) -> Any:
        """The vectors of the questions."""
        return np.asarray(encoder.encode(self.asked), "f8")

    @cached_property
    def labels_of(self) -> Counter[str]:
        """The number of labels of each theme."""
        return Counter(label.theme for label in self.labels)

    @cached_property
    def labels(self) -> list[Label]:
        """The labels of themes, also the hidden ones."""
        loaded = parse("the bundled data", bundled_files())
        return [*theme_labels(loaded.dataset.themes), *loaded.names.word_lists.hidden]


def as_bytes(numbers: Any, largest: Any) -> tuple[Any, Any]:
    """Return *numbers* as signed bytes, and what one stands for; those beyond the *largest* are cut."""
    unit = np.where(largest, largest, 1.0) / 127  # a theme may have no example
    return np.clip(np.round(numbers / unit), -127, 127).astype(BYTE), unit


def choose() -> str:
    """Return the weights of witnesses, and how CHOOSING is answered with them, each file by what has not seen it."""
    trainer = Trainer(themes_score.TRAINING)
    rows = [row for file in CHOOSING for row in themes_score.read_rows(file) if row.question in trainer.questions]
    letters, by_vector = held_out(trainer)
    asked: dict[str, dict[str, float]] = {}

    def note(question: str, by_words: dict[str, float], *, letters_alone: bool = False) -> None:  # no opinion
        asked[question] = by_words

    with patch.object(classifier, "opinion_on", note):
        for row in rows:
            themes_score.ask(trainer.atlas, row)
    tables = []
    for extra in ("", "_WITH_VECTOR"):
        told = {q: (words, letters[q], by_vector[q] if extra else None) for q, words in asked.items()}
        chosen = weighings(told, dict(zip(trainer.asked, trainer.themes_by_question.values(), strict=True)))
        names = {f"{name}{extra}": weighing for name, weighing in zip(("THEME", "OFF_SUBJECT"), chosen, strict=True)}

        def opinion_on(
            question: str, _words: object, *, letters_alone: bool = False, told: Any = told
        ) -> classifier.Opinion:
            words, by_letters, vector = told[question]
            return classifier.weighed(words, by_letters, None if letters_alone else vector)

        with ExitStack() as stack:
            for name, value in {**names, "opinion_on": opinion_on}.items():
                stack.enter_context(patch.object(classifier, name, value))
            found = [themes_score.ask(trainer.atlas, row) for row in rows]
        tables += [f"{name} = {weighing}" for name, weighing in names.items()]
        tables += [themes_score.table(file, [o for o in found if o.row.file == file]) for file in CHOOSING]
    return "\n\n".join(tables)


def held_out(trainer: Trainer) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what letters and vectors tell of each question of CHOOSING, by what was trained on all other files."""
    letters, by_vector = {}, {}
    for file in CHOOSING:
        aside = {row.question for row in themes_score.read_rows(file)}
        kept = np.array([question not in aside for question in trainer.questions])
        by_ngrams, by_vectors = trainer.train_ngrams(kept), trainer.train_vectors(kept)
        for at in np.flatnonzero(~kept):
            question = trainer.asked[at]
            letters[question] = by_ngrams.margins(question)
            (row,) = by_vectors.scores(trainer.vectors[[at]])
            scores = dict(zip(by_vectors.themes, map(float, row), strict=True))
            by_vector[question] = scores, scores.pop(OFF_SUBJECT)
    return letters, by_vector


def weighings(
    told: dict[str, tuple[dict[str, float], Any, Any]], themes: dict[str, list[str]]
) -> tuple[Weighing, Weighing]:
    """Return what each witness counts for, of a theme and of other subjects."""
    of_theme, is_on, of_other, is_off = [], [], [], []
    for question, (words, (letters, off_letters), by_vector) in told.items():
        vector, off_vector = by_vector or ({}, 0.0)
        for theme, margin in letters.items():
            by_letters = words.get(theme, 0.0), float(theme in words), margin, off_letters
            of_theme.append([*by_letters, *([vector.get(theme, 0.0), off_vector] if by_vector else [])])
            is_on.append(theme in themes[question])
        by_letters = max(words.values(), default=0.0), float(bool(words)), max(letters.values()), off_letters
        of_other.append([*by_letters, *([max(vector.values()), off_vector] if by_vector else [])])
        is_off.append(OFF_SUBJECT in themes[question])
    return _weighing(of_theme, is_on), _weighing(of_other, is_off)


def _weighing(witnesses: list[list[float]], truths: list[bool]) -> Weighing:
    logistic = LogisticRegression(C=10, max_iter=500).fit(witnesses, truths)
    return Weighing(*(round(float(number), 2) for number in (*logistic.intercept_, *logistic.coef_[0])))


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
