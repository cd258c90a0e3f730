"""The roles of countries beside membership: who chairs a mechanism, and who is beside it as an observer or a friend."""

from __future__ import annotations

from collections.abc import Iterable

from govmap.atlas import Atlas
from govmap.dates import first_day, last_day
from govmap.model import Chair, Mechanism
from govmap.records import CountryRef, MechanismRef, Result, Trust, trust_in


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

    @property
    def codes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The countries, by alpha-3 code: those in the chair, and those known last."""
        return tuple(row.code for row in self.held_by), tuple(row.code for row in self.last_known)


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


def chair_of(atlas: Atlas, mechanism: Mechanism) -> ChairNow | None:
    """Return who chairs a *mechanism* as of the date; None where no chair of it is known at any date."""
    if not atlas.stored(mechanism.id).chairs:
        return None
    if mechanism.chairs:
        return ChairNow(_chair_rows(atlas, mechanism, mechanism.chairs), None, ())
    last = _last_known(atlas, mechanism)
    not_known_since = last[0].known_until if last else None
    return ChairNow((), not_known_since, _chair_rows(atlas, mechanism, last))


def is_settled(atlas: Atlas, id_: str, chair: Chair) -> bool:
    """Return whether it is known if a *chair* of the mechanism with an id was held on the date, or that it was not.

    Where nobody is known to have been in the chair, that is known of one that had ended or was yet to begin. It ends
    where that is told, or with the beginning of another after all that is known of it.
    """
    then, day = atlas.mechanisms.get(id_), last_day(atlas.as_of)
    if then is None or then.chairs or chair not in (every := atlas.stored(id_).chairs):
        return True
    known = last_day(chair.known_until or "")
    later = (other.start for other in every if other.start and first_day(other.start) > known)
    has_ended = any(first_day(end) <= day for end in (chair.until, *later) if end)
    return has_ended or (chair.since is not None and first_day(chair.since) > day)


def _last_known(atlas: Atlas, mechanism: Mechanism) -> list[Chair]:
    """Return which chairs of a *mechanism* were the last that are known, of those that began by the date.

    They are known until the same date. Where one handed over to another on it, only the other is the last.
    """
    every = atlas.stored(mechanism.id).chairs
    past = [chair for chair in every if first_day(chair.start or "0001") <= last_day(atlas.as_of)]
    latest = max((chair.known_until or "" for chair in past), key=last_day, default="")
    last = [chair for chair in past if (chair.known_until or "") == latest]
    return [chair for chair in last if chair.until is None] or last


def _chair_rows(atlas: Atlas, mechanism: Mechanism, chairs: Iterable[Chair]) -> tuple[ChairRow, ...]:
    rows = (
        ChairRow.from_record(
            chair, name=atlas.countries[chair.code].name, evidence=trust_in(mechanism, "chairs", chair)
        )
        for chair in chairs
    )
    return tuple(sorted(rows, key=lambda row: row.code))


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
