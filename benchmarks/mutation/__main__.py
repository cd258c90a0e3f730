"""Change govmap's code in one place at a time and see whether a test fails: `python -m benchmarks.mutation --to FILE`.

Run it from the root of the checkout with the Python (3.11 or later) of an environment in which govmap is installed by
pip (not editable) with `[dev]`, and `mutmut==3.8.1` beside it. A change that every test passes has survived: either no
test sees that behaviour break, or it changes nothing that can be seen. docs/mutation.md tells what came of it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path

import pytest
from benchmarks.mutation.mutants import GOVMAP, Mutant, mutants_of
from benchmarks.mutation.report import SURVIVED, Result, read, table, unread
from benchmarks.mutation.session import Mutation

MODULES = ("names.py", "vocabulary.py", "understanding.py", "dataset/*.py", "queries/*.py")
# The tests of answers. Those of processes, packages and documents would cost more than they see of these modules.
# fmt: off
TESTS = (
    "dataset", "importing", "pages", "queries", "render/test_schema.py", "test_api.py", "test_as_of.py",
    "test_atlas.py", "test_bundled_data.py", "test_dates.py", "test_discrepancies.py", "test_facts.py",
    "test_golden.py", "test_json_shapes.py", "test_names.py", "test_schema.py", "test_understanding.py",
    "test_vocabulary.py", "cli/test_answering.py", "cli/test_bad_calls.py", "cli/test_brief.py", "cli/test_diff.py",
    "cli/test_own_data.py", "cli/test_sources.py", "cli/test_trust.py",
)
# fmt: on


def main() -> int:
    """Try what was asked for, print a line for each module, and return 0 where the run could be made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", default=MODULES, metavar="MODULE", help=f"default: {' '.join(MODULES)}")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="gets a line of JSON for each mutant")
    parser.add_argument("--again", type=Path, metavar="FILE", help="try only what survived in an older run")
    parser.add_argument("--tests", nargs="*", default=TESTS, metavar="TEST", help="files and folders of tests/ to run")
    parser.add_argument("--share", type=float, default=1, help="how many of the mutants, chosen by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--control", action="store_true", help="put the unchanged code in their place: none may be killed"
    )
    asked = parser.parse_args()
    files = [file for pattern in asked.modules for file in sorted(GOVMAP.glob(pattern))]
    chance = random.Random(asked.seed)  # noqa: S311 - to be repeated
    mutants = [one for file in files for one in mutants_of(file) if chance.random() < asked.share]
    if asked.again:
        again = {_key(one) for one in read(asked.again) if one.ending == SURVIVED}
        mutants = [one for one in mutants if _key(one) in again]
    print(f"{len(mutants):,} mutants", flush=True)
    plugin = Mutation(mutants, asked.to, os.cpu_count() or 1, control=asked.control)
    tests = [str(Path(__file__).parents[2] / "tests" / test) for test in asked.tests]
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=[plugin])
    results = read(asked.to) if asked.to.exists() else []
    print(table(results))
    for one in unread(results):
        print(f"{one.module}:{one.line} {one.function}: {one.ending}: {one.before} --> {one.after}")
    return int(code)


def _key(one: Mutant | Result) -> tuple[str, str, str, str]:
    """Return what tells a mutant from others though lines have moved since."""
    return one.module, one.function, one.before, one.after


if __name__ == "__main__":
    sys.exit(main())
