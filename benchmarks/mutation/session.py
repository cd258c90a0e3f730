"""Runs tests on each mutant, in forks of one pytest session whose tests are collected already.

A mutant is tried with the tests that reach its lines, those of its module first, then the quickest, until one fails or
`ENOUGH` seconds of them have passed.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest
from benchmarks.mutation.fork import be_alone
from benchmarks.mutation.mutants import Mutant, apply, living
from benchmarks.mutation.reach import Reach
from benchmarks.mutation.report import CRASHED, KILLED, LATE, SURVIVED, UNREACHED, UNTRIED, Result

ENDINGS = {0: SURVIVED, 1: KILLED, 3: UNTRIED, -signal.SIGKILL: LATE}
ENOUGH = 6.0  # seconds of tests, as they take without a mutant
MEMORY = 4 * 1024**3  # bytes a mutant may take


@dataclass(frozen=True)
class Try:
    """A mutant being tried in a process of its own, when that began and how long it may take, in seconds."""

    mutant: Mutant
    started: float
    allowed: float
    folder: str


class Mutation:
    """The plugin of pytest that tries mutants where pytest would run the tests once."""

    def __init__(self, mutants: list[Mutant], report: Path, workers: int, *, control: bool = False) -> None:
        """Keep what to try, where a line of JSON for each goes, and how many at once.

        As a *control*, the unchanged code is put in the place of each: what is killed then is no kill at all.
        """
        self.mutants = mutants
        self.report = report
        self.workers = workers
        self.control = control
        self.running: dict[int, Try] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        """Let each property be tried on the same few examples every time."""
        import hypothesis  # noqa: PLC0415 - once pytest has rewritten its assertions

        everything = list(hypothesis.HealthCheck)
        hypothesis.settings.register_profile(
            "mutation",
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=everything,
        )
        hypothesis.settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find what the tests reach, then try each mutant."""
        if session.testsfailed:
            raise session.Interrupted("the tests could not be collected")
        reach = Reach.of(session, sorted({str(mutant.file) for mutant in self.mutants}))
        items = {item.nodeid: item for item in session.items}
        failing = sorted(items.keys() - reach.seconds.keys())
        print(f"\n{len(items):,} tests; left out, as they fail unchanged: {failing or 'none'}", flush=True)
        for module in {mutant.module for mutant in self.mutants}:  # some are imported within tests alone
            importlib.import_module(f"govmap.{module.replace('/', '.')}")
        living()  # found once, for every fork
        gc.freeze()
        with self.report.open("wb") as report:
            for mutant in self.mutants:
                tests = reach.chosen(mutant, ENOUGH)
                if not tests:
                    _write(report, mutant, UNREACHED, 0)
                    continue
                while len(self.running) >= self.workers:
                    self._reap(report)
                allowed = 15 + 4 * sum(reach.seconds[test] for test in tests)
                self._start(mutant, [items[test] for test in tests], allowed)
            while self.running:
                self._reap(report)
        return True

    def _start(self, mutant: Mutant, tests: list[pytest.Item], allowed: float) -> None:
        """Start a process that ends with 0 where every test passes the mutant, and with 1 where one fails."""
        folder = tempfile.mkdtemp(prefix="govmap-mutant-")
        child = os.fork()
        if child:
            self.running[child] = Try(mutant, time.monotonic(), allowed, folder)
            return
        code = 1
        try:
            be_alone(folder)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = self._tried(mutant, tests)
        finally:
            os._exit(code)

    def _tried(self, mutant: Mutant, tests: list[pytest.Item]) -> int:
        try:
            if not apply(mutant, unchanged=self.control):
                return 3
        except Exception:  # what cannot be put into the program is no mutant, so no kill either
            return 3
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            if test.session.testsfailed:
                return 1
        return 0

    def _reap(self, report: BinaryIO) -> None:
        """Wait until one has ended, and end those whose time is over."""
        while True:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child:
                ended = self.running.pop(child)
                shutil.rmtree(ended.folder, ignore_errors=True)
                ending = ENDINGS.get(os.waitstatus_to_exitcode(status), CRASHED)
                _write(report, ended.mutant, ending, time.monotonic() - ended.started)
                return
            for one, tried in self.running.items():
                if time.monotonic() - tried.started > tried.allowed:
                    os.kill(one, signal.SIGKILL)
            time.sleep(0.005)


def _write(report: BinaryIO, mutant: Mutant, ending: str, seconds: float) -> None:
    result = Result(
        module=mutant.module,
        function=mutant.function,
        line=mutant.lines[0],
        before=mutant.before,
        after=mutant.after,
        ending=ending,
        seconds=round(seconds, 2),
    )
    report.write(msgspec.json.encode(result) + b"\n")
    report.flush()
