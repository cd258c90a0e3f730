"""The small records that several answers share. Field names are the keys of the JSON."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, json

from govmap.atlas import Atlas
from govmap.fields import OWN_DATA
from govmap.model import Country, Evidence, Mechanism, Secretariat
from govmap.statements import Statement

if TYPE_CHECKING:
    from govmap.rows import Rows

Item = TypeVar("Item", bound="Result")
Filled = TypeVar("Filled", bound="Result")

EVENTS = "events"
COMPARED = ("members", "groups")  # the parts of a mechanism on which comparisons, pictures and counts rest
FALLBACKS = {"relation": "members", "group label": "groups", "names": "named"}  # on whose evidence a part rests too


class Result(Struct, frozen=True):
    """The base of everything that a question returns."""

    def __repr__(self) -> str:
        """Return one line: what is short in full, of what is long how much there is."""
        fields = (f"{name}={_brief(getattr(self, name))}" for name in self.__struct_fields__)
        return f"{type(self).__name__}({', '.join(fields)})"

    @classmethod
    def from_record(cls: type[Filled], record: Any, **others: Any) -> Filled:
        """Return one with the fields that *record* has under the same names, and with *others*."""
        names = _shared(cls, record.__class__)
        return cls(**{name: getattr(record, name) for name in names if name not in others}, **others)

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON has, as plain values."""
        plain: dict[str, Any] = json.decode(json.encode(self, enc_hook=str))
        return plain


@cache
def _shared(made: type[Result], of: type) -> tuple[str, ...]:
    """Return the fields of the records that are *made* which those that they are made *of* have too."""
    return tuple(name for name in made.__struct_fields__ if hasattr(of, name))


Writable = Result | dict[str, Any]  # what a format writes: a result, or one that was added to


def _brief(value: Any) -> str:
    """Return a value as it stands in the one line of a record."""
    if isinstance(value, Struct):
        key = next((name for name in ("id", "code", "status") if name in value.__struct_fields__), "")
        return repr(getattr(value, key)) if key else f"{type(value).__name__}(…)"
    if isinstance(value, tuple | dict):
        return f"<{len(value)}>"
    return repr(value)


class _Shown:
    """The shapes of an answer beside its record, for notebooks and scripts.

    They are made by layers above this one, which are therefore loaded by their names.
    """

    def rows(self) -> Rows:
        """Return the answer as one flat table, as `--format csv` writes it."""
        rows: Rows = _presentation(self).rows()
        return rows

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the rows as a data frame of pandas or polars, whichever is installed (the extra `frames`).

        Raises:
            UsageError: Neither is, or there is no such *backend*.

        """
        from govmap.extras import load_function

        to_frame = load_function("govmap.formats.frame", "to_frame", purpose="to_frame", extra="frames")
        return to_frame(self.rows(), backend)

    def _repr_html_(self) -> str:
        """Return the page, as notebooks show it."""
        html: str = importlib.import_module("govmap.formats.html").to_html(_presentation(self).page())
        return html


def _presentation(answer: Any) -> Any:
    return importlib.import_module("govmap.presentation").Presentation(answer)


class Answer(Result, _Shown, frozen=True, dict=True):
    """The base of what answers a whole question; it knows what was asked, which is no part of the record."""


class Listing(tuple[Item, ...], _Shown):
    """A list of records that answers a question; it knows what was asked."""

    resolved: dict[str, Any]  # options of the call as the question read them, for its view

    def to_dict(self) -> list[dict[str, Any]]:
        """Return what the JSON has, as plain values."""
        return [record.to_dict() for record in self]


class CountryRef(Result, frozen=True):
    """A country by alpha-3 code and name."""

    code: str
    name: str


class MechanismRef(Result, frozen=True):
    """A mechanism by id and name."""

    id: str
    name: str


class MechanismSummary(MechanismRef, frozen=True):
    """What lists and profiles have of a mechanism before anything else.

    `scope` is `wider` for a body that the source of the dataset does not tell of.
    """

    kind: str
    scope: str
    coverage: str
    relation: str | None
    founded: str | None
    website: str | None


class ThemeRef(Result, frozen=True):
    """A theme by id and label in the language of the answer."""

    id: str
    label: str


class Subject(Result, frozen=True):
    """What an answer is about: `kind` says what it is (mechanism, country, group, source)."""

    kind: str
    id: str
    name: str


class Change(Result, frozen=True):
    """Something that the lists of the answer's date do not show: of what kind, and which countries it concerns."""

    date: str
    mechanism: str
    kind: str
    text: str
    countries: tuple[str, ...]
    sources: tuple[str, ...]


class Trust(Result, frozen=True):
    """How far a fact can be trusted, and on which sources (ids) that rests."""

    status: str | None
    as_of: str | None
    note: str | None
    sources: tuple[str, ...]

    @classmethod
    def of(cls, evidence: Evidence | None) -> Trust:
        """Return what an answer says of a piece of evidence; nothing known where there is none."""
        return cls(None, None, None, ()) if evidence is None else cls.from_record(evidence)

    @classmethod
    def own(cls, record: Any) -> Trust | None:
        """Return what an answer says of the evidence that a record has of its own, if it has any."""
        return cls.of(record.evidence) if record.evidence else None

    @classmethod
    def of_list(cls, atlas: Atlas, mechanism: Mechanism, part: str) -> Trust:
        """Return that of a list as a whole: one that own data change is theirs, unless they have evidence on it."""
        given = (each.item for each in atlas.context.corrections if (each.id, each.part) == (mechanism.id, "evidence"))
        if part in atlas.own_lists(mechanism.id) and part not in given:
            return cls(OWN_DATA, None, None, ())
        return cls.of(mechanism.evidence.get(part))

    @classmethod
    def apart(cls, atlas: Atlas, mechanism: Mechanism, secretariat: Secretariat) -> Trust | None:
        """Return that of one of the secretariats where it is other than that of all of them."""
        held = trust_in(mechanism, "secretariats", secretariat)
        return None if held == cls.of_list(atlas, mechanism, "secretariats") else held

    @property
    def doubt(self) -> bool:
        """Whether there is a note on why the fact is less than confirmed."""
        return self.status != "confirmed" and self.note is not None


def trust_in(mechanism: Mechanism, part: str, item: Any = None) -> Trust:
    """Return the evidence of an *item* of a part of a mechanism, else of the part, or of that which it rests on too."""
    return Trust.of(mechanism.evidence_on(part, item) or mechanism.evidence.get(FALLBACKS.get(part, "")))


class SpanRow(Result, frozen=True, kw_only=True):
    """The base of rows on what begins and ends."""

    since: str | None
    until: str | None


class SourceRef(Result, frozen=True):
    """A source in full; `language` is that of a title as published, null where the title is a description."""

    id: str
    title: str
    publisher: str
    date: str | None
    url: str | None
    kind: str
    looked_up: str
    language: str | None


class AnswerWithChanges(Answer, frozen=True, kw_only=True):
    """An answer from the lists of a date: why these are less sure than others, and what they do not show."""

    caution: Statement | None
    changes: tuple[Change, ...]


class AnswerWithSources(AnswerWithChanges, frozen=True, kw_only=True):
    """An answer from the lists of a date that has its sources by itself."""

    sources: tuple[SourceRef, ...]


class Basis(Struct, frozen=True):
    """What an answer shows of a mechanism.

    Attributes:
        mechanism: Its id; None for what belongs to none.
        part: The part, as facts name it; empty for a source that the answer itself names.
        item: The country or the group that it is about, or the date and the text of an event; None for all of the part.
        sources: The ids of the sources that it rests on, where they are known; by default those of its evidence.

    """

    mechanism: str | None
    part: str
    item: str | int | tuple[str, str] | None = None
    sources: tuple[str, ...] | None = None

    @classmethod
    def parts(cls, ids: Iterable[str], *parts: str) -> Iterator[Basis]:
        """Yield the *parts* of mechanisms, each as a whole."""
        return (cls(id_, part) for id_ in ids for part in parts)

    @classmethod
    def members(cls, ids: Iterable[str], codes: Iterable[str]) -> Iterator[Basis]:
        """Yield whether each of some mechanisms lists each of some countries, or that it does not."""
        countries = tuple(codes)
        return (cls(id_, "members", code) for id_ in ids for code in countries)

    @classmethod
    def groups(cls, atlas: Atlas, themes: Iterable[str], ids: Iterable[str] | None = None) -> Iterator[Basis]:
        """Yield the groups on *themes*, of all mechanisms or of those with *ids*."""
        chosen = None if ids is None else set(ids)
        for mechanism, group in (found for theme in themes for found in atlas.groups_on(theme)):
            if chosen is None or mechanism.id in chosen:
                yield cls(mechanism.id, "groups", group.number)

    @classmethod
    def changes(cls, record: Any) -> Iterator[Basis]:
        """Yield the events that a record has as its changes, and the listings that begin or end without one."""
        for change in getattr(record, "changes", ()):
            yield cls(change.mechanism, EVENTS, (change.date, change.text), change.sources)
            if not change.sources:
                yield from cls.members((change.mechanism,), change.countries)

    @classmethod
    def source(cls, id_: str) -> Basis:
        """Return a source that the answer itself names."""
        return cls(None, "", sources=(id_,))


def country_ref(country: Country) -> CountryRef:
    """Return the reference to a country."""
    return CountryRef(country.alpha3, country.name)


def country_refs(atlas: Atlas, codes: set[str] | frozenset[str] | tuple[str, ...]) -> tuple[CountryRef, ...]:
    """Return the references to countries given by alpha-3 code, in the order of the codes."""
    return tuple(country_ref(atlas.countries[code]) for code in sorted(codes))


def subject_of(record: Mechanism | Country) -> Subject:
    """Return a mechanism or a country as what an answer is about."""
    if isinstance(record, Mechanism):
        return Subject("mechanism", record.id, record.name)
    return Subject("country", record.alpha3, record.name)


def source_refs(atlas: Atlas, ids: Iterable[str]) -> tuple[SourceRef, ...]:
    """Return the sources with *ids* in full, each once, in the order in which they are first named."""
    known = (atlas.sources[id_] for id_ in dict.fromkeys(ids) if id_ in atlas.sources)
    return tuple(SourceRef.from_record(source) for source in known)


def cited_by(atlas: Atlas, records: Iterable[Any]) -> tuple[SourceRef, ...]:
    """Return the sources that *records* name as their `sources`, each once; None among the records is skipped."""
    return source_refs(atlas, (id_ for record in records if record for id_ in record.sources))
