"""What of an answer is not from the bundled data, where the dataset extends them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.atlas import Atlas
from govmap.model import Correction
from govmap.parts.provenance import Shown, answers_in, shown_by
from govmap.questions.brief import Brief
from govmap.questions.history import History
from govmap.questions.list import Filters
from govmap.records import Result

DATED = ("founded", "until", "former names", "groups", "pillars", "sub bodies", "secretariats")


class OwnFact(Result, frozen=True):
    """What own data have other than the bundled: a part of a mechanism, or an item of it (by code, number or id).

    `part` is null where the mechanism as a whole was added or withdrawn. Of an event the part is `events` and the item
    its date; `mechanism` is null where it names none. Of `evidence` the item is the part that it is on.
    """

    mechanism: str | None
    part: str | None
    item: str | None
    change: str


def own_facts(atlas: Atlas, result: Result, filters: Filters | None = None) -> tuple[OwnFact, ...]:
    """Return what own data have other than the bundled, of all that a *result* shows, in the order of the data."""
    shown = shown_by(result, filters, atlas)
    if isinstance(result, History):
        shown += _dated_parts(result)
    here: dict[str, list[Shown]] = {}
    for one in shown:
        here.setdefault(one.mechanism, []).append(one)
    facts = (OwnFact(c.id, c.part and c.part.replace("_", " "), c.item, c.change) for c in _corrected(atlas))
    found = (fact for fact in facts if any(_holds(one, fact) for one in here.get(fact.mechanism or "", ())))
    return (*found, *_own_events(atlas, result))


def _dated_parts(history: History) -> list[Shown]:
    """Return the parts whose beginnings and ends a *history* of a mechanism or of all tells, beside the memberships."""
    if history.of and history.of.kind == "country":
        return []
    ids = {id_ for entry in history.entries for id_ in entry.mechanisms} | ({history.of.id} if history.of else set())
    return [Shown(id_, part) for id_ in ids for part in DATED]


def _own_events(atlas: Atlas, result: Result) -> Iterator[OwnFact]:
    """Yield the events of own data that a *result* tells, once for each mechanism that it tells them of."""
    own = {(c.id, c.item) for c in atlas.context.corrections if c.kind == "event"}
    told = dict.fromkeys(_told_events(result)) if own else ()
    yield from (OwnFact(id_, "events", date, "added") for id_, date, text in told if (date, text) in own)


def _told_events(result: Any) -> Iterator[tuple[str | None, str, str]]:
    """Yield the mechanism, the date and the text of each event that a *result* tells."""
    if isinstance(result, Brief):
        yield from (event for answer in answers_in(result) for event in _told_events(answer))
    for change in getattr(result, "changes", ()):
        yield change.mechanism, change.date, change.text
    for entry in result.entries if isinstance(result, History) else ():
        yield from ((id_, entry.date, entry.text) for id_ in entry.mechanisms or (None,))


def withdrawn(atlas: Atlas) -> tuple[OwnFact, ...]:
    """Return the mechanisms that own data withdraw: no answer can show them, so each has to say so."""
    gone = (c for c in _corrected(atlas) if c.part is None and c.change == "withdrawn")
    return tuple(OwnFact(c.id, None, None, c.change) for c in gone)


def _corrected(atlas: Atlas) -> Iterator[Correction]:
    return (correction for correction in atlas.context.corrections if correction.kind == "mechanism")


def _holds(shown: Shown, fact: OwnFact) -> bool:
    """Return whether a part that is *shown* of a mechanism holds the *fact* on it; any part shows it and its names."""
    if fact.part in (None, "names", "acronyms"):
        return True
    if fact.part == "evidence":
        return fact.item == shown.part
    return fact.part == shown.part and (fact.item is None or shown.item is None or str(shown.item) == fact.item)
