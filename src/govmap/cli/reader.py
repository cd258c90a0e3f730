"""Reads a call by the declaration of its command.

It reads as a program of Typer would, which takes far longer; a test compares what both make of generated calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govmap.cli.options import HELP, STANDARD_INPUT, options_of
from govmap.declaration import Declaration, Parameter
from govmap.language import N_

Values = dict[str, Any]

GIVEN_TWICE = N_('"{option}" is given twice; use it once')
MISSING_ARGUMENT = N_("Missing argument '{name}'")
MISSING_VALUE = N_("Option '{option}' requires an argument")
NEEDLESS_VALUE = N_("Option '{option}' does not take a value")
NO_NUMBER = N_("{option} takes a whole number")
NO_SUCH_COMMAND = N_("There is no command {name}")
NO_SUCH_OPTION = N_("No such option: {option}")
TOO_MANY_ARGUMENTS = N_("Got unexpected extra argument(s) ({words})")


class Mistake(Exception):  # noqa: N818 - it is what the user did
    """What a call has that its declaration does not allow.

    Attributes:
        text: What is wrong, in English, with the names of *values* in it.
        values: What was typed, or what is missing.
        left: The words that there is no place for.

    """

    def __init__(self, text: str, left: Sequence[str] = (), **values: str | Parameter) -> None:
        """Keep what is wrong for `govmap.cli.mistakes`, which words it and says what to type."""
        super().__init__(text)
        self.text, self.left, self.values = text, tuple(left), values


def read(declaration: Declaration, words: Sequence[str]) -> Values:
    """Return the values of a call by the names of parameters; with `--help` among them, nothing else is required.

    Raises:
        Mistake: The declaration does not allow the call.

    """
    options = options_of(declaration)
    values, arguments = read_options(words, options)
    if HELP.name in values:
        return values
    for parameter in options.values():
        if parameter.kind == "int" and parameter.name in values:
            values[parameter.name] = _read_number(parameter, values[parameter.name])
    places = [parameter for parameter in declaration.parameters if parameter.positional]
    if declaration.batch and arguments == [STANDARD_INPUT]:  # it stands for all arguments
        arguments *= max(1, sum(place.required for place in places))
    read_arguments(arguments, places, values)
    return values


def read_options(words: Sequence[str], options: dict[str, Parameter]) -> tuple[Values, list[str]]:
    """Return the values of the *options* among *words*, as texts, and the words that are left; raise Mistake."""
    values: Values = {}
    arguments: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            arguments += left
        elif is_option(word):
            _read_option(word, left, options, values)
        else:
            arguments.append(word)
    return values, arguments


def is_option(word: str) -> bool:
    """Return whether a word is an option, or the `--` that ends them."""
    return word.startswith("-") and word != STANDARD_INPUT


def _read_option(word: str, left: Iterator[str], options: dict[str, Parameter], values: Values) -> None:
    """Put the value of an option, which may be the next of the words that are *left*, into *values*."""
    if word.startswith("--"):
        name, has_value, value = word.partition("=")
    else:
        name, has_value, value = word[:2], word[2:], word[2:]
    parameter = options.get(name)
    if parameter is None:
        raise Mistake(NO_SUCH_OPTION, option=name)
    if parameter.is_flag:
        if has_value:
            raise Mistake(NEEDLESS_VALUE, option=name)
        values[parameter.name] = True
        return
    if not has_value:
        following = next(left, None)
        if following is None:
            raise Mistake(MISSING_VALUE, option=name)
        value = following
    if parameter.many:
        values.setdefault(parameter.name, []).append(value)
    elif parameter.name in values:  # of which Typer would silently take the last
        raise Mistake(GIVEN_TWICE, option=parameter.option)
    else:
        values[parameter.name] = value


def _read_number(parameter: Parameter, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise Mistake(NO_NUMBER, option=parameter.option) from None


def read_arguments(arguments: Sequence[str], places: Iterable[Parameter], values: Values) -> None:
    """Put the arguments into *values*; raise Mistake where they are too few or too many."""
    left = list(arguments)
    for place in places:
        if place.many and left:
            values[place.name], left = left, []
        elif left:
            values[place.name] = left.pop(0)
        elif place.required:
            raise Mistake(MISSING_ARGUMENT, name=place)
    if left:
        raise Mistake(TOO_MANY_ARGUMENTS, left, words=" ".join(left))
