"""Try to break govmap, and write what happened into docs/reliability.md: `python -m benchmarks.reliability [PART …]`.

Run it from the root of the checkout with the Python of an environment in which govmap is installed with `[dev]`, best
as a wheel; as root it can try more. `--seed` and `--share` (0.01 is a short run) make another run, `--dry` writes nothing.
It returns 1 if anything was not as it should be.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import re
import sys
import time
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from random import Random

from benchmarks.reliability.trial import Extent, Trial

import govmap

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
PARTS = ("texts", "calls", "damage", "stops", "streams", "places", "reach", "extremes")


def load_trials(part: str, extent: Extent) -> list[Trial]:
    """Return the trials of a part, run."""
    found: list[Trial] = []
    for trial in importlib.import_module(f"benchmarks.reliability.{part}").trials(extent):
        found.append(trial)
        print(
            f"{part}: {trial.what}: {trial.times:,}, {len(trial.wrong)} not as it should be; {trial.seen}", flush=True
        )
        for line in trial.wrong[:20]:
            print(f"    {line}", flush=True)
    return found


def table(part: str, trials: list[Trial], asked: argparse.Namespace, seconds: float) -> str:
    """Return the trials of a part as the document shows them."""
    rows = [f"| {t.what} | {t.times:,} | {len(t.wrong)} | {t.seen} |" for t in trials]
    head = ["| what was tried | times | not as it should be | what was seen |", "| --- | ---: | ---: | --- |"]
    return "\n".join([f"{_where(part, asked, seconds)}\n", *head, *rows])


def _where(part: str, asked: argparse.Namespace, seconds: float) -> str:
    share = f" --share {asked.share:g}" if asked.share != 1 else ""
    day = datetime.now(tz=timezone.utc).date().isoformat()
    installed = "a wheel" if "site-packages" in govmap.__file__ else "a checkout"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("typer", "rich", "msgspec", "PyYAML", "rapidfuzz"))
    machine = f"{platform.system()} {platform.release()} on {platform.machine()}, {os.cpu_count()} processors"
    return (
        f"`python -m benchmarks.reliability {part} --seed {asked.seed}{share}`, {day}, {seconds / 60:.0f} min: govmap"
        f" {govmap.__version__} as {installed}, Python {platform.python_version()}, {libraries}; {machine}."
    )


def written(text: str, part: str, content: str) -> str:
    """Return the document *text* with *content* between the marks of a part; raise LookupError where it has none."""
    marks = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end of {part} -->)", re.DOTALL)
    if not marks.search(text):
        raise LookupError(f"{DOCUMENT.name} has no place for {part}")
    return marks.sub(lambda match: f"{match[1]}{content}\n{match[2]}", text)


def main() -> int:
    """Run the parts that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--dry", action="store_true", help="write no document")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    wrong = 0
    for part in asked.parts or PARTS:
        start = time.perf_counter()
        trials = load_trials(part, Extent(Random(asked.seed), asked.share))
        wrong += sum(len(trial.wrong) for trial in trials)
        if not asked.dry:
            content = table(part, trials, asked, time.perf_counter() - start)
            text = DOCUMENT.read_text(encoding="utf-8")
            DOCUMENT.write_text(written(text, part, content), encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
