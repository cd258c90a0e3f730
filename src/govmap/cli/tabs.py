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
from govmap.cli.options import OF_PROGRAM, likely_language, options_of
from govmap.cli.output import write
from govmap.cli.shells import SHELLS, Offer
from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.kinds import FILES, KINDS, Cursor, help_of
from govmap.language import _, speaking
from govmap.names.folding import begins, fold
from govmap.texts import one_line


def answer_tab(name: str = "", *words: str) -> None:
    """Print what may stand in place of the last of *words*, a line each, as the shell called *name* takes it."""
    if name not in SHELLS or not words:
        raise UsageError(_("This is only for completion scripts"), (Call("completion", "--help"),))
    if name == "powershell" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as its script reads it, whatever Windows has set up
    cursor = SHELLS[name].read(words)
    found = offers(cursor.words, cursor.prefix)
    lines = [FILES] if found and found[0].text == FILES else SHELLS[name].lines(cursor, found)
    write("".join(f"{line}\n" for line in lines))


def offers(words: list[str], text: str) -> list[Offer]:
    """Return what begins as *text* and may stand behind *words*, those between `govmap` and the cursor."""
    with speaking(likely_language(words)):
        if words:
            declaration = find(words[0])
            return [] if declaration is None else _offers(declaration, words[1:], text)
        if text.startswith("-"):
            return [Offer(each.option, _(each.help)) for each in OF_PROGRAM if each.option.startswith(text)]
        declarations = (find(name) for name in NAMES if begins(name, text))
        return [Offer(found.name, _(found.summary)) for found in declarations if found is not None]


def _offers(declaration: Declaration, words: list[str], text: str) -> list[Offer]:
    options, places = options_of(declaration), [p for p in declaration.parameters if p.positional]
    given, waiting = _given(words, options, places)
    is_option = text.startswith("-") and "--" not in words
    open_places = (place for place in places if place.many or place.name not in given)
    parameter = waiting or (None if is_option else next(open_places, None))
    if parameter is not None:
        return _values(parameter, given, text)
    return [
        Offer(option, help_of(p, declaration))
        for option, p in options.items()
        if option.startswith(text or "--") and (p.many or p.name not in given)
    ]


def _given(
    words: Iterable[str], options: dict[str, Parameter], places: list[Parameter]
) -> tuple[dict[str, list[str]], Parameter | None]:
    """Return the values that stand before the cursor, and the option that waits for one there, if any."""
    given: dict[str, list[str]] = {}
    waiting: Parameter | None = None
    only_arguments = False
    for word in words:
        option, equals, value = word.partition("=")
        if waiting is not None:
            given.setdefault(waiting.name, []).append(word)
            waiting = None
        elif word == "--" and not only_arguments:
            only_arguments = True
        elif word.startswith("-") and word != "-" and not only_arguments:
            parameter = options.get(option)
            if parameter is not None and (equals or parameter.is_flag):
                given.setdefault(parameter.name, []).append(value)
            else:
                waiting = parameter
        else:
            place = next((p for p in places if p.many or p.name not in given), None)
            if place is not None:
                given.setdefault(place.name, []).append(word)
    return given, waiting


def _values(parameter: Parameter, given: dict[str, list[str]], text: str) -> list[Offer]:
    """Return the values of a parameter that begin as *text*; accents and case may differ."""
    found = KINDS[parameter.kind].complete(Cursor(text, given, parameter))
    if found == [(FILES, "")]:
        return [Offer(FILES)]
    # On one line, and nothing that would be taken for an option.
    all_offers = (Offer(one_line(value).lstrip("-"), one_line(about)) for value, about in found)
    fitting = (offer for offer in all_offers if offer.text and begins(offer.text, text))
    return sorted(fitting, key=lambda offer: fold(offer.text))
