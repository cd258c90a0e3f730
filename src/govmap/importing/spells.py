"""The spells of a country in an organisation: from when to when, as which kind of member, and from which row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govmap.dates import first_day, last_day
from govmap.fields import Relation
from govmap.importing.places import Place


class Spell(NamedTuple):
    """A membership, with the dates of `govmap.model.Member`, and the line of the row that tells it.

    `to` is the last part-date in, where the row gives that: its year may be that in which another spell begins.
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
        """The date by which it has begun, as near as that is known."""
        return self.since or self.joined_by or self.joined_after

    @property
    def first(self) -> str:
        """The first day on which it may hold, for comparisons."""
        return first_day(self.start) if self.start else ""

    @property
    def end(self) -> str:
        """The first day on which it holds no longer, for comparisons."""
        return first_day(self.until) if self.until else "~"

    @property
    def sure_end(self) -> str:
        """The first day on which it may no longer hold: in 1960, of a spell that lasts to some day in 1960."""
        day = first_day(self.to) if self.to else ""
        return day if day > self.first else self.end


class Joined(NamedTuple):
    """Spells of several rows that have become one: whether they were the same, and the lines of the rows."""

    same: bool
    lines: tuple[int, ...]


def parted(place: Place, spell: Spell, last_year: int | None = None) -> Iterator[tuple[str, Spell]]:
    """Yield the alpha-3 code of each record that *place* stands for during *spell*, and the part of it that it is in.

    Records that begin after *last_year*, the last of a table, are left out. Of a spell whose start is not known only
    the last record is told: when the others were in is not known either.
    """
    if spell.start is None:
        day = first_day(spell.until) if spell.until else "~"
        last = next(period for period in place if (period.until or "~~") >= day and (period.since or "") < day)
        yield last.alpha3, spell
        return
    start = last_day(spell.start)
    known = "~" if last_year is None else f"{last_year:04d}-12-31"
    for period in place:
        if (period.since or "") > known:
            break
        since, until = period.since or "", period.until or "~"
        if start >= until or spell.end <= since:
            continue
        part = spell
        if since > start:
            part = part._replace(since=since, joined_after=None, joined_by=None)
        if until < spell.end:
            part = part._replace(until=until, to=None)
        yield period.alpha3, part


def conflicts(spells: Iterable[Spell]) -> dict[int, int]:
    """Return the lines of rows that say otherwise of one country and time than an earlier line, which is the value.

    These are spells of different relations that hold at the same time. Where one begins in the year, or month, that
    is the last of another, the change came then, and there is no conflict.
    """
    found: dict[int, int] = {}
    taken: dict[Relation, list[tuple[str, str, int]]] = {}
    for spell in sorted(spells, key=lambda spell: spell.line):
        others = (_overlapping(held, spell) for relation, held in taken.items() if relation != spell.relation)
        line = next((held[0][2] for held in others if held), None)
        if line is not None:
            found.setdefault(spell.line, line)
        else:
            _insert(taken.setdefault(spell.relation, []), spell)
    return found


def _overlapping(held: list[tuple[str, str, int]], spell: Spell) -> list[tuple[str, str, int]]:
    """Return those of the stretches *held* (first, sure end, line; apart, and in order) that *spell* is surely in."""
    begin = bisect_left(held, spell.first, key=lambda stretch: stretch[1])
    begin += begin < len(held) and held[begin][1] == spell.first
    end = bisect_left(held, spell.sure_end, key=lambda stretch: stretch[0])
    return held[begin:end]


def _insert(held: list[tuple[str, str, int]], spell: Spell) -> None:
    """Add the stretch of *spell* to those *held*, as one with those that it overlaps."""
    met = _overlapping(held, spell)
    first = min([spell.first, *(stretch[0] for stretch in met)])
    end = max([spell.sure_end, *(stretch[1] for stretch in met)])
    place = bisect_left(held, first, key=lambda stretch: stretch[0])
    held[place : place + len(met)] = [(first, end, min([spell.line, *(stretch[2] for stretch in met)]))]


def join(spells: Iterable[Spell]) -> tuple[list[Spell], list[Joined]]:
    """Return *spells* of one country in one organisation, those that overlap made one, and which those were.

    No two of them may be in conflict.
    """
    kept: list[Spell] = []
    rows: list[list[Spell]] = []
    latest: dict[Relation, int] = {}
    for spell in sorted(spells, key=_order):
        place = latest.get(spell.relation)
        if place is not None and spell.first < kept[place].end:
            kept[place] = _union(kept[place], spell)
            rows[place].append(spell)
            continue
        for other in latest.values():
            if kept[other].end > spell.first:  # without conflicts it ends in the part-date in which this one begins
                kept[other] = kept[other]._replace(until=spell.start)
        latest[spell.relation] = len(kept)
        kept.append(spell)
        rows.append([spell])
    joined = [
        Joined(all(_same(group[0], other) for other in group), tuple(sorted({spell.line for spell in group})))
        for group in rows
        if len({spell.line for spell in group}) > 1
    ]
    return kept, joined


def _order(spell: Spell) -> tuple[str, str, int]:
    return spell.first, spell.end, spell.line


def _union(one: Spell, other: Spell) -> Spell:
    longer = one if one.end >= other.end else other
    return one._replace(until=longer.until, to=longer.to, line=min(one.line, other.line))


def _same(one: Spell, other: Spell) -> bool:
    return one._replace(line=0) == other._replace(line=0)
