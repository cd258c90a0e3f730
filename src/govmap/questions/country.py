"""Where a country sits, on which themes, and where not."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import in_force
from govmap.declaration import LOOK_UP, question
from govmap.model import Country, Mechanism, Member
from govmap.records import Answer, Basis, Change, Result, SourceRef, Trust, changes, parts_of, source_refs, trust
from govmap.statements import Statement


class CountryHead(Result, frozen=True):
    """Which country the answer is about; `sovereign` is the state that a dependent territory belongs to."""

    code: str
    alpha2: str
    name: str
    kind: str
    sovereign: str | None


class SeatGroup(Result, frozen=True):
    """A group of a mechanism in which the country sits."""

    number: int
    name: str
    themes: tuple[str, ...]


class Seat(Result, frozen=True):
    """A mechanism that lists the country, and what that means.

    `since` is null where the start is not known; it lies between `joined_after` and `joined_by` where these are known.
    """

    id: str
    name: str
    relation: str
    since: str | None
    until: str | None
    joined_after: str | None
    joined_by: str | None
    secretariat: tuple[str, ...]
    groups: tuple[SeatGroup, ...]
    evidence: Trust
    secretariat_evidence: Trust


class Reason(Result, frozen=True):
    """Why a mechanism does not list a country that it names, as a code, the date in question, and in words."""

    code: str
    date: str | None
    text: Statement


class Absence(Result, frozen=True):
    """A mechanism that does not list the country; `note` says what the source leaves open, and when it left or joined.

    `sources` are those of a membership that does not hold; `reasons` are the parts of the note.
    """

    id: str
    name: str
    note: Statement | None
    sources: tuple[str, ...]
    reasons: tuple[Reason, ...]


class ThemeSeats(Result, frozen=True):
    """A theme, and the mechanisms that list the country and have a group on it."""

    id: str
    label: str
    mechanisms: tuple[str, ...]


class CountryProfile(Answer, frozen=True):
    """The answer to `country NAME`."""

    country: CountryHead
    as_of: str
    mechanisms: tuple[Seat, ...]
    not_in: tuple[Absence, ...]
    themes: tuple[ThemeSeats, ...]
    caution: Statement | None
    changes: tuple[Change, ...]
    sources: tuple[SourceRef, ...]


@question(LOOK_UP, "Perú", "CUB")
def country(atlas: Atlas, name: str | Country) -> CountryProfile:
    """Show where a country sits, on which themes, and where not.

    >>> import govmap
    >>> [seat.id for seat in govmap.country(govmap.load(), "Belice").mechanisms]
    ['CAM', 'LAD', 'MIRPS', 'RCM']
    """
    country = atlas.country(name)
    inside = sorted(atlas.mechanisms_of(country.alpha3), key=lambda mechanism: mechanism.id)
    seats = tuple(_seat(atlas, mechanism, country) for mechanism in inside)
    ids = {mechanism.id for mechanism in inside}
    happened = changes(atlas.changes(tuple(ids), only=country.alpha3), ids)
    absences = _absences(atlas, country, ids)
    used = [source for seat in seats for source in (*seat.evidence.sources, *seat.secretariat_evidence.sources)]
    used += [source for absence in absences for source in absence.sources]
    used += [source for change in happened for source in change.sources]
    return CountryProfile(
        country=CountryHead(country.alpha3, country.alpha2, country.name, country.kind, country.sovereign),
        as_of=atlas.as_of,
        mechanisms=seats,
        not_in=absences,
        themes=_themes(atlas, inside),
        caution=atlas.caution,
        changes=happened,
        sources=source_refs(atlas, used),
    )


def rests_on(profile: CountryProfile, _atlas: Atlas) -> Iterator[Basis]:
    """Yield whether each mechanism lists the country, and the other parts that are shown of those that do."""
    code = profile.country.code
    for seat in profile.mechanisms:
        yield Basis(seat.id, "members", code)
        yield from parts_of(seat.id, "relation", "secretariats", "groups")
    for absence in profile.not_in:
        yield Basis(absence.id, "members", code)


def _seat(atlas: Atlas, mechanism: Mechanism, country: Country) -> Seat:
    member = [member for member in mechanism.members if member.code == country.alpha3][-1]
    return Seat(
        id=mechanism.id,
        name=mechanism.name,
        relation=member.relation or "member",
        since=member.since,
        until=member.until,
        joined_after=member.joined_after,
        joined_by=member.joined_by,
        secretariat=tuple(sorted(secretariat.agency for secretariat in mechanism.secretariats)),
        groups=tuple(SeatGroup(g.number, g.name, tuple(sorted(g.themes))) for g in mechanism.groups),
        evidence=trust(member.evidence or atlas.evidence(mechanism, "members")),
        secretariat_evidence=trust(atlas.evidence(mechanism, "secretariats")),
    )


def _absences(atlas: Atlas, country: Country, inside: set[str]) -> tuple[Absence, ...]:
    outside = sorted((head for head in atlas.heads if head.id not in inside), key=lambda head: head.id)
    named = {mechanism.id: mechanism for mechanism in atlas.naming(country.alpha3)}
    absences = []
    for head in outside:
        reasons, sources = why_not_listed(named[head.id], country, atlas.as_of) if head.id in named else ((), ())
        absences.append(Absence(head.id, head.name, note_of(reasons), sources, reasons))
    return tuple(absences)


def why_not_listed(mechanism: Mechanism, country: Country, as_of: str) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Return why a mechanism does not list a country that it names, and the sources of its leaving or joining later.

    *mechanism* is the whole record, of every date.
    """
    unclear = [one for one in mechanism.unclear_members if one.code == country.alpha3]
    reasons = [Reason("left open", None, Statement("as the data say", texts=(one.note,))) for one in unclear]
    spells = [member for member in mechanism.members if member.code == country.alpha3]
    reasons += [_why_out(spell, as_of) for spell in spells]
    sources = dict.fromkeys(id_ for spell in spells if spell.evidence for id_ in spell.evidence.sources)
    return tuple(reasons), tuple(sources)


def note_of(reasons: tuple[Reason, ...]) -> Statement | None:
    """Return several reasons as one note."""
    return Statement("as the data say", texts=tuple(reason.text for reason in reasons)) if reasons else None


def _why_out(member: Member, as_of: str) -> Reason:
    """Return when a membership that does not hold ended, or when it was yet to begin."""
    if member.until is not None and not in_force(None, member.until, as_of):
        return _dated_reason("left", member.until)
    if member.since is not None:
        return _dated_reason("joined later", member.since)
    if member.joined_by is not None:
        return _dated_reason("joined later, by", member.joined_by)
    return _dated_reason("joined later, after", member.joined_after or "")


def _dated_reason(code: str, date: str) -> Reason:
    return Reason(code, date, Statement(code, date=date))


def _themes(atlas: Atlas, inside: list[Mechanism]) -> tuple[ThemeSeats, ...]:
    found: dict[str, set[str]] = {}
    for mechanism in inside:
        for theme in atlas.themes_of(mechanism):
            found.setdefault(theme, set()).add(mechanism.id)
    return tuple(ThemeSeats(id_, atlas.themes[id_].label, tuple(sorted(found[id_]))) for id_ in sorted(found))
