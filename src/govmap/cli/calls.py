"""Words calls as a shell takes them, with the options of the call that they follow on."""

from __future__ import annotations

import re

from govmap.calls import Action, Call, Install, Option, Value
from govmap.declaration import option_name

PLAIN_WORD = re.compile(r"[\w@%+=:,./-]+")
SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'["\\$`!\n]')


def spell(action: Action, carried: dict[str, str] | None = None) -> str:
    """Return *action* as a shell takes it; a whole call with the options *carried* over from the one before it."""
    if isinstance(action, Call):
        options = {**action.options, **_taken_over(action, carried or {})}
        given = [_option(pair) for pair in options.items() if pair[1] is not False]
        return " ".join(["govmap", action.command, *map(quote, action.arguments), *given])
    if isinstance(action, Option):
        return ", ".join(filter(None, (_option((action.name, action.value)), action.about)))
    assert isinstance(action, Install)  # noqa: S101 - there is no other
    return f"pip install 'govmap[{action.extra}]'" if action.extra else "pip install --force-reinstall govmap"


def _taken_over(call: Call, carried: dict[str, str]) -> dict[str, str]:
    """Return those options *carried* over that the command of *call* takes and that are not in it already."""
    left = {name: v for name, v in carried.items() if v and name not in call.options}
    left = {name: v for name, v in left.items() if not any(a.startswith(option_name(name)) for a in call.arguments)}
    if not left:
        return {}
    from govmap.cli.commands import find  # noqa: PLC0415 - only where there is something to carry
    from govmap.cli.options import options_of  # noqa: PLC0415 - as above

    declaration = find(call.command)
    known = options_of(declaration) if declaration is not None else ()
    return {name: value for name, value in left.items() if option_name(name) in known}


def quote(word: str) -> str:
    """Return *word* as a POSIX shell reads it back: plain, in double quotes, or in single ones."""
    if PLAIN_WORD.fullmatch(word):
        return word
    if word and not SPECIAL_IN_DOUBLE_QUOTES.search(word):
        return f'"{word}"'
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _option(pair: tuple[str, Value]) -> str:
    name, value = pair
    return option_name(name) if value is True else f"{option_name(name)} {quote(str(value))}"
