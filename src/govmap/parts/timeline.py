"""The starts and ends that the records themselves date, where the dataset has no event on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from govmap.atlas import Atlas
from govmap.dates import day_before, last_day
from govmap.fields import short_name
from govmap.language import in_language
from govmap.mechanism_parts import Part
from govmap.model import Event, Mechanism
from govmap.parts.changes import dated_sentences, is_about
from govmap.parts.items import PARTS_AS_STORED, name_of, trust_in
from govmap.parts.listings import Dated, life, listings, sources_of_all
from govmap.statements import Statement

HELD = ("meeting", "resolution", "statement")  # what tells of a body that began with it


def is_in_the_life_of(body: Mechanism, country: str, kind: str, date: str) -> bool:
    """Return whether a mechanism that begins or ends (*kind*) on a date has the *country* in it then.

    A country that is known to have joined on a date has that of its own.
    """
    spells = [member for member in body.members if member.code == country]
    if kind == "founded":
        return any(member.start is None and member.holds(date) for member in spells)
    return kind == "ended" and any(member.holds(day_before(date)) for member in spells)


def dated_records(atlas: Atlas, country: str | None = None, mechanism: str | None = None) -> Iterator[Dated]:
    """Yield the dated starts and ends that no event is on, those of one day, mechanism and part together.

    They are those of all mechanisms, or of one *mechanism* (id). In the history of a *country* (alpha-3 code) an event
    is on its membership only where it names the country.
    """
    bodies = [atlas.record(mechanism)] if mechanism else atlas.naming(country) if country else atlas.dataset.mechanisms
    dated = [event for event in atlas.context.events if event.date is not None]
    events = [event for event in dated if country is None or country in event.countries]
    for body in filter(atlas.in_scope, bodies):
        here = [event for event in events if body.id in event.mechanisms]
        yield from listings(atlas, body, country, here)
        general = [event for event in dated if event.concerns is None and body.id in event.mechanisms]
        kinds = {event.kind for event in general}
        held = {event.date for event in general if event.kind in HELD}
        lived = (r for r in life(body) if r.kind not in kinds and not (r.kind == "founded" and r.date in held))
        yield from (
            record for record in lived if country is None or is_in_the_life_of(body, country, record.kind, record.date)
        )
        if country is None:
            yield from renamings(body)
            yield from _links(atlas, body, here)
        parts = (part for part in PARTS_AS_STORED if country is None or part.of == "country")
        yield from part_changes(atlas, body, parts, here, lambda part, item: country in (None, getattr(item, part.key)))


def renamings(mechanism: Mechanism) -> Iterator[Dated]:
    """Yield when the mechanism was called otherwise, the latest first."""
    following = mechanism.name
    for name in sorted(mechanism.former_names, key=lambda name: last_day(name.until), reverse=True):
        former = in_language(name.names)
        note = (name.evidence and name.evidence.note) or ""
        text = Statement("renamed", former=former, name=following, note=note)
        yield Dated(name.until, "changed", text, mechanism.id, sources=trust_in(mechanism, "names", name).sources)
        following = former


def _links(atlas: Atlas, mechanism: Mechanism, events: list[Event]) -> Iterator[Dated]:
    """Yield the contacts that a mechanism tells of, but for those that an event on both is on."""
    for link in mechanism.links:
        if link.date is None or any(link.other in event.mechanisms and link.date == event.date for event in events):
            continue
        other = atlas.record(link.other)
        both = {"left": short_name(mechanism.id, mechanism.name), "right": short_name(other.id, other.name)}
        text = Statement("linked", **both, kind=link.kind, note=link.note or "")
        yield Dated(link.date, "meeting", text, mechanism.id, sources=trust_in(mechanism, "links", link).sources)


def _joins(mechanism: Mechanism, part: Part, item: Any, date: str) -> bool:
    """Return whether an observer ends on a *date* as the country joins, which is told by itself."""
    joined = (date in (member.since, member.joined_by) for member in mechanism.members if member.code == item.code)
    return part.field == "observers" and date == item.until and any(joined)


def part_changes(
    atlas: Atlas,
    mechanism: Mechanism,
    parts: Iterable[Part],
    events: list[Event],
    is_wanted: Callable[[Part, Any], bool],
) -> Iterator[Dated]:
    """Yield the items of *parts* that came and went, but for those that an event is on.

    Those of one day and part stand together.
    """
    called = short_name(mechanism.id, mechanism.name)
    for part in parts:
        found: dict[tuple[str, str], list[Any]] = {}  # by date, and by what happened
        for item in part.items(mechanism) if part.sentences else ():
            for date, sentence in dated_sentences(part, item) if is_wanted(part, item) else ():
                is_told = any(is_about(event, part, item, date) for event in events)
                if not is_told and not _joins(mechanism, part, item, date):
                    found.setdefault((date, sentence), []).append(item)
        for (date, sentence), items in found.items():
            names = [name_of(atlas, part, item) for item in items]
            if part.of == "agency":
                names = [f"{item.agency}, {name}" for item, name in zip(items, names, strict=True)]
            text = Statement("part changes", sentence=sentence, mechanism=called, names=names)
            countries = tuple(sorted({item.code for item in items})) if part.of == "country" else ()
            sources = sources_of_all(mechanism, part.label, items)
            yield Dated(date, "changed", text, mechanism.id, countries, sources, part.whole_dates)
