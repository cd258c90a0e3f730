"""Part `damage`: what `benchmarks/fuzz.py` makes of mutated data files and tables, case by case."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reliability.trial import Extent, Trial

FUZZ = Path(__file__).parents[1] / "fuzz.py"
CASES = 20_000  # every other one is a dataset of which a file was changed, the others are tables to import
SECONDS = 3_600


def trials(extent: Extent) -> Iterator[Trial]:
    """Run as many cases as are asked for; the first that is no clean error ends the run."""
    trial = Trial("data files and tables that were changed at random: valid, or a clean refusal; 20 s and 1 GB at most")
    cases, seed = extent.times(CASES), extent.random.randrange(10**6)
    command = (sys.executable, str(FUZZ), "--cases", str(cases), "--seed", str(seed), "--seconds", str(SECONDS))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    trial.times = cases
    *_, last = done.stdout.splitlines() or [""]
    if done.returncode or f": {cases} cases" not in last:
        trial.wrong.append(done.stdout + done.stderr)
    trial.seen = last
    yield trial
