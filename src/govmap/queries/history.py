"""What happened when: founding, joining, leaving, changing, meetings and resolutions, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import first_day, last_day
from govmap.language import ngettext
from govmap.model import Country, Mechanism
from govmap.queries.records import MechanismRef, Result, SourceRef, Subject, mechanism_ref, source_refs
from govmap.texts import enumerated

MANY = 5  # countries that are named one by one in a line


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


class History(Result, frozen=True):
    """The answer to `history`. `undated` are the mechanisms that list the country since a date that is not known."""

    of: Subject | None
    as_of: str
    entries: tuple[Entry, ...]
    undated: tuple[MechanismRef, ...]
    caution: str | None
    sources: tuple[SourceRef, ...]


def tell_history(atlas: Atlas, of: Mechanism | Country | None = None) -> History:
    """Return the dated events of the dataset, or of one mechanism or country.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> [(entry.date, entry.kind) for entry in govmap.tell_history(atlas, atlas.country("Nicaragua")).entries]
    [('2023-11-19', 'left')]
    """
    mechanism = of.id if isinstance(of, Mechanism) else None
    country = of.alpha3 if isinstance(of, Country) else None
    told = [*_events(atlas), *_resolutions(atlas), *_spells(atlas, country)]
    entries = [
        entry
        for entry in told
        if (mechanism is None or mechanism in entry.mechanisms) and (country is None or country in entry.countries)
    ]
    entries.sort(key=lambda entry: (first_day(entry.date), last_day(entry.date), entry.kind, entry.text))
    subject = None
    if of is not None:
        subject = Subject("mechanism" if mechanism else "country", mechanism or country or "", of.name)
    return History(
        of=subject,
        as_of=atlas.as_of,
        entries=tuple(entries),
        undated=_undated(atlas, country) if country else (),
        caution=atlas.caution,
        sources=source_refs(atlas, [id_ for entry in entries for id_ in entry.sources]),
    )


def _undated(atlas: Atlas, country: str) -> tuple[MechanismRef, ...]:
    seats = ((m, atlas.seats[m.id].get(country)) for m in atlas.covered)
    return tuple(
        mechanism_ref(m)
        for m, member in seats
        if member and not (member.since or member.joined_by or member.joined_after)
    )


def _events(atlas: Atlas) -> Iterator[Entry]:
    for event in atlas.dataset.events:
        if event.date is not None:
            yield Entry(
                date=event.date,
                until=event.until,
                kind=event.kind,
                text=event.text,
                mechanisms=event.mechanisms,
                countries=event.countries,
                later=_is_later(atlas, event.date),
                as_written=event.as_written,
                sources=event.sources,
            )


def _resolutions(atlas: Atlas) -> Iterator[Entry]:
    """Yield the dated resolutions that no event of the same date tells."""
    dates = {event.date for event in atlas.dataset.events if event.kind == "resolution"}
    for resolution in atlas.dataset.resolutions:
        if resolution.date is not None and resolution.date not in dates:
            yield Entry(
                date=resolution.date,
                until=resolution.until,
                kind="resolution",
                text=f"{resolution.body}: {resolution.number}, {resolution.title}",
                mechanisms=(),
                countries=(),
                later=_is_later(atlas, resolution.date),
                as_written=resolution.as_written,
                sources=resolution.sources,
            )


def _spells(atlas: Atlas, country: str | None) -> Iterator[Entry]:
    """Yield the dated starts and ends of memberships that no event tells, those of one day and mechanism together.

    In the history of a *country* an event tells of it only where it names it.
    """
    told = {
        (event.date, id_)
        for event in atlas.dataset.events
        for id_ in event.mechanisms
        if country is None or country in event.countries
    }
    found: dict[tuple[str, str, str], list[str]] = {}
    for mechanism in atlas.dataset.mechanisms:
        for member in mechanism.members:
            for kind, date in (("joined", member.since), ("left", member.until)):
                if date is not None and (date, mechanism.id) not in told and country in (None, member.code):
                    found.setdefault((date, mechanism.id, kind), []).append(member.code)
    for (date, id_, kind), codes in found.items():
        names = [atlas.countries[code].name for code in sorted(codes)]
        number = len(names)
        who = enumerated(names) if number <= MANY else ngettext("{n} country", "{n} countries", number).format(n=number)
        text = (
            ngettext("{who} is listed by {mechanism}", "{who} are listed by {mechanism}", number)
            if kind == "joined"
            else ngettext(
                "{who} is no longer listed by {mechanism}", "{who} are no longer listed by {mechanism}", number
            )
        )
        yield Entry(
            date=date,
            until=None,
            kind=kind,
            text=text.format(who=who, mechanism=id_),
            mechanisms=(id_,),
            countries=tuple(sorted(codes)),
            later=_is_later(atlas, date),
            as_written=None,
            sources=(),
        )


def _is_later(atlas: Atlas, date: str) -> bool:
    return last_day(date) > last_day(atlas.as_of)
