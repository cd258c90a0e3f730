"""Part `extremes`: what is deeper, longer or more than anybody would type, within bounds of time and memory; odd clocks."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.reliability.hostile import dataset
from benchmarks.reliability.program import GOOD, every_command
from benchmarks.reliability.trial import GOVMAP, LONGEST, Answer, Extent, Trial, call, environment, folder, run

NAMES = 100_000
MOST_MEMORY = 2000  # megabytes
HEAD = "about: {title: T, version: '1', reference_date: '2020'}\n"
DEPTHS = (50, 1_000, 10_000, 100_000, 1_000_000)
# By what it is, a text of so many levels.
SHAPES: dict[str, Callable[[int], str]] = {
    "lists in brackets": lambda depth: HEAD + "mechanisms: " + "[" * depth + "]" * depth,
    "brackets that never close": lambda depth: HEAD + "mechanisms: " + "[" * depth,
    "mappings in braces": lambda depth: HEAD + "mechanisms: " + "{a: " * depth + "}" * depth,
    "lists in lines": lambda depth: HEAD + "mechanisms:\n" + "- " * depth + "x\n",
    "JSON": lambda depth: '{"about": ' + '{"a": ' * depth + "1" + "}" * (depth + 1),
}
# By what it is, a text with so many of it.
MANY: dict[str, Callable[[int], str]] = {
    "members of one mechanism": lambda n: _mechanism("members: [" + "PER, " * n + "PER]"),
    "keys of one record": lambda n: _mechanism("\n    ".join(f"k{i}: x" for i in range(n))),
    "times the same key": lambda n: _mechanism("\n    ".join("kind: x" for _ in range(n))),
    "mechanisms with one id": lambda n: HEAD + "mechanisms:\n" + "  - {id: A, names: {en: A}, kind: x}\n" * n,
    "aliases of an anchor": lambda n: HEAD + "mechanisms:\n  - &a [x]\n" + "  - *a\n" * n,
    "digits of a number": lambda n: _mechanism("founded: " + "9" * n),
    "letters of a key": lambda n: _mechanism("k" * n + ": x"),
    "comments": lambda n: HEAD + "# x\n" * n + "mechanisms: []\n",
    "empty lines": lambda n: HEAD + "\n" * n + "mechanisms: []\n",
    "documents": lambda n: (HEAD + "mechanisms: []\n---\n") * n,
    "control characters": lambda n: HEAD + "\x01" * n,
}
CLOCK = "import time\nfor name in ('time', 'monotonic', 'perf_counter'):\n    setattr(time, name, lambda: {now})\n"


def _mechanism(more: str) -> str:
    return HEAD + f"mechanisms:\n  - id: A\n    names: {{en: A}}\n    {more}\n"


def trials(extent: Extent) -> Iterator[Trial]:
    """Try them all."""
    yield _deep(extent)
    yield _much(extent)
    yield _long_calls()
    yield _many_words(extent)
    yield _odd_clocks(extent)


def bounded(*arguments: str, **changes: Any) -> tuple[Answer, float, float]:
    """Run govmap with so much memory and no more; return the answer, the seconds, and the megabytes that it took."""
    limit = f'ulimit -v {MOST_MEMORY * 1024}; exec "$@"'
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            ("sh", "-c", limit, "sh", *GOVMAP, *arguments), stdout=out, stderr=err, env=environment(**changes)
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        answer = Answer(process.returncode, out.read(), err.read().decode("utf-8", "replace"))
    return answer, seconds, used.ru_maxrss / 1024


def _deep(extent: Extent) -> Trial:
    trial = Trial(f"data nested {DEPTHS[0]} to {DEPTHS[-1]:,} levels deep, in five ways: exit code 3, in bounds")
    slowest = most = 0.0
    with folder() as here:
        for shape, depth in extent.of([(shape, depth) for shape in SHAPES for depth in DEPTHS]):
            place = here / ("a.json" if shape == "JSON" else "a.yaml")
            place.write_text(SHAPES[shape](depth), encoding="utf-8")
            answer, seconds, memory = bounded("country", "Peru", "--data", str(place))
            slowest, most = max(slowest, seconds), max(most, memory)
            trial.expect(answer.code == 3 and answer.flaw() is None and not answer.out, shape, depth, answer)
    trial.seen = f"at most {slowest:.1f} s and {most:.0f} MB"
    return trial


def _much(extent: Extent) -> Trial:
    times = 1_000_000 if extent.share >= 1 else 20_000
    trial = Trial(f"data with {times:,} of a thing that should stand once or a few times, in {len(MANY)} ways")
    slowest = most = 0.0
    with folder() as here:
        for what in extent.of(list(MANY)):
            (here / "mechanisms.yaml").write_text(MANY[what](times), encoding="utf-8")
            answer, seconds, memory = bounded("country", "Peru", "--data", str(here), GOVMAP_CACHE="off")
            slowest, most = max(slowest, seconds), max(most, memory)
            short = answer.code in (0, 1, 3) and len(answer.err) < 50_000
            trial.expect(answer.flaw() is None and short and seconds < LONGEST, what, f"{seconds:.0f} s", answer)
    trial.seen = f"at most {slowest:.1f} s and {most:.0f} MB"
    return trial


def _long_calls() -> Trial:
    """Try calls as long as a process can be given: some two million characters."""
    trial = Trial(f"real processes with arguments of 100,000 characters, or {NAMES // 2:,} of them")
    slowest = 0.0
    many = [str(n) for n in range(NAMES // 2)]
    calls: list[tuple[str, ...]] = [
        *((command, "x" * NAMES) for command in every_command()),
        *((*GOOD[command], f"--{'x' * NAMES}") for command in every_command()),
        *(("compare", *words) for words in (many, ["RCM"] * (NAMES // 2), ["Peru", *many])),
        ("cover", *("--country", "Peru") * (NAMES // 4)),
        tuple(many),
    ]
    for arguments in calls:
        answer, seconds, _ = bounded(*arguments)
        slowest = max(slowest, seconds)
        trial.expect(answer.flaw() is None and len(answer.err) < 4000, arguments[:3], f"{seconds:.0f} s", answer)
    trial.seen = f"at most {slowest:.1f} s"
    return trial


def _many_words(extent: Extent) -> Trial:
    times = extent.times(NAMES)
    trial = Trial(f"{times:,} words in one text, or as many names to compare, in this process")
    slowest = 0.0
    texts = [
        "migration " * times,
        " ".join(f"w{n}" for n in range(times)),
        "a" * 10 * times,
        "é ñ" * times,
        "-" * times,
    ]
    calls = [(command, text) for text in texts for command in ("search", "overlap", "country", "mechanism", "evidence")]
    for arguments in [*calls, ("compare", *(f"w{n}" for n in range(times))), ("compare", *["Peru"] * times)]:
        start = time.perf_counter()
        answer = call(*arguments)
        seconds = time.perf_counter() - start
        slowest = max(slowest, seconds)
        fine = answer.flaw() is None and len(answer.err) < 4000 and seconds < LONGEST
        trial.expect(fine, arguments[0], arguments[1][:20], f"{seconds:.0f} s", answer)
    trial.seen = f"at most {slowest:.1f} s"
    return trial


def _odd_clocks(extent: Extent) -> Trial:
    trial = Trial("a clock that stands at 1970, before it, in 2038 or in the year 9999; a cache from the future")
    with folder() as here:
        data = str(dataset(here / "data", "Text"))
        arguments = ("country", "Peru", "--json", "--data", data)
        right = call(*arguments)
        for now in extent.of(["0.0", "-1e9", "2.0**31", "253402300799.0", "1e18"]):
            (here / "sitecustomize.py").write_text(CLOCK.format(now=now), encoding="utf-8")
            for _ in range(2):
                answer = run(*arguments, PYTHONPATH=str(here), GOVMAP_CACHE=str(here / "cache"))
                trial.expect(answer == right, now, answer)
            trial.expect_clean(run("gaps", "--as-of", "today", PYTHONPATH=str(here)), now)
        for stamp in (0, 2**33):
            for path in Path(here / "cache").iterdir():
                os.utime(path, (stamp, stamp))
            answer = run(*arguments, GOVMAP_CACHE=str(here / "cache"))
            trial.expect(answer == right, stamp, answer)
    return trial
