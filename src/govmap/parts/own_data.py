"""What of an answer is not from the bundled data, where the dataset extends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govmap.atlas import Atlas
from govmap.grouping import grouped
from govmap.language import as_in_data
from govmap.mechanism_parts import PARTS
from govmap.model import Correction
from govmap.records import EVENTS, Basis, Result


class OwnFact(Result, frozen=True):
    """What own data have other than the bundled: a part of a mechanism, or an item of it (by code, number or id).

    `part` is null where the mechanism as a whole was added or withdrawn. Of an event the part is `events` and the item
    its date; `mechanism` is null where it names none. Of `evidence` the item is the part that it is on.
    """

    mechanism: str | None
    part: str | None
    item: str | None
    change: str


def own_facts(atlas: Atlas, record: Any, parts: Iterable[Basis]) -> tuple[OwnFact, ...]:
    """Return what own data have other than the bundled, of the *parts* that a *record* shows, in the data's order."""
    every = (*parts, *Basis.changes(record), *_of_changes(record))
    events = [part for part in every if part.part == EVENTS]
    by_mechanism = grouped((part.mechanism, part) for part in every if part.part != EVENTS)
    facts = (OwnFact(c.id, c.part and c.part.replace("_", " "), c.item, c.change) for c in _corrected(atlas))
    shown = (fact for fact in facts if any(_holds(part, fact) for part in by_mechanism.get(fact.mechanism, ())))
    return (*shown, *_own_events(atlas, events))


def _of_changes(record: Any) -> Iterator[Basis]:
    """Yield the parts of which the *record* lists a start or an end among its changes without an event."""
    for change in getattr(record, "changes", ()):
        code, values = getattr(change.text, "code", ""), getattr(change.text, "values", {})
        if code in ("begins", "ends"):
            yield Basis(change.mechanism, "founded" if code == "begins" else "until")
        elif code == "part changes":
            part = next(p for p in PARTS if values["sentence"] in (*(p.sentences or ()), *(p.undated or ())))
            yield Basis(change.mechanism, part.field.replace("_", " "))
        elif code == "renamed":
            yield Basis(change.mechanism, "names")
        elif code in ("listing", "role"):
            yield from Basis.members((change.mechanism,), change.countries)


def _own_events(atlas: Atlas, events: list[Basis]) -> Iterator[OwnFact]:
    """Yield the *events* that are of own data, once for each mechanism that they are shown of."""
    added = {(c.id, c.item) for c in atlas.context.corrections if c.kind == "event"}
    own = {(e.date, e.text) for e in atlas.context.events if (str(e.date), as_in_data(e.texts)) in added}
    for mechanism, item in dict.fromkeys((part.mechanism, part.item) for part in events):
        if isinstance(item, tuple) and item in own:
            yield OwnFact(mechanism, EVENTS, item[0], "added")


def withdrawn(atlas: Atlas) -> tuple[OwnFact, ...]:
    """Return the mechanisms that own data withdraw: no answer can show them, so each has to say so."""
    gone = (c for c in _corrected(atlas) if c.part is None and c.change == "withdrawn")
    return tuple(OwnFact(c.id, None, None, c.change) for c in gone)


def _corrected(atlas: Atlas) -> Iterator[Correction]:
    return (correction for correction in atlas.context.corrections if correction.kind == "mechanism")


def _holds(part: Basis, fact: OwnFact) -> bool:
    """Return whether a *part* that is shown of a mechanism holds the *fact*; any part shows it and its names."""
    if fact.part in (None, "names", "acronyms"):
        return True
    if fact.part == "evidence":
        return fact.item == part.part
    return fact.part == part.part and (fact.item is None or part.item is None or str(part.item) == fact.item)
