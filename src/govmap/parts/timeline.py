"""The starts and ends that the records themselves date, where the dataset has no event on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govmap.atlas import Atlas
from govmap.dates import day_before, last_day
from govmap.language import in_language
from govmap.model import Event, Mechanism, Member
from govmap.parts.facts import trust_in
from govmap.parts.items import PARTS_AS_STORED, name_of
from govmap.statements import Statement

# The kinds of events that may be on a part without naming it.
CHANGING = ("founded", "joined", "left", "changed", "ended")
EventDates = set[tuple[str | None, str | None]]  # of events, with the part of the mechanism they are on; none: with all
Item = tuple[str, tuple[str, ...]]  # a code or name, and the ids of its sources
Found = dict[tuple[str, str], list[Item]]  # by date, and by what happened
Turn = tuple[
    str, ...
]  # what happened to a country that is listed; where its role changed, with the one before and after


class Dated(NamedTuple):
    """Something that began or ended on a date: what, to whom, and on which sources (ids) that rests."""

    date: str
    kind: str
    text: Statement
    mechanism: str
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def dated_records(atlas: Atlas, country: str | None) -> Iterator[Dated]:
    """Yield the dated starts and ends that no event is on, those of one day, mechanism and part together.

    In the history of a *country* an event is on its membership only where it names the country.
    """
    dated = [event for event in atlas.dataset.events if event.date is not None]
    events = [event for event in dated if country is None or country in event.countries]
    for mechanism in filter(atlas.answers_on, atlas.dataset.mechanisms):
        here = [event for event in events if mechanism.id in event.mechanisms]
        dates: EventDates = {(event.date, event.concerns) for event in here if event.concerns or event.kind in CHANGING}
        yield from _spells(atlas, mechanism, country, here)
        if country is None:
            kinds = {event.kind for event in here if event.concerns is None}
            yield from (record for record in _life(mechanism) if record.kind not in kinds)
            yield from _names(mechanism)
            yield from _links(mechanism, here)
        yield from _parts(atlas, mechanism, dates, country)


def _covers(event: Event, date: str, code: str) -> bool:
    """Return whether an *event* is on the listing of a country on that date: one that names others is not."""
    on_members = event.concerns == "members" or (event.concerns is None and event.kind in CHANGING)
    return event.date == date and on_members and (not event.countries or code in event.countries)


def _spells(atlas: Atlas, mechanism: Mechanism, country: str | None, events: list[Event]) -> Iterator[Dated]:
    """Yield who joined, who left and who changed role; apart from them, who is known to have joined by a day."""
    found: dict[tuple[str, Turn], list[Item]] = {}
    for date, turn, member in _turns(mechanism):
        if country in (None, member.code) and not any(_covers(event, date, member.code) for event in events):
            sources = trust_in(mechanism, "members", member).sources
            found.setdefault((date, turn), []).append((member.code, sources))
    for (date, (kind, *roles)), items in found.items():
        codes = tuple(sorted(code for code, _ in items))
        names = tuple(atlas.countries[code].name for code in codes)
        if roles:
            text = Statement("role", mechanism=mechanism.id, names=names, before=roles[0], after=roles[1])
        else:
            text = Statement("listing", event=kind, mechanism=mechanism.id, names=names)
        yield Dated(date, kind.removesuffix(" by"), text, mechanism.id, codes, _united(items))


def _turns(mechanism: Mechanism) -> Iterator[tuple[str, Turn, Member]]:
    """Yield each date on which a country joined, left or got another role, with the spell that began or ended.

    Spells may meet or overlap: what counts is whether it was listed, and as what, on that day and on the day before.
    """
    by_code: dict[str, list[Member]] = {}
    for member in sorted(mechanism.members, key=lambda member: last_day(member.start or "0001")):
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


def _united(items: list[Item]) -> tuple[str, ...]:
    """Return the sources of several items, each once."""
    return tuple(dict.fromkeys(source for _, sources in items for source in sources))


def _life(mechanism: Mechanism) -> Iterator[Dated]:
    """Yield when the mechanism began and ended."""
    for date, part, code in ((mechanism.founded, "founded", "begins"), (mechanism.until, "ended", "ends")):
        if date is not None:
            text = Statement(code, name=mechanism.name)
            yield Dated(date, part, text, mechanism.id, sources=trust_in(mechanism, part).sources)


def _names(mechanism: Mechanism) -> Iterator[Dated]:
    """Yield when the mechanism was called otherwise, the latest first."""
    following = mechanism.name
    for name in sorted(mechanism.former_names, key=lambda name: last_day(name.until), reverse=True):
        former = in_language(name.names)
        note = (name.evidence and name.evidence.note) or ""
        text = Statement("renamed", former=former, name=following, note=note)
        yield Dated(name.until, "changed", text, mechanism.id, sources=trust_in(mechanism, "names", name).sources)
        following = former


def _links(mechanism: Mechanism, events: list[Event]) -> Iterator[Dated]:
    """Yield the contacts that a mechanism tells of, but for those that an event on both is on."""
    for link in mechanism.links:
        if link.date is None or any(link.other in event.mechanisms and link.date == event.date for event in events):
            continue
        text = Statement("linked", left=mechanism.id, right=link.other, kind=link.kind, note=link.note or "")
        yield Dated(link.date, "meeting", text, mechanism.id, sources=trust_in(mechanism, "links", link).sources)


def _parts(atlas: Atlas, mechanism: Mechanism, events: EventDates, country: str | None) -> Iterator[Dated]:
    """Yield the items of the parts that came and went, those of one day and part together; or those of a *country*."""
    for part in PARTS_AS_STORED:
        if part.sentences is None or not (country is None or part.of == "country"):
            continue
        found: Found = {}
        codes: dict[str, set[str]] = {}
        for item in part.items(mechanism):
            name = name_of(atlas, part, item)
            for date, sentence in zip((item.since, item.until), part.sentences, strict=True):
                if date is None or not sentence or {(date, part.label), (date, None)} & events:
                    continue
                if country in (None, getattr(item, part.key)):
                    named = f"{item.agency}, {name}" if part.of == "agency" else name
                    sources = trust_in(mechanism, part.label, item).sources
                    found.setdefault((date, sentence), []).append((named, sources))
                    codes.setdefault(date + sentence, set()).update((item.code,) if part.of == "country" else ())
        for (date, sentence), items in found.items():
            names = tuple(name for name, _ in items)
            text = Statement("part changes", sentence=sentence, mechanism=mechanism.id, names=names)
            countries = tuple(sorted(codes[date + sentence]))
            yield Dated(date, "changed", text, mechanism.id, countries, _united(items))
