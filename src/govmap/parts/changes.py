"""What happened to mechanisms that the lists of an answer's date do not show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from govmap.atlas import Atlas
from govmap.mechanism_parts import PARTS, Part
from govmap.model import Mechanism
from govmap.parts.timeline import Dated, life, listings, part_changes, renamings
from govmap.records import COMPARED, Change


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
    return (Change.from_record(dated) for dated in life(body) if dated.kind == kind)


def _later(
    atlas: Atlas, id_: str, only: str | None, parts: tuple[str, ...], themes: Collection[str]
) -> Iterator[Change]:
    """Return what begins and ends later in *parts* (none: in all) where no event is on it.

    Of countries that is, with *only*, this one alone; of groups, those on one of *themes*, if any.
    """
    body = atlas.record(id_)
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
