"""The command line: `main` runs one call and returns its exit code, or ends it at a signal to stop."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # as in typing, which is not loaded yet: until `main` runs, Ctrl-C is not ours to answer
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import Any

INTERRUPTED = 130
STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, `kill`, a terminal that was closed


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call, that of the process by default, and return its exit code (see README.md)."""
    try:
        if argv is None:
            gc.disable()  # a call ends before there is garbage worth collecting: this is a tenth of its time
            install_handlers()
            _load_msgspec()
        from govmap.cli.run import run  # so that the lines above come before all that is loaded

        return run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        if argv is None:
            gc.freeze()  # so that Python, as it ends, does not go through all objects: that is another tenth


def install_handlers() -> None:
    """End the process at a signal with the code that shells give it: 128 and the number of the signal.

    Python's own way raises an exception wherever the program stands. Within the import of a compiled module that
    may crash (that of msgspec does), and in a callback it is lost with a traceback on the screen. A signal that
    is ignored, as Ctrl-C is in the background of a shell, stays so.
    """
    import signal

    for name in STOPPING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    """End the process at once, and leave nothing half-written behind."""
    import os

    remove_unfinished = getattr(sys.modules.get("govmap.files"), "remove_unfinished", None)
    if remove_unfinished is not None:  # where the module is not loaded, or not wholly, nothing was written
        remove_unfinished()
    os._exit(128 + number)


def _load_msgspec() -> None:
    """Load msgspec without modules that it does not need here.

    typing_extensions costs half as much as starting Python, platform a fifth; uuid, before Python 3.12, needs platform
    only to find hardware addresses. Its readers of TOML and YAML are not used.
    """
    from types import SimpleNamespace

    # None is how Python marks what cannot be imported.
    spared: dict[str, Any] = {"typing_extensions": None, "platform": SimpleNamespace(system=str)}
    spared |= {"msgspec.toml": SimpleNamespace(), "msgspec.yaml": SimpleNamespace()}
    spared = {name: module for name, module in spared.items() if name not in sys.modules}
    sys.modules.update(spared)
    import msgspec  # noqa: F401 - as the docstring says

    for name in spared:
        del sys.modules[name]
