"""Measure whole calls against an empty interpreter of the same environment: `python -m benchmarks.start_up`.

Run it with the Python of an environment in which govmap is installed by pip (not editable), so that bytecode and
the database of the data are there. It returns 1 where a ratio of medians is above its bound.
"""

from __future__ import annotations

import shlex
import sys

from benchmarks.measure import EMPTY_INTERPRETER, GOVMAP, median_costs

ROUNDS = 25
BOUNDS = {  # of the processor time, in empty interpreters
    "country Peru --json": 4.6,
    "mechanism RCM --json": 4.6,
    "compare RCM MIRPS --json": 4.6,
    "overlap asylum --json": 5.0,
    "country Ecuadr --json": 6.0,  # a slip
    "search Peru --json": 4.6,
    "country Peru": 8.8,
    "compare RCM MIRPS": 8.8,
    "list groups": 8.8,
    "country Perú --lang es": 8.8,
    "country Peru --lang pt": 8.8,
    "country Pérou --lang fr": 8.8,
    "--version": 4.6,
}


def main() -> int:
    """Print the median of each call and its ratio to an empty interpreter."""
    commands = {"empty interpreter": EMPTY_INTERPRETER, **{call: (GOVMAP, *shlex.split(call)) for call in BOUNDS}}
    # A slip ends with exit code 1. An empty PYTHONDONTWRITEBYTECODE counts as unset.
    costs = median_costs(commands, ROUNDS, {"PYTHONDONTWRITEBYTECODE": ""}, check=False)
    empty = costs["empty interpreter"].processor
    print(f"{'call':50}{'median ms':>10}{'ratio':>8}{'bound':>7}")
    for name, cost in costs.items():
        print(f"{name:50}{cost.processor:10.1f}{cost.processor / empty:8.1f}{BOUNDS.get(name, ''):>7}")
    return int(any(costs[call].processor / empty > bound for call, bound in BOUNDS.items()))


if __name__ == "__main__":
    sys.exit(main())
