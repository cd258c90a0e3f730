"""The command line: `main` runs one call and returns its exit code, or ends it at a signal to stop."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # as in typing, which is not loaded yet: until `main` runs, Ctrl-C is not ours to answer
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call, that of the process by default, and return its exit code (see README.md)."""
    try:  # imports among it, for Ctrl-C may come while they load
        from govmap.signals import end_at_signals

        if argv is None:
            gc.disable()  # a call ends before there is garbage worth collecting: this is a tenth of its time
            end_at_signals()
        from govmap.cli.run import run

        return run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return INTERRUPTED
