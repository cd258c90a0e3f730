"""What happened to mechanisms that the lists of an answer's date do not show."""

from __future__ import annotations

from collections.abc import Iterable

from govmap.atlas import Atlas
from govmap.parts.listings import later_listings
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
        found += [Change.from_record(later) for id_ in sorted(ids) for later in later_listings(atlas, id_, only)]
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism)))
