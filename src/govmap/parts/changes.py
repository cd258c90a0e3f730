"""What happened to mechanisms that the lists of an answer's date do not show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from govmap.atlas import Atlas
from govmap.mechanism_parts import PARTS, Part
from govmap.model import Event, Mechanism
from govmap.records import COMPARED, Change

if TYPE_CHECKING:
    from govmap.parts.timeline import Dated

# The kinds of events that may be on a part without naming it.
CHANGING = ("founded", "joined", "left", "changed", "ended")


def changes_in(
    atlas: Atlas,
    mechanisms: Iterable[str],
    *,
    only: str | None = None,
    parts: tuple[str, ...] = COMPARED,
    new_on: Collection[str] | None = None,
) -> tuple[Change, ...]:
    """Return what the lists of *mechanisms* (ids) do not show as of the date, in the order of time.

    That is the events of `Atlas.changes`, which has these arguments, and what no event is on: what begins or ends later
    in these parts, and mechanisms that end later. With *new_on* the groups are those on one of these themes (none: on
    any), in other mechanisms too, and it is also mechanisms that begin later with such a group; with *only*, those
    that list the country.
    """
    ids = sorted(set(mechanisms))
    found = [
        Change.from_record(event, mechanism=id_)
        for event in atlas.changes(ids, only=only, parts=parts)
        for id_ in event.mechanisms
        if id_ in ids
    ]
    found += (change for id_ in ids for change in _later(atlas, id_, only, parts, new_on or ()))
    found += (change for id_ in ids for change in _end(atlas, id_))
    if new_on is not None:
        found += _beginnings(atlas, only, new_on)
        others = (id_ for theme in new_on for id_ in atlas.ever_on(theme) if id_ not in ids)
        for id_ in dict.fromkeys(others):
            if only is None or only in {member.code for member in atlas.mechanisms[id_].members}:
                found += _later(atlas, id_, only, ("groups",), new_on)
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism)))


def _end(atlas: Atlas, id_: str) -> Iterator[Change]:
    """Yield the end of a mechanism that comes later, where no event is on it."""
    body = atlas.record(id_)
    if body.until and not atlas.is_past(body.until):
        ended = (event for event in atlas.context.events if event.kind == "ended" and id_ in event.mechanisms)
        if body.until not in {event.date for event in ended}:
            yield from _life(body, "ended")


def _beginnings(atlas: Atlas, only: str | None, themes: Collection[str]) -> Iterator[Change]:
    """Yield the beginnings of mechanisms in scope that come later."""
    for head in filter(atlas.in_scope, atlas.heads_of_any_date):
        if head.coverage == "full" and head.founded and not atlas.is_past(head.founded):
            body = atlas.record(head.id)
            if themes and not any(set(themes).intersection(group.themes) for group in body.groups):
                continue
            if only is None or only in {member.code for member in body.members}:
                yield from _life(body, "founded")


def _life(body: Mechanism, kind: str) -> Iterator[Change]:
    from govmap.parts.timeline import life  # noqa: PLC0415 - few mechanisms begin or end later

    return (Change.from_record(dated) for dated in life(body) if dated.kind == kind)


def _later(
    atlas: Atlas, id_: str, only: str | None, parts: tuple[str, ...], themes: Collection[str]
) -> Iterator[Change]:
    """Yield what begins and ends later in *parts* (none: in all) where no event is on it.

    Of countries that is, with *only*, this one alone; of groups, those on one of *themes*, if any.
    """
    body = atlas.record(id_)

    def is_wanted(part: Part, item: Any) -> bool:
        if part.of == "country":
            return only in (None, item.code)
        return part.field != "groups" or not themes or not set(themes).isdisjoint(item.themes)

    events = [event for event in atlas.context.events if id_ in event.mechanisms]
    chosen = [part for part in PARTS if (not parts or part.label in parts) and part.sentences]
    items = ((part, item) for part in chosen for item in part.items(body) if is_wanted(part, item))
    dates = {
        date
        for part, item in items
        for date, _sentence in dated_sentences(part, item)
        if not any(is_about(event, part, item, date) for event in events)
    }
    if not parts:
        dates.update(name.until for name in body.former_names)
    if not parts or "members" in parts:
        members = (member for member in body.members if only in (None, member.code))
        dates.update(date for member in members for date in (member.start, member.until) if date)
    if all(map(atlas.is_past, dates)):
        return
    from govmap.parts.timeline import listings, part_changes, renamings  # noqa: PLC0415 - few have anything later

    if not parts or "members" in parts:
        yield from _after(atlas, listings(atlas, body, only, events))
    if not parts:
        yield from _after(atlas, renamings(body))
    yield from _after(atlas, part_changes(atlas, body, chosen, events, is_wanted))


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


def _after(atlas: Atlas, every: Iterable[Dated]) -> Iterator[Change]:
    return (Change.from_record(dated) for dated in every if not atlas.is_past(dated.day))
