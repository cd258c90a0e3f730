"""Wires the commands together into one Typer program."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from itertools import takewhile
from typing import Annotated, NamedTuple

import typer

import govmap
from govmap.cli.answering import LangOption
from govmap.cli.output import write
from govmap.cli.words import told, translate, typer_speaking
from govmap.errors import UsageError
from govmap.language import _, marked
from govmap.texts import quoted

START = marked(
    """govmap: who governs migration in the Americas, and who is left out.

  govmap country Peru                 where a country sits, and where not
  govmap mechanism RCM                members, groups, secretariat, evidence
  govmap overlap "human trafficking"  who works on it, who is in none of them
  govmap compare RCM MIRPS            who is in both, who in only one
  govmap gaps --country Belize        themes on which a country sits nowhere

Names are taken in English, Spanish, Portuguese and French, or as codes.
--json writes JSON for scripts. All commands and options: govmap --help
"""
)

LOOK_UP, COMPARE, ANALYSE = marked("Look up"), marked("Compare"), marked("Analyse")
TRUST, DATA = marked("Trust"), marked("Data")


class Command(NamedTuple):
    """A command: its panel in --help, the module and function that hold it, and the first line of its help.

    That line stands here too, so that the list of all commands loads none of them.
    """

    panel: str
    module: str
    function: str
    summary: str


# In the order of --help.
COMMANDS = {
    "list": Command(
        LOOK_UP, "govmap.cli.listing", "list_", marked("List what there is, filtered; filters combine with and.")
    ),
    "mechanism": Command(
        LOOK_UP,
        "govmap.cli.mechanism",
        "mechanism",
        marked("Show one mechanism: members, groups, secretariat, evidence."),
    ),
    "country": Command(
        LOOK_UP, "govmap.cli.country", "country", marked("Show where a country sits, on which themes, and where not.")
    ),
    "search": Command(
        LOOK_UP, "govmap.cli.search", "search_", marked("Find anything by any word, and the call that opens it.")
    ),
    "compare": Command(
        COMPARE,
        "govmap.cli.compare",
        "compare",
        marked("Compare mechanisms by the countries they list, or countries by who lists them."),
    ),
    "overlap": Command(
        COMPARE, "govmap.cli.overlap", "overlap", marked("Show who works on a theme, and who is left out.")
    ),
    "matrix": Command(
        COMPARE,
        "govmap.cli.matrix",
        "matrix",
        marked("Show who sits where as one picture: countries, or themes, by mechanisms."),
    ),
    "map": Command(
        COMPARE,
        "govmap.cli.tiles",
        "map_",
        marked("Show the Americas as a map of tiles, filled by who lists each country."),
    ),
    "gaps": Command(ANALYSE, "govmap.cli.gaps", "gaps", marked("Show on which themes countries sit in no group.")),
    "cover": Command(
        ANALYSE,
        "govmap.cli.cover",
        "cover",
        marked("Find the fewest mechanisms that seat every country, or reach every theme."),
    ),
    "history": Command(
        ANALYSE,
        "govmap.cli.history",
        "history",
        marked("Tell what happened when: founded, joined, left, changed, meetings, resolutions."),
    ),
    "evidence": Command(
        TRUST,
        "govmap.cli.evidence",
        "evidence",
        marked("Show each fact with its status and its sources; without a name, how many have which status."),
    ),
    "cite": Command(
        TRUST,
        "govmap.cli.cite",
        "cite",
        marked("Cite the dataset, or its page on a mechanism, and the source that it rests on."),
    ),
    "brief": Command(
        TRUST,
        "govmap.cli.brief",
        "brief",
        marked("Write the page on a country or a mechanism that goes into a note, with sources and citation."),
    ),
    "validate": Command(
        DATA,
        "govmap.cli.validate",
        "validate",
        marked("Tell everything that is wrong with a dataset, where, and what to write instead."),
    ),
    "diff": Command(
        DATA,
        "govmap.cli.diff",
        "diff",
        marked("Show what was added, removed and changed between two datasets, or two dates of one."),
    ),
    "schema": Command(
        DATA, "govmap.cli.schema", "schema", marked("Show the JSON Schema of an answer, or which there are.")
    ),
    "import": Command(
        DATA,
        "govmap.cli.importing",
        "import_",
        marked("Make a dataset of your own from a table, and report on every row."),
    ),
    "export": Command(DATA, "govmap.cli.export", "export", marked("Write the whole dataset for another tool.")),
    "completion": Command(
        DATA,
        "govmap.cli.completion",
        "completion",
        marked("Write what makes a shell complete commands, options and names with the Tab key."),
    ),
}


# Options of every answering command.
SHARED = {"--json", "--format", "-f", "--output", "-o", "--bom", "--as-of", "--data", "--sources"}
LONGEST = 300  # characters of a message of Typer's, which quotes what was typed in full
SHORT = {"-f": "--format", "-o": "--output"}
OF_OUTPUT = {"--json", "--format", "--output", "--bom"}
FORMATLESS = {
    "schema": (marked("A schema is always JSON, so schema takes no {option}"), "govmap schema country"),
    "export": (marked("export takes no {option}: name the kind and the file"), "govmap export csv FOLDER"),
    "completion": (marked("completion takes no {option}: it writes what the shell reads"), "govmap completion bash"),
}
MAY_REPEAT = {"--country", "--column", "--ignore", "--json", "--bom", "--sources"}  # lists; what cannot be misread


def make_app(names: Iterable[str]) -> typer.Typer:
    """Return the Typer program with the commands called *names*: a call loads only the one that it runs."""
    app = _empty_app()
    for name in names:
        command = COMMANDS[name]
        function = getattr(importlib.import_module(command.module), command.function)
        app.command(name, rich_help_panel=command.panel)(function)
    return app


def make_overview() -> typer.Typer:
    """Return the Typer program with all commands by name and summary alone, for the help and what is no command."""
    app = _empty_app()
    for name, command in COMMANDS.items():
        app.command(name, rich_help_panel=command.panel, help=command.summary)(_not_loaded)
    return app


def _empty_app() -> typer.Typer:
    app = typer.Typer(
        name="govmap",
        help=marked(
            "Who governs migration in the Americas: mechanisms, members, working groups, themes, and the gaps."
        ),
        epilog=marked(
            "Exit codes: 0 answered, 1 no such name or nothing on it, 2 wrong call, 3 unreadable or invalid data."
        ),
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(start)
    return app


def _not_loaded() -> None:
    """Stand for a command in the overview, where none is run."""


def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=marked("Show the version and that of the data."))] = False,
    lang: LangOption = None,
) -> None:
    """Show the start page, or the version."""
    if version:
        about = govmap.load(os.environ.get("GOVMAP_DATA") or None).dataset.about
        known = {"version": govmap.__version__, "data": about.version, "date": about.reference_date}
        write(_("govmap {version} (data {data}, as of {date})").format(**known) + "\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        write(_(START))


def run_app(arguments: list[str]) -> None:
    """Run one call through Typer; raise UsageError where it is wrong.

    The command is invoked by hand: Typer's own way of running it would answer Ctrl-C and closed pipes by itself.
    """
    named = bool(arguments) and not arguments[0].startswith("-")
    if named:
        _require_command(arguments[0])
    _refuse_repeats(arguments)
    _refuse_format(arguments)
    command = typer.main.get_command(make_app(arguments[:1]) if named else make_overview())
    translate(command)
    try:
        with _help_speaking(arguments), command.make_context("govmap", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit:
        return
    except SystemExit as error:  # what rich makes of a closed pipe while it prints help
        raise BrokenPipeError from error
    except USAGE_ERROR as error:
        message = told(error.format_message().rstrip("."))
        shown = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
        raise UsageError(shown, _instead(arguments)) from error


def _help_speaking(arguments: list[str]) -> AbstractContextManager[None]:
    return typer_speaking() if "--help" in arguments else nullcontext()


def _require_command(typed: str) -> None:
    if typed not in COMMANDS:
        import difflib  # noqa: PLC0415 - only for a wrong word

        near = difflib.get_close_matches(typed.casefold(), COMMANDS, n=2)
        message = _("There is no command {name}").format(name=quoted(typed))
        raise UsageError(message, tuple(f"govmap {name}" for name in near or ["--help"]))


def _refuse_repeats(arguments: list[str]) -> None:
    """Refuse an option that is given twice: Typer would silently take the last."""
    options = [argument.partition("=")[0] for argument in arguments if argument.startswith("--") and argument != "--"]
    options += [SHORT[argument[:2]] for argument in arguments if argument[:2] in SHORT]
    for option in options:
        if options.count(option) > 1 and option not in MAY_REPEAT:
            message = _('"{option}" is given twice; give it once').format(option=option)
            raise UsageError(message, _instead(arguments[:1]))


def _refuse_format(arguments: list[str]) -> None:
    """Refuse an option of output where a command has one format, or names it in another way."""
    message, call = FORMATLESS.get(arguments[0] if arguments else "", ("", ""))
    typed = takewhile(lambda argument: argument != "--", arguments[1:])
    options = (SHORT.get(argument[:2], argument.partition("=")[0]) for argument in typed)
    asked = next((option for option in options if option in OF_OUTPUT), None)
    if message and asked:
        raise UsageError(_(message).format(option=asked), (call,))


def _instead(arguments: list[str]) -> tuple[str, ...]:
    """Return the call to try: the options after the command where they stand before it, else its help."""
    if not arguments or arguments[0] in COMMANDS:
        return (f"govmap {arguments[0]} --help" if arguments else "govmap --help",)
    command = next((i for i, argument in enumerate(arguments) if argument in COMMANDS), None)
    if command is None or not {argument.partition("=")[0] for argument in arguments[:command]} <= SHARED:
        return ("govmap --help",)
    return (f"govmap {' '.join([*arguments[command:], *arguments[:command]])}",)


# What Typer raises for a wrong call lives in click or in its own copy of it, by version; BadParameter is one of them.
USAGE_ERROR: type[typer.BadParameter] = next(k for k in typer.BadParameter.__mro__ if k.__name__ == "UsageError")
