"""Turns what a matrix says of one country, organisation and year into memberships: runs of years that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from govmap.fields import Relation
from govmap.importing.spells import Spell

# The codes of the Correlates of War, but for MISSING, which is -9 there. It sorts after the others here.
NOT_IN_SYSTEM, NOT_LISTED, MISSING = -1, 0, 9
RELATIONS: dict[int, Relation] = {1: "member", 2: "associate", 3: "observer"}


def find_runs(codes: list[int], years: list[int], line: int) -> Iterator[Spell]:
    """Yield a membership for each run of years with the same relation.

    A run ends in the first year that says otherwise. One that lasts to the last year has no end.

    Args:
        codes: The code of each year.
        years: The years of the table, in order. Those between two of them are not known.
        line: The line of the first row that says so.

    """
    end = 0
    for code, run in groupby(codes):
        begin, end = end, end + len(list(run))
        if code in RELATIONS:
            until = f"{years[end]:04d}" if end < len(years) else None
            yield _with_start(Spell(RELATIONS[code], line, until=until), begin, codes, years)


def _with_start(spell: Spell, begin: int, codes: list[int], years: list[int]) -> Spell:
    """Return *spell* with its start, as far as the years before index *begin* tell it."""
    first = f"{years[begin]:04d}"
    if begin and years[begin - 1] == years[begin] - 1 and codes[begin - 1] != MISSING:
        return spell._replace(since=first)
    known = begin - 1
    while known >= 0 and codes[known] == MISSING:
        known -= 1
    was_out = known >= 0 and codes[known] != codes[begin]
    return spell._replace(joined_after=f"{years[known]:04d}" if was_out else None, joined_by=first)


def count_open_ends(codes: list[int]) -> int:
    """Return how many runs end before a missing year, so that it is not known whether they went on."""
    return sum(code in RELATIONS and following == MISSING for code, following in pairwise(codes))
