"""Shows what is longer than the screen through a pager, as git does."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess

DEFAULT = "less"


def page(text: str) -> bool:
    """Show *text* through the pager that PAGER names, by default less; return False where it is to be written as it is.

    That is where it fits on the screen, where PAGER is empty or `cat`, and where there is no such program. `less` keeps
    what fits on the screen, and colours (LESS=FRX), unless LESS says otherwise.
    """
    size = shutil.get_terminal_size()
    command = shlex.split(os.environ.get("PAGER", DEFAULT), posix=os.name != "nt")
    if _height(text, size.columns) < size.lines or command in ([], ["cat"]) or os.environ.get("TERM") == "dumb":
        return False
    program = shutil.which(command[0])
    if program is None:
        return False
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        with subprocess.Popen([program, *command[1:]], stdin=subprocess.PIPE, env=environment) as pager:  # noqa: S603 - the reader's own
            pager.communicate(text.encode())
    except OSError:
        return False
    return True


def _height(text: str, width: int) -> int:
    """Return how many lines of the screen *text* takes; marks of colour count as letters, which at worst pages more."""
    return sum(max(1, -(-len(line) // max(width, 1))) for line in text.splitlines())
