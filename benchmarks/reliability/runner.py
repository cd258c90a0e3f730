"""Runs trials: tables of cases, each with one check, each case in an empty folder of its own.

A check returns a note on what it saw, to be counted, or nothing, and asserts what must be.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest import mock

from govmap.cli import main

GOVMAP = (sys.executable, "-m", "govmap")
TIMEOUT = 60  # seconds that a call may take on a busy machine
WORK = tempfile.TemporaryDirectory(prefix="govmap-reliability-")
# What a terminal obeys, or what turns the direction of a text; written out, so that no list of govmap's is trusted.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CHANGES_ANSWERS = ("GOVMAP", "PYTHON", "LC_", "LANG", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM")


class Answer(NamedTuple):
    """What a call gave: exit code (negative for a signal), bytes of standard output, text of standard error."""

    code: int
    out: bytes
    err: str

    def flaw(self) -> str | None:
        """Return what no answer may be, or None: an undocumented code, a traceback, messages where none belong."""
        if self.code not in (0, 1, 2, 3):  # of README.md; 4, a fault of govmap's own, is what is looked for
            return f"exit code {self.code}"
        if "Traceback" in self.err:
            return "a traceback"
        if CONTROL.search(self.err):
            return "a control character on standard error"
        if self.code == 0:
            return "a message beside an answer" if self.err else None
        is_message = self.err.startswith(("Error: ", '{"error":')) and self.err.endswith("\n")
        return None if is_message else "a failure without its message"


class Trial(NamedTuple):
    """A claim, the cases that could refute it (drawn with the given source of chance), and the check of one."""

    claim: str
    cases: Callable[[Random], Sequence[tuple[Any, ...]]]
    check: Callable[..., str | None]


def run_trial(trial: Trial, share: float, seed: int) -> tuple[int, list[str], Counter[str]]:
    """Run a *share* of the cases, the same for the same *seed*; return their number, the failures and the notes."""
    random = Random(seed)
    cases = trial.cases(random)
    numbers = sorted(random.sample(range(len(cases)), max(1, round(len(cases) * share))))
    failures, notes = [], Counter[str]()
    for case in (cases[number] for number in numbers):  # in their order: neighbours share what is cached
        try:
            with empty_folder():
                notes[trial.check(*case) or "as expected"] += 1
        except Exception as error:  # whatever happens in a case, the others are tried
            failures.append(f"{case!r:.300}: {error!r:.2000}")
    return len(numbers), failures, notes


def expect_clean(answer: Answer, *codes: int) -> None:
    """Fail the case unless *answer* is without flaw and has one of *codes*, where these are given."""
    assert answer.flaw() is None and (not codes or answer.code in codes), (answer.flaw(), answer)


@contextmanager
def empty_folder() -> Iterator[None]:
    """Make an empty folder the current one for a while."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="govmap-reliability-") as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def environment(**changes: str) -> dict[str, str]:
    """Return the environment without what changes an answer, in UTF-8, and with *changes*."""
    neutral = {name: value for name, value in os.environ.items() if not name.startswith(CHANGES_ANSWERS)}
    return {**neutral, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "GOVMAP_CACHE": f"{WORK.name}/cache", **changes}


def run(*arguments: str, program: Sequence[str] = GOVMAP, **changes: str) -> Answer:
    """Run govmap in a process of its own, by *program*, with *changes* of the environment."""
    command, stdin, env = (*program, *arguments), subprocess.DEVNULL, environment(**changes)
    done = subprocess.run(command, stdin=stdin, capture_output=True, env=env, timeout=TIMEOUT, check=False)
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def call(*arguments: str) -> Answer:
    """Run a call in this process, which is quick and takes the same way through govmap."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True) for _ in range(2))
    with (
        mock.patch.dict(os.environ, environment(), clear=True),
        mock.patch("sys.stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = main(arguments)
    out.seek(0)
    err.seek(0)
    return Answer(code, out.buffer.read(), err.buffer.read().decode("utf-8", "replace"))
