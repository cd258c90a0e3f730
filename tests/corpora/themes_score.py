"""Scores questions in free text against the corpora beside this file; `python -m tests.corpora.themes_score` prints it.

With the extra `ask` it prints each corpus twice: as answered by words alone, and with similarity.

A corpus has a row for each question: its language, its kind, the text, the groups of which the question's subject is
the subject (`core`) and those that cover it as a part or are near to it (`related`). Every other group is wrong. Kinds
`silent` and `garbage` must find nothing, an `ambiguous` word must be said to be ambiguous (or be answered with its
readings). docs/explanation/themes.md tells which corpora were used for what.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import govmap
from govmap.names import encoder
from govmap.questions.overlap import Overlap

FOLDER = Path(__file__).parent
FILES = tuple(
    f"themes{name}.tsv" for name in ("", "_heldout", "_fresh", "_later", "_wide", "_dev", "_sealed", "_indirect")
)
OFF_TOPIC = "themes_offtopic.tsv"  # only questions on other subjects
SITUATIONS = "themes_situations.tsv"  # no word was chosen by these, nor by the next ones
PRACTITIONERS = "themes_practitioners.tsv"
OPENED = ("themes_unseen.tsv", "themes_blind.tsv", *(f"themes_blind{n}.tsv" for n in range(2, 9)))  # sealed once
TRAINING = (*FILES, OFF_TOPIC, SITUATIONS, PRACTITIONERS, *OPENED)  # what the classifiers were trained on
# Kept aside until all of it stood, and sealed by their digests.
UNSEEN = tuple(file for file in ("themes_blind9.tsv", "themes_blind10.tsv") if (FOLDER / file).exists())
SILENT = ("silent", "garbage")
AMBIGUOUS = "ambiguous"


class Row(NamedTuple):
    """One question, and how each group is graded."""

    file: str
    line: int
    language: str
    kind: str
    question: str
    core: frozenset[str]
    related: frozenset[str]


class Outcome(NamedTuple):
    """A question, the groups found in their order, and whether it was said to be ambiguous."""

    row: Row
    found: tuple[str, ...]
    ambiguous: bool

    @property
    def in_order(self) -> bool:
        """Whether no related group stands above a core one."""
        places = {group: place for place, group in enumerate(self.found)}
        core = [places[group] for group in self.row.core if group in places]
        related = [places[group] for group in self.row.related if group in places]
        return not core or not related or max(core) < min(related)


class Figures(NamedTuple):
    """What a set of outcomes comes to; each share is 1 where there is nothing to share."""

    questions: int
    core_recall: float
    precision: float
    silent: float
    ambiguous: float
    in_order: float


def decode(text: str) -> str:
    r"""Return the text that a column stands for: \x1b is an escape character."""
    return re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)


def read_rows(file: str) -> list[Row]:
    """Return the rows of a corpus."""
    lines = (FOLDER / file).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        language, kind, question, core, related = line.split("\t")
        groups = (frozenset(filter(None, column.split(","))) for column in (core, related))
        rows.append(Row(file, number, language, kind, decode(question), *groups))
    return rows


def ask(atlas: govmap.Atlas, row: Row) -> Outcome:
    """Return what the question of *row* finds."""
    try:
        found = govmap.overlap(atlas, row.question)
        assert isinstance(found, Overlap)
        hits = found.groups
    except govmap.AmbiguousError:
        return Outcome(row, (), ambiguous=True)
    except govmap.NotFoundError:
        return Outcome(row, (), ambiguous=False)
    return Outcome(row, tuple(f"{hit.mechanism}-{hit.number}" for hit in hits), ambiguous=False)


@cache
def outcomes(file: str, *, by_similarity: bool = False) -> tuple[Outcome, ...]:
    """Return the outcome of every row of a corpus in the bundled dataset, by words alone or with similarity."""
    atlas = govmap.load()
    with nullcontext() if by_similarity else words_alone():
        return tuple(ask(atlas, row) for row in read_rows(file))


def words_alone() -> AbstractContextManager[object]:
    """Return a context in which the extra is not installed."""
    return patch.object(encoder, "installed_version", return_value=None)


def figures(found: Iterable[Outcome]) -> Figures:
    """Return the figures of outcomes: recall and precision over all their groups together."""
    known = tuple(found)
    asked = [o for o in known if o.row.kind not in (*SILENT, AMBIGUOUS)]
    silent = [not o.found for o in known if o.row.kind in SILENT]
    bare = [o.ambiguous or set(o.found) <= o.row.core | o.row.related for o in known if o.row.kind == AMBIGUOUS]
    core = [group in o.found for o in asked for group in o.row.core]
    right = [group in o.row.core | o.row.related for o in asked for group in o.found]
    return Figures(len(known), *map(_share, (core, right, silent, bare, [o.in_order for o in asked])))


def _share(truths: list[bool]) -> float:
    return sum(truths) / len(truths) if truths else 1.0


def report(file: str, *, by_similarity: bool = False) -> str:
    """Return the figures of a corpus as a table."""
    how = ", with similarity" if by_similarity else ""
    return table(f"{file}{how}", outcomes(file, by_similarity=by_similarity))


def table(title: str, found: Sequence[Outcome]) -> str:
    """Return the figures of outcomes, in all, by language and by kind, as a table in Markdown."""
    lines = [
        f"| {title} | questions | core recall | precision | silent | ambiguous | in order |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    parts = [("all", found)]
    parts += [(lang, tuple(o for o in found if o.row.language == lang)) for lang in ("en", "es", "pt", "fr")]
    kinds = dict.fromkeys(o.row.kind for o in found)
    parts += [(kind, tuple(o for o in found if o.row.kind == kind)) for kind in kinds]
    for name, part in parts:
        count, *shares = figures(part)
        lines.append(f"| {name} | {count} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the figures of all corpora, the unseen ones first."""
    ways = (False, True) if encoder.installed_version() else (False,)
    for file in (*UNSEEN, *TRAINING):
        for by_similarity in ways:
            sys.stdout.write(report(file, by_similarity=by_similarity) + "\n\n")


if __name__ == "__main__":
    main()
