"""What happened when: founding, joining, leaving, changing, meetings and resolutions, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.atlas import Atlas
from govmap.dates import first_day, last_day, read_date
from govmap.declaration import ANALYSE, Date, question
from govmap.errors import NoAnswerError
from govmap.model import Country, Event, Mechanism
from govmap.parts.turns import is_in_the_life_of, tell, turns_of
from govmap.records import EVENTS, Answer, Basis, MechanismRef, Result, SourceRef, Subject, cited_by, subject_of
from govmap.statements import Statement
from govmap.texts import labelled

DATED_PARTS = ("founded", "until", "former names", "groups", "pillars", "sub bodies", "secretariats", "chairs")


class Entry(Result, frozen=True):
    """Something that happened on `date`, or from then until `until` (the last day).

    `later` says that it came after the date of the answer. `as_written` is the form of the source where it slips.
    """

    date: str
    until: str | None
    kind: str
    text: str
    mechanisms: tuple[str, ...]
    countries: tuple[str, ...]
    later: bool
    as_written: str | None
    sources: tuple[str, ...]


class Undated(MechanismRef, frozen=True):
    """A mechanism that lists the country since a date that is not known; on `joined_after` it was still out."""

    joined_after: str | None


class History(Answer, frozen=True):
    """The answer to `history`. `undated` are the mechanisms that list the country since a date that is not known."""

    of: Subject | None
    as_of: str
    entries: tuple[Entry, ...]
    undated: tuple[Undated, ...]
    caution: Statement | None
    sources: tuple[SourceRef, ...]


@question(ANALYSE, "Nicaragua", "", "QUITO --since 2022")
def history(atlas: Atlas, name: str | Mechanism | Country | None = None, *, since: Date | None = None) -> History:
    """Show dated events: founded, joined, left, changed, meetings, resolutions.

    A mechanism may have a history on a date on which it did not exist. A country has the beginning of a mechanism that
    it has been in since an unknown date, and the end of one that it was in.

    >>> import govmap
    >>> [(entry.date, entry.kind) for entry in govmap.history(govmap.load(), "Nicaragua").entries]
    [('1996-03-13', 'joined'), ('2007-10-24', 'founded'), ('2018-11', 'meeting'), ('2023-11-19', 'left')]

    Args:
        name: Mechanism or country (default: all).
        since: Only events from this year, month or day on.

    Raises:
        NotFoundError: No country or mechanism has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        UsageError: *since* is no date.

    """
    of = None if name is None else _subject(atlas, name)
    first = None if since is None else first_day(read_date(since, "since"))
    atlas = atlas.including((of.id,) if isinstance(of, Mechanism) else ())
    mechanism = of.id if isinstance(of, Mechanism) else None
    country = of.alpha3 if isinstance(of, Country) else None
    entries = [
        entry
        for day, entry in (*_events(atlas), *_resolutions(atlas), *_facts(atlas, country, mechanism))
        if (first is None or day >= first)
        and (mechanism is None or mechanism in entry.mechanisms)
        and (country is None or _is_on(entry, country, atlas))
    ]
    entries.sort(key=lambda entry: (first_day(entry.date), last_day(entry.date), entry.kind, entry.text))
    return History(
        of=None if of is None else subject_of(of),
        as_of=atlas.as_of,
        entries=tuple(entries),
        undated=_undated(atlas, country) if country else (),
        caution=atlas.caution,
        sources=cited_by(atlas, entries),
    )


def rests_on(found: History, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the listings that dates without a source of their own belong to, and the events."""
    for entry in found.entries:
        if not entry.sources:  # the start or the end of a membership, which rests on the evidence of it
            yield from Basis.members(entry.mechanisms, entry.countries)
    for ref in found.undated:
        yield Basis(ref.id, "members", found.of.id if found.of else None)
    for entry in found.entries:
        for mechanism in entry.mechanisms or (None,):
            yield Basis(mechanism, EVENTS, (entry.date, entry.text), entry.sources)


def also_shows(found: History, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the parts whose beginnings and ends a history has, beside the memberships."""
    if found.of is None or found.of.kind != "country":
        ids = {id_ for entry in found.entries for id_ in entry.mechanisms} | ({found.of.id} if found.of else set())
        yield from Basis.parts(ids, *DATED_PARTS)
    else:
        lived = {id_ for entry in found.entries if entry.kind in ("founded", "ended") for id_ in entry.mechanisms}
        yield from Basis.parts(lived, "founded", "until")


def _subject(atlas: Atlas, name: str | Mechanism | Country) -> Mechanism | Country:
    try:
        return atlas.subject(name)
    except NoAnswerError:
        assert not isinstance(name, Country)  # noqa: S101 - countries exist on every date
        return atlas.mechanism_of_any_date(name)


def _undated(atlas: Atlas, country: str) -> tuple[Undated, ...]:
    """Return the mechanisms that list a country since a date that is not known, by id."""
    return tuple(
        Undated(mechanism.id, mechanism.name, member.joined_after)
        for mechanism in sorted(atlas.mechanisms_of(country), key=lambda mechanism: mechanism.id)
        for member in mechanism.members
        if member.code == country and member.since is None and member.joined_by is None
    )


def _is_on(entry: Entry | Event, country: str, atlas: Atlas) -> bool:
    """Return whether an event names a country, or is on the beginning or the end of a mechanism with it."""
    return country in entry.countries or (
        entry.kind in ("founded", "ended")
        and any(is_in_the_life_of(atlas.stored(id_), country, entry.kind, entry.date or "") for id_ in entry.mechanisms)
    )


def _entry(atlas: Atlas, record: Any, *, day: str = "", **others: Any) -> tuple[str, Entry]:
    """Return an entry after the *day* on which it counts, by default the last of its date."""
    day = day or last_day(record.date)
    return day, Entry.from_record(record, later=not atlas.is_past(day), **others)


def _events(atlas: Atlas) -> Iterator[tuple[str, Entry]]:
    dated = (event for event in atlas.context.events if event.date is not None)
    return (_entry(atlas, event) for event in filter(atlas.event_in_scope, dated))


def _resolutions(atlas: Atlas) -> Iterator[tuple[str, Entry]]:
    """Yield the dated resolutions whose number no event of the same date has in its text."""
    events = [(event.date, event.text) for event in atlas.context.events if event.kind == "resolution"]
    for record in atlas.context.resolutions:
        if record.date and not any(date == record.date and record.number in text for date, text in events):
            text = labelled(record.body, f"{record.number}, {record.title}")
            yield _entry(atlas, record, kind="resolution", text=text, mechanisms=(), countries=())


def _facts(atlas: Atlas, country: str | None, mechanism: str | None) -> Iterator[tuple[str, Entry]]:
    """Yield the dated beginnings and ends of facts of which no event that is shown tells."""
    events = [e for e in atlas.context.events if e.date and (country is None or _is_on(e, country, atlas))]
    bodies = [atlas.stored(mechanism)] if mechanism else atlas.naming(country) if country else atlas.dataset.mechanisms
    for body in filter(atlas.in_scope, bodies):
        here = (event for event in events if body.id in event.mechanisms)
        for told in tell(atlas, turns_of(body, here, only=country)):
            yield _entry(atlas, told, day=told.day, until=None, mechanisms=(body.id,), as_written=None)
