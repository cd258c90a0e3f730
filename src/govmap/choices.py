"""Reads a parameter that takes one of a few words, in English or as pages of any language show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from govmap.calls import Option, option_name
from govmap.errors import UsageError
from govmap.language import _, in_every_language
from govmap.texts import quoted

Word = TypeVar("Word", bound=str)


def one_of(parameter: str, given: str, words: Iterable[Word]) -> Word:
    """Return which of *words* was *given* for a parameter; raise UsageError where it is none of them."""
    known = tuple(words)
    chosen = find_choice(given, known)
    if chosen is None:
        raise not_a_choice(parameter, given, known)
    return chosen


def find_choice(given: str, words: tuple[Word, ...]) -> Word | None:
    """Return which of *words* was *given*, in any language; None where it is none of them."""
    text = given.strip().casefold()
    as_shown = (word for word in words if text in map(str.casefold, in_every_language(word)))
    return next((word for word in words if text == word), None) or next(as_shown, None)


def not_a_choice(parameter: str, given: str, words: Iterable[str]) -> UsageError:
    """Return the error for what was *given* for a parameter that takes one of *words*."""
    message = _("{option} cannot be {typed}").format(option=option_name(parameter), typed=quoted(given))
    return UsageError(message, tuple(Option(parameter, word) for word in words))
