"""Answers one Tab: what may stand at the cursor.

The scripts of `govmap.cli.shells` hand over the words of the line. The declaration of the command says whose turn it
is; the kind of that parameter offers its values (see `govmap.kinds`).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from govmap.calls import Call
from govmap.cli.commands import NAMES, find
from govmap.cli.language import likely_language
from govmap.cli.options import LANG, shared_options
from govmap.cli.output import write
from govmap.cli.shells import SHELLS, Offer
from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.kinds import FILES, KINDS, Cursor
from govmap.language import N_, _, speaking
from govmap.names.folding import begins, fold
from govmap.texts import one_line

HELP = N_("Show this message and exit.")
VERSION = N_("Show the version and that of the data.")


def answer_tab(name: str = "", *words: str) -> None:
    """Print what may stand in place of the last of *words*, a line each, as the shell called *name* takes it."""
    if name not in SHELLS or not words:
        raise UsageError(_("This is for the scripts of completion alone"), (Call("completion", "--help"),))
    if name == "powershell" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as its script reads it, whatever Windows has set up
    cursor = SHELLS[name].read(words)
    found = offers(cursor.words, cursor.typed)
    lines = [FILES] if found and found[0].text == FILES else SHELLS[name].lines(cursor, found)
    write("".join(f"{line}\n" for line in lines))


def offers(words: list[str], text: str) -> list[Offer]:
    """Return what begins as *text* and may stand behind *words*, those between `govmap` and the cursor."""
    with speaking(likely_language(words)):
        if words:
            declaration = find(words[0])
            return [] if declaration is None else _offers(declaration, words[1:], text)
        if text.startswith("-"):
            own = (("--version", VERSION), ("--lang", LANG.help), ("--help", HELP))
            return [Offer(option, _(about)) for option, about in own if option.startswith(text)]
        return [Offer(name, _summary(name)) for name in NAMES if begins(name, text)]


def _summary(name: str) -> str:
    declaration = find(name)
    return _(declaration.summary) if declaration is not None else ""


def _offers(declaration: Declaration, words: list[str], text: str) -> list[Offer]:
    shared = {option.parameter.name: option for option in shared_options(declaration)}
    own = {parameter.name for parameter in declaration.parameters}
    parameters = [*declaration.parameters, *(o.parameter for name, o in shared.items() if name not in own)]
    by_option = {p.option: p for p in parameters if not p.positional}
    by_option |= {option.short: option.parameter for option in shared.values() if option.short}
    given, asking = _given(words, by_option, [p for p in parameters if p.positional])
    is_option = text.startswith("-") and "--" not in words
    open_ = (p for p in parameters if p.positional and (p.many or p.name not in given))
    parameter = asking or (None if is_option else next(open_, None))
    if parameter is not None:
        return _values(parameter, given, text)
    helps = {
        p.name: declaration.helps.get(p.name) or (shared[p.name].help if p.name in shared else "") for p in parameters
    }
    found = [
        Offer(option, _(helps.get(p.name) or KINDS[p.kind].help))
        for option, p in by_option.items()
        if option.startswith(text or "--") and (p.many or p.name not in given)
    ]
    return [offer for offer in [*found, Offer("--help", _(HELP))] if offer.text.startswith(text)]


def _given(
    words: Iterable[str], by_option: dict[str, Parameter], places: list[Parameter]
) -> tuple[dict[str, list[str]], Parameter | None]:
    """Return the values that stand before the cursor, and the option that waits for one there, if any."""
    given: dict[str, list[str]] = {}
    asking: Parameter | None = None
    only_arguments = False
    for word in words:
        option, equals, value = word.partition("=")
        if asking is not None:
            given.setdefault(asking.name, []).append(word)
            asking = None
        elif word == "--" and not only_arguments:
            only_arguments = True
        elif word.startswith("-") and word != "-" and not only_arguments:
            parameter = by_option.get(option)
            if parameter is not None and (equals or parameter.is_flag):
                given.setdefault(parameter.name, []).append(value)
            asking = parameter if parameter is not None and not equals and not parameter.is_flag else None
        else:
            place = next((p for p in places if p.many or p.name not in given), None)
            if place is not None:
                given.setdefault(place.name, []).append(word)
    return given, asking


def _values(parameter: Parameter, given: dict[str, list[str]], text: str) -> list[Offer]:
    """Return the values of a parameter that begin as *text*; accents and case may differ."""
    found = KINDS[parameter.kind].complete(Cursor(text, given, parameter))
    fitting = (_offer(value, about) for value, about in found)
    return sorted(
        (offer for offer in fitting if offer.text == FILES or (offer.text and begins(offer.text, text))),
        key=lambda offer: fold(offer.text),
    )


def _offer(value: str, about: str) -> Offer:
    """Return the offer of a value as text of one line that nothing takes for an option."""
    return Offer(value if value == FILES else one_line(value).lstrip("-"), one_line(about))
