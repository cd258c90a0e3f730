"""The commands as they are declared, so that a new one is tried without a word here."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from govmap.cli.commands import declarations
from govmap.cli.options import options_of

INVENTED = Path(__file__).parents[2] / "tests" / "data" / "invented"
DECLARATIONS = {declaration.name: declaration for declaration in declarations()}
# The first example of each command, by the name of the command.
EXAMPLES = {name: (name, *shlex.split(found.examples[0])) for name, found in DECLARATIONS.items()}


def options(command: str) -> list[str]:
    """Return the long options of a command."""
    return [*(name for name in options_of(DECLARATIONS[command]) if name.startswith("--")), "--help"]


def answering_examples() -> list[tuple[str, ...]]:
    """Return the examples of the commands that answer in every format, without the files that they write."""
    answering = [example for command, example in EXAMPLES.items() if "--format" in options(command)]
    return [example[: example.index("-o")] if "-o" in example else example for example in answering]


def write_files() -> None:
    """Write the files that the examples read into the current folder."""
    shutil.copytree(INVENTED, "our-data")
    Path("memberships.csv").write_text("organisation,country\nOrg,Peru\n", encoding="utf-8")
