"""Reads a well-formed call by the declaration of its command, without Typer, which would take most of its time.

Whatever is not well-formed (help, an unknown option, a missing value, too many names) is left to Typer, which explains
it. A test compares what both make of generated calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govmap.calls import Call
from govmap.cli.options import options_of
from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.language import _

Values = dict[str, Any]


def read(declaration: Declaration, words: list[str]) -> Values | None:
    """Return the values of a call by the names of parameters; None where Typer must look at it.

    Raises:
        UsageError: An option is given twice that takes one value.

    """
    options = options_of(declaration)
    values: Values = {}
    arguments: list[str] = []
    left, is_well_formed = iter(words), True
    for word in left:
        if word == "--":
            arguments += left
        elif not word.startswith("-") or word == "-":
            arguments.append(word)
        else:
            is_well_formed &= _read_option(declaration.name, word, left, options, values)
    places = [parameter for parameter in declaration.parameters if parameter.positional]
    return values if is_well_formed and read_arguments(arguments, places, values) else None


def _read_option(command: str, word: str, left: Iterator[str], options: dict[str, Parameter], values: Values) -> bool:
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
    if parameter.name in values and not parameter.many:  # of which Typer would silently take the last
        message = _('"{option}" is given twice; use it once').format(option=parameter.option)
        raise UsageError(message, (Call(command, "--help"),))
    value = value if equals else next(left, "")
    is_value = bool(value) and (not value.startswith("-") or value == "-")
    if parameter.many:
        values.setdefault(parameter.name, []).append(value)
        return is_value
    return _put(values, parameter, value) and is_value


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
    """Put a value into *values*; return False where it is not of the type of the *parameter*."""
    is_number = value.isascii() and value.isdigit()
    values[parameter.name] = int(value) if is_number and parameter.kind == "int" else value
    return is_number or parameter.kind != "int"
