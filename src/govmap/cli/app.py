"""Wires the commands together, and turns every failure into one message and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import govmap
from govmap.cli.compare import compare
from govmap.cli.country import country
from govmap.cli.listing import list_
from govmap.cli.mechanism import mechanism
from govmap.cli.output import report, write
from govmap.cli.overlap import overlap
from govmap.errors import GovmapError, UsageError

INTERRUPTED = 130

START = """govmap: who governs migration in the Americas, who sits where, who works on what, who is left out.

  govmap country Peru                  where a country sits, and where not
  govmap mechanism RCM                 one mechanism: members, groups, secretariat, evidence
  govmap overlap "human trafficking"   who works on a theme, and which countries are in none of them
  govmap compare RCM MIRPS             who is in both, who in only one
  govmap list groups --member Peru     lists, filtered

Names are taken in English, Spanish, Portuguese and French, or as codes. --json writes JSON for scripts.
All commands and options: govmap --help
"""

app = typer.Typer(
    name="govmap",
    help="Who governs migration in the Americas: mechanisms, members, working groups, themes, and the gaps.",
    epilog="Exit codes: 0 answered, 1 no such name or nothing on it, 2 wrong call, 3 unreadable or invalid data.",
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)

LOOK_UP, COMPARE = "Look up", "Compare"
for panel, name, command in (
    (LOOK_UP, "list", list_),
    (LOOK_UP, "mechanism", mechanism),
    (LOOK_UP, "country", country),
    (COMPARE, "compare", compare),
    (COMPARE, "overlap", overlap),
):
    app.command(name, rich_help_panel=panel)(command)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and that of the data.")] = False,
) -> None:
    """Show the start page, or the version."""
    if version:
        about = govmap.load().dataset.about
        write(f"govmap {govmap.__version__} (data {about.version}, as of {about.reference_date})\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        write(START)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code: 0, 1, 2 or 3 (docs/exit-codes), 130 when interrupted.

    A reader that closes the pipe early has what it wanted: that is no failure.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    try:
        _run(arguments)
    except GovmapError as error:
        report(error, as_json=as_json)
        return error.exit_code
    except BrokenPipeError:
        _silence_stdout()
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return 0


def _run(arguments: list[str]) -> None:
    if arguments and not arguments[0].startswith("-"):
        _require_command(arguments[0])
    try:
        app(args=arguments, prog_name="govmap", standalone_mode=False)
    except USAGE_ERROR as error:
        message = error.format_message().rstrip(".")
        raise UsageError(message, _help_for(arguments)) from error


def _require_command(typed: str) -> None:
    names = [command.name for command in app.registered_commands if command.name]
    if typed not in names:
        import difflib  # noqa: PLC0415 - only for a wrong word

        near = difflib.get_close_matches(typed.casefold(), names, n=2)
        message = f'There is no command "{typed[:40]}"'
        raise UsageError(
            message,
            tuple(f"govmap {name}" for name in near) or (f'govmap country "{typed[:40]}"', "govmap --help"),
        )


def _help_for(arguments: list[str]) -> tuple[str, ...]:
    names = {command.name for command in app.registered_commands}
    command = f" {arguments[0]}" if arguments and arguments[0] in names else ""
    return (f"govmap{command} --help",)


# What Typer raises for a wrong call lives in click or in its own copy of it, by version; BadParameter is one of them.
USAGE_ERROR: type[typer.BadParameter] = next(k for k in typer.BadParameter.__mro__ if k.__name__ == "UsageError")


def _silence_stdout() -> None:
    """Send what is left to nowhere, so that Python does not complain of the closed pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
