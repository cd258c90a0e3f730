"""The small records that several answers share. Field names are the keys of the JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from govmap.atlas import Atlas
from govmap.model import Country, Event, Evidence, Mechanism

COMPARED = ("members", "groups")  # the parts of a mechanism on which comparisons, pictures and counts rest


class Result(Struct, frozen=True):
    """The base of everything that a query returns."""


Record = Result | dict[str, Any]  # what a format writes: a result, or one that was added to


class CountryRef(Result, frozen=True):
    """A country by alpha-3 code and name."""

    code: str
    name: str


class MechanismRef(Result, frozen=True):
    """A mechanism by id and name."""

    id: str
    name: str


class Subject(Result, frozen=True):
    """What an answer is about: `kind` says what it is (mechanism, country, group, source)."""

    kind: str
    id: str
    name: str


class Change(Result, frozen=True):
    """Something that the lists of the answer's date do not show."""

    date: str
    mechanism: str
    text: str
    sources: tuple[str, ...]


class Trust(Result, frozen=True):
    """How far a fact can be trusted, and on which sources (ids) that rests."""

    status: str | None
    as_of: str | None
    note: str | None
    sources: tuple[str, ...]

    @property
    def doubt(self) -> bool:
        """Whether there is a note on why the fact is less than confirmed."""
        return self.status != "confirmed" and self.note is not None


class SourceRef(Result, frozen=True):
    """A source in full."""

    id: str
    title: str
    publisher: str
    date: str | None
    url: str | None
    kind: str
    looked_up: str


def country_ref(country: Country) -> CountryRef:
    """Return the reference to a country."""
    return CountryRef(country.alpha3, country.name)


def country_refs(atlas: Atlas, codes: set[str] | frozenset[str] | tuple[str, ...]) -> tuple[CountryRef, ...]:
    """Return the references to countries given by alpha-3 code, in the order of the codes."""
    return tuple(country_ref(atlas.countries[code]) for code in sorted(codes))


def mechanism_ref(mechanism: Mechanism) -> MechanismRef:
    """Return the reference to a mechanism."""
    return MechanismRef(mechanism.id, mechanism.name)


def trust(evidence: Evidence | None) -> Trust:
    """Return what an answer says of a piece of evidence; nothing known where there is none."""
    if evidence is None:
        return Trust(None, None, None, ())
    return Trust(evidence.status, evidence.as_of, evidence.note, evidence.sources)


def changes(events: tuple[Event, ...], mechanisms: set[str]) -> tuple[Change, ...]:
    """Return *events* as changes of the *mechanisms* they touch, in the order of time."""
    found = [
        Change(event.date or "", id_, event.text, event.sources)
        for event in events
        for id_ in event.mechanisms
        if id_ in mechanisms
    ]
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism)))


def changes_in(
    atlas: Atlas, mechanisms: Iterable[str], *, only: str | None = None, parts: tuple[str, ...] = COMPARED
) -> tuple[Change, ...]:
    """Return what the lists of *mechanisms* (ids) do not show as of the date; the arguments are those of the atlas."""
    ids = set(mechanisms)
    return changes(atlas.changes(ids, only=only, parts=parts), ids)


def source_refs(atlas: Atlas, ids: list[str]) -> tuple[SourceRef, ...]:
    """Return the sources with *ids* in full, each once, in the order in which they are first named."""
    known = (atlas.sources[id_] for id_ in dict.fromkeys(ids) if id_ in atlas.sources)
    return tuple(SourceRef(s.id, s.title, s.publisher, s.date, s.url, s.kind, s.looked_up) for s in known)
