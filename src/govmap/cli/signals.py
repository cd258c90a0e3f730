"""Ends a call at a signal to stop: at once, without a traceback, and with nothing half-written left behind."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, `kill`, a terminal that was closed


def install_handlers() -> None:
    """End the process at a signal with the code that shells give it: 128 and the number of the signal.

    Python's own way raises an exception wherever the program stands. Within the import of a compiled module that
    may crash (that of msgspec does), and in a callback it is lost with a traceback on the screen. A signal that
    is ignored, as Ctrl-C is in the background of a shell, stays so.
    """
    for name in STOPPING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    remove_unfinished = getattr(sys.modules.get("govmap.files"), "remove_unfinished", None)
    if remove_unfinished is not None:  # where the module is not loaded, or not wholly, nothing was written
        remove_unfinished()
    os._exit(128 + number)
