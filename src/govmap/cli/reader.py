"""Reads a well-formed call by the declaration of its command, without Typer, which would take most of its time.

Whatever is not well-formed (help, an unknown option, a missing value, too many names) is left to Typer, which explains
it. A test compares what both make of generated calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govmap.cli.options import options_of
from govmap.declaration import Declaration, Parameter

Values = dict[str, Any]


def read(declaration: Declaration, words: list[str]) -> Values | None:
    """Return the values of a call by the names of parameters; None where Typer must look at it."""
    options = options_of(declaration)
    values: Values = {}
    arguments: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            arguments += left
        elif not word.startswith("-") or word == "-":
            arguments.append(word)
        elif not _read_option(word, left, options, values):
            return None
    if not read_arguments(arguments, [p for p in declaration.parameters if p.positional], values):
        return None
    return values


def _read_option(word: str, left: Iterator[str], options: dict[str, Parameter], values: Values) -> bool:
    """Put the value of an option into *values*; return False where it is not well-formed."""
    name, equals, value = word.partition("=")
    if not word.startswith("--") and len(word) > 2:
        name, equals, value = word[:2], "=", word[2:]
    parameter = options.get(name)
    if parameter is None:
        return False
    if parameter.is_flag:
        values[parameter.name] = True
        return not equals
    value = value if equals else next(left, "")
    if not value or (value.startswith("-") and value != "-"):
        return False
    if parameter.many:
        values.setdefault(parameter.name, []).append(value)
        return True
    if parameter.name in values:
        return False
    return _put(values, parameter, value)


def read_arguments(arguments: Sequence[str], places: Iterable[Parameter], values: Values) -> bool:
    """Put the arguments into *values*; return False where they are too few, too many or empty."""
    left = list(arguments)
    for place in places:
        if place.many and left:
            values[place.name], left = left, []
        elif left:
            if not _put(values, place, left.pop(0)):
                return False
        elif place.required:
            return False
    return not left and all(arguments)


def _put(values: Values, parameter: Parameter, value: str) -> bool:
    if parameter.kind == "int":
        if not (value.isascii() and value.isdigit()):
            return False
        values[parameter.name] = int(value)
    else:
        values[parameter.name] = value
    return True
