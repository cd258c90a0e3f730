"""The known contacts of mechanisms, and the agencies that serve two of them, which tie them and are no contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from govmap.atlas import Atlas
from govmap.model import Link, Mechanism
from govmap.records import Basis, Result, Trust


class LinkRow(Result, frozen=True):
    """A contact of two mechanisms (ids): of what kind, when, and what it rests on."""

    left: str
    right: str
    kind: str
    date: str | None
    until: str | None
    note: str | None
    evidence: Trust


def links_of(atlas: Atlas, mechanism: Mechanism) -> tuple[LinkRow, ...]:
    """Return the contacts of a *mechanism* as of the date, in the order of time."""
    return tuple(_row(atlas, mechanism.id, other, link) for other, link in atlas.links_of(mechanism))


def links_among(atlas: Atlas, ids: Iterable[str]) -> dict[tuple[str, str], tuple[LinkRow, ...]]:
    """Return the contacts of each two of some mechanisms (ids) as of the date; none where none is known."""
    named = tuple(ids)
    told = {id_: atlas.links_of(atlas.mechanisms[id_]) for id_ in named}
    return {
        (left, right): tuple(_row(atlas, left, right, link) for other, link in told[left] if other == right)
        for left, right in combinations(named, 2)
    }


def shared_secretariat(atlas: Atlas, left: str, right: str) -> tuple[str, ...]:
    """Return the ids of the agencies that serve two mechanisms (ids) as their secretariats."""
    serving = ({each.agency for each in atlas.mechanisms[id_].secretariats} for id_ in (left, right))
    return tuple(sorted(set.intersection(*serving)))


def basis_of(links: Iterable[LinkRow]) -> Iterator[Basis]:
    """Yield what *links* rest on."""
    for link in links:
        yield Basis(link.left, "links", sources=link.evidence.sources)


def _row(atlas: Atlas, left: str, right: str, link: Link) -> LinkRow:
    teller = atlas.mechanisms[left] if link.other == right else atlas.mechanisms[right]
    return LinkRow.from_record(
        link, left=left, right=right, evidence=Trust.of(link.evidence or teller.evidence.get("links"))
    )
