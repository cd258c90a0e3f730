"""What came of each mutant, kept as lines of JSON, and counted by module.

`survivors.csv` tells of each mutant that is known to survive why it may: `module, function, before, after, why`.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import msgspec

KILLED, SURVIVED, LATE, CRASHED = "killed", "survived", "timeout", "crash"
UNREACHED, UNTRIED = "no test", "untried"
SEEN = (KILLED, LATE, CRASHED)  # what a run of the tests would not pass over
SURVIVORS = Path(__file__).with_name("survivors.csv")


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One mutant and how it ended; *seconds* are those of its tests."""

    module: str
    function: str
    line: int
    before: str
    after: str
    ending: str
    seconds: float


def unread(results: list[Result]) -> list[Result]:
    """Return the mutants that survived, or that no test reaches, of which `survivors.csv` does not tell why."""
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        known = {tuple(row[:4]) for row in csv.reader(file)}
    left = [one for one in results if one.ending in (SURVIVED, UNREACHED)]
    return [one for one in left if (one.module, one.function, one.before, one.after) not in known]


def read(file: Path) -> list[Result]:
    """Return the results of a run."""
    return [msgspec.json.decode(line, type=Result) for line in file.read_bytes().splitlines()]


def table(results: list[Result]) -> str:
    """Return how many mutants of each module were seen, as a table of Markdown."""
    modules: dict[str, Counter[str]] = {}
    for one in results:
        modules.setdefault(one.module, Counter())[one.ending] += 1
    lines = ["| module | mutants | killed | timeout or crash | survived | reached by no test | seen |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    lines += [_row(f"`{module}`", endings) for module, endings in sorted(modules.items())]
    lines.append(_row("all", sum(modules.values(), Counter())))
    return "\n".join(lines)


def _row(what: str, endings: Counter[str]) -> str:
    tried = endings.total() - endings[UNTRIED]
    seen = sum(endings[ending] for ending in SEEN)
    cells = [tried, endings[KILLED], seen - endings[KILLED], endings[SURVIVED], endings[UNREACHED]]
    return f"| {what} | {' | '.join(f'{cell:,}' for cell in cells)} | {100 * seen / (tried or 1):.1f} % |"
