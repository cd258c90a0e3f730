"""What every part shares: a trial and its tally, and a call of govmap in this process or in one of its own."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

from govmap.cli import main

GOVMAP = (sys.executable, "-m", "govmap")
DOCUMENTED = {0, 1, 2, 3}  # of README.md; 4, a fault of govmap's own, is what is looked for
LONGEST = 60  # seconds that a call may take on a busy machine
# What a terminal obeys, or what turns the direction of a text; written out here, so that no list of govmap's is trusted.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# What changes an answer; so does every variable that begins with GOVMAP or PYTHON.
READ = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "TERM"}
# A cache of our own, so that the runs neither profit from the user's nor fill it.
CACHE = tempfile.TemporaryDirectory(prefix="govmap-reliability-cache-")
Item = TypeVar("Item")


class Answer(NamedTuple):
    """What one call gave: exit code (negative for a signal), bytes of standard output, text of standard error."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8", "replace")

    def flaw(self) -> str | None:
        """Return what no answer may be, or None: an undocumented code, a traceback, words where none belong."""
        if self.code not in DOCUMENTED:
            return f"exit code {self.code}"
        if "Traceback" in self.err:
            return "a traceback"
        if CONTROL.search(self.err):
            return "a control character on standard error"
        if self.code == 0:
            return "words on standard error beside an answer" if self.err else None
        told = self.err.startswith(("Error: ", '{"error":')) and self.err.endswith("\n")
        return None if told else "a failure that is not told as one"


@dataclass
class Trial:
    """One kind of thing that is tried.

    Attributes:
        what: What it is, as the document says it.
        times: How often it was tried.
        wrong: What was not as it should be, a line each.
        seen: What else was seen, for the document.

    """

    what: str
    times: int = 0
    wrong: list[str] = field(default_factory=list)
    seen: str = ""

    def expect(self, as_it_should_be: bool, *told: object) -> None:
        """Count one more try, and keep what was *told* of it unless it was *as_it_should_be*."""
        self.times += 1
        if not as_it_should_be:
            shown = " | ".join(f"{one!r}"[:600] for one in told)
            self.wrong.append(f"{self.what}: {shown}")

    def expect_clean(self, answer: Answer, *told: object) -> None:
        """Count one more try, which is as it should be where *answer* has no flaw."""
        self.expect(answer.flaw() is None, answer.flaw(), *told, answer)


class Extent(NamedTuple):
    """How much is tried: the source of chance, and the share of the long run that is wanted (1 is all of it)."""

    random: Random
    share: float

    def times(self, whole: int) -> int:
        """Return how often to try what the long run tries *whole* times: once at least."""
        return max(1, round(whole * self.share))

    def of(self, every: list[Item]) -> list[Item]:
        """Return as many of *every* item, in their order: all of them in the long run."""
        chosen = sorted(self.random.sample(range(len(every)), self.times(len(every))))
        return [every[i] for i in chosen]


Part = Callable[[Extent], Iterator[Trial]]


def environment(**changes: Any) -> dict[str, str]:
    """Return the environment without what changes an answer, in UTF-8, and with *changes* (None takes one out)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOVMAP", "PYTHON"))}
    given = {name: value for name, value in kept.items() if name not in READ}
    merged = {**given, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "GOVMAP_CACHE": CACHE.name, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def run(*arguments: str, before: tuple[str, ...] = (), options: Any = None, **changes: Any) -> Answer:
    """Run govmap in a process of its own, behind the words *before*, with *options* for `subprocess.run`."""
    given: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "env": environment(**changes),
        **(options or {}),
    }
    done = subprocess.run((*before, *GOVMAP, *arguments), timeout=LONGEST, check=False, **given)
    return Answer(done.returncode, done.stdout or b"", (done.stderr or b"").decode("utf-8", "replace"))


def shell(script: str, *arguments: str, **changes: Any) -> Answer:
    """Run a shell *script* in which "$@" is govmap with *arguments*."""
    return run(*arguments, before=("sh", "-c", script, "sh"), **changes)


def call(*arguments: str) -> Answer:
    """Run one call in this process, which is quick and has the same way through govmap."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment())
    try:
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            code = main(arguments)
    finally:
        os.environ.clear()
        os.environ.update(before)
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue() for stream in streams)
    return Answer(code, out, err.decode("utf-8", "replace"))


@contextmanager
def folder() -> Iterator[Path]:
    """Give an empty folder, and stand in it; it is gone at the end."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="govmap-reliability-") as name:
        os.chdir(name)
        try:
            yield Path(name).resolve()
        finally:
            os.chdir(before)
