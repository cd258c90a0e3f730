"""Mutate data files and tables, and see that they bring clean errors alone: `python benchmarks/fuzz.py --seconds 60`.

The bundled files, and tables of every layout, are cut, doubled, shuffled and filled with hostile tokens, by bytes,
lines and cells. Each result goes through `govmap validate` or `govmap import`, with bounds on its time and memory. What
is no clean error (a traceback, a hang, too much memory, a report of an import that does not add up, an imported dataset
that is not valid) ends the run. The input is kept under the number of its case; `--seed` and `--first` repeat it.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import os
import random
import resource
import shutil
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from govmap.cli import main as govmap
from govmap.dataset import bundled, own, parse
from govmap.dataset.index import index_names

SECONDS_A_CASE = 20
MEMORY = 1024**3
TABLES = (
    b"""organisation,country,from,to,relation,name,group,theme
UN,Peru,1945-10-31,,,United Nations,Work,asylum
UN,Yugoslavia,1945,1992,member,,,
OAS,CAN,1972,1989,observer,,,
OAS,CAN,1990,,member,,,
""",
    b"mechanism;ccode;since;until\nUN;365;1945;\nUN;345;1945;2014-01-01\nNATO;260;1955;1990-10-03\n",
    b"country,UN,NATO,OECD\nPeru,1,0,0\nCanada,1,1,1961\nNorway,1,x,1\nDDR,1,-1,-9\n",
    b"organisation\tPeru\tCanada\tYugoslavia\nUN\t1\t1\t1\nNATO\t0\t1\t-9\n",
    b"ccode,year,state,UN,NATO\n2,1948,usa,1,0\n2,1949,usa,1,1\n345,1948,yugoslaviaserb,1,-9\n365,1949,russia,3,0\n",
    b"ioname,orgname,year,usa,russia,wgermany,germany,sdate\nX,Ex,1989,0,1,1,-1,1950\nX,Ex,1991,1,1,-1,1,1950\n",
)
CODES = ("name", "iso3n", "cown", "cowc", "igo")
# Words that YAML, CSV or govmap read in their own way, signs, bytes that are no text, what is far too long or deep.
TOKENS = (
    *b"NO &a *a !!python/object:os.system [ { } ] \" ' # null ~ 1e999 0x1F 9999 9999-12-31 0000 -9 345 PE , ;".split(),
    *(b"<<: *a", b"- ", b": ", b"? ", b"|\n", b"---\n", b"%YAML 1.1\n", b"\t", b"\r", b"2020-02-30", b'"' * 7),
    *(b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80"),
    *(b"a" * 5000, b"[" * 1100, b"- " * 1100, b"{a: " * 60),
)


Case = tuple[dict[str, bytes], tuple[str, ...]]  # files by name, and the arguments that let govmap read them


def make_case(rng: random.Random, data: dict[str, bytes]) -> Case:
    """Return a case: half of them mutated data files, few of them whole as these take long, and half mutated tables."""
    if rng.random() < 0.5:
        whole, name = rng.random() < 0.05, rng.choice(sorted(data))
        files = {other: data[other] if whole else first_part(data[other]) for other in ("mechanisms.yaml", name)}
        return {**files, name: mutated(rng, files[name])}, ("validate", ".")
    table = rng.choice(TABLES)
    wide = rng.random() < (0.1 if table.startswith((b"organisation,c", b"mechanism")) else 0.9)
    codes = ("--codes", rng.choice(CODES)) if rng.random() < 0.6 else ()
    options = (*(("--wide",) if wide else ()), *codes, "--skip-bad-rows")
    return {"table.csv": mutated(rng, table)}, ("import", "table.csv", "--output", "made", *options)


def first_part(content: bytes) -> bytes:
    """Return the first lines of a file, which are quicker to read."""
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


def _move_line(rng: random.Random, content: bytes) -> bytes:
    """Move, double, indent or drop a line."""
    lines = content.splitlines(keepends=True) or [b""]
    line = lines.pop(rng.randrange(len(lines)))
    place = rng.randrange(len(lines) + 1)
    lines[place:place] = rng.choice(([line], [line, line], [b"  " + line], []))
    return b"".join(lines)


def _replace_cell(rng: random.Random, content: bytes) -> bytes:
    """Put a token, or another cell, in the place of a word."""
    separator = b" " if content.count(b" ") > content.count(b",") else b","
    cells = content.split(separator)
    cells[rng.randrange(len(cells))] = rng.choice((*TOKENS, rng.choice(cells)))
    return separator.join(cells)


CHANGES = (_flip, _insert, _cut, _repeat, _move_line, _replace_cell)


def call(*arguments: str) -> tuple[int, Any]:
    """Return the exit code of a call of govmap, and its answer where there is one."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = govmap([*arguments, "--json"])
    message = err.getvalue()
    assert code in (0, 1, 2, 3) and "not enough memory" not in message, (code, message)
    assert "error" in json.loads(message) if code else not message, (code, message)
    return code, json.loads(out.getvalue() or "null")


def try_case(*arguments: str) -> str:
    """Return how a case ended, in the current folder that holds its files."""
    code, answer = call(*arguments)
    if arguments[0] == "validate":
        assert code == 0 or answer is None or answer["errors"], "refused without a problem"
    elif answer is not None:
        rows, refused = answer["rows"], {line for refusal in answer["refused"] for line in refusal["lines"]}
        assert rows["read"] == rows["taken"] + rows["merged"] + rows["refused"], rows
        assert rows["refused"] == len(refused), (rows, refused)
        assert not answer["written"] or call("validate", "made")[0] == 0, "the imported dataset is not valid"
    return "refused" if code else "valid"


def main() -> None:
    """Try cases until the seconds are over or so many were tried, or one is no clean error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="default: a new one")
    parser.add_argument("--cases", type=int, default=10**9, help="stop after so many")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    options = parser.parse_args()
    end, root = time.monotonic() + options.seconds, Path(tempfile.mkdtemp(prefix=f"govmap-fuzz-{options.seed}-"))
    print(f"seed {options.seed}: the case that fails, hangs or crashes stays in {root}/NUMBER", flush=True)
    os.environ.update(GOVMAP_CACHE="off", GOVMAP_TRACEBACK="1", GOVMAP_LANG="en")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    files, loaded, endings, number = bundled.bundled_files(), bundled.load_bundled(), Counter[str](), 0
    # The bundled data are read once. The names of a dataset, which take a hundred times as long as the rest of it, are
    # indexed in one case of fifty.
    setattr(own, "load_bundled", lambda: loaded)  # noqa: B010 - a plain assignment is an error of types
    setattr(parse, "index_names", lambda *given: loaded.names if number % 50 else index_names(*given))  # noqa: B010
    for number in range(options.first, options.first + options.cases):
        if time.monotonic() > end:
            break
        contents, arguments = make_case(random.Random(f"{options.seed}/{number}"), files)
        folder = root / str(number)
        folder.mkdir()
        for name, content in contents.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        os.chdir(folder)
        faulthandler.dump_traceback_later(SECONDS_A_CASE, exit=True)
        endings[try_case(*arguments)] += 1
        shutil.rmtree(folder)
    faulthandler.cancel_dump_traceback_later()
    root.rmdir()
    tried = f"{endings.total()} cases, {endings['valid']} valid, {endings['refused']} refused cleanly"
    print(f"seed {options.seed}: {tried}")


if __name__ == "__main__":
    main()
