"""Measure how cost grows with the data, and write docs/performance.md: `python -m benchmarks.scale`.

Run it with the Python of an environment in which govmap is installed by pip (not editable) with its extras, and pandas.
Each figure is the median of interleaved runs of whole processes: processor time (user and system) and peak memory, as
the kernel counts them, beside an empty interpreter (P) and a call on the bundled data in the same run. What is not
installed (jq, sqlite3, pandas) is left out.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.made import COW, SIZES, Size

from govmap.version import __version__

PYTHON = sys.executable
GOVMAP = str(Path(PYTHON).parent / "govmap")
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
ROUNDS = 7
READ = {
    "yaml.load, CSafeLoader": "import sys, yaml; yaml.load(open(sys.argv[1]), yaml.CSafeLoader)",
    "govmap's reader": (
        "import sys; from govmap.dataset.yaml_reader import read_yaml;"
        "problems = []; read_yaml(open(sys.argv[1], 'rb').read(), 'x', problems); assert not problems"
    ),
    "neither": "import sys, yaml; open(sys.argv[1]).read()",
}
JQ = '[.mechanisms[] | select(any(.members[]?; .code == "PER")) | .id]'
SQL = "SELECT mechanism FROM memberships WHERE country = 'PER'"
DUCKDB = "import duckdb, sys; duckdb.sql(sys.argv[1].replace('memberships', repr(sys.argv[2]))).fetchall()"
PANDAS = "import pandas, sys; table = pandas.read_csv(sys.argv[1]); table[table.country == 'PER'].mechanism.tolist()"


class Cost(NamedTuple):
    """Processor time in milliseconds and peak memory in megabytes."""

    time: float
    memory: float


def cost(*command: str, cache: str = "off") -> Cost:
    """Return what *command* costs; raise CalledProcessError where it fails."""
    env = {**os.environ, "GOVMAP_CACHE": cache, "GOVMAP_LANG": "en"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024)


def medians(commands: dict[str, tuple[str, ...]], cache: str, rounds: int = ROUNDS) -> dict[str, Cost]:
    """Return the median cost of each of *commands*, run in turns."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(cost(*command, cache=cache))
    return {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in found.items()}


def table(*rows: tuple[object, ...]) -> str:
    """Return *rows*, the first of them headings, as a Markdown table with numbers flush right."""
    head, *body = ([str(cell) for cell in row] for row in rows)
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def reading(path: str) -> str:
    """Return the table of what reading the YAML of *path* costs."""
    found = medians({name: (PYTHON, "-c", code, path) for name, code in READ.items()}, "off")
    bare = found.pop("neither")
    net = {name: Cost(one.time - bare.time, one.memory - bare.memory) for name, one in found.items()}
    reference = net["yaml.load, CSafeLoader"]
    return table(
        ("reader", "ms", "of yaml.load", "MB", "of yaml.load"),
        *(
            (name, f"{one.time:.0f}", f"{one.time / reference.time:.2f}", f"{one.memory:.0f}",
             f"{one.memory / reference.memory:.2f}")
            for name, one in net.items()
        ),
    )  # fmt: skip


def write(size: Size, path: str) -> None:
    """Make data of a *size* at *path*, in a process of its own: what this one holds would count as every child's."""
    with Path(path).open("wb") as file:
        subprocess.run((PYTHON, "-m", "benchmarks.made", *map(str, size)), stdout=file, check=True)


def calls(folder: Path, size: Size) -> dict[str, Cost]:
    """Return the cost of calls on data of a *size*: the first, those after it, and what other programs take."""
    path, cache = str(folder / "made.yaml"), str(folder / "cache")
    write(size, path)
    shutil.rmtree(cache, ignore_errors=True)
    country = (GOVMAP, "country", "Peru", "--json")
    first = cost(*country, "--data", path, cache=cache)
    commands = {
        "P": (PYTHON, "-c", "pass"),
        "bundled": country,
        "country": (*country, "--data", path),
        "mechanism": (GOVMAP, "mechanism", "ORG00007", "--json", "--data", path),
        "compare": (GOVMAP, "compare", "ORG00007", "ORG00008", "--json", "--data", path),
        **others(folder, path, cache),
    }
    return {"first": first, **medians(commands, cache, ROUNDS if size.mechanisms < 5_000 else 3)}


def others(folder: Path, path: str, cache: str) -> dict[str, tuple[str, ...]]:
    """Return what other programs take to find the mechanisms of one country, from what govmap exports."""
    for kind, name in (("json", "made.json"), ("sqlite", "made.db"), ("csv", "csv"), ("parquet", "parquet")):
        target = folder / name
        shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(missing_ok=True)
        cost(GOVMAP, "export", kind, str(target), "--data", path, cache=cache)
    found: dict[str, tuple[str, ...]] = {}
    if shutil.which("jq"):
        found["jq"] = ("jq", JQ, str(folder / "made.json"))
    if shutil.which("sqlite3"):
        found["sqlite3"] = ("sqlite3", str(folder / "made.db"), SQL)
    found["DuckDB"] = (PYTHON, "-c", DUCKDB, SQL, str(folder / "parquet" / "memberships.parquet"))
    if importlib.util.find_spec("pandas"):
        found["pandas"] = (PYTHON, "-c", PANDAS, str(folder / "csv" / "memberships.csv"))
    return found


def pairs(number: int) -> str:
    """Return how long all pairs of *number* mechanisms take to be ranked, in this process."""
    import govmap  # noqa: PLC0415 - last: until here this process stays small
    from govmap.analysis.similarity import likest_pairs  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.yaml"
        write(Size(number, number * 35), str(path))
        atlas = govmap.load(path)
    sets = {id_: frozenset(members) for id_, members in atlas.seats.items()}
    times = []
    for _ in range(5):
        before = time.process_time()
        likest_pairs(sets, 100)
        times.append(time.process_time() - before)
    return f"{1000 * statistics.median(times):.0f} ms for {number * (number - 1) // 2:,} pairs"


def report() -> str:
    """Return the measured part of the document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cow = folder / "cow.yaml"
        write(COW, str(cow))
        read = reading(str(cow))
        measured = {"COW": calls(folder, COW)}
        for size in SIZES:
            measured[f"{size.mechanisms:,}"] = calls(folder, size)
    columns = list(measured["COW"])
    times = [(name, *(_ratio(costs, column) for column in columns)) for name, costs in measured.items()]
    memory = [(name, *(f"{costs[column].memory:.0f}" for column in columns)) for name, costs in measured.items()]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    return "\n\n".join(
        [
            f"Measured by `python -m benchmarks.scale` on {machine}, govmap {__version__}.",
            "### Reading YAML: 534 organisations, 18,580 spells", read,
            "### Processor time, ms (and times the call on the bundled data)", table(("mechanisms", *columns), *times),
            "### Peak memory, MB", table(("mechanisms", *columns), *memory),
            f"### All pairs\n\nRanking all pairs of 2,000 mechanisms by likeness: {pairs(2_000)}, in one process.",
        ]
    )  # fmt: skip


def _ratio(costs: dict[str, Cost], column: str) -> str:
    return f"{costs[column].time:.0f} ({costs[column].time / costs['bundled'].time:.1f})"


if __name__ == "__main__":
    begin, end = "<!-- measured -->\n", "<!-- end -->\n"
    text = DOCUMENT.read_text(encoding="utf-8")
    head, tail = text[: text.index(begin)], text[text.index(end) :]
    DOCUMENT.write_text(f"{head}{begin}\n{report()}\n\n{tail}", encoding="utf-8")
