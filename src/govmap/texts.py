"""Formats text and numbers for messages and pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from govmap.language import Language, current, ngettext

# C0 and C1 controls except the line feed, line and paragraph separators, and characters that change the text direction.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# Kept as text: few calls need these patterns, and `re` caches what it compiles.
_ILLEGAL = r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

# Of more things than this in one place a page names the first few, and counts the others. Records and rows have all.
MANY, SHOWN_OF_MANY = 40, 10

AND: dict[Language, str] = {"en": "and", "es": "y", "pt": "e", "fr": "et"}
NOR: dict[Language, str] = {"en": "or", "es": "ni", "pt": "nem", "fr": "ni"}  # in a negative sentence
OR: dict[Language, str] = {"en": "or", "es": "o", "pt": "ou", "fr": "ou"}
# Before these sounds Spanish says e for y, and u for o (Real Academia Española, Ortografía, 2010).
_SOUNDS_I = r"(?i)\W*(?:[iíï]|hi(?![aeou])|hí)"
_SOUNDS_O = r"(?i)\W*(?:h?[oóö]|8|11\b)"


def printable(text: str) -> str:
    """Return *text* with control and direction characters spelled out."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def quoted(text: str, limit: int = 60) -> str:
    """Return *text* printable and in the quotes of the language, cut to *limit* characters."""
    shown = printable(text[:limit]) + "…" * (len(text) > limit)
    return f"«\u00a0{shown}\u00a0»" if current() == "fr" else f'"{shown}"'


def escaped(json: str) -> str:
    r"""Return *json* with control and direction characters as `\u` escapes, which mean the same.

    >>> print(escaped('"Per\x9bu"'))
    "Per\u009bu"
    """
    return UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", json)


def legal(text: str) -> str:
    """Return *text* with U+FFFD for each character that XML 1.0 (fifth edition, production 2) forbids or discourages.

    These are controls and surrogates, which dot, Mermaid and Turtle cannot express either.
    """
    return re.sub(_ILLEGAL, "\ufffd", text)


def one_line(text: str) -> str:
    """Return *text* on one line: without direction characters, and with single spaces for whitespace and controls."""
    chars = (char if char.isprintable() else "" if unicodedata.category(char) == "Cf" else " " for char in text)
    return " ".join("".join(chars).split())


def _few(texts: Iterable[str]) -> list[str]:
    """Return *texts*; of many the first, and how many more there are."""
    every = list(texts)
    if len(every) <= MANY:
        return every
    rest = len(every) - SHOWN_OF_MANY
    return [*every[:SHOWN_OF_MANY], ngettext("{n} more", "{n} more", rest).format(n=rest)]


def comma_list(names: Iterable[str]) -> str:
    """Return *names*, a comma apart; a semicolon where one of them has a comma."""
    few = _few(names)
    return in_series(few) if any("," in name for name in few) else ", ".join(few)


def enumerated(names: Iterable[str], *, by: dict[Language, str] = AND) -> str:
    """Return *names* as a list in a sentence, such as "A, B and C"; *by* is AND, OR or NOR."""
    *first, last = _few(names)
    if not first:
        return last
    word = by[current()]
    if current() == "es" and by is AND and re.match(_SOUNDS_I, last):
        word = "e"
    if current() == "es" and by is OR and re.match(_SOUNDS_O, last):
        word = "u"
    return f"{', '.join(first)} {word} {last}"


def in_series(texts: Iterable[str]) -> str:
    """Return *texts*, which may contain commas, separated by semicolons."""
    return ("\u00a0; " if current() == "fr" else "; ").join(_few(texts))


def labelled(label: object, text: object) -> str:
    """Return a *text* after its label and a colon, before which French sets a space."""
    return f"{label}\u00a0: {text}" if current() == "fr" else f"{label}: {text}"


def decimal(number: float) -> str:
    """Return *number* with two decimals, after a comma in Portuguese and French (Spanish follows CLDR es-419)."""
    text = f"{number:.2f}"
    return text.replace(".", ",") if current() in ("pt", "fr") else text


def percent(share: float) -> str:
    """Return *share*, from 0 to 1, as a whole percentage."""
    return f"{share * 100:.0f}" + ("\u00a0%" if current() in ("es", "fr") else "%")


def repeated(values: Iterable[str]) -> list[str]:
    """Return the values that occur more than once, sorted."""
    return sorted(value for value, times in Counter(values).items() if times > 1)
