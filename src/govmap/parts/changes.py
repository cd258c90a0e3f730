"""What happened to mechanisms that the lists of an answer's date do not show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.records import COMPARED, Change


def changes_in(
    atlas: Atlas, mechanisms: Iterable[str], *, only: str | None = None, parts: tuple[str, ...] = COMPARED
) -> tuple[Change, ...]:
    """Return what the lists of *mechanisms* (ids) do not show as of the date, in the order of time.

    That is the events of `Atlas.changes`, which has these arguments, and the listings that begin or end later and that
    no event is on.
    """
    ids = set(mechanisms)
    found = [
        Change.from_record(event, mechanism=id_)
        for event in atlas.changes(ids, only=only, parts=parts)
        for id_ in event.mechanisms
        if id_ in ids
    ]
    if not parts or "members" in parts:
        found += [change for id_ in sorted(ids) if _has_later(atlas, id_, only) for change in _later(atlas, id_, only)]
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism)))


def _has_later(atlas: Atlas, id_: str, only: str | None) -> bool:
    """Return whether a listing begins or ends after the date, of any country or of one."""
    members = (member for member in atlas.record(id_).members if only in (None, member.code))
    dates = {date for member in members for date in (member.start, member.until) if date}
    return not all(map(atlas.is_past, dates))


def _later(atlas: Atlas, id_: str, only: str | None) -> Iterator[Change]:
    from govmap.parts.listings import later_listings  # noqa: PLC0415 - few answers have later listings

    return map(Change.from_record, later_listings(atlas, id_, only))
