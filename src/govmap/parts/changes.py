"""What happened to mechanisms that the lists of an answer's date do not show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from govmap.atlas import Atlas
from govmap.model import Mechanism
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

    That is the events of `Atlas.changes`, which has these arguments, and what no event is on: listings that begin or
    end later, and mechanisms that end later. With *new_on* it is also mechanisms that begin later, if they have a
    group on one of these themes (none: on any) and, with *only*, list the country.
    """
    ids = sorted(set(mechanisms))
    found = [
        Change.from_record(event, mechanism=id_)
        for event in atlas.changes(ids, only=only, parts=parts)
        for id_ in event.mechanisms
        if id_ in ids
    ]
    if not parts or "members" in parts:
        found += [change for id_ in ids if _has_later(atlas, id_, only) for change in _later(atlas, id_, only)]
    found += (change for id_ in ids for change in _end(atlas, id_))
    if new_on is not None:
        found += _beginnings(atlas, only, new_on)
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
    for head in filter(atlas.answers_on, atlas.heads_of_any_date):
        if head.coverage == "full" and head.founded and not atlas.is_past(head.founded):
            body = atlas.record(head.id)
            if themes and not any(set(themes).intersection(group.themes) for group in body.groups):
                continue
            if only is None or only in {member.code for member in body.members}:
                yield from _life(body, "founded")


def _life(body: Mechanism, kind: str) -> Iterator[Change]:
    from govmap.parts.listings import life  # noqa: PLC0415 - few mechanisms begin or end later

    return (Change.from_record(dated) for dated in life(body) if dated.kind == kind)


def _has_later(atlas: Atlas, id_: str, only: str | None) -> bool:
    """Return whether a listing begins or ends after the date, of any country or of one."""
    members = (member for member in atlas.record(id_).members if only in (None, member.code))
    dates = {date for member in members for date in (member.start, member.until) if date}
    return not all(map(atlas.is_past, dates))


def _later(atlas: Atlas, id_: str, only: str | None) -> Iterator[Change]:
    from govmap.parts.listings import later_listings  # noqa: PLC0415 - few answers have later listings

    return map(Change.from_record, later_listings(atlas, id_, only))
