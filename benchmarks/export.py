"""Measure the exports, and what a user would do without them: `python -m benchmarks.export`.

Run it with the Python of an environment in which govmap is installed by pip (not editable) with its extras. Programs
that are not there (sqlite-utils beside this Python, jq, sqlite3) are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measure import PYTHON, median_costs

ROUNDS = 9
KINDS = ("sqlite", "json", "csv", "xlsx", "duckdb", "parquet")
SQL = (
    "SELECT count(*) FROM memberships a JOIN memberships b ON a.country = b.country"
    " WHERE a.mechanism = 'RCM' AND b.mechanism = 'SACM'"
)
JQ = '[.mechanisms[] | select(.id=="RCM" or .id=="SACM") | [.members[].code]] | (.[0] - (.[0] - .[1])) | length'
DUCKDB = (
    "import duckdb, os; duckdb.sql(os.environ['SQL'].replace('memberships', repr('csv/memberships.csv'))).fetchall()"
)
# Shell commands by what they are, which begins with the program; each table begins with govmap's own.
EXPORTS = {f"govmap export {kind}": f"rm -rf new; govmap export {kind} new" for kind in KINDS} | {
    "sqlite-utils insert, each CSV file": (
        'rm -f new; for file in csv/*.csv; do sqlite-utils insert new "$(basename "$file" .csv)" "$file" --csv; done'
    )
}
COMPARISONS = {
    "govmap compare RCM SACM --json": "govmap compare RCM SACM --json",
    "python with duckdb on the CSV file": f'python -c "{DUCKDB}"',
    "sqlite3 on the database": 'sqlite3 sqlite "$SQL"',
    "jq on the record": f"jq '{JQ}' json",
    "sqlite-utils memory on the CSV file": 'sqlite-utils memory csv/memberships.csv "$SQL"',
}


def report(commands: dict[str, str]) -> None:
    """Print the median of each command whose program is installed, and its ratio to the first."""
    scripts = {name: ("sh", "-ec", script) for name, script in commands.items() if shutil.which(name.split()[0])}
    costs = median_costs(scripts, ROUNDS, {"SQL": SQL})
    first = next(iter(costs.values())).wall
    for name, cost in costs.items():
        print(f"{name:40}{cost.wall:9.0f} ms{cost.wall / first:8.1f}")
    print()


def main() -> None:
    """Print both tables."""
    os.environ["PATH"] = f"{Path(PYTHON).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for kind in ("sqlite", "csv", "json"):
            subprocess.run(("govmap", "export", kind, kind), check=True)  # noqa: S607 - that of this environment
        report(EXPORTS)
        report(COMPARISONS)


if __name__ == "__main__":
    main()
