"""Measure the exports, and what a user would do without them: `python benchmarks/export.py`.

Run it with the Python of an environment in which govmap is installed by pip (not editable) with its extras. Programs
that are not there (sqlite-utils beside this Python, jq, sqlite3) are left out. Rounds are interleaved; each median
stands beside its ratio to govmap's own call.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BIN = Path(sys.executable).parent
GOVMAP = str(BIN / "govmap")
SQL = (
    "SELECT count(*) FROM memberships a JOIN memberships b ON a.country = b.country"
    " WHERE a.mechanism = 'RCM' AND b.mechanism = 'SACM'"
)
JQ = "[.mechanisms[] | select(.id==$a or .id==$b) | [.members[].code]] | (.[0] - (.[0] - .[1])) | length"
DUCK = "import duckdb, sys; print(duckdb.sql(sys.argv[1].replace('memberships', repr(sys.argv[2]))).fetchall())"
Job = Callable[[], None]


def run(*command: str) -> None:
    """Run *command* to its end; raise CalledProcessError where it fails."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def exports(folder: Path) -> dict[str, Job]:
    """Return the ways to a database of the dataset in *folder*, govmap's own first, and the other exports."""

    def to(kind: str) -> Job:
        def job() -> None:
            target = folder / f"new-{kind}"
            run(GOVMAP, "export", kind, str(target))
            shutil.rmtree(target) if target.is_dir() else target.unlink()

        return job

    jobs = {f"govmap export {kind}": to(kind) for kind in ("sqlite", "json", "csv", "xlsx", "duckdb", "parquet")}
    sqlite_utils = shutil.which("sqlite-utils", path=str(BIN))
    if sqlite_utils:
        program = sqlite_utils

        def insert() -> None:
            target = folder / "inserted.sqlite"
            for path in sorted((folder / "csv").glob("*.csv")):
                run(program, "insert", str(target), path.stem, str(path), "--csv")
            target.unlink()

        jobs["sqlite-utils insert, each CSV file"] = insert
    return jobs


def comparisons(folder: Path) -> dict[str, Job]:
    """Return the ways to compare two mechanisms, govmap's own first."""
    database, csv, record = (str(folder / name) for name in ("a.sqlite", "csv/memberships.csv", "a.json"))
    jobs: dict[str, Job] = {
        "govmap compare RCM SACM --json": lambda: run(GOVMAP, "compare", "RCM", "SACM", "--json"),
        "duckdb on the CSV file": lambda: run(sys.executable, "-c", DUCK, SQL, csv),
    }
    if shutil.which("sqlite3"):
        jobs["sqlite3 on the database"] = lambda: run("sqlite3", database, SQL)
    if shutil.which("jq"):
        jobs["jq on the record"] = lambda: run("jq", "--arg", "a", "RCM", "--arg", "b", "SACM", JQ, record)
    sqlite_utils = shutil.which("sqlite-utils", path=str(BIN))
    if sqlite_utils:
        program = sqlite_utils
        jobs["sqlite-utils memory on the CSV file"] = lambda: run(program, "memory", csv, SQL)
    return jobs


def report(jobs: dict[str, Job], rounds: int) -> None:
    """Print the medians of *rounds* interleaved runs of *jobs*, and their ratios to the first."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(measured) for name, measured in times.items()}
    first = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name:40}{median * 1000:9.0f} ms{median / first:8.1f}")
    print()


def main(rounds: int = 9) -> None:
    """Print both comparisons."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, target in (("sqlite", "a.sqlite"), ("csv", "csv"), ("json", "a.json")):
            run(GOVMAP, "export", kind, str(folder / target))
        report(exports(folder), rounds)
        report(comparisons(folder), rounds)


if __name__ == "__main__":
    main()
