"""The contacts of mechanisms. An agency that serves two of them is no contact between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govmap.atlas import Atlas
from govmap.grouping import grouped
from govmap.model import Link, Mechanism
from govmap.records import Basis, Result, Trust, trust_in


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
    return tuple(_link_row(atlas, mechanism.id, other, link) for other, link in atlas.links_of(mechanism))


def links_among(atlas: Atlas, ids: Iterable[str]) -> dict[tuple[str, str], tuple[LinkRow, ...]]:
    """Return the contacts as of the date of those two of some mechanisms (ids) that have one, in the order of *ids*."""
    place = {id_: at for at, id_ in enumerate(ids)}
    contacts = ((id_, other, link) for id_ in place for other, link in atlas.links_of(atlas.mechanisms[id_]))
    found = grouped(((id_, other), link) for id_, other, link in contacts if place[id_] < place.get(other, -1))
    return {pair: tuple(_link_row(atlas, *pair, link) for link in links) for pair, links in found.items()}


def served_together(atlas: Atlas, *pair: str) -> dict[str, Any]:
    """Return the fields of a pair of mechanisms (ids) on the agencies that serve both."""
    serving = ({each.agency for each in atlas.mechanisms[id_].secretariats} for id_ in pair)
    both = sorted(set.intersection(*serving))
    differing = {agency: contradicted_secretariats(atlas, agency, pair) for agency in both}
    return {
        "shared_secretariat": tuple(both),
        "contradicted": tuple(id_ for id_ in pair if any(id_ in ids for ids in differing.values())),
        "contradicted_by_agency": differing,
    }


def contradicted_secretariats(atlas: Atlas, agency: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of some mechanisms (ids) that an *agency* (id) serves, of which another page says otherwise."""
    bodies = [atlas.mechanisms[id_] for id_ in ids]
    served = ((body, each) for body in bodies for each in body.secretariats if each.agency == agency)
    differing = (body.id for body, each in served if trust_in(body, "secretariats", each).status == "contradicted")
    return tuple(dict.fromkeys(differing))


def basis_of(links: Iterable[LinkRow]) -> Iterator[Basis]:
    """Yield what *links* rest on."""
    for link in links:
        yield Basis(link.left, "links", sources=link.evidence.sources)


def _link_row(atlas: Atlas, left: str, right: str, link: Link) -> LinkRow:
    holder = atlas.stored(left if link.other == right else right)  # which may have ended since they met
    return LinkRow.from_record(link, left=left, right=right, evidence=trust_in(holder, "links", link))
