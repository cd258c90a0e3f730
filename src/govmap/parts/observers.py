"""Who is beside a mechanism and not in it: observers, friends, supporters, guests."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.model import Mechanism
from govmap.parts.items import trust_in
from govmap.records import CountryRef, MechanismRef, Trust


class ObserverRow(CountryRef, frozen=True):
    """A country that is beside a mechanism: `role` says how, `seen` is a date on which it was seen so."""

    role: str
    since: str | None
    until: str | None
    seen: str | None
    joined_after: str | None
    evidence: Trust


class ObservedRow(MechanismRef, frozen=True):
    """A mechanism that a country is beside: `role` says how, `seen` is a date on which it was seen so."""

    role: str
    since: str | None
    until: str | None
    seen: str | None
    joined_after: str | None
    evidence: Trust


def observers_of(atlas: Atlas, mechanism: Mechanism) -> tuple[ObserverRow, ...]:
    """Return the countries that are beside a *mechanism* as of the date."""
    rows = (
        ObserverRow.from_record(
            each, name=atlas.countries[each.code].name, evidence=trust_in(mechanism, "observers", each)
        )
        for each in mechanism.observers
    )
    return tuple(sorted(rows, key=lambda row: (row.code, row.role)))


def observed_by(atlas: Atlas, code: str) -> tuple[ObservedRow, ...]:
    """Return the mechanisms that a country, given by alpha-3 code, is beside as of the date."""
    rows = (
        ObservedRow.from_record(
            each, id=mechanism.id, name=mechanism.name, evidence=trust_in(mechanism, "observers", each)
        )
        for mechanism, each in atlas.observed_by(code)
    )
    return tuple(sorted(rows, key=lambda row: (row.id, row.role)))
