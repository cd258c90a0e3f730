"""The commands: the questions, and those of the command line itself, one file each in this folder."""

from __future__ import annotations

import importlib
from typing import Any

from govmap.cli.options import shared_options, with_environment
from govmap.declaration import Declaration
from govmap.questions import NAMES as QUESTIONS
from govmap.questions import declaration_of

OWN = {"schema": "schema", "import": "import_", "export": "export", "completion": "completion"}
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


def options_of(declaration: Declaration) -> frozenset[str]:
    """Return the names of all options that a command takes, shared ones among them."""
    own = (parameter.name for parameter in declaration.parameters if not parameter.positional)
    return frozenset((*own, *(option.parameter.name for option in shared_options(declaration))))


def run_command(declaration: Declaration, values: dict[str, Any]) -> None:
    """Run the call of a command with *values*, and with what the environment gives in the place of options."""
    values = with_environment(values, declaration)
    if declaration.is_question:
        from govmap.cli.answer import answer  # noqa: PLC0415 - not for the commands of the command line

        answer(declaration, values)
    else:
        names = {parameter.name for parameter in declaration.parameters}
        declaration.function(**{name: value for name, value in values.items() if name in names})
