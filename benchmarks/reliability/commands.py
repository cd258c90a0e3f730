"""The commands as the program itself lists them, so that a new one is tried without a word here."""

from __future__ import annotations

import re
import shlex
import shutil
from functools import cache
from pathlib import Path

from benchmarks.reliability.runner import call

INVENTED = Path(__file__).parents[2] / "tests" / "data" / "invented"


@cache
def examples() -> dict[str, tuple[str, ...]]:
    """Return the example in the help of each command, by the name of the command."""
    names = re.findall(r"^│ ([a-z]+) ", _help(), re.MULTILINE)
    found = {name: re.findall(r"Example: govmap (.*?)\n *\n", _help(name), re.DOTALL) for name in names}
    return {name: tuple(shlex.split(" ".join(example.split()))) for name, (example, *_) in found.items()}


@cache
def options(command: str) -> list[str]:
    """Return the long options of a command."""
    return re.findall(r"^│[ *]+(--[a-z-]+)", _help(command), re.MULTILINE)


def answering_examples() -> list[tuple[str, ...]]:
    """Return the examples of the commands that answer in every format, without the files that they write."""
    answering = [example for command, example in examples().items() if "--format" in options(command)]
    return [example[: example.index("-o")] if "-o" in example else example for example in answering]


@cache
def export_kinds() -> list[str]:
    """Return the kinds of export, as the message on a wrong one lists them."""
    return call("export", "nonsense").err.partition("one of: ")[2].strip().split(", ")


def write_files() -> None:
    """Write the files that the examples read into the current folder."""
    shutil.copytree(INVENTED, "our-data")
    Path("memberships.csv").write_text("organisation,country\nOrg,Peru\n", encoding="utf-8")


def _help(*command: str) -> str:
    return call(*command, "--help").out.decode()
