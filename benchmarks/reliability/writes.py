"""Stop what writes at any moment, and fill the disk below it: what was there stays, or the whole new one is there."""

from __future__ import annotations

import re
import subprocess
import time
from functools import cache
from pathlib import Path
from random import Random
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM, Signals
from typing import Any

from benchmarks.reliability.commands import INVENTED
from benchmarks.reliability.runner import GOVMAP, TIMEOUT, Answer, Trial, empty_folder, environment, expect_clean, run

from govmap.export.kinds import KINDS

STOPS, STOPPED_CACHES = 2000, 200
BLOCKS = (0, 1, 8, 64, 200)  # of 512 bytes: so large may a file become on the full disk
TARGET = Path("place", "it")
ORGANISATIONS = 3000  # of the table to import: enough to be stopped within the writing
IMPORT = ("import", "table.csv", "--output", str(TARGET), "--force", "--json")
COUNTRY = ("country", "Peru", "--json", "--data", str(INVENTED))
# A line of a traceback within govmap, past the two files in which the interpreter enters it.
OWN_FRAME = re.compile(r"[\\/]govmap[\\/](?!__(?:init|main)__)[\w\\/]+\.py\"")


def _writing_calls() -> list[tuple[str, ...]]:
    return [IMPORT, *(("export", kind, str(TARGET)) for kind in KINDS)]


def _stops(random: Random) -> list[tuple[Any, ...]]:
    calls, signals = [*_writing_calls(), COUNTRY, ("--help",)], (SIGKILL, SIGKILL, SIGINT, SIGTERM, SIGHUP)
    return [(random.choice(calls), random.choice(signals), random.uniform(-1, 1)) for _ in range(STOPS)]


def stopped(arguments: tuple[str, ...], signal: Signals, moment: float) -> str:
    """Check what is left by a call that a signal stopped, and how it ended."""
    seconds, new = _whole(arguments)
    old = _write_older(arguments)
    answer = _stop(arguments, signal, moment * seconds)
    left, beside = _content(), [path.name for path in TARGET.parent.iterdir() if path != TARGET]
    assert left in (old, new), (answer, left)
    if signal == SIGKILL:
        assert all(name.startswith(".it.") for name in beside), beside
        return "killed: " + ("the older one" if left == old else "the whole new one")
    assert not beside, beside
    if answer.code == -signal or ("KeyboardInterrupt" in answer.err and not OWN_FRAME.search(answer.err)):
        return "interrupted before govmap ran"  # it is the interpreter that was ended
    assert answer.code in (0, 128 + signal) and not answer.err, answer
    return "interrupted" if answer.code else "interrupted after the answer"


def stopped_cache(signal: Signals, moment: float) -> str:
    """Check that the call after a stopped first one on own data answers the same, whatever is in the cache."""
    seconds, _ = _whole(COUNTRY)
    _write_older(COUNTRY)
    place = str(TARGET.absolute())
    _stop(COUNTRY, signal, moment * seconds, GOVMAP_CACHE=place)
    databases = list(TARGET.glob("*.sqlite"))
    assert signal == SIGKILL or list(TARGET.glob("*")) == databases, list(TARGET.glob("*"))
    assert run(*COUNTRY, GOVMAP_CACHE=place) == run(*COUNTRY, GOVMAP_CACHE="off"), databases
    return "a database was left" if databases else "no database was left"


def full_disk(arguments: tuple[str, ...], blocks: int) -> str:
    """Check that what does not fit on the disk is told, and leaves what was there and nothing beside it."""
    old = _write_older(arguments)
    # Bytecode that is cut off by the limit would be read the next time.
    program = ("sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *GOVMAP)
    answer = run(*arguments, program=program, PYTHONDONTWRITEBYTECODE="1")
    expect_clean(answer, 0, 3)
    if answer.code == 0:
        return "it fits"
    assert "Cannot write" in answer.err and not answer.out, answer
    assert _content() == old and set(TARGET.parent.iterdir()) <= {TARGET}, list(TARGET.parent.iterdir())
    return "it does not fit"


def _write_older(arguments: tuple[str, ...]) -> object:
    """Write a table to import, and what is in the place of the target before it is written; return that."""
    rows = "".join(f"O{n},Peru\n" for n in range(ORGANISATIONS))
    Path("table.csv").write_text(f"organisation,country\n{rows}", encoding="utf-8")
    TARGET.parent.mkdir()
    if arguments == IMPORT:
        Path("older.csv").write_text("organisation,country\nOld,Chile\n", encoding="utf-8")
        run("import", "older.csv", "--output", str(TARGET))
    elif arguments[0] == "export" and arguments[1] not in ("csv", "parquet"):  # these need an empty place
        TARGET.write_text("old", encoding="utf-8")
    return _content()


@cache
def _whole(arguments: tuple[str, ...]) -> tuple[float, object]:
    """Return the seconds that a call takes by itself, and what it leaves at the target."""
    with empty_folder():
        _write_older(arguments)
        start = time.perf_counter()
        expect_clean(run(*arguments, GOVMAP_CACHE="off"), 0)
        return time.perf_counter() - start, _content()


def _content() -> object:
    """Return what tells one state of the target from another; None where there is nothing."""
    if TARGET.is_dir():
        return {path.name: path.read_bytes() for path in TARGET.iterdir()} or None
    content = TARGET.read_bytes() if TARGET.exists() else None
    if content and content[8:12] == b"DUCK":  # two databases of the same data differ in their bytes
        import duckdb  # an extra

        with duckdb.connect(str(TARGET), read_only=True) as database:
            return database.execute("SELECT * FROM memberships ORDER BY ALL").fetchall()
    return content


def _stop(arguments: tuple[str, ...], signal: Signals, seconds: float, **changes: str) -> Answer:
    """Send a signal to a call after so many seconds, or if these are negative very soon after it begins to write."""
    command = ("env", "--default-signal=INT", *GOVMAP, *arguments)  # a background process ignores interrupts
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**changes))
    there = list(TARGET.parent.iterdir())
    while seconds < 0 and process.poll() is None and list(TARGET.parent.iterdir()) == there:
        pass
    time.sleep(seconds if seconds > 0 else -seconds / 10)
    process.send_signal(signal)
    out, err = process.communicate(timeout=TIMEOUT)
    return Answer(process.returncode, out, err.decode("utf-8", "replace"))


TRIALS = (
    Trial("SIGKILL, SIGINT, SIGTERM, SIGHUP at any moment: the older file or the whole new one", _stops, stopped),
    Trial("SIGKILL, SIGINT, SIGTERM of a first call on own data: the next one answers the same from the cache it left",
          lambda random: [(random.choice((SIGKILL, SIGINT, SIGTERM)), random.uniform(-1, 1))
                          for _ in range(STOPPED_CACHES)], stopped_cache),
    Trial("a disk that is full before a file is whole: code 3, the older file, nothing else",
          lambda _: [(arguments, blocks) for arguments in _writing_calls() for blocks in BLOCKS], full_disk),
)  # fmt: skip
