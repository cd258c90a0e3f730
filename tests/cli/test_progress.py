from __future__ import annotations

import io
import sys
import time

import pytest

from govmap.cli.output import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_slow_work_shows_a_line_and_wipes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress("Reading a\x1b[31m file", patience=0.02):
        while "2 seconds" not in terminal.getvalue():
            time.sleep(0.001)
    first, *_, last = terminal.getvalue().split("\r")[1:]
    assert first.startswith("Reading a")
    assert first.endswith("[31m file: 1 second")
    assert "\x1b" not in terminal.getvalue()
    assert last == ""
    assert set(terminal.getvalue().split("\r")[-2]) == {" "}


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress("Reading"):
        pass
    assert terminal.getvalue() == ""


def test_without_a_terminal_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (pipe := io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress("Reading", patience=0.001):
            time.sleep(0.02)
    assert pipe.getvalue() == ""


def test_a_failure_passes_through_and_wipes_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with pytest.raises(ValueError, match="wrong"), progress("Reading", patience=0.001):
        while not terminal.getvalue():
            time.sleep(0.001)
        raise ValueError("wrong")
    assert terminal.getvalue().endswith(" \r")
