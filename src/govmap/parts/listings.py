"""Who joined a mechanism, who left it and who changed role there, where the dataset has no event on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from govmap.atlas import Atlas
from govmap.dates import day_before, first_day, last_day
from govmap.fields import short_name
from govmap.mechanism_parts import find_part
from govmap.model import Event, Mechanism, Member
from govmap.parts.changes import is_about
from govmap.parts.items import trust_in
from govmap.statements import Statement

# What happened to a country that is listed; where its role changed, with the one before and after.
Turn = tuple[str, ...]


class Dated(NamedTuple):
    """Something that began or ended on a date: what, to whom, and on which sources (ids) that rests.

    Of a `whole` date the first day counts, and not the last: see `Chair`.
    """

    date: str
    kind: str
    text: Statement
    mechanism: str
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    whole: bool = False

    @property
    def day(self) -> str:
        """The day on which it counts."""
        return first_day(self.date) if self.whole else last_day(self.date)


def life(mechanism: Mechanism) -> Iterator[Dated]:
    """Yield when the mechanism began and ended, each on the sources of that part."""
    name = short_name(mechanism.id, mechanism.name)
    for date, part, code in ((mechanism.founded, "founded", "begins"), (mechanism.until, "ended", "ends")):
        if date is not None:
            sources = trust_in(mechanism, part).sources
            yield Dated(date, part, Statement(code, name=name), mechanism.id, sources=sources)


def listings(atlas: Atlas, mechanism: Mechanism, country: str | None, events: list[Event]) -> Iterator[Dated]:
    """Yield who joined, who left and who changed role; apart from them, who is known to have joined by a day."""
    called, part = short_name(mechanism.id, mechanism.name), find_part("members")
    found: dict[tuple[str, Turn], list[Member]] = {}
    for date, turn, member in _turns(mechanism, country):
        if not any(is_about(event, part, member, date) for event in events):
            found.setdefault((date, turn), []).append(member)
    for (date, (kind, *roles)), members in found.items():
        codes = tuple(sorted(member.code for member in members))
        names = tuple(atlas.countries[code].name for code in codes)
        if roles:
            text = Statement("role", mechanism=called, names=names, before=roles[0], after=roles[1])
        else:
            text = Statement("listing", event=kind, mechanism=called, names=names)
        sources = sources_of_all(mechanism, "members", members)
        yield Dated(date, kind.removesuffix(" by"), text, mechanism.id, codes, sources)


def _turns(mechanism: Mechanism, only: str | None) -> Iterator[tuple[str, Turn, Member]]:
    """Yield each date on which a country joined, left or got another role, with the spell that began or ended.

    *only* leaves out all countries but this one.
    Spells may meet or overlap: what counts is whether it was listed, and as what, on that day and on the day before.
    """
    by_code: dict[str, list[Member]] = {}
    members = (member for member in mechanism.members if only in (None, member.code))
    for member in sorted(members, key=lambda member: last_day(member.start or "0001")):
        by_code.setdefault(member.code, []).append(member)
    for spells in by_code.values():
        named = (date for spell in spells for date in (spell.until, spell.since or spell.joined_by) if date)
        for _day, date in sorted({last_day(date): date for date in named}.items()):
            before, after = _counting(spells, day_before(date)), _counting(spells, date)
            if after is None:
                if before is not None:
                    yield date, ("left",), before
            elif before is None:
                yield date, ("joined" if after.since else "joined by",), after
            elif mechanism.relation_of(before) != mechanism.relation_of(after):
                yield date, ("changed", mechanism.relation_of(before), mechanism.relation_of(after)), after


def _counting(spells: list[Member], date: str) -> Member | None:
    """Return the latest of *spells*, in the order of time, that holds on a date."""
    return next((spell for spell in reversed(spells) if spell.holds(date)), None)


def sources_of_all(mechanism: Mechanism, part: str, items: Iterable[Any]) -> tuple[str, ...]:
    """Return the ids of the sources of several items of a part, each once."""
    return tuple(dict.fromkeys(id_ for item in items for id_ in trust_in(mechanism, part, item).sources))
