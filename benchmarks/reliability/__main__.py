"""Try to break govmap, and print a table of what happened: `python -m benchmarks.reliability [TRIAL …]`.

Run it from the root of the checkout with the Python of an environment in which govmap is installed as a wheel with
`[dev]`; as root it can try more. It returns 1 if anything was not as it should be.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.reliability import extremes, places, texts, writes
from benchmarks.reliability.runner import run_trial

TRIALS = {trial.check.__name__: trial for module in (texts, writes, places, extremes) for trial in module.TRIALS}


def main() -> int:
    """Run the trials that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=f"any of {', '.join(TRIALS)} (default: all)")
    parser.add_argument("--share", type=float, default=1, help="how many of the cases to try, up to 1")
    parser.add_argument("--seed", type=int, default=1, help="which of them, and which random moments")
    options = parser.parse_args()
    if unknown := set(options.trials) - TRIALS.keys():
        parser.error(f"no such trial: {', '.join(sorted(unknown))}; choose from {', '.join(TRIALS)}")
    failed = False
    print("| trial | cases | failed | seen |\n| --- | ---: | ---: | --- |", flush=True)
    for name in options.trials or TRIALS:
        tried, failures, notes = run_trial(TRIALS[name], options.share, options.seed)
        seen = ", ".join(f"{times} × {note}" for note, times in notes.most_common())
        print(f"| `{name}`: {TRIALS[name].claim} | {tried:,} | {len(failures)} | {seen} |", flush=True)
        for failure in failures[:20]:
            print(failure, file=sys.stderr, flush=True)
        failed = failed or bool(failures)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
