"""What is around a mechanism: who chairs it on a date, who is beside it and not in it, and whom it has met.

That one agency serves two mechanisms ties them, and is no contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.dates import first_day, last_day
from govmap.model import Chair, Link, Mechanism, Observer
from govmap.records import Basis, CountryRef, MechanismRef, Result, Trust


class ChairRow(CountryRef, frozen=True):
    """A country that chairs a mechanism.

    `seen` is the last date on which it is known to, where it is not known until when it did.
    """

    since: str | None
    until: str | None
    seen: str | None
    evidence: Trust


class ChairNow(Result, frozen=True):
    """Who chairs a mechanism on the date of the answer.

    `held_by` is empty where that is not known: `not_known_since` is the date after which it is not, and `last_known`
    are those that chaired it before.
    """

    held_by: tuple[ChairRow, ...]
    not_known_since: str | None
    last_known: tuple[ChairRow, ...]


def chair_of(atlas: Atlas, mechanism: Mechanism) -> ChairNow | None:
    """Return who chairs a *mechanism* as of the date; None where no chair of it is known at any date."""
    every = atlas.record(mechanism.id).chairs
    if not every or mechanism.chairs:
        return ChairNow(_chair_rows(atlas, mechanism, mechanism.chairs), None, ()) if every else None
    past = [chair for chair in every if first_day(chair.start or "0001") <= last_day(atlas.as_of)]
    ends = [chair.known_until or "" for chair in past]
    since = max(ends, key=last_day, default=None)
    last = [chair for chair, end in zip(past, ends, strict=True) if end == since]
    took_over = [chair for chair in last if chair.until is None]  # who handed it over then is not the last
    return ChairNow((), since or None, _chair_rows(atlas, mechanism, took_over or last))


def _chair_rows(atlas: Atlas, mechanism: Mechanism, chairs: Iterable[Chair]) -> tuple[ChairRow, ...]:
    rows = (
        ChairRow.from_record(
            chair,
            name=atlas.countries[chair.code].name,
            evidence=Trust.of(chair.evidence or mechanism.evidence.get("chairs")),
        )
        for chair in chairs
    )
    return tuple(sorted(rows, key=lambda row: row.code))


class ObserverRow(CountryRef, frozen=True):
    """A country that is beside a mechanism: `role` says how, `seen` is a date on which it was seen so."""

    role: str
    since: str | None
    until: str | None
    seen: str | None
    evidence: Trust


class BesideRow(MechanismRef, frozen=True):
    """A mechanism that a country is beside: `role` says how, `seen` is a date on which it was seen so."""

    role: str
    since: str | None
    until: str | None
    seen: str | None
    evidence: Trust


def observers_of(atlas: Atlas, mechanism: Mechanism) -> tuple[ObserverRow, ...]:
    """Return the countries that are beside a *mechanism* as of the date."""
    rows = (
        ObserverRow.from_record(
            each, name=atlas.countries[each.code].name, evidence=_trust_in_observer(mechanism, each)
        )
        for each in mechanism.observers
    )
    return tuple(sorted(rows, key=lambda row: (row.code, row.role)))


def beside(atlas: Atlas, code: str) -> tuple[BesideRow, ...]:
    """Return the mechanisms that a country, given by alpha-3 code, is beside as of the date."""
    rows = (
        BesideRow.from_record(each, id=mechanism.id, name=mechanism.name, evidence=_trust_in_observer(mechanism, each))
        for mechanism, each in atlas.beside(code)
    )
    return tuple(sorted(rows, key=lambda row: (row.id, row.role)))


def _trust_in_observer(mechanism: Mechanism, observer: Observer) -> Trust:
    return Trust.of(observer.evidence or mechanism.evidence.get("observers"))


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
    found: dict[tuple[str, str], list[LinkRow]] = {}
    for id_, other, link in contacts:
        if place[id_] < place.get(other, -1):
            found.setdefault((id_, other), []).append(_link_row(atlas, id_, other, link))
    return {pair: tuple(rows) for pair, rows in found.items()}


def shared_secretariat(atlas: Atlas, left: str, right: str) -> tuple[str, ...]:
    """Return the ids of the agencies that serve two mechanisms (ids) as their secretariats."""
    serving = ({each.agency for each in atlas.mechanisms[id_].secretariats} for id_ in (left, right))
    return tuple(sorted(set.intersection(*serving)))


def basis_of(links: Iterable[LinkRow]) -> Iterator[Basis]:
    """Yield what *links* rest on."""
    for link in links:
        yield Basis(link.left, "links", sources=link.evidence.sources)


def _link_row(atlas: Atlas, left: str, right: str, link: Link) -> LinkRow:
    teller = atlas.record(left if link.other == right else right)  # which may have ended since they met
    return LinkRow.from_record(
        link, left=left, right=right, evidence=Trust.of(link.evidence or teller.evidence.get("links"))
    )
