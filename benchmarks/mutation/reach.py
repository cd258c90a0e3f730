"""Which tests reach which line: one run of all of them under coverage.py."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from benchmarks.mutation.fork import be_alone
from benchmarks.mutation.mutants import Mutant
from coverage import Coverage


@dataclass(frozen=True)
class Reach:
    """The ids of the tests that reach each line of each file, and the seconds that each test takes if it passes."""

    tests: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    @classmethod
    def of(cls, session: pytest.Session, files: list[str]) -> Reach:
        """Return what the collected tests reach of *files*: they run in a fork, which leaves this process as it is."""
        with tempfile.TemporaryDirectory(prefix="govmap-mutant-") as folder:
            found = Path(folder, "reach.json")
            child = os.fork()
            if not child:
                try:
                    be_alone(folder)
                    found.write_bytes(msgspec.json.encode(_measured(session, files)))
                finally:
                    os._exit(0)
            os.waitpid(child, 0)
            return msgspec.json.decode(found.read_bytes(), type=cls)

    def chosen(self, mutant: Mutant, enough: float) -> list[str]:
        """Return the tests to try a mutant with: at least one that reaches it, at most *enough* seconds of them."""
        lines = self.tests.get(str(mutant.file), {})
        found = {test for line in mutant.lines for test in lines.get(line, ()) if test in self.seconds}
        own = f"/test_{mutant.file.stem}.py::"
        chosen: list[str] = []
        total = 0.0
        for test in sorted(found, key=lambda test: (own not in test, self.seconds[test], test)):
            total += self.seconds[test]
            if chosen and total > enough:
                break
            chosen.append(test)
        return chosen


def _measured(session: pytest.Session, files: list[str]) -> Reach:
    seconds = {}
    coverage = Coverage(data_file=None, include=files, messages=False)
    coverage.start()
    for test, following in zip(session.items, [*session.items[1:], None], strict=True):
        failed, started = session.testsfailed, time.monotonic()
        coverage.switch_context(test.nodeid)
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        if session.testsfailed == failed:
            seconds[test.nodeid] = time.monotonic() - started
    coverage.stop()
    data = coverage.get_data()
    return Reach({file: data.contexts_by_lineno(file) for file in data.measured_files()}, seconds)
