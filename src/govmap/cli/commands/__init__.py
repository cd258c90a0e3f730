"""The commands: the questions, and those of the command line itself, one file each in this folder."""

from __future__ import annotations

import importlib

from govmap.declaration import Declaration
from govmap.questions import NAMES as QUESTIONS
from govmap.questions import declaration_of

OWN = {name: name.replace("import", "import_") for name in ("match", "schema", "import", "export", "mcp", "completion")}
NAMES = (*QUESTIONS, *OWN)  # in the order of the help


def find(name: str) -> Declaration | None:
    """Return the declaration of the command called *name*; None where there is none."""
    if name in QUESTIONS:
        return declaration_of(name)
    if name not in OWN:
        return None
    module = importlib.import_module(f"govmap.cli.commands.{OWN[name]}")
    found: Declaration = getattr(module, OWN[name]).declaration
    return found


def declarations() -> list[Declaration]:
    """Return the declarations of all commands, in the order of the help."""
    return [declaration for name in NAMES if (declaration := find(name))]
