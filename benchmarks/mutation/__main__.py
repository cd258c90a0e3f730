"""Change modules in one place at a time and see whether a test fails: `python -m benchmarks.mutation MODULE …`.

Run it from the root of the checkout with the Python of an environment in which govmap is installed by pip (not
editable) with `[dev]`, and `mutmut` beside it. A change that every test passes has survived: either no test sees that
behaviour break, or it changes nothing that can be seen. See docs/explanation/reliability.md.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.mutation.mutants import PACKAGE, mutants_of
from benchmarks.mutation.session import UNSEEN, MutationRun

TESTS = Path(__file__).parents[2] / "tests"
# Tests of processes and documents, which cost more than they see of a module.
LEFT_OUT = ("cli", "test_docs.py", "test_layers.py", "test_reliability.py", "test_translations.py")
SEEN = ("killed", "timeout", "crash")


def table(endings: dict[str, Counter[str]]) -> str:
    """Return how the mutants of each module ended, and how many of them a test has seen, as a table of Markdown."""
    lines = [f"| module | {' | '.join((*SEEN, *UNSEEN))} | seen |", "| --- |" + " ---: |" * 6]
    for module, counts in [*sorted(endings.items()), ("all", sum(endings.values(), Counter()))]:
        seen, unseen = (sum(counts[ending] for ending in kinds) for kinds in (SEEN, UNSEEN))
        cells = " | ".join(f"{counts[ending]:,}" for ending in (*SEEN, *UNSEEN))
        lines.append(f"| {module} | {cells} | {100 * seen / (seen + unseen or 1):.1f} % |")
    return "\n".join(lines)


def main() -> int:
    """Try the mutants, print each that no test has seen and the table, and return 0 where the run could be made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "modules", nargs="+", metavar="MODULE", help="in src/govmap, as questions/gaps.py or 'names/*.py'"
    )
    parser.add_argument(
        "--tests", nargs="+", metavar="TEST", help="files and folders of tests/ to run, by default most"
    )
    parser.add_argument("--share", type=float, default=1, help="how many of the mutants to try, up to 1")
    parser.add_argument("--seed", type=int, default=1, help="which sample of them")
    parser.add_argument("--again", type=Path, metavar="FILE", help="only what no test saw in the run that printed this")
    parser.add_argument(
        "--control", action="store_true", help="put the unchanged code in their place: none may be killed"
    )
    options = parser.parse_args()
    mutants = [
        mutant for module in options.modules for file in sorted(PACKAGE.glob(module)) for mutant in mutants_of(file)
    ]
    if options.again:
        unseen = re.findall(r"(?m)^(\S+):\d+: (?:survived|no test): (.*)$", options.again.read_text("utf-8"))
        mutants = [mutant for mutant in mutants if (mutant.module, mutant.change) in unseen]
    mutants = random.Random(options.seed).sample(mutants, round(options.share * len(mutants)))
    print(f"{len(mutants):,} mutants", flush=True)
    tests = [str(TESTS / test) for test in options.tests or ["."]]
    tests += [f"--ignore={TESTS / test}" for test in LEFT_OUT if not options.tests]
    run = MutationRun(mutants, control=options.control)
    # Each property is tried on the same few examples every time.
    settings = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=few", "--hypothesis-seed=1"]
    code = pytest.main([*settings, *tests], plugins=[run])
    endings: dict[str, Counter[str]] = {}
    for mutant, ending in run.endings.items():
        endings.setdefault(mutant.module, Counter())[ending] += 1
        if ending in UNSEEN:
            print(f"{mutant.module}:{mutant.lines[0]}: {ending}: {mutant.change}")
    print(table(endings))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
