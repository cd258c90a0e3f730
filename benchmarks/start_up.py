"""Measure whole calls against an empty interpreter of the same environment: `python benchmarks/start_up.py`.

Run it with the Python of an environment in which govmap is installed by pip (not editable), so that bytecode and
the snapshot of the data are there. Rounds are interleaved; the ratio of medians is printed beside its bound.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

GOVMAP = Path(sys.executable).parent / "govmap"
EMPTY = [sys.executable, "-c", "pass"]
CALLS: dict[str, tuple[list[str], float]] = {
    "country Peru --json": (["country", "Peru", "--json"], 7),
    "overlap asylum --json": (["overlap", "asylum", "--json"], 7),
    "compare RCM MIRPS --json": (["compare", "RCM", "MIRPS", "--json"], 7),
    "country Ecuadr --json (a slip)": (["country", "Ecuadr", "--json"], 11),
    "overlap (free text) --json": (["overlap", "what happens to deported people", "--json"], 11),
    "overlap (a slip) --json": (["overlap", "humna trafficking", "--json"], 11),
    "country Peru": (["country", "Peru"], 11),
    "compare RCM MIRPS": (["compare", "RCM", "MIRPS"], 11),
    "list groups": (["list", "groups"], 11),
    "--help": (["--help"], 14),
}


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of *command*."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main(rounds: int = 25) -> int:
    """Print the medians and ratios of *rounds* interleaved runs; return 1 if a ratio is above its bound."""
    commands = {name: [str(GOVMAP), *arguments] for name, (arguments, _) in CALLS.items()}
    times: dict[str, list[float]] = {name: [] for name in ("empty interpreter", *commands)}
    for _ in range(rounds):
        times["empty interpreter"].append(seconds(EMPTY))
        for name, command in commands.items():
            times[name].append(seconds(command))
    empty = statistics.median(times["empty interpreter"])
    print(f"{'call':34}{'median ms':>10}{'ratio':>8}{'bound':>7}")
    print(f"{'empty interpreter':34}{empty * 1000:10.1f}{1:8.1f}")
    above = False
    for name, (_, bound) in CALLS.items():
        median = statistics.median(times[name])
        above |= median / empty > bound
        print(f"{name:34}{median * 1000:10.1f}{median / empty:8.1f}{bound:7.0f}")
    return int(above)


if __name__ == "__main__":
    sys.exit(main())
