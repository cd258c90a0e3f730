"""Runs tests on each mutant, in forks of one pytest session whose tests are collected already."""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path

import pytest
from benchmarks.mutation.mutants import Mutant, apply, live_objects
from coverage import Coverage

# How the process of a mutant ends: any other way is a crash.
ENDINGS = {0: "survived", 1: "killed", 3: "not applied", -signal.SIGALRM: "timeout"}
UNSEEN = ("survived", "no test")
ENOUGH = 15.0  # seconds of tests for a mutant, as they take without one
MEMORY = 4 * 1024**3  # bytes that tests may take


class MutationRun:
    """The plugin of pytest that tries mutants where pytest would run the tests once."""

    def __init__(self, mutants: list[Mutant], *, control: bool) -> None:
        """Keep what to try; as a *control*, the unchanged code is put in the place of each: none may be killed."""
        self.mutants = mutants
        self.control = control
        self.endings: dict[Mutant, str] = {}
        self.running: dict[int, Mutant] = {}  # by the id of its process

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find what the tests reach, then try each mutant."""
        if session.testsfailed:
            raise session.Interrupted("the tests could not be collected")
        for module in {mutant.module for mutant in self.mutants}:  # some are imported within tests alone
            importlib.import_module(f"govmap.{module.replace('/', '.')}")
        live_objects()  # found once, for every fork
        gc.freeze()
        with tempfile.TemporaryDirectory(prefix="govmap-mutants-") as folder:
            reach = Path(folder, "reach.json")
            os.waitpid(_fork(folder, 0, partial(self._measure, session.items, reach)), 0)
            seconds, reached = json.loads(reach.read_bytes())
            failing = sorted({item.nodeid for item in session.items} - seconds.keys())
            print(f"\n{len(session.items):,} tests; left out, as they fail unchanged: {failing or 'none'}", flush=True)
            for mutant in self.mutants:
                tests = _choose(mutant, session.items, seconds, reached.get(str(mutant.file), {}))
                if not tests:
                    self.endings[mutant] = "no test"
                    continue
                if len(self.running) >= (os.cpu_count() or 1):
                    self._wait()
                allowed = round(15 + 4 * sum(seconds[test.nodeid] for test in tests))
                self.running[_fork(folder, allowed, partial(self._try, mutant, tests))] = mutant
            while self.running:
                self._wait()
        return True

    def _measure(self, tests: list[pytest.Item], reach: Path) -> int:
        """Write the seconds of each test that passes, and the tests that reach each line of each file, to *reach*."""
        files = sorted({str(mutant.file) for mutant in self.mutants})
        coverage = Coverage(data_file=None, include=files, messages=False)
        coverage.start()
        seconds = {}
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            failed, started = test.session.testsfailed, time.monotonic()
            coverage.switch_context(test.nodeid)
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            if test.session.testsfailed == failed:
                seconds[test.nodeid] = time.monotonic() - started
        coverage.stop()
        data = coverage.get_data()
        reached = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        reach.write_text(json.dumps((seconds, reached)), encoding="utf-8")
        return 0

    def _try(self, mutant: Mutant, tests: list[pytest.Item]) -> int:
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

    def _wait(self) -> None:
        child, status = os.wait()
        self.endings[self.running.pop(child)] = ENDINGS.get(os.waitstatus_to_exitcode(status), "crash")


def _choose(
    mutant: Mutant, tests: list[pytest.Item], seconds: dict[str, float], reached: dict[str, list[str]]
) -> list[pytest.Item]:
    """Return the tests to try a mutant with: at least one that reaches it, those of its own module first."""
    names = {name for line in mutant.lines for name in reached.get(str(line), ())} & seconds.keys()
    reaching = sorted((test for test in tests if test.nodeid in names), key=partial(_nearness, mutant, seconds))
    ends = accumulate(seconds[test.nodeid] for test in reaching)
    return reaching[:1] + [test for test, end in zip(reaching, ends, strict=True) if end <= ENOUGH][1:]


def _nearness(mutant: Mutant, seconds: dict[str, float], test: pytest.Item) -> tuple[bool, float]:
    """Return what tests are sorted by: those of the module's own file come first, then what is fast."""
    return f"/test_{mutant.file.stem}.py::" not in test.nodeid, seconds[test.nodeid]


def _fork(folder: str, seconds: int, work: Callable[[], int]) -> int:
    """Do some work in a fork that writes nowhere but in *folder* and ends after so many seconds; return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        signal.alarm(seconds)  # 0 sets none
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.environ["PYTEST_DEBUG_TEMPROOT"] = own = tempfile.mkdtemp(dir=folder)
        os.chdir(own)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        code = work()
        shutil.rmtree(own, ignore_errors=True)
    finally:
        os._exit(code)
