"""The starts and ends that the records themselves date, where the dataset has no event on them.

Who joined a mechanism, left it or changed role there; what of its parts came and went; when it began, was renamed and
ended. What of that, and of events, the lists of an answer's date do not show.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from govmap.atlas import Atlas
from govmap.dates import day_before, first_day, last_day
from govmap.fields import short_name
from govmap.grouping import grouped
from govmap.language import in_language
from govmap.mechanism_parts import PARTS, Part, find_part
from govmap.model import PARTS_AS_STORED, Event, Mechanism, Member
from govmap.records import COMPARED, Change, trust_in
from govmap.statements import Statement

# The kinds of events that may be on a part without naming it.
CHANGING = ("founded", "joined", "left", "changed", "ended")
HELD = ("meeting", "resolution", "statement")  # what shows that a body began with it
# What happened to a country that is listed; where its role changed, with the one before and after.
Turn = tuple[str, ...]


class Dated(NamedTuple):
    """Something that began or ended on a date: what, to whom, and on which sources (ids) that rests.

    If `whole`, the date counts from its first day, not its last (see `Chair`).
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
    bodies = [atlas.stored(mechanism)] if mechanism else atlas.naming(country) if country else atlas.dataset.mechanisms
    dated = [event for event in atlas.context.events if event.date is not None]
    events = [event for event in dated if country is None or country in event.countries]

    def is_wanted(part: Part, item: Any, _date: str) -> bool:
        return country in (None, getattr(item, part.key))

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
        yield from part_changes(atlas, body, parts, here, is_wanted)


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
    """Yield the contacts that a mechanism lists, except those with an event on both."""
    for link in mechanism.links:
        if link.date is None or any(link.other in event.mechanisms and link.date == event.date for event in events):
            continue
        other = atlas.stored(link.other)
        both = {"left": short_name(mechanism.id, mechanism.name), "right": short_name(other.id, other.name)}
        text = Statement("linked", **both, kind=link.kind, note=link.note or "")
        yield Dated(link.date, "meeting", text, mechanism.id, sources=trust_in(mechanism, "links", link).sources)


def dated_sentences(part: Part, item: Any) -> Iterator[tuple[str, str]]:
    """Yield the dates on which an item began and ended, each with the sentence that says so.

    Of one whose beginning is not known that is the date on which it was seen, or else its end.
    """
    dates, sentences = (item.since, item.until), part.sentences
    if part.undated and item.since is None:
        dates, sentences = (item.seen, None if item.seen else item.until), part.undated
    for date, sentence in zip(dates, sentences or (), strict=True):
        if date and sentence:
            yield date, sentence


def is_about(event: Event, part: Part, item: Any, date: str) -> bool:
    """Return whether an *event* is on that item on that date: one that names others is not."""
    if event.date != date:
        return False
    concerns = "chairs" if event.concerns == "chair" else event.concerns
    on_part = concerns == part.label or (concerns is None and event.kind in CHANGING)
    return on_part and (part.of != "country" or not event.countries or item.code in event.countries)


def _joins(mechanism: Mechanism, part: Part, item: Any, date: str) -> bool:
    """Return whether an observer ends on *date* because the country joins; the joining is reported by itself."""
    joined = (date in (member.since, member.joined_by) for member in mechanism.members if member.code == item.code)
    return part.field == "observers" and date == item.until and any(joined)


def part_changes(
    atlas: Atlas,
    mechanism: Mechanism,
    parts: Iterable[Part],
    events: list[Event],
    is_wanted: Callable[[Part, Any, str], bool],
) -> Iterator[Dated]:
    """Yield the items of *parts* that came and went on a date, where they are wanted, but for those an event is on.

    Those of one day and part stand together.
    """
    called = short_name(mechanism.id, mechanism.name)
    for part in parts:
        found: dict[tuple[str, str], list[Any]] = {}  # by date, and by what happened
        for item in part.items(mechanism) if part.sentences else ():
            for date, sentence in dated_sentences(part, item):
                has_event = any(is_about(event, part, item, date) for event in events)
                if is_wanted(part, item, date) and not has_event and not _joins(mechanism, part, item, date):
                    found.setdefault((date, sentence), []).append(item)
        for (date, sentence), items in found.items():
            names = [part.name_of(atlas, item) for item in items]
            if part.of == "agency":
                names = [f"{item.agency}, {name}" for item, name in zip(items, names, strict=True)]
            text = Statement("part changes", sentence=sentence, mechanism=called, names=names)
            countries = tuple(sorted({item.code for item in items})) if part.of == "country" else ()
            sources = sources_of_all(mechanism, part.label, items)
            yield Dated(date, "changed", text, mechanism.id, countries, sources, part.whole_dates)


def life(mechanism: Mechanism) -> Iterator[Dated]:
    """Yield when the mechanism began and ended, each on the sources of that part."""
    name = short_name(mechanism.id, mechanism.name)
    for date, part, code in ((mechanism.founded, "founded", "begins"), (mechanism.until, "ended", "ends")):
        if date is not None:
            sources = trust_in(mechanism, part).sources
            yield Dated(date, part, Statement(code, name=name), mechanism.id, sources=sources)


def listings(
    atlas: Atlas,
    mechanism: Mechanism,
    country: str | None,
    events: list[Event],
    is_wanted: Callable[[str], bool] | None = None,
) -> Iterator[Dated]:
    """Yield who joined, who left and who changed role; apart from them, who is known to have joined by a day.

    They are those of all dates, or of those that are wanted.
    """
    called, part = short_name(mechanism.id, mechanism.name), find_part("members")
    without_event = (
        ((date, turn), member)
        for date, turn, member in _turns(mechanism, country, is_wanted)
        if not any(is_about(event, part, member, date) for event in events)
    )
    for (date, (kind, *roles)), members in grouped(without_event).items():
        codes = tuple(sorted(member.code for member in members))
        names = tuple(atlas.countries[code].name for code in codes)
        if roles:
            text = Statement("role", mechanism=called, names=names, before=roles[0], after=roles[1])
        else:
            text = Statement("listing", event=kind, mechanism=called, names=names)
        sources = sources_of_all(mechanism, "members", members)
        yield Dated(date, kind.removesuffix(" by"), text, mechanism.id, codes, sources)


def _turns(
    mechanism: Mechanism, only: str | None, is_wanted: Callable[[str], bool] | None
) -> Iterator[tuple[str, Turn, Member]]:
    """Yield each date on which a country joined, left or got another role, with the spell that began or ended.

    *only* leaves out all countries but this one.
    Spells may meet or overlap: what counts is whether it was listed, and as what, on that day and on the day before.
    """
    members = (member for member in mechanism.members if only in (None, member.code))
    in_time = sorted(members, key=lambda member: last_day(member.start or "0001"))
    for spells in grouped((member.code, member) for member in in_time).values():
        named = (date for spell in spells for date in (spell.until, spell.since or spell.joined_by) if date)
        for _day, date in sorted({last_day(date): date for date in filter(is_wanted, named)}.items()):
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


def changes_in(
    atlas: Atlas,
    mechanisms: Iterable[str],
    *,
    only: str | None = None,
    parts: tuple[str, ...] = COMPARED,
    themes: Collection[str] = (),
    with_new: bool = False,
) -> tuple[Change, ...]:
    """Return what the lists of *mechanisms* (ids) do not show as of the date, in the order of time.

    That is the events of `Atlas.changes`, later starts and ends without an event, and mechanisms that end later.

    Args:
        atlas: The dataset as of the date.
        mechanisms: Ids.
        only: Of countries only this one, and of other mechanisms only those that list it.
        parts: In which parts something begins or ends.
        themes: Of groups without an event only those on one of these (none: all).
        with_new: Also mechanisms that begin later with such a group, and such groups in other mechanisms.

    """
    ids = sorted(set(mechanisms))
    found = [
        Change.from_record(event, mechanism=id_)
        for event in atlas.changes(ids, only=only, parts=parts)
        for id_ in event.mechanisms
        if id_ in ids
    ]
    found += (change for id_ in ids for change in _later(atlas, id_, only, parts, themes))
    found += (change for id_ in ids for change in _end(atlas, id_))
    if with_new:
        found += _beginnings(atlas, only, themes)
        found += _on_themes(atlas, {head.id for head in atlas.covered_heads}.difference(ids), only, themes)
        others = (id_ for theme in themes for id_ in atlas.ever_on(theme) if id_ not in ids)
        for id_ in dict.fromkeys(others):
            if only is None or only in {member.code for member in atlas.mechanisms[id_].members}:
                found += _later(atlas, id_, only, ("groups",), themes)
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism)))


def _on_themes(atlas: Atlas, others: set[str], only: str | None, themes: Collection[str]) -> Iterator[Change]:
    """Yield what happened to groups of *others* on one of *themes*, of those that list the country where it is one."""
    for event in atlas.changes(others, parts=("groups",)):
        if not set(themes).isdisjoint(event.themes):
            ids = (id_ for id_ in event.mechanisms if id_ in others and only in (None, *atlas.seats[id_]))
            yield from (Change.from_record(event, mechanism=id_) for id_ in ids)


def _end(atlas: Atlas, id_: str) -> Iterator[Change]:
    """Yield the end of a mechanism that comes later, where no event is on it."""
    body = atlas.stored(id_)
    if body.until and not atlas.is_past(body.until):
        ended = (event for event in atlas.context.events if event.kind == "ended" and id_ in event.mechanisms)
        if body.until not in {event.date for event in ended}:
            yield from _life(body, "ended")


def _beginnings(atlas: Atlas, only: str | None, themes: Collection[str]) -> Iterator[Change]:
    """Yield the beginnings of mechanisms in scope that come later."""
    for head in filter(atlas.in_scope, atlas.heads_of_any_date):
        if head.coverage == "full" and head.founded and not atlas.is_past(head.founded):
            body = atlas.stored(head.id)
            if themes and not any(set(themes).intersection(group.themes) for group in body.groups):
                continue
            if only is None or only in {member.code for member in body.members}:
                yield from _life(body, "founded")


def _life(body: Mechanism, kind: str) -> Iterator[Change]:
    return (Change.from_record(dated) for dated in life(body) if dated.kind == kind)


def _later(
    atlas: Atlas, id_: str, only: str | None, parts: tuple[str, ...], themes: Collection[str]
) -> Iterator[Change]:
    """Return what begins and ends later in *parts* (none: in all) where no event is on it.

    Of countries that is, with *only*, this one alone; of groups, those on one of *themes*, if any.
    """
    body = atlas.stored(id_)
    events = [event for event in atlas.context.events if id_ in event.mechanisms]

    def is_later(date: str) -> bool:
        return not atlas.is_past(date)

    def is_wanted(part: Part, item: Any, date: str) -> bool:
        if atlas.is_past(date):
            return False
        if part.of == "country":
            return only in (None, item.code)
        return part.field != "groups" or not themes or not set(themes).isdisjoint(item.themes)

    found: list[Dated] = []
    if not parts or "members" in parts:
        found += listings(atlas, body, only, events, is_later)
    if not parts:
        found += renamings(body)
    chosen = (part for part in PARTS if not parts or part.label in parts)
    found += part_changes(atlas, body, chosen, events, is_wanted)
    return (Change.from_record(dated) for dated in found if is_later(dated.day))
