"""What of an answer is not from the bundled data, where the dataset extends them."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.model import Correction
from govmap.queries.listing import Filters
from govmap.queries.provenance import Shown, shown_by
from govmap.queries.records import Result


class OwnFact(Result, frozen=True):
    """What own data have other than the bundled: a part of a mechanism, or an item of it (by code, number or id).

    `part` is null where the mechanism as a whole was added or withdrawn.
    """

    mechanism: str
    part: str | None
    item: str | None
    change: str


def own_facts(atlas: Atlas, result: Result, filters: Filters | None = None) -> tuple[OwnFact, ...]:
    """Return what own data have other than the bundled, of all that a *result* shows, in the order of the data."""
    shown = shown_by(result, filters, atlas)
    mechanisms = {one.mechanism for one in shown}
    facts = (OwnFact(c.id, c.part and c.part.replace("_", " "), c.item, c.change) for c in _corrected(atlas))
    return tuple(
        fact
        for fact in facts
        if any(_is_shown(fact, one) for one in shown) or (fact.part is None and fact.mechanism in mechanisms)
    )


def withdrawn(atlas: Atlas) -> tuple[OwnFact, ...]:
    """Return the mechanisms that own data withdraw: no answer can show them, so each has to say so."""
    gone = (c for c in _corrected(atlas) if c.part is None and c.change == "withdrawn")
    return tuple(OwnFact(c.id, None, None, c.change) for c in gone)


def _corrected(atlas: Atlas) -> Iterator[Correction]:
    return (correction for correction in atlas.context.corrections if correction.kind == "mechanism")


def _is_shown(fact: OwnFact, shown: Shown) -> bool:
    """Return whether a part that is *shown* holds the *fact*; names are shown with whatever is shown of a mechanism."""
    if fact.mechanism != shown.mechanism:
        return False
    if fact.part in ("names", "acronyms"):
        return True
    return fact.part == shown.part and (fact.item is None or shown.item is None or str(shown.item) == fact.item)
