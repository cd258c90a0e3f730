"""The command line: `main` runs one call and returns its exit code."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # as in typing, which is not loaded yet: until `main` runs, Ctrl-C is not ours to answer
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call, that of the process by default, and return its exit code (see README.md)."""
    try:
        if argv is None:
            gc.disable()  # a call ends before there is garbage worth collecting: this is a tenth of its time
            from govmap.cli.signals import install_handlers  # noqa: PLC0415 - only where the process is ours

            install_handlers()
            _load_msgspec()
        from govmap.cli.run import run  # noqa: PLC0415 - so that the lines above come before all that is loaded

        return run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        if argv is None:
            gc.freeze()  # so that Python, as it ends, does not go through all objects: that is another tenth


def _load_msgspec() -> None:
    """Load msgspec without typing_extensions, of which it needs nothing here and which costs half an interpreter."""
    absent = "typing_extensions" not in sys.modules
    if absent:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # how Python marks what cannot be imported
    import msgspec  # noqa: F401, PLC0415 - as the docstring says

    if absent:
        del sys.modules["typing_extensions"]
