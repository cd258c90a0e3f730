"""The command line: `main` runs one call and returns its exit code."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # as in typing, which is not loaded yet: until `main` runs, Ctrl-C is not ours to answer
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

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
    """Load msgspec without what it needs nothing of here.

    typing_extensions costs half an interpreter. platform, which a fifth of one, tells uuid (before Python 3.12) whose
    hardware addresses it could look for. Its readers of TOML and YAML are not used.
    """
    from types import SimpleNamespace  # noqa: PLC0415 - as in `main`

    # None is how Python marks what cannot be imported.
    spared: dict[str, Any] = {"typing_extensions": None, "platform": SimpleNamespace(system=str)}
    spared |= {"msgspec.toml": SimpleNamespace(), "msgspec.yaml": SimpleNamespace()}
    spared = {name: module for name, module in spared.items() if name not in sys.modules}
    sys.modules.update(spared)
    import msgspec  # noqa: F401, PLC0415 - as the docstring says

    for name in spared:
        del sys.modules[name]
