"""Measure how cost grows with the data, and write docs/explanation/performance.md: `python -m benchmarks.scale`.

Run it with the Python of an environment in which govmap is installed by pip (not editable) with its extras, and pandas.
Each figure is the median of interleaved runs of whole processes, beside an empty interpreter (P) and a call on the
bundled data in the same run. What is not installed (jq, sqlite3, pandas) is left out.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import EMPTY_INTERPRETER, GOVMAP, PYTHON, Cost, cost, median_costs
from benchmarks.synthetic import COW, SIZES, Size

from govmap.version import __version__

DOCUMENT = Path(__file__).parents[1] / "docs" / "explanation" / "performance.md"
ROUNDS, ROUNDS_OF_LARGE = 7, 3
READERS = {
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


def table(*rows: tuple[str, ...]) -> str:
    """Return *rows*, the first of them headings, as a Markdown table with numbers flush right."""
    rule = ("---", *("---:" for _ in rows[0][1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def write_dataset(size: Size, path: Path) -> None:
    """Make data of a *size* in a process of its own: the memory of this one would count as every child's."""
    with path.open("wb") as file:
        subprocess.run((PYTHON, "-m", "benchmarks.synthetic", *map(str, size)), stdout=file, check=True)


def reading(path: Path) -> str:
    """Return the table of what reading the YAML of *path* costs, beyond starting Python and reading the bytes."""
    costs = median_costs({name: (PYTHON, "-c", code, str(path)) for name, code in READERS.items()}, ROUNDS, {})
    bare = costs.pop("neither")
    net = {name: (each.processor - bare.processor, each.memory - bare.memory) for name, each in costs.items()}
    best, least = net["yaml.load, CSafeLoader"]
    rows = [(name, f"{ms:.0f}", f"{ms / best:.2f}", f"{mb:.0f}", f"{mb / least:.2f}") for name, (ms, mb) in net.items()]
    return table(("reader", "ms", "of yaml.load", "MB", "of yaml.load"), *rows)


def call_costs(folder: Path, size: Size) -> dict[str, Cost]:
    """Return the cost of calls on data of a *size*: the first, those after it, and what other programs take."""
    path = folder / "mechanisms.yaml"
    write_dataset(size, path)
    variables = {"GOVMAP_CACHE": str(folder / "cache"), "GOVMAP_LANG": "en"}
    own, country = ("--json", "--data", str(path)), (GOVMAP, "country", "Peru")
    first = cost((*country, *own), variables)
    for kind in ("json", "sqlite", "csv", "parquet"):
        cost((GOVMAP, "export", kind, str(folder / kind), "--data", str(path)), variables)
    commands = {
        "P": EMPTY_INTERPRETER,
        "bundled": (*country, "--json"),
        "country": (*country, *own),
        "mechanism": (GOVMAP, "mechanism", "ORG00007", *own),
        "compare": (GOVMAP, "compare", "ORG00007", "ORG00008", *own),
        "all pairs": (GOVMAP, "compare", "--all", "--top", "100", *own),
        "jq": ("jq", JQ, str(folder / "json")),
        "sqlite3": ("sqlite3", str(folder / "sqlite"), SQL),
        "DuckDB": (PYTHON, "-c", DUCKDB, SQL, str(folder / "parquet" / "memberships.parquet")),
        "pandas": (PYTHON, "-c", PANDAS, str(folder / "csv" / "memberships.csv")),
    }
    missing = () if find_spec("pandas") else ("pandas",)
    installed = {name: commands[name] for name in commands if name not in missing and shutil.which(commands[name][0])}
    rounds = ROUNDS if size.mechanisms < 5_000 else ROUNDS_OF_LARGE
    return {"first": first, **median_costs(installed, rounds, variables)}


def report() -> str:
    """Return the measured part of the document."""
    costs: dict[str, dict[str, Cost]] = {}
    for size in (COW, *SIZES):
        with tempfile.TemporaryDirectory() as folder:
            costs["COW" if size is COW else f"{size.mechanisms:,}"] = call_costs(Path(folder), size)
            if size is COW:
                read = reading(Path(folder, "mechanisms.yaml"))
    head, times, memory = ("mechanisms", *costs["COW"]), [], []
    for name, row in costs.items():
        ratios = [f"{each.processor:.0f} ({each.processor / row['bundled'].processor:.1f})" for each in row.values()]
        times.append((name, *ratios))
        memory.append((name, *(f"{each.memory:.0f}" for each in row.values())))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    return f"""
Measured by `python -m benchmarks.scale` on {machine}, govmap {__version__}.

### Reading YAML: 534 organisations, 18,580 spells

{read}

### Processor time, ms (and times the call on the bundled data)

{table(head, *times)}

### Peak memory, MB

{table(head, *memory)}
"""


def main() -> None:
    """Write the measured part of the document anew."""
    before, mark, rest = DOCUMENT.read_text(encoding="utf-8").partition("<!-- measured -->\n")
    DOCUMENT.write_text(f"{before}{mark}{report()}\n{rest[rest.index('<!-- end -->') :]}", encoding="utf-8")


if __name__ == "__main__":
    main()
