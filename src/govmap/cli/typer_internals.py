"""The only module that touches what is not Typer's public interface: its wording of help, and its class of mistakes.

Typer's own words are found by what they are in English. A message of a Typer that words it otherwise stays in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import typer

from govmap.cli.options import HELP_OF_HELP
from govmap.language import N_, _, current

# Typer's words for its help, by the names that it gives them.
HELP_WORDS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}
# What Typer says of wrong calls, a longer text before one that begins as it does.
MISTAKES = (
    N_("Missing argument '{name}'"),
    N_("No such option: {option} (Possible options: {options})"),
    N_("No such option: {option}"),
    N_("Option '{option}' requires an argument"),
    N_("Option '{option}' does not take a value"),
    N_("Got unexpected extra argument(s) ({words})"),
)
# What Typer raises for a wrong call, which has no public name; BadParameter is one of them.
MISTAKE: type[typer.BadParameter] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "UsageError")


def translate_program(program: Any) -> None:
    """Put what Typer itself says in the help of a program, and of its commands, into the language of the answer.

    Flags get a blank for the name of their value, which is a type in newer Typers.
    """
    commands = (program, *getattr(program, "commands", {}).values())
    for command in commands:
        flags = (option for option in command.params if getattr(option, "is_flag", False))
        for flag in (command.get_help_option(typer.Context(command)), *flags):
            flag.metavar = " "
    if current() == "en":
        return
    for command in commands:
        command.options_metavar = _("[OPTIONS]")
        if hasattr(command, "subcommand_metavar"):
            command.subcommand_metavar = _("COMMAND [ARGS]...")
        command.get_usage = partial(_usage, command.get_usage)
        command.get_help_option(typer.Context(command)).help = _(HELP_OF_HELP)
    for option in program.params:  # those of a command are made in the language already
        option.help = option.help and _(option.help)
        option.metavar = _(option.metavar) if option.metavar and option.metavar.strip() else option.metavar
        option.rich_help_panel = option.rich_help_panel and _(option.rich_help_panel)


def _usage(get_usage: Any, context: typer.Context) -> str:
    text: str = get_usage(context)
    return text.replace("Usage: ", _("Usage: "), 1)


@contextmanager
def translated_help() -> Iterator[None]:
    """Let Typer's help speak the language of the answer within a `with` block."""
    from typer import rich_utils  # heavy, and only for help

    originals = {name: getattr(rich_utils, name) for name in HELP_WORDS if hasattr(rich_utils, name)}
    try:
        for name in originals:
            setattr(rich_utils, name, _(HELP_WORDS[name]))
        yield
    finally:
        for name, text in originals.items():
            setattr(rich_utils, name, text)


def translate_mistake(message: str) -> str:
    """Return what Typer says of a wrong call in the language of the answer; in English where it is not known."""
    if value := re.fullmatch(r"Invalid value for '(?P<option>.*)': .*", message):  # only numbers are checked by Typer
        return _("{option} takes a whole number").format(**value.groupdict())
    for text in MISTAKES if current() != "en" else ():
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(text))
        if match := re.fullmatch(pattern, message):
            return _(text).format(**match.groupdict())
    return message
