"""Measure how many questions a second are understood: `python benchmarks/questions.py`.

The bundled vocabulary answers the questions of tests/corpora; beside it, in the same run, a vocabulary of 2,000
invented themes with 8 labels each answers as many questions made of its own words. The bound is 2,000 questions a
second on the bundled data, and at most 3 times the time on the large one.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path

import govmap
from govmap.names.interpreter import Interpreter
from govmap.names.lexicon import Label, WordLists, build_lexicon

CORPORA = Path(__file__).parent.parent / "tests" / "corpora"
BOUND_PER_SECOND, BOUND_RATIO = 2000, 3
SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve")


def bundled_questions() -> list[str]:
    """Return the questions of the corpora."""
    lines = [line for file in sorted(CORPORA.glob("themes*.tsv")) for line in file.read_text("utf-8").splitlines()[1:]]
    return [line.split("\t")[2] for line in lines]


def invented(themes: int, labels: int, seed: int = 1) -> tuple[Interpreter, list[str]]:
    """Return an interpreter of invented labels of one to three words, and questions of them, a third with a slip."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5))) for _ in range(themes * 2)]
    made = [
        Label(" ".join(rng.choices(words, k=rng.randint(1, 3))), f"t{i}", "en", hidden=False)
        for i in range(themes)
        for _ in range(labels)
    ]
    questions = [label.text for label in rng.sample(made, 400)]
    questions = [q if i % 3 else q[:3] + q[4:] for i, q in enumerate(questions)]
    return Interpreter(build_lexicon(made, [], WordLists())), questions


def seconds_a_question(interpreter: Interpreter, questions: list[str], rounds: int = 7) -> float:
    """Return the median over *rounds* of the mean time of a question."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for question in questions:
            interpreter.interpret(question)
        times.append((time.perf_counter() - start) / len(questions))
    return statistics.median(times)


def seconds_an_answer(atlas: govmap.Atlas, questions: list[str], rounds: int = 7) -> float:
    """Return the median over *rounds* of the mean time of a whole answer, errors and their offers included."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for question in questions:
            with suppress(govmap.GovmapError):
                govmap.overlap_about(atlas, question)
        times.append((time.perf_counter() - start) / len(questions))
    return statistics.median(times)


def main() -> int:
    """Print the figures; return 1 where one is beyond its bound."""
    atlas = govmap.load()
    answered = seconds_an_answer(atlas, bundled_questions())
    small = seconds_a_question(atlas.interpreter, bundled_questions())
    large = seconds_a_question(*invented(2000, 8))
    print(f"bundled data: {1 / answered:.0f} questions a second answered in full (bound {BOUND_PER_SECOND})")
    print(f"bundled vocabulary: {1 / small:.0f} questions a second understood")
    print(f"2,000 themes x 8 labels: {1 / large:.0f} a second, {large / small:.1f} times as long (bound {BOUND_RATIO})")
    return int(1 / answered < BOUND_PER_SECOND or large / small > BOUND_RATIO)


if __name__ == "__main__":
    sys.exit(main())
