"""Words calls as a shell takes them."""

from __future__ import annotations

import re

from govmap.calls import Action, Call, Option, Value, in_python, option_name

PLAIN_WORD = re.compile(r"[\w@%+=:,./-]+")
SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'["\\$`!\n]')


def as_shell(action: Action) -> str:
    """Return *action* as a shell takes it."""
    if isinstance(action, Call):
        given = [_option(pair) for pair in action.options.items() if pair[1] is not False]
        return " ".join(["govmap", action.command, *map(quote, action.arguments), *given])
    if isinstance(action, Option):
        return ", ".join(filter(None, (_option((action.name, action.value)), action.about)))
    return in_python(action)


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
