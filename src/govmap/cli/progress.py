"""Tells a person at a terminal what a call is busy with, once that takes more than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from govmap.language import ngettext
from govmap.texts import printable

if TYPE_CHECKING:
    import threading

PATIENCE = 1.0  # seconds


@contextmanager
def progress(what: str, patience: float = PATIENCE) -> Iterator[None]:
    """Say on standard error, where that is a terminal, for how long the block has been at *what*; wiped at its end."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    import threading  # noqa: PLC0415 - only where somebody looks on

    done = threading.Event()
    thread = threading.Thread(target=_report, args=(printable(what), patience, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _report(what: str, patience: float, done: threading.Event) -> None:
    """Write one line again and again until *done* is set."""
    seconds = longest = 0
    while not done.wait(patience):
        seconds += 1
        line = ngettext("{what}: {n} second", "{what}: {n} seconds", seconds).format(what=what, n=seconds)
        longest = max(longest, len(line))
        sys.stderr.write(f"\r{line.ljust(longest)}")
        sys.stderr.flush()
    if longest:
        sys.stderr.write(f"\r{' ' * longest}\r")
        sys.stderr.flush()
