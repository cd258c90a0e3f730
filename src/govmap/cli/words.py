"""Puts the help of commands, and what Typer says of a wrong call, into the language of the answer.

Help and names of values stand in the source as marked texts; Typer's own words are told by what they are in English. A
message of a Typer that words it otherwise stays in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import typer

from govmap.language import _, current, marked

EXAMPLE = "Example: "
# Typer's words for its help, by the names that it gives them.
IN_HELP = {
    "ARGUMENTS_PANEL_TITLE": marked("Arguments"),
    "OPTIONS_PANEL_TITLE": marked("Options"),
    "COMMANDS_PANEL_TITLE": marked("Commands"),
    "DEFAULT_STRING": marked("[default: {}]"),
    "ENVVAR_STRING": marked("[env var: {}]"),
    "REQUIRED_LONG_STRING": marked("[required]"),
}
IN_ERRORS = (
    (r"Missing argument '(?P<name>.*)'", marked("Missing argument '{name}'")),
    (
        r"No such option: (?P<option>.*) \(Possible options: (?P<options>.*)\)",
        marked("No such option: {option} (Possible options: {options})"),
    ),
    (r"No such option: (?P<option>.*)", marked("No such option: {option}")),
    (r"Option '(?P<option>.*)' requires an argument", marked("Option '{option}' requires an argument")),
    (r"Option '(?P<option>.*)' does not take a value", marked("Option '{option}' does not take a value")),
    (
        r"Got unexpected extra argument(?:\(s\)|s|) \((?P<words>.*)\)",
        marked("Got unexpected extra argument(s) ({words})"),
    ),
)


def translate(command: Any) -> None:
    """Put the help of a command of Typer, and of those below it, into the language of the answer."""
    if current() == "en":
        return
    for one in (command, *getattr(command, "commands", {}).values()):
        one.help, one.epilog, one.options_metavar = _text(one.help), _text(one.epilog), _("[OPTIONS]")
        one.short_help, one.rich_help_panel = _text(one.short_help), _text(one.rich_help_panel)
        if hasattr(one, "subcommand_metavar"):
            one.subcommand_metavar = _("COMMAND [ARGS]...")
        one.get_usage = partial(_usage, one.get_usage)
        one.get_help_option(typer.Context(one)).help = _("Show this message and exit.")
        for parameter in one.params:
            parameter.help, parameter.metavar = _text(parameter.help), _text(parameter.metavar)
            parameter.rich_help_panel = _text(parameter.rich_help_panel)


def _text(text: str | None) -> str | None:
    """Return *text*, paragraph by paragraph; after a name and a colon, what is said of that."""
    return "\n\n".join(map(_paragraph, text.split("\n\n"))) if text else text


def _paragraph(text: str) -> str:
    text = " ".join(text.split())
    if text.startswith(EXAMPLE):
        return _("Example: {call}").format(call=text.removeprefix(EXAMPLE))
    name, colon, told = text.partition(": ")
    return f"{name}{colon}{_(told)}" if colon and name.islower() and " " not in name else _(text)


def _usage(usual: Any, context: typer.Context) -> str:
    text: str = usual(context)
    return text.replace("Usage: ", _("Usage: "), 1)


@contextmanager
def typer_speaking() -> Iterator[None]:
    """Let Typer's help speak the language of the answer within a `with` block."""
    if current() == "en":
        yield
        return
    from typer import rich_utils  # noqa: PLC0415 - heavy, and only for help

    usual = {name: getattr(rich_utils, name) for name in IN_HELP if hasattr(rich_utils, name)}
    try:
        for name in usual:
            setattr(rich_utils, name, _(IN_HELP[name]))
        yield
    finally:
        for name, text in usual.items():
            setattr(rich_utils, name, text)


def told(message: str) -> str:
    """Return what Typer says of a wrong call in the language of the answer; in English, or unknown, as it is."""
    if current() == "en":
        return message
    for pattern, text in IN_ERRORS:
        match = re.fullmatch(pattern, message)
        if match:
            return _(text).format(**match.groupdict())
    return message
