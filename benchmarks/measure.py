"""Run commands in turns and take the median of what each costs, as the kernel counts it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PYTHON = sys.executable
GOVMAP = str(Path(PYTHON).parent / "govmap")
EMPTY_INTERPRETER = (PYTHON, "-c", "pass")


class Cost(NamedTuple):
    """Processor time (user and system) in milliseconds, peak memory in megabytes."""

    processor: float
    memory: float


def cost(command: Sequence[str], variables: Mapping[str, str], *, check: bool = True) -> Cost:
    """Return what *command* costs with these environment *variables*; raise CalledProcessError where it fails."""
    env = {**os.environ, **variables}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if check and process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024)


def median_costs(
    commands: Mapping[str, Sequence[str]], rounds: int, variables: Mapping[str, str], *, check: bool = True
) -> dict[str, Cost]:
    """Return the median cost of each of *commands*, run in turns so that a busy moment hits all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(cost(command, variables, check=check))
    return {name: Cost(*map(statistics.median, zip(*several, strict=True))) for name, several in costs.items()}
