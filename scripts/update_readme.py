"""Run the calls that README.md and README.es.md show and put their real output below them.

A block of text whose first line is `$ govmap …` is such a call. Run `python scripts/update_readme.py` after a
change of output; the tests compare. Long screens are cut after LONGEST lines and end in an ellipsis,
but for help, which shows every command.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
READMES = {"README.md": "en", "README.es.md": "es"}  # and the language in which each is written
BLOCK = re.compile(r"```text\n\$ (govmap[^\n]*)\n.*?```", re.DOTALL)
LONGEST = 32


def screen(call: str, language: str = "en") -> str:
    """Return what a person sees who types *call* in a window of 80 columns, the message on standard error included."""
    env = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    env["GOVMAP_LANG"] = language
    env.pop("GOVMAP_DATA", None)
    command = [sys.executable, "-m", *shlex.split(call)]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
    lines = [line.rstrip() for line in (done.stdout + done.stderr).strip().splitlines()]
    return "\n".join(lines if len(lines) <= LONGEST + 8 or "--help" in call else [*lines[:LONGEST], "…"])


def updated(text: str, language: str = "en") -> str:
    """Return the *text* of a README with every shown call's real output in its *language*."""
    return BLOCK.sub(lambda match: f"```text\n$ {match[1]}\n{screen(match[1], language)}\n```", text)


if __name__ == "__main__":
    for name, language in READMES.items():
        path = ROOT / name
        path.write_text(updated(path.read_text(encoding="utf-8"), language), encoding="utf-8")
