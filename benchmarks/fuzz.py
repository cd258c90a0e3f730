"""Mutate data files and tables, and see that they bring clean errors alone: `python benchmarks/fuzz.py --seconds 60`.

The bundled files, and tables of every layout, are cut, doubled, shuffled and filled with hostile tokens, by bytes,
lines and cells; each result is validated or imported in a child process with a bound on its memory, and an alarm for
each case. What is no clean error (a traceback, a hang, too much memory, books that do not add up, a dataset of an
import that is not valid) ends the run: the input is kept, and its seed and case are printed, to repeat it with.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn

from govmap.dataset import LoadedDataset, load, parse
from govmap.dataset.store import NameIndex
from govmap.dataset.bundled import bundled_files
from govmap.dataset.problems import InvalidDataError, Problem
from govmap.errors import DataError, UsageError
from govmap.importing import ImportOptions, import_table, importer
from govmap.importing.dataset_writer import dataset_files

SECONDS_A_CASE = 20
MEMORY = 1024**3
TABLES = (
    """organisation,country,from,to,relation,name,group,theme
UN,Peru,1945-10-31,,,United Nations,Work,asylum
UN,Yugoslavia,1945,1992,member,,,
OAS,CAN,1972,1989,observer,,,
OAS,CAN,1990,,member,,,
""",
    "mechanism;ccode;since;until\nUN;365;1945;\nUN;345;1945;2014-01-01\nNATO;260;1955;1990-10-03\n",
    "country,UN,NATO,OECD\nPeru,1,0,0\nCanada,1,1,1961\nNorway,1,x,1\nDDR,1,-1,-9\n",
    "organisation\tPeru\tCanada\tYugoslavia\nUN\t1\t1\t1\nNATO\t0\t1\t-9\n",
    "ccode,year,state,UN,NATO\n2,1948,usa,1,0\n2,1949,usa,1,1\n345,1948,yugoslaviaserb,1,-9\n365,1949,russia,3,0\n",
    "ioname,orgname,year,usa,russia,wgermany,germany,sdate\nX,Ex,1989,0,1,1,-1,1950\nX,Ex,1991,1,1,-1,1,1950\n",
)
# Words that YAML, CSV or we read in their own way, signs, bytes that are no text, what is far too long or deep.
TOKENS = (
    *b"NO &a *a !!python/object:os.system [ { } ] \" ' # null ~ 1e999 0x1F 9999 9999-12-31 0000 -9 345 PE , ;".split(),
    *(b"<<: *a", b"- ", b": ", b"? ", b"|\n", b"---\n", b"%YAML 1.1\n", b"\t", b"\r", b"2020-02-30", b'"' * 7),
    *(b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80"),
    *(b"a" * 5000, b"[" * 1100, b"- " * 1100, b"{a: " * 60),
)
INDEX: Callable[..., NameIndex] = vars(parse)["index_names"]


class Case(NamedTuple):
    """An input: the files of a dataset, or a table with how it is to be read."""

    files: dict[str, bytes]
    table: bytes | None = None
    wide: bool = False
    codes: str | None = None
    named: bool = False


def make_case(rng: random.Random, bundled: dict[str, bytes]) -> Case:
    """Return a case: half of them mutated data files, half mutated tables.

    The names of few are gathered into an index (`named`), and few files are whole: both take a hundred times as long.
    """
    named, whole = rng.random() < 0.02, rng.random() < 0.05
    if rng.random() < 0.5:
        name = rng.choice(sorted(bundled))
        files = {other: bundled[other] if whole else small(bundled[other]) for other in ("mechanisms.yaml", name)}
        return Case(files | {name: mutated(rng, files[name])}, named=named)
    text = rng.choice(TABLES)
    wide = rng.random() < 0.1 if text.startswith(("organisation,c", "mechanism")) else rng.random() < 0.9
    codes = rng.choice((None, None, None, "name", "iso3n", "cown", "cowc", "igo"))
    return Case({}, mutated(rng, text.encode()), wide, codes, named)


def small(content: bytes) -> bytes:
    """Return the first part of a file, which is quicker to read."""
    return content[: content.rfind(b"\n", 0, 6000) + 1]


def mutated(rng: random.Random, content: bytes) -> bytes:
    """Return *content* after one to eight changes."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        content = rng.choice(CHANGES)(rng, content)
    return content[:2_000_000]


def _flip(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content) + 1)
    return content[:place] + bytes([rng.randrange(256)]) + content[place + 1 :]


def _insert(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content) + 1)
    return content[:place] + rng.choice(TOKENS) + content[place:]


def _cut(rng: random.Random, content: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:] if rng.random() < 0.5 else content[:start]


def _repeat(rng: random.Random, content: bytes) -> bytes:
    start = rng.randrange(len(content) + 1)
    piece = content[start : start + rng.randrange(1, 300)]
    return content[:start] + piece * rng.choice((2, 3, 50)) + content[start:]


def _lines(rng: random.Random, content: bytes) -> bytes:
    """Move, double, drop or indent a line."""
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    line = lines.pop(rng.randrange(len(lines)))
    change = rng.randrange(4)
    if change:
        place = rng.randrange(len(lines) + 1)
        lines[place:place] = [(line,), (line, line), (b"  " + line,)][change - 1]
    return b"".join(lines)


def _cell(rng: random.Random, content: bytes) -> bytes:
    """Put a token, or another cell, in the place of a word."""
    words = content.split(b" " if content.count(b" ") > content.count(b",") else b",")
    words[rng.randrange(len(words))] = rng.choice((*TOKENS, rng.choice(words)))
    return (b" " if content.count(b" ") > content.count(b",") else b",").join(words)


CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _insert, _cut, _repeat, _lines, _cell)


class UncleanError(Exception):
    """A case ended otherwise than it may."""


def try_case(case: Case, bundled: LoadedDataset) -> str:
    """Return how a case ended: valid or refused; raise anything that is no clean error."""
    setattr(parse, "index_names", INDEX if case.named else lambda *_: bundled.names)  # noqa: B010 - as in run()
    if case.table is None:
        doubts: list[Problem] = []
        try:
            parse.parse("the data", case.files, bundled, doubts)
        except InvalidDataError as error:
            if not error.problems:
                raise UncleanError("refused without a problem") from error
            return "refused"
        return "valid"
    options = ImportOptions(wide=case.wide, codes=case.codes, skip_bad_rows=True)
    try:
        report, made = import_table(case.table, "table.csv", options)
    except (DataError, UsageError):
        return "refused"
    rows = report.rows
    lines = [line for refusal in report.refused for line in refusal.lines]
    if rows.read != rows.taken + rows.merged + rows.refused or rows.refused != len(set(lines)):
        raise UncleanError(f"the books do not add up: {rows}")
    if made is None:
        return "refused"
    parse.parse("the result", {name: "".join(text).encode() for name, text in dataset_files(made)}, bundled)
    return "valid"


def _too_long(_signal: int, _frame: object) -> NoReturn:
    raise TimeoutError(f"more than {SECONDS_A_CASE} seconds")


class Span(NamedTuple):
    """Which cases to try: from the number *first* on, for some seconds or until so many were tried."""

    seed: int
    first: int
    seconds: float
    cases: int


def run(span: Span, kept: Path) -> int:
    """Try the cases of a *span*; return 1 where one is no clean error, 0 else."""
    seed, first, seconds, cases = span
    bundled, files = load(), bundled_files()
    setattr(importer, "load_bundled", lambda: bundled)  # noqa: B010 - read once
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if soft == resource.RLIM_INFINITY else min(soft, MEMORY), hard))
    signal.signal(signal.SIGALRM, _too_long)
    ends = {"valid": 0, "refused": 0}
    number, end = first, time.monotonic() + seconds
    while time.monotonic() < end and number - first < cases:
        case = make_case(random.Random(f"{seed}/{number}"), files)  # noqa: S311 - repeatable, not secret
        _keep(case, kept)
        signal.alarm(SECONDS_A_CASE)
        try:
            ends[try_case(case, bundled)] += 1
        except BaseException:
            signal.alarm(0)
            traceback.print_exc()
            print(f"seed {seed}, case {number} is no clean error; its input is in {kept}")
            return 1
        signal.alarm(0)
        number += 1
    print(f"seed {seed}: {number - first} cases, {ends['valid']} valid, {ends['refused']} refused cleanly")
    return 0


def _keep(case: Case, kept: Path) -> None:
    """Write the input of a case, in place of the one before: there it stands, however the process ends."""
    for path in kept.iterdir():
        path.unlink()
    contents = case.files if case.table is None else {"table.csv": case.table, "options.txt": repr(case[2:]).encode()}
    for name, content in contents.items():
        (kept / name).write_bytes(content)


def main() -> int:
    """Run the cases in a child process, whose end by the system is a failure too."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None, help="by default another each time")
    parser.add_argument("--cases", type=int, default=sys.maxsize, help="stop after so many")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    typed = parser.parse_args()
    seed = typed.seed if typed.seed is not None else random.SystemRandom().randrange(10**9)
    kept = Path(tempfile.mkdtemp(prefix=f"govmap-fuzz-{seed}-"))
    print(f"seed {seed}, from case {typed.first}, {typed.seconds:g} seconds", flush=True)
    child = multiprocessing.get_context("spawn").Process(
        target=_child, args=(Span(seed, typed.first, typed.seconds, typed.cases), kept)
    )
    child.start()
    child.join(typed.seconds + 3 * SECONDS_A_CASE)
    if child.is_alive():
        child.kill()
        print(f"seed {seed}: the process hangs, and heeds no alarm; the input is in {kept}")
        return 1
    if child.exitcode:
        print(f"seed {seed}: the process ended with {child.exitcode}; the input is in {kept}")
        return 1
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()
    return 0


def _child(span: Span, kept: Path) -> None:
    sys.exit(run(span, kept))


if __name__ == "__main__":
    sys.exit(main())
