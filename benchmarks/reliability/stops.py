"""Part `stops`: kill -9, SIGINT and SIGTERM at random moments of what writes, and of a call's first moments."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.reliability.hostile import dataset
from benchmarks.reliability.trial import GOVMAP, LONGEST, Answer, Extent, Trial, call, environment, folder

from govmap.export.kinds import KINDS

KILLS, STOPS, STARTS = 200, 10, 300
ROWS = 3000  # of a table to import: long enough in the writing to be killed there
START = 0.1  # seconds: the first moments of a call
OURS = os.path.join("govmap", "")  # in the path of a file of ours


def trials(extent: Extent) -> Iterator[Trial]:
    """Stop what writes, and what only begins."""
    yield _killed_exports(extent)
    yield _killed_imports(extent)
    yield _killed_caches(extent)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        yield _stopped_exports(extent, stop)
    for stop in (signal.SIGINT, signal.SIGTERM):
        yield _stopped_starts(extent, stop)


def _stopped(
    arguments: tuple[str, ...], after: float, stop: int, begun: Callable[[], bool] | None = None, **changes: str
) -> Answer:
    """Start govmap, send it a signal some seconds later (or after it has *begun*), and return what came."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # or a child would ignore it with us
    try:
        process = subprocess.Popen(
            (*GOVMAP, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**changes)
        )
    finally:
        signal.signal(signal.SIGINT, before)
    while begun is not None and process.poll() is None and not begun():
        pass
    time.sleep(after)
    process.send_signal(stop)
    out, err = process.communicate(timeout=LONGEST)
    return Answer(process.returncode, out, err.decode("utf-8", "replace"))


def _content(place: Path) -> object:
    """Return what tells one state of a file, or of a folder of files, from another; None where there is nothing."""
    if place.is_dir():
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in place.iterdir()} or None
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.exists() else None


def _hidden(parent: Path) -> bool:
    return any(name.startswith(".") for name in os.listdir(parent))


def _seconds(arguments: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run((*GOVMAP, *arguments), check=True, env=environment(), capture_output=True, timeout=LONGEST)
    return time.perf_counter() - start


def _readable(kind: str, place: Path) -> bool:
    """Return whether a database is whole by its own reckoning: two of the same data need not be the same bytes."""
    if kind == "sqlite":
        import sqlite3  # noqa: PLC0415 - for this alone

        with sqlite3.connect(place) as database:
            return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    import duckdb  # noqa: PLC0415 - as above

    with duckdb.connect(str(place), read_only=True) as database:
        row = database.execute("SELECT count(*) FROM memberships").fetchone()
        return row is not None and row[0] > 0


def _kill_writing(extent: Extent, arguments: tuple[str, ...], parent: Path, lasts: float, *, within: bool) -> None:
    """Kill a call that takes *lasts* seconds and writes into *parent*: at any moment, or *within* the writing itself."""
    if within:
        _stopped(arguments, extent.random.uniform(0, 0.05), signal.SIGKILL, partial(_hidden, parent))
    else:
        _stopped(arguments, extent.random.uniform(0.2, 1.1) * lasts, signal.SIGKILL)


def _killed_exports(extent: Extent) -> Trial:
    """Kill exports over an older file (or none, where a folder is written) and look at what is there."""
    trial = Trial("kill -9 at a random moment of `export`, each kind in turn: the old file or the whole new one")
    seen: Counter[str] = Counter()
    kinds = extent.random.sample(list(KINDS), min(len(KINDS), extent.times(KILLS)))
    with folder() as here:
        lasts = {kind: _seconds(("export", kind, str(here / f"whole.{kind}"))) for kind in kinds}
        for turn in range(extent.times(KILLS)):
            kind = kinds[turn % len(kinds)]
            place = here / "place" / "it"
            place.parent.mkdir()
            if not KINDS[kind].folder:
                place.write_text("old", encoding="utf-8")
            old = _content(place)
            _kill_writing(extent, ("export", kind, str(place)), place.parent, lasts[kind], within=bool(turn % 2))
            new = _content(place)
            whole = new in (old, _content(here / f"whole.{kind}")) or (
                kind in ("sqlite", "duckdb") and _readable(kind, place)
            )
            left = [path.name for path in place.parent.iterdir() if path != place]
            hidden = all(name.startswith(".it.") for name in left)
            seen["the old one" if new == old else "the new one"] += 1
            seen["a hidden folder left beside it"] += bool(left)
            trial.expect(whole and hidden, kind, new, left)
            shutil.rmtree(place.parent)
    trial.seen = _told(seen)
    return trial


def _killed_imports(extent: Extent) -> Trial:
    """Kill imports into a new folder and over an older dataset, in turn, and look at what is there."""
    trial = Trial("kill -9 at a random moment of `import`, into a new folder or over a dataset: the old one or the new")
    seen: Counter[str] = Counter()
    with folder() as here:
        table = here / "table.csv"
        table.write_text("organisation,country\n" + "".join(f"O{n},Peru\n" for n in range(ROWS)), "utf-8")
        older = here / "older.csv"
        older.write_text("organisation,country\nOld,Chile\n", "utf-8")
        whole, replaced = here / "whole", here / "replaced"
        lasts = _seconds(("import", str(table), "--output", str(whole)))
        _seconds(("import", str(older), "--output", str(replaced)))
        for turn in range(extent.times(KILLS)):
            place = here / "place" / "it"
            place.parent.mkdir()
            if turn % 4 > 1:
                shutil.copytree(replaced, place)
            old = _content(place)
            arguments = ("import", str(table), "--output", str(place), "--force")
            _kill_writing(extent, arguments, place.parent, lasts, within=bool(turn % 2))
            new = _content(place)
            left = [path.name for path in place.parent.iterdir() if path != place]
            seen["the old one" if new == old else "the new one"] += 1
            seen["a hidden folder left beside it"] += bool(left)
            trial.expect(new in (old, _content(whole)) and all(n.startswith(".it.") for n in left), turn, new, left)
            shutil.rmtree(place.parent)
    trial.seen = _told(seen)
    return trial


def _told(seen: Counter[str]) -> str:
    return ", ".join(f"{times} × {what}" for what, times in seen.most_common() if times)


def _killed_caches(extent: Extent) -> Trial:
    """Kill the first call on own data, and ask again on what it left in the cache."""
    trial = Trial(
        "kill -9 at a random moment of the first call on own data: the next one answers the same from the cache it left"
    )
    seen: Counter[str] = Counter()
    with folder() as here:
        data = str(dataset(here / "data", "Text"))
        arguments = ("country", "Peru", "--json", "--data", data)
        right = call(*arguments).out
        lasts = _seconds(arguments)
        cache = here / "cache"
        for turn in range(extent.times(KILLS)):
            after, begun = extent.random.uniform(0.3, 1.1) * lasts, None
            if turn % 2:  # within the writing itself
                after, begun = extent.random.uniform(0, 0.005), cache.exists
            _stopped(arguments, after, signal.SIGKILL, begun, GOVMAP_CACHE=str(cache))
            kept = list(cache.iterdir()) if cache.exists() else []
            seen["a snapshot was kept" if any(one.suffix for one in kept) else "nothing was kept yet"] += 1
            seen["an unfinished file left"] += any(not one.suffix for one in kept)
            answer = Answer(*_plain(arguments, GOVMAP_CACHE=str(cache)))
            trial.expect((answer.code, answer.out, answer.err) == (0, right, ""), kept, answer)
            shutil.rmtree(cache, ignore_errors=True)
    trial.seen = _told(seen)
    return trial


def _plain(arguments: tuple[str, ...], **changes: str) -> tuple[int, bytes, str]:
    done = subprocess.run(
        (*GOVMAP, *arguments), env=environment(**changes), capture_output=True, timeout=LONGEST, check=False
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def _stopped_exports(extent: Extent, stop: signal.Signals) -> Trial:
    code = 128 + stop
    trial = Trial(f"{stop.name} at a random moment of `export`: {code}, no words, nothing left half-written")
    kinds = extent.of(list(KINDS))
    seen: Counter[str] = Counter()
    with folder() as here:
        for kind in kinds:
            lasts = _seconds(("export", kind, str(here / f"whole.{kind}")))
            for _ in range(extent.times(STOPS)):
                (here / "place").mkdir()
                place = here / "place" / "it"
                after = extent.random.uniform(0.3, 1) * lasts
                answer = _stopped(("export", kind, str(place)), after, stop, TMPDIR=str(here))
                left = [path.name for path in (here / "place").iterdir() if path != place]
                # Before our first line runs, the signal itself ends the process.
                ended = answer.code in (0, code, -stop) and answer.err == "" and answer.out == b""
                seen[
                    "within govmap" if answer.code == code else "after it" if answer.code == 0 else "before it ran"
                ] += 1
                trial.expect(ended and not left and (answer.code != 0 or place.exists()), kind, answer, left)
                shutil.rmtree(here / "place")
    trial.seen = _told(seen)
    return trial


def _stopped_starts(extent: Extent, stop: signal.Signals) -> Trial:
    """Stop calls in their first moments. Before our first line runs it is the interpreter that answers."""
    code = 128 + stop
    trial = Trial(
        f"{stop.name} in the first {START * 1000:.0f} ms of a call: {code} without a word, once govmap's own code runs"
    )
    seen: Counter[str] = Counter()
    for _ in range(extent.times(STARTS)):
        arguments = extent.random.choice([("country", "Peru", "--json"), ("list",), ("overlap", "asylum"), ("--help",)])
        answer = _stopped(arguments, extent.random.uniform(0, START), stop)
        early = (answer.code == -stop or "KeyboardInterrupt" in answer.err) and not _is_ours(answer.err)
        ended = answer.code in (0, code) and answer.err == ""
        seen["before govmap ran" if early else "within govmap" if answer.code == code else "after the answer"] += 1
        trial.expect(ended or early, arguments, answer)
    trial.seen = _told(seen)
    return trial


def _is_ours(traceback: str) -> bool:
    """Return whether a traceback leads into code of ours, past the modules with which the interpreter enters it."""
    entered = ("__init__.py", "__main__.py")
    files = [line.split('"')[1] for line in traceback.splitlines() if line.startswith('  File "') and OURS in line]
    return any(not file.endswith(entered) for file in files if "site-packages" in file or "src" in file)
