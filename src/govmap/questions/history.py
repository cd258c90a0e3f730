"""What happened when: founding, joining, leaving, changing, meetings and resolutions, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import first_day, last_day
from govmap.errors import NoAnswerError
from govmap.model import Country, Mechanism
from govmap.parts.timeline import dated_records
from govmap.questions.compare import resolve_names
from govmap.records import Result, SourceRef, Subject, source_refs


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


class Undated(Result, frozen=True):
    """A mechanism that lists the country since a date that is not known; on `joined_after` it was still out."""

    id: str
    name: str
    joined_after: str | None


class History(Result, frozen=True):
    """The answer to `history`. `undated` are the mechanisms that list the country since a date that is not known."""

    of: Subject | None
    as_of: str
    entries: tuple[Entry, ...]
    undated: tuple[Undated, ...]
    caution: str | None
    sources: tuple[SourceRef, ...]


def tell_history(atlas: Atlas, of: Mechanism | Country | None = None) -> History:
    """Return the dated events of the dataset, or of one mechanism or country.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> [(entry.date, entry.kind) for entry in govmap.tell_history(atlas, atlas.country("Nicaragua")).entries]
    [('2018-11', 'meeting'), ('2023-11-19', 'left')]
    """
    mechanism = of.id if isinstance(of, Mechanism) else None
    country = of.alpha3 if isinstance(of, Country) else None
    told = [*_events(atlas), *_resolutions(atlas), *_records(atlas, country)]
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


def resolve_subject(atlas: Atlas, typed: str) -> Mechanism | Country:
    """Return what *typed* names: a country, or a mechanism, which may have a history on a date on which it was not.

    Raises NotFoundError or AmbiguousError where none is sure.
    """
    try:
        return resolve_names(atlas, (typed,))[1][0]
    except NoAnswerError:
        return atlas.mechanism_of_any_date(typed)


def _undated(atlas: Atlas, country: str) -> tuple[Undated, ...]:
    """Return the mechanisms that list a country since a date that is not known, in the order of the dataset."""
    inside = {mechanism.id: mechanism for mechanism in atlas.mechanisms_of(country)}
    seats = ((m, member) for m in inside.values() for member in m.members if member.code == country)
    return tuple(
        Undated(mechanism.id, mechanism.name, member.joined_after)
        for mechanism, member in seats
        if member.since is None and member.joined_by is None
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
    """Yield the dated resolutions that no event of the same date tells by their number."""
    told = [(event.date, event.text) for event in atlas.dataset.events if event.kind == "resolution"]
    for resolution in atlas.dataset.resolutions:
        if resolution.date is not None and not any(
            date == resolution.date and resolution.number in text for date, text in told
        ):
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


def _records(atlas: Atlas, country: str | None) -> Iterator[Entry]:
    """Yield what the records date and no event tells."""
    for one in dated_records(atlas, country):
        yield Entry(
            date=one.date,
            until=None,
            kind=one.kind,
            text=one.text,
            mechanisms=(one.mechanism,),
            countries=one.countries,
            later=_is_later(atlas, one.date),
            as_written=None,
            sources=one.sources,
        )


def _is_later(atlas: Atlas, date: str) -> bool:
    return not atlas.is_past(date)
