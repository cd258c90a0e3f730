"""Measure whole calls against an empty interpreter of the same environment: `python -m benchmarks.start_up`.

Run it with the Python of an environment in which govmap is installed by pip (not editable), so that bytecode and
the snapshot of the data are there. It returns 1 where a ratio of medians is above its bound.
"""

from __future__ import annotations

import shlex
import sys

from benchmarks.measure import EMPTY_INTERPRETER, GOVMAP, median_costs

ROUNDS = 25
BOUNDS = {  # of the wall time, in empty interpreters
    "country Peru --json": 7,
    "overlap asylum --json": 7,
    "compare RCM MIRPS --json": 7,
    "country Ecuadr --json": 11,  # a slip
    "overlap 'what happens to deported people' --json": 11,
    "overlap 'humna trafficking' --json": 11,
    "country Peru": 11,
    "compare RCM MIRPS": 11,
    "list groups": 11,
    "--help": 14,
}


def main() -> int:
    """Print the median of each call and its ratio to an empty interpreter."""
    commands = {"empty interpreter": EMPTY_INTERPRETER, **{call: (GOVMAP, *shlex.split(call)) for call in BOUNDS}}
    # A slip ends with exit code 1. An empty PYTHONDONTWRITEBYTECODE counts as unset.
    costs = median_costs(commands, ROUNDS, {"PYTHONDONTWRITEBYTECODE": ""}, check=False)
    empty = costs["empty interpreter"].wall
    print(f"{'call':50}{'median ms':>10}{'ratio':>8}{'bound':>7}")
    for name, cost in costs.items():
        print(f"{name:50}{cost.wall:10.1f}{cost.wall / empty:8.1f}{BOUNDS.get(name, ''):>7}")
    return int(any(costs[call].wall / empty > bound for call, bound in BOUNDS.items()))


if __name__ == "__main__":
    sys.exit(main())
