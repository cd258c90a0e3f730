"""Parses the cells of a table, and refuses a row for a cell that a dataset cannot hold."""

from __future__ import annotations

import re
from functools import cache

from govmap.dates import is_part_date
from govmap.fields import LONGEST_TEXT, RELATIONS, Relation
from govmap.language import _, in_every_language
from govmap.texts import quoted

NOT_KNOWN = frozenset(("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", ".", "-9"))
YEAR = re.compile(r"([0-9]{4})(?:\.0)?")  # spreadsheets and data frames write a year as 1945.0


# What tables call the relations, besides their own names; 1 to 3 are those of the Correlates of War.
RELATION_WORDS: dict[Relation, tuple[str, ...]] = {
    "member": ("1", "full", "full member", "full membership"),
    "associate": (
        *("2", "associate member", "associate membership"),
        *("miembro asociado", "membro associado", "membre associé"),
    ),
    "observer": ("3",),
}


class RefusedError(Exception):
    """A row or a heading cannot be used; the text is the reason, with what to write instead."""


@cache
def relations_by_word() -> dict[str, Relation]:
    """Return the relation that each word stands for, in small letters and four languages."""
    every = {relation: (*in_every_language(relation), *RELATION_WORDS.get(relation, ())) for relation in RELATIONS}
    return {word.casefold(): relation for relation, words in every.items() for word in words}


def parse_date(text: str, role: str) -> str | None:
    """Return the part-date in the cell of a column, None if it is not known; raise RefusedError for other text."""
    if text in NOT_KNOWN:
        return None
    year = YEAR.fullmatch(text)
    date = year[1] if year else text
    if not is_part_date(date):
        message = _("`{role}`: {typed} is not a date; write 1945, 1945-06 or 1945-06-26")
        raise RefusedError(message.format(role=role, typed=quoted(text)))
    return date


def parse_year(text: str) -> int | None:
    """Return the year in a cell; None if it is not one."""
    year = YEAR.fullmatch(text)
    return int(year[1]) or None if year else None


def check_length(text: str, role: str) -> None:
    """Raise RefusedError if *text* is longer than a dataset allows."""
    if len(text) > LONGEST_TEXT:
        message = _("`{what}` has {n} characters; at most {most} are allowed")
        raise RefusedError(message.format(what=role, n=len(text), most=LONGEST_TEXT))
