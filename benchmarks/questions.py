"""Measure how many questions a second are understood: `python -m benchmarks.questions`.

The bundled vocabulary answers the questions of tests/corpora. In the same run a dataset of 2,000 invented themes with
8 labels each answers as many questions made of its own words. It returns 1 beyond a bound.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import govmap

CORPORA = Path(__file__).parents[1] / "tests" / "corpora"
BOUND_PER_SECOND, BOUND_RATIO = 2000, 3
THEMES, LABELS, QUESTIONS, ROUNDS = 2_000, 8, 400, 7
SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve")
MECHANISMS = """about: {title: Invented, version: "1", reference_date: "2020"}
mechanisms: [{id: A, names: {en: A}, kind: forum, coverage: mentioned, note: Named alone}]
"""


def bundled_questions() -> list[str]:
    """Return the questions of the corpora."""
    lines = [line for file in sorted(CORPORA.glob("themes*.tsv")) for line in file.read_text("utf-8").splitlines()[1:]]
    return [line.split("\t")[2] for line in lines]


def invented_dataset(folder: Path) -> list[str]:
    """Write themes with labels of one to three words to *folder*; return questions of them, a third with a slip."""
    chance = random.Random(1)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(2 * THEMES)]
    labels = [[" ".join(chance.choices(words, k=chance.randint(1, 3))) for _ in range(LABELS)] for _ in range(THEMES)]
    themes = [
        {"id": f"t{number}", "preferred": {"en": first}, "alternative": {"en": others}}
        for number, (first, *others) in enumerate(labels)
    ]
    (folder / "mechanisms.yaml").write_text(MECHANISMS, encoding="utf-8")
    (folder / "themes.yaml").write_text(json.dumps({"themes": themes}), encoding="utf-8")
    questions = chance.sample([label for several in labels for label in several], QUESTIONS)
    return [text if number % 3 else text[:3] + text[4:] for number, text in enumerate(questions)]


def per_second(atlas: govmap.Atlas, questions: list[str]) -> float:
    """Return how many *questions* a second are answered in full, errors and their suggestions included."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for question in questions:
            with suppress(govmap.GovmapError):
                govmap.overlap(atlas, question)
        times.append(time.perf_counter() - start)
    return len(questions) / statistics.median(times)


def main() -> int:
    """Print the figures; return 1 where one is beyond its bound."""
    bundled = per_second(govmap.load(), bundled_questions())
    with tempfile.TemporaryDirectory() as folder:
        questions = invented_dataset(Path(folder))
        invented = per_second(govmap.load(folder), questions)
    print(f"bundled data: {bundled:.0f} questions a second (bound {BOUND_PER_SECOND})")
    print(f"{THEMES:,} themes: {invented:.0f} a second, {bundled / invented:.1f} times as long (bound {BOUND_RATIO})")
    return int(bundled < BOUND_PER_SECOND or bundled / invented > BOUND_RATIO)


if __name__ == "__main__":
    sys.exit(main())
