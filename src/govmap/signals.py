"""Ends the process at a signal to stop, with the code that shells give it, and nothing half-written left behind."""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False  # as in typing, which is not loaded yet
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, `kill`, a terminal that was closed

clean_ups: list[Callable[[], object]] = []  # of modules that leave something unfinished while they work


def end_at_signals() -> None:
    """End the process at a signal with 128 and the number of the signal.

    Python's own way raises an exception wherever the program stands. Within the import of a compiled module that
    may crash (that of msgspec does), and in a callback it is lost with a traceback on the screen. A signal that
    is ignored, as Ctrl-C is in the background of a shell, stays so.
    """
    for name in STOPPING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    for clean_up in clean_ups:
        clean_up()
    os._exit(128 + number)
