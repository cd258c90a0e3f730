"""What the lists of an answer's date do not show: events, and the beginnings and ends that no event tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from govmap.atlas import Atlas
from govmap.mechanism_parts import PARTS
from govmap.model import Mechanism
from govmap.parts.turns import Turn, tell, turns_of
from govmap.records import COMPARED, Change

EVERY_PART = ("members", "names", *(part.label for part in PARTS if part.sentences))


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
        parts: In which parts something begins or ends (none: in all).
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
    for id_ in ids:
        found += _later(atlas, id_, only, (*(parts or EVERY_PART), "ended"), themes)
    if with_new:
        found += _beginnings(atlas, only, themes)
        found += _on_themes(atlas, {head.id for head in atlas.covered_heads}.difference(ids), only, themes)
        others = (id_ for theme in themes for id_ in atlas.ever_on(theme) if id_ not in ids)
        for id_ in dict.fromkeys(others):
            if only is None or _lists(atlas.mechanisms[id_], only):
                found += _later(atlas, id_, only, ("groups",), themes)
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism)))


def _lists(body: Mechanism, country: str) -> bool:
    return any(member.code == country for member in body.members)


def _on_themes(atlas: Atlas, others: set[str], only: str | None, themes: Collection[str]) -> Iterator[Change]:
    """Yield what happened to groups of *others* on one of *themes*, of those that list the country where it is one."""
    for event in atlas.changes(others, parts=("groups",)):
        if not set(themes).isdisjoint(event.themes):
            ids = (id_ for id_ in event.mechanisms if id_ in others and only in (None, *atlas.seats[id_]))
            yield from (Change.from_record(event, mechanism=id_) for id_ in ids)


def _beginnings(atlas: Atlas, only: str | None, themes: Collection[str]) -> Iterator[Change]:
    """Yield the beginnings of mechanisms in scope that come later, on *themes* where there are any."""
    for head in filter(atlas.in_scope, atlas.heads_of_any_date):
        if head.coverage == "full" and head.founded and not atlas.is_past(head.founded):
            body = atlas.stored(head.id)
            on_themes = not themes or any(not set(themes).isdisjoint(group.themes) for group in body.groups)
            if on_themes and (only is None or _lists(body, only)):
                begun = (turn for turn in turns_of(body) if turn.part == "founded")
                yield from map(Change.from_record, tell(atlas, begun))


def _later(
    atlas: Atlas, id_: str, only: str | None, parts: tuple[str, ...], themes: Collection[str]
) -> Iterator[Change]:
    """Yield what begins and ends later in *parts*; of countries, with *only*, of this one; of groups, on *themes*."""

    def is_asked_for(turn: Turn) -> bool:
        on_themes = turn.part != "groups" or not themes or not set(themes).isdisjoint(turn.item.themes)
        return turn.part in parts and on_themes and not atlas.is_past(turn.day)

    events = (event for event in atlas.context.events if id_ in event.mechanisms)
    turns = turns_of(atlas.stored(id_), events, only=only, is_wanted=lambda date: not atlas.is_past(date))
    yield from map(Change.from_record, tell(atlas, filter(is_asked_for, turns)))
