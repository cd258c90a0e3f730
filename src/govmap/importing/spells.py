"""The spells of a country in an organisation: from when to when, as which kind of member, and from which row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govmap.dates import first_day, last_day
from govmap.fields import Relation
from govmap.importing.countries import OPEN, State


class Spell(NamedTuple):
    """A membership, with the dates of `govmap.model.Member`, and the line of the row it comes from.

    `to` is the last part-date in, if the row gives that: another spell may begin in the same year.
    """

    relation: Relation
    line: int
    since: str | None = None
    until: str | None = None
    joined_after: str | None = None
    joined_by: str | None = None
    to: str | None = None

    @property
    def start(self) -> str | None:
        """The part-date that comes nearest to the start."""
        return self.since or self.joined_by or self.joined_after

    @property
    def first(self) -> str:
        """The first day on which it may hold; empty if the start is not known."""
        return first_day(self.start) if self.start else ""

    @property
    def end(self) -> str:
        """The first day on which it no longer holds."""
        return first_day(self.until) if self.until else OPEN

    @property
    def sure_end(self) -> str:
        """The first day on which it may no longer hold: 1 January for a spell that lasts to some day of a year."""
        day = first_day(self.to) if self.to else ""
        return day if day > self.first else self.end


class Stretch(NamedTuple):
    """A time in which a relation certainly holds, and the first line that says so."""

    first: str
    end: str
    line: int


def split(state: State, spell: Spell, last_year: int | None = None) -> Iterator[tuple[str, Spell]]:
    """Yield the alpha-3 code of each record of *state* that exists during *spell*, with its part of the spell.

    Records that begin after *last_year*, the last of the table, are left out. If the start is not known, only the
    last record is certain to have been a member.
    """
    if spell.start is None:
        last = next(period for period in state if period.since < spell.end <= period.until)
        yield last.alpha3, spell
        return
    start = last_day(spell.start)
    table_end = OPEN if last_year is None else f"{last_year:04d}-12-31"
    for alpha3, since, until in state:
        if since > table_end:
            break
        if start < until and since < spell.end:
            part = spell
            if since > start:
                part = part._replace(since=since, joined_after=None, joined_by=None)
            if until < spell.end:
                part = part._replace(until=until, to=None)
            yield alpha3, part


def find_conflicts(spells: Iterable[Spell]) -> dict[int, int]:
    """Return the lines that contradict an earlier line, which is the value.

    Two spells of one country in one organisation contradict each other if they give it different relations at the
    same time. If one begins in the year or month that is the last of the other, the change came then.
    """
    conflicts: dict[int, int] = {}
    accepted: dict[Relation, list[Stretch]] = {}
    for spell in sorted(spells, key=lambda spell: spell.line):
        others = (stretches for relation, stretches in accepted.items() if relation != spell.relation)
        overlapping = next(filter(None, (_overlapping(stretches, spell) for stretches in others)), None)
        if overlapping:
            conflicts.setdefault(spell.line, overlapping[0].line)
        else:
            _insert(accepted.setdefault(spell.relation, []), spell)
    return conflicts


def _overlapping(stretches: list[Stretch], spell: Spell) -> list[Stretch]:
    """Return which of the *stretches*, which are in order and apart, *spell* certainly overlaps."""
    begin = bisect_left(stretches, spell.first, key=lambda stretch: stretch.end)
    begin += begin < len(stretches) and stretches[begin].end == spell.first
    end = bisect_left(stretches, spell.sure_end, key=lambda stretch: stretch.first)
    return stretches[begin:end]


def _insert(stretches: list[Stretch], spell: Spell) -> None:
    """Add the time of *spell* to the *stretches*, in place of those that it overlaps."""
    overlapping = _overlapping(stretches, spell)
    joined = [Stretch(spell.first, spell.sure_end, spell.line), *overlapping]
    first, end, line = min(s.first for s in joined), max(s.end for s in joined), min(s.line for s in joined)
    begin = bisect_left(stretches, first, key=lambda stretch: stretch.first)
    stretches[begin : begin + len(overlapping)] = [Stretch(first, end, line)]


def join(spells: Iterable[Spell]) -> list[tuple[Spell, list[Spell]]]:
    """Return the *spells* of one country in one organisation, joined where they overlap, each with its parts.

    No two of them may be in conflict.
    """
    joined: list[tuple[Spell, list[Spell]]] = []
    latest: dict[Relation, int] = {}
    for spell in sorted(spells, key=lambda spell: (spell.first, spell.end, spell.line)):
        index = latest.get(spell.relation)
        if index is not None and spell.first < joined[index][0].end:
            earlier, parts = joined[index]
            parts.append(spell)
            longer = earlier if earlier.end >= spell.end else spell
            union = earlier._replace(until=longer.until, to=longer.to, line=min(earlier.line, spell.line))
            joined[index] = union, parts
            continue
        for other in latest.values():
            earlier, parts = joined[other]
            # Without conflicts it ends in the part-date in which this one begins, or before it: the change came then.
            if earlier.end > spell.first or (earlier.to and earlier.end == spell.first):
                joined[other] = earlier._replace(until=spell.start), parts
        latest[spell.relation] = len(joined)
        joined.append((spell, [spell]))
    return joined
