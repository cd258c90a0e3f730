"""Answers one Tab: what may stand at the cursor.

The scripts of `govmap.cli.shells` hand over the words of the line. Typer, which knows the commands and their options,
parses those before the cursor; the parameter whose turn it is gives its values, see `govmap.cli.values`.
"""

from __future__ import annotations

import io
import sys

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from govmap.cli.app import COMMANDS, make_app, make_overview
from govmap.cli.lang import likely_language
from govmap.cli.output import write
from govmap.cli.shells import SHELLS, Offer
from govmap.cli.values import FILES
from govmap.cli.words import translate
from govmap.errors import UsageError
from govmap.language import _, speaking
from govmap.names.resolver import begins, fold
from govmap.texts import one_line


def answer_tab(name: str = "", *words: str) -> None:
    """Print what may stand in place of the last of *words*, a line each, as the shell called *name* takes it."""
    if name not in SHELLS or not words:
        raise UsageError(_("This is for the scripts of completion alone"), ("govmap completion --help",))
    if name == "powershell" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as its script reads it, whatever Windows has set up
    cursor = SHELLS[name].read(words)
    found = offers(cursor.words, cursor.typed)
    lines = [FILES] if found and found[0].text == FILES else SHELLS[name].lines(cursor, found)
    write("".join(f"{line}\n" for line in lines))


def offers(words: list[str], typed: str) -> list[Offer]:
    """Return what begins as *typed* and may stand behind *words*, those between `govmap` and the cursor."""
    with speaking(likely_language(words)):
        return _offers(words, typed) if not words or words[0] in COMMANDS else []


def _offers(words: list[str], typed: str) -> list[Offer]:
    app = typer.main.get_command(make_app(words[:1]) if words else make_overview())
    assert isinstance(app, TyperGroup)  # noqa: S101 - a program with commands is one
    translate(app)
    command = app.commands[words[0]] if words else app
    asking = next((o for o in command.params if isinstance(o, TyperOption) and _asks(o, words)), None)
    before = words[1:-1] if asking else words[1:]  # an option without its value would end the parsing
    context = command.make_context("govmap", before, resilient_parsing=True, obj=typed)
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = {name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"}
    is_option = typed.startswith("-") and "--" not in words
    open_ = (a for a in command.params if isinstance(a, TyperArgument) and (a.nargs == -1 or a.name not in given))
    parameter = asking or (next(open_, None) if not is_option else None)
    if parameter is not None:
        # Typer itself keeps what begins exactly as typed. It is told that nothing is: accents and case may differ.
        found = [_offer(item.value, item.help) for item in parameter.shell_complete(context, "")]
        fitting = [offer for offer in found if offer.text == FILES or (offer.text and begins(offer.text, typed))]
        return sorted(fitting, key=lambda offer: fold(offer.text))
    if words or is_option:
        return [Offer(item.value, item.help or "") for item in command.shell_complete(context, typed or "--")]
    return [Offer(name, one.get_short_help_str(200)) for name, one in app.commands.items() if begins(name, typed)]


def _asks(option: TyperOption, words: list[str]) -> bool:
    """Return whether the last of *words* is an option that wants a value."""
    return bool(words) and not option.is_flag and words[-1] in option.opts


def _offer(value: str, about: str | None) -> Offer:
    """Return the offer of a value as text of one line that nothing takes for an option."""
    return Offer(value if value == FILES else one_line(value).lstrip("-"), one_line(about or ""))
