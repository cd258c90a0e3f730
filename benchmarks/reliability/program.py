"""The commands as the program itself tells them, so that a new one is tried without a word here but for a good call."""

from __future__ import annotations

from typing import NamedTuple

import typer

from govmap.cli.app import COMMANDS, make_app

# A call of each command that is answered, on the bundled data and on a dataset of `hostile`, but for those that NEED
# files of somebody's own; FOLDER is a dataset.
GOOD = {
    "list": ("list", "mechanisms"),
    "mechanism": ("mechanism", "RCM"),
    "country": ("country", "Peru"),
    "search": ("search", "asylum"),
    "compare": ("compare", "Peru", "Chile"),
    "overlap": ("overlap", "asylum"),
    "matrix": ("matrix",),
    "map": ("map",),
    "brief": ("brief", "Peru"),
    "gaps": ("gaps",),
    "cover": ("cover",),
    "history": ("history",),
    "evidence": ("evidence",),
    "cite": ("cite",),
    "diff": ("diff", "--from", "2022-06", "--to", "2022-10"),
    "validate": ("validate", "FOLDER"),
    "import": ("import", "FOLDER/none.csv"),
    "schema": ("schema",),
    "export": ("export", "json"),
    "completion": ("completion", "bash"),
}
NEED = {"validate", "import"}


class Parameter(NamedTuple):
    """An argument or an option of a command: how it is typed (nothing for an argument), whether it takes a value."""

    typed: str
    takes_value: bool


def parameters(command: str) -> list[Parameter]:
    """Return the parameters of a command."""
    group = typer.main.get_command(make_app([command]))
    found = group.commands[command].params  # type: ignore[attr-defined]  # it is a group
    return [
        Parameter("" if parameter.param_type_name == "argument" else name, not getattr(parameter, "is_flag", False))
        for parameter in found
        for name in (parameter.opts if parameter.param_type_name != "argument" else [""])
    ]


def answering(command: str) -> bool:
    """Return whether a command answers in every format."""
    return "--format" in {parameter.typed for parameter in parameters(command)}


def every_command() -> list[str]:
    """Return the names of the commands; raise LookupError where one has no good call above."""
    lacking = [name for name in COMMANDS if name not in GOOD]
    if lacking:
        raise LookupError(f"no good call of {', '.join(lacking)} in {__name__}; add one")
    return list(COMMANDS)
