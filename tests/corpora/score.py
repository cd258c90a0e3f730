"""Scores the look-up of names against the corpora beside this file; `python -m tests.corpora.score` prints the figures.

A corpus has a row for each thing that somebody types: its kind of record, its class (`right` for a name, `slip`
for a name with a slip, `turn` for what tempts a look-up into a wrong turn), the text, and the ids that are a good
answer. `-` stands for no answer: an error that offers names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import govmap

FOLDER = Path(__file__).parent
FILES = ("names.tsv", "names_heldout.tsv")
CLASSES = ("right", "slip", "turn")
NO_ANSWER = "-"

_ESCAPES = {
    r"\t": "\t",
    r"\n": "\n",
    r"\u0301": "\u0301",
    r"\u0303": "\u0303",
    r"\u200b": "\u200b",
    r"\x00": "\x00",
}
_ESCAPE = re.compile("|".join(re.escape(escape) for escape in _ESCAPES))


class Row(NamedTuple):
    """One typed text, and the ids of which any is a good answer."""

    file: str
    line: int
    kind: str
    class_: str
    typed: str
    expected: frozenset[str]


class Outcome(NamedTuple):
    """A row and the id that the look-up gave, or `-`."""

    row: Row
    answer: str

    @property
    def is_right(self) -> bool:
        """Whether the answer is one of those expected."""
        return self.answer in self.row.expected

    @property
    def is_wrong_turn(self) -> bool:
        """Whether the look-up took a record that it must not take."""
        return self.answer != NO_ANSWER and not self.is_right

    def __str__(self) -> str:
        """Return the row in one line, for the message of a failing test."""
        typed = self.row.typed if len(self.row.typed) < 80 else f"{self.row.typed[:60]}…"
        wanted = "|".join(sorted(self.row.expected))
        return f"{self.row.file}:{self.row.line} {self.row.kind} {typed!r}: {self.answer}, not {wanted}"


class Figures(NamedTuple):
    """How many rows there are, how many of them are answered well, and how many wrongly."""

    rows: int
    right: int
    wrong_turns: int

    @property
    def share_right(self) -> float:
        """The share of rows with a good answer."""
        return self.right / self.rows

    @property
    def share_of_wrong_turns(self) -> float:
        """The share of rows that resolve to a record that they must not."""
        return self.wrong_turns / self.rows


def decode(typed: str) -> str:
    """Return the text that the column `typed` stands for."""
    if typed.startswith("@REPEAT:"):
        _, text, times = typed.split(":")
        return text * int(times)
    return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], typed)


def read_rows(file: str) -> list[Row]:
    """Return the rows of a corpus, whose texts may begin or end in spaces."""
    lines = (FOLDER / file).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        kind, class_, typed, expected = line.split("\t")
        rows.append(Row(file, number, kind, class_, decode(typed), frozenset(expected.split("|"))))
    return rows


def look_up(atlas: govmap.Atlas, row: Row) -> str:
    """Return the id that the look-up gives for the text of *row*, `-` where it takes none."""
    names = {"country": atlas.country_names, "mechanism": atlas.mechanism_names}[row.kind]
    try:
        return names.find(row.typed)
    except (govmap.NotFoundError, govmap.AmbiguousError):
        return NO_ANSWER


@cache
def score(file: str) -> tuple[Outcome, ...]:
    """Return the outcome of every row of a corpus in the bundled dataset."""
    atlas = govmap.load()
    return tuple(Outcome(row, look_up(atlas, row)) for row in read_rows(file))


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Return the figures of *outcomes*."""
    known = tuple(outcomes)
    return Figures(len(known), sum(o.is_right for o in known), sum(o.is_wrong_turn for o in known))


def report() -> str:
    """Return the figures of every class of every corpus, a line each."""
    lines = []
    for file in FILES:
        outcomes = score(file)
        for class_ in CLASSES:
            found = figures(outcome for outcome in outcomes if outcome.row.class_ == class_)
            lines.append(f"{file} {class_}: {found.right} of {found.rows} right ({found.share_right:.2%})")
        found = figures(outcomes)
        lines.append(f"{file} wrong turns: {found.wrong_turns} of {found.rows} rows ({found.share_of_wrong_turns:.2%})")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{report()}\n")
