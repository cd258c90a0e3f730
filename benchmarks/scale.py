"""Measure how calls grow with the data, and write figures and curves into the documents: `python -m benchmarks.scale`.

It needs jq and sqlite3 on the path, and measures DuckDB, polars and pandas where they are installed. All are asked for
the mechanisms that list Peru, in data that govmap exported for them; one that answers otherwise stops the run.
"""

from __future__ import annotations

import json
import math
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import EMPTY_INTERPRETER, GOVMAP, PYTHON, Cost, cost, median_costs

from govmap.formats.svg import to_svg
from govmap.layout.picture import Dot, Label, Picture, Shape, Stroke
from govmap.version import __version__

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT, CURVES = DOCS / "explanation" / "performance.md", DOCS / "images"
SIZES = (10, 100, 1_000, 10_000)  # mechanisms
ROUNDS, ROUNDS_OF_LARGE = 5, 3
QUESTIONS = (  # each as JSON
    *("country Peru", "mechanism ORG00007", "membership Peru ORG00007", "compare ORG00007 ORG00008", "overlap asylum"),
    *("search Peru", "history ORG00007", "gaps --country Peru", "gaps", "cover", "list mechanisms", "matrix"),
    *("brief Peru", "compare --all --top 20", "links"),
)
DRAWN = ("country Peru", "compare ORG00007 ORG00008", "gaps", "matrix")  # beside the first call and other programs
JQ = '[.mechanisms[] | select(any(.members[]?; .code == "PER" and .until == null)) | .id] | sort'
SQL = "SELECT DISTINCT mechanism FROM memberships WHERE country = 'PER' AND until IS NULL ORDER BY mechanism"
FACTS = (
    "SELECT DISTINCT mechanism FROM '{}' WHERE part = 'members' AND item = 'PER' AND until IS NULL ORDER BY mechanism"
)
DUCKDB = "import duckdb, json, sys; print(json.dumps([row[0] for row in duckdb.sql({sql!r}).fetchall()]))"
FRAME = "import json, {library}; table = {library}.read_csv({path!r}); print(json.dumps(sorted(set({chosen}))))"
CHOSEN = {
    "pandas": "table[(table.country == 'PER') & table.until.isna()].mechanism",
    "polars": "table.filter((polars.col('country') == 'PER') & polars.col('until').is_null())['mechanism'].to_list()",
}


def table(*rows: tuple[str, ...]) -> str:
    """Return *rows*, the first of them headings, as a Markdown table with numbers flush right."""
    rule = ("---", *("---:" for _ in rows[0][1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def others(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return how each other program that is here is asked for the mechanisms of Peru, in exports in a *folder*."""
    in_parquet = DUCKDB.format(sql=FACTS.format(folder / "parquet" / "fact.parquet"))
    frames = {
        library: FRAME.format(library=library, path=str(folder / "csv" / "memberships.csv"), chosen=chosen)
        for library, chosen in CHOSEN.items()
    }
    programs = {
        "jq": ("jq", "-c", JQ, str(folder / "json")),
        "sqlite3": ("sqlite3", str(folder / "sqlite"), f"SELECT json_group_array(mechanism) FROM ({SQL})"),
    }
    scripts = {"duckdb": in_parquet, **frames}
    return {
        **{name: command for name, command in programs.items() if shutil.which(name)},
        **{library: (PYTHON, "-c", script) for library, script in scripts.items() if find_spec(library)},
    }


def require_equal_answers(commands: Mapping[str, tuple[str, ...]], expected: list[str], env: Mapping[str, str]) -> None:
    """Raise ValueError where a program finds other mechanisms than govmap."""
    for name, command in commands.items():
        answer = subprocess.run(command, capture_output=True, check=True, env=env).stdout
        if json.loads(answer) != expected:
            raise ValueError(name)


def call_costs(folder: Path, size: int) -> dict[str, Cost]:
    """Return what each question costs on data of a *size*: the first call, those after it, and other programs."""
    path = folder / "mechanisms.yaml"
    with path.open("wb") as file:  # in a process of its own: the memory of this one would count as every child's
        subprocess.run((PYTHON, "-m", "benchmarks.synthetic", str(size)), stdout=file, check=True)
    variables = {"GOVMAP_CACHE": str(folder / "cache"), "GOVMAP_LANG": "en", "GOVMAP_DATA": str(path)}
    first = cost((GOVMAP, "country", "Peru", "--json"), variables)
    for kind in ("json", "sqlite", "csv", "parquet"):
        cost((GOVMAP, "export", kind, str(folder / kind)), variables)
    env = {**os.environ, **variables}
    answer = subprocess.run((GOVMAP, "country", "Peru", "--json"), capture_output=True, check=True, env=env).stdout
    programs = others(folder)
    require_equal_answers(programs, sorted(each["id"] for each in json.loads(answer)["mechanisms"]), env)
    commands = {
        "P": EMPTY_INTERPRETER,
        **{question: (GOVMAP, *question.split(), "--json") for question in QUESTIONS},
        **programs,
    }
    rounds = ROUNDS if size <= 1_000 else ROUNDS_OF_LARGE
    return {"first call": first, **median_costs(commands, rounds, variables)}


def curves(costs: Mapping[int, Mapping[str, Cost]], names: Iterable[str], title: str) -> Picture:
    """Return the processor time of calls by the number of mechanisms, both in powers of ten."""
    left, top, wide, high, decades = 90.0, 80.0, 520.0, 300.0, 4

    def x_of(size: int) -> float:
        return left + wide * (math.log10(size) - 1) / 3

    def y_of(ms: float) -> float:
        return top + high * (1 - (math.log10(max(ms, 1)) - 0.5) / decades)

    def shapes() -> Iterator[Shape]:
        for power in (1, 2, 3, 4):
            yield Stroke(left, y_of(10**power), left + wide, y_of(10**power))
            yield Label(left - 8, y_of(10**power) + 4, f"{10**power:,} ms", anchor="end")
            yield Label(x_of(10**power), top + high + 22, f"{10**power:,}", anchor="middle")
        taken: list[float] = []
        for name in sorted(names, key=lambda name: y_of(costs[max(costs)][name].processor)):
            points = [(x_of(size), y_of(row[name].processor)) for size, row in costs.items()]
            for (x1, y1), (x2, y2) in pairwise(points):
                yield Stroke(x1, y1, x2, y2, strong=True)
            yield from (Dot(x, y, 3) for x, y in points)
            at = max(points[-1][1] + 4, *(other + 15 for other in taken), 0)
            taken.append(at)
            yield Label(left + wide + 12, at, name)

    description = "Processor time of a call by the number of mechanisms"
    credits_ = (f"govmap {__version__}, benchmarks/scale.py",)
    return Picture(title, description, credits_, left + wide + 240, top + high + 90, tuple(shapes()))


def report(costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return the measured part of the document."""
    sizes = list(costs)
    headings = ("call", *(f"{size:,}" for size in sizes))
    names = list(costs[sizes[0]])
    times = [(name, *(f"{costs[size][name].processor:,.0f}" for size in sizes)) for name in names]
    memory = [(name, *(f"{costs[size][name].memory:.0f}" for size in sizes)) for name in names]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    return f"""
Measured by `python -m benchmarks.scale` on {machine}, govmap {__version__}.

### Processor time, ms, by the number of mechanisms

![Processor time of questions by the number of mechanisms](../images/scale.svg)

{table(headings, *times)}

### Peak memory, MB

{table(headings, *memory)}
"""


def main() -> None:
    """Write the measured part of the document anew, and its picture."""
    costs: dict[int, dict[str, Cost]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            costs[size] = call_costs(Path(folder), size)
    before, mark, rest = DOCUMENT.read_text(encoding="utf-8").partition("<!-- measured -->\n")
    DOCUMENT.write_text(f"{before}{mark}{report(costs)}\n{rest[rest.index('<!-- end -->') :]}", encoding="utf-8")
    drawn = [name for name in costs[SIZES[0]] if name in DRAWN or name not in (*QUESTIONS, "P")]
    picture = curves(costs, drawn, "What questions cost")
    (CURVES / "scale.svg").write_text(to_svg(picture), encoding="utf-8")


if __name__ == "__main__":
    main()
