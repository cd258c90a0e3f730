"""Where a country sits, on which themes, and where not."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import in_force
from govmap.declaration import LOOK_UP, question
from govmap.facts.database import Head
from govmap.model import Country, Mechanism, Member
from govmap.parts.changes import changes_in
from govmap.parts.roles import ChairNow, ObservedRow, chair_of, observed_by
from govmap.parts.turns import is_in_the_life_of
from govmap.records import AnswerWithSources, Basis, Change, MechanismRef, Result, ThemeRef, Trust, cited_by, trust_in
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


class Seat(MechanismRef, frozen=True):
    """A mechanism that lists the country, and what that means.

    `since` is null where the start is not known; it lies between `joined_after` and `joined_by` where these are known.
    `evidence_of_agencies` has the agencies (ids) that rest on other evidence than the secretariat as a whole.
    """

    relation: str
    since: str | None
    until: str | None
    joined_after: str | None
    joined_by: str | None
    secretariat: tuple[str, ...]
    groups: tuple[SeatGroup, ...]
    evidence: Trust
    secretariat_evidence: Trust
    evidence_of_agencies: dict[str, Trust]
    chair: ChairNow | None


class Reason(Result, frozen=True):
    """Why a mechanism does not list a country that it names, as a code, the date in question, and in words."""

    code: str
    date: str | None
    text: Statement


class Absence(MechanismRef, frozen=True):
    """A mechanism that does not list the country; `note` says what the source leaves open, and when it left or joined.

    `sources` are those of a membership that does not hold; `reasons` are the parts of the note.
    """

    note: Statement | None
    sources: tuple[str, ...]
    reasons: tuple[Reason, ...]


class ThemeSeats(ThemeRef, frozen=True):
    """A theme, and the mechanisms that list the country and have a group on it."""

    mechanisms: tuple[str, ...]


class CountryProfile(AnswerWithSources, frozen=True):
    """The answer to `country NAME`.

    `themes_unknown` are those of the mechanisms (ids) of which no groups are listed, which is not to say that there are
    none. `observes` are the mechanisms that the country is beside and not in. `other_bodies` list it and are not of the
    source of the dataset; where they are asked for, they are among the `mechanisms`.
    """

    country: CountryHead
    as_of: str
    mechanisms: tuple[Seat, ...]
    not_in: tuple[Absence, ...]
    themes: tuple[ThemeSeats, ...]
    themes_unknown: tuple[str, ...]
    observes: tuple[ObservedRow, ...]
    other_bodies: tuple[Seat, ...]


@question(LOOK_UP, "Honduras", "CUB", batch=True, plural_command="compare")
def country(atlas: Atlas, name: str | Country) -> CountryProfile:
    """Show a country's mechanisms and themes, and those it is left out of.

    >>> import govmap
    >>> [seat.id for seat in govmap.country(govmap.load(), "Belice").mechanisms]
    ['CAM', 'LAD', 'MIRPS', 'RCM']

    Args:
        name: A country by name (English, Spanish, Portuguese, French) or ISO code.

    Raises:
        NotFoundError: No country has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.

    """
    country = atlas.country(name)
    inside = sorted(atlas.mechanisms_of(country.alpha3), key=lambda mechanism: mechanism.id)
    seats = tuple(_seat(atlas, mechanism, country) for mechanism in inside)
    ids = {mechanism.id for mechanism in inside}
    absences = _absences(atlas, country, ids)
    naming = {body.id for body in atlas.naming(country.alpha3) if atlas.in_scope(body)}
    every = changes_in(atlas, naming | ids, only=country.alpha3, parts=(), with_new=True)
    happened = tuple(change for change in every if change.mechanism in ids or _is_on(change, country.alpha3, atlas))
    beyond = sorted(atlas.out_of_scope_listing(country.alpha3), key=lambda mechanism: mechanism.id)
    others = tuple(_seat(atlas, mechanism, country) for mechanism in beyond)
    observes = observed_by(atlas, country.alpha3)
    pieces = (piece for seat in seats for piece in (seat.evidence, seat.secretariat_evidence))
    more = (
        *(row.evidence for row in observes),
        *(seat.evidence for seat in others),
        *(piece for seat in seats for piece in seat.evidence_of_agencies.values()),
        *(piece for seat in (*seats, *others) for piece in _pieces_of_chair(seat)),
    )
    return CountryProfile(
        country=CountryHead.from_record(country, code=country.alpha3),
        as_of=atlas.as_of,
        mechanisms=seats,
        not_in=absences,
        themes=_themes(atlas, inside),
        themes_unknown=atlas.with_unknown_groups(country.alpha3),
        observes=observes,
        other_bodies=others,
        caution=atlas.caution,
        changes=happened,
        sources=cited_by(atlas, (*pieces, *absences, *happened, *more)),
    )


def rests_on(profile: CountryProfile, _atlas: Atlas) -> Iterator[Basis]:
    """Yield whether each mechanism lists the country, and the other parts that are shown of those that do."""
    code = profile.country.code
    for seat in profile.mechanisms:
        yield Basis(seat.id, "members", code)
        yield from Basis.parts((seat.id,), "relation", "secretariats", "groups")
    for seat in profile.other_bodies:
        yield Basis(seat.id, "members", code)
        yield Basis(seat.id, "relation")
    for seat in (*profile.mechanisms, *profile.other_bodies):
        for piece in _pieces_of_chair(seat):
            yield Basis(seat.id, "chairs", sources=piece.sources)
    for row in profile.observes:
        yield Basis(row.id, "observers", sources=row.evidence.sources)
    yield from Basis.members((absence.id for absence in profile.not_in), (code,))


def _is_on(change: Change, code: str, atlas: Atlas) -> bool:
    """Return whether a change of a mechanism that does not list a country is on the country."""
    if code in change.countries or change.kind != "ended":
        return code in change.countries or change.kind == "founded"
    return is_in_the_life_of(atlas.stored(change.mechanism), code, change.kind, change.date)


def _seat(atlas: Atlas, mechanism: Mechanism, country: Country) -> Seat:
    member = [member for member in mechanism.members if member.code == country.alpha3][-1]
    apart = {each.agency: Trust.apart(atlas, mechanism, each) for each in mechanism.secretariats}
    return Seat.from_record(
        member,
        id=mechanism.id,
        name=mechanism.name,
        secretariat=tuple(sorted(secretariat.agency for secretariat in mechanism.secretariats)),
        groups=tuple(SeatGroup.from_record(g, themes=tuple(sorted(g.themes))) for g in mechanism.groups),
        evidence=trust_in(mechanism, "members", member),
        secretariat_evidence=Trust.of_list(atlas, mechanism, "secretariats"),
        evidence_of_agencies={agency: held for agency, held in apart.items() if held},
        chair=chair_of(atlas, mechanism),
    )


def _pieces_of_chair(seat: Seat) -> tuple[Trust, ...]:
    """Return the evidence of those that chair a mechanism, or are the last known to."""
    chair = seat.chair
    return tuple(row.evidence for row in (*chair.held_by, *chair.last_known)) if chair else ()


def _absences(atlas: Atlas, country: Country, inside: set[str]) -> tuple[Absence, ...]:
    outside = sorted((head for head in atlas.covered_heads if head.id not in inside), key=lambda head: head.id)
    records = {mechanism.id: mechanism for mechanism in atlas.naming(country.alpha3)}
    return tuple(absence(atlas, head, records.get(head.id), country.alpha3) for head in outside)


def absence(atlas: Atlas, mechanism: Head | Mechanism, record: Mechanism | None, code: str) -> Absence:
    """Return why a mechanism does not list a country that its *record*, of every date, names, if it does."""
    unclear = [entry.note for entry in record.unclear_members if entry.code == code] if record else []
    spells = [member for member in record.members if member.code == code] if record else []
    reasons = (
        *(Reason("left open", None, Statement("as the data say", texts=(note,))) for note in unclear),
        *(_why_out(spell, atlas.as_of) for spell in spells),
    )
    note = Statement("as the data say", texts=tuple(reason.text for reason in reasons)) if reasons else None
    sources = dict.fromkeys(id_ for spell in spells if spell.evidence for id_ in spell.evidence.sources)
    return Absence(mechanism.id, mechanism.name, note, tuple(sources), reasons)


def _why_out(spell: Member, as_of: str) -> Reason:
    """Return when a membership that does not hold ended, or when it was yet to begin."""
    if spell.is_open(as_of) and spell.joined_after and spell.joined_by:
        between = Statement("joined between", after=spell.joined_after, by=spell.joined_by)
        return Reason("joined between", spell.joined_by, between)
    has_ended = spell.until is not None and not in_force(None, spell.until, as_of)
    dates = {
        "left": spell.until if has_ended else None,
        "joined later": spell.since,
        "joined later, by": spell.joined_by,
        "joined later, after": spell.joined_after or "",
    }
    code, date = next((code, date) for code, date in dates.items() if date is not None)
    return Reason(code, date, Statement(code, date=date))


def _themes(atlas: Atlas, inside: list[Mechanism]) -> tuple[ThemeSeats, ...]:
    found: dict[str, set[str]] = {}
    for mechanism in inside:
        for theme in atlas.themes_of(mechanism):
            found.setdefault(theme, set()).add(mechanism.id)
    return tuple(ThemeSeats(id_, atlas.themes[id_].label, tuple(sorted(found[id_]))) for id_ in sorted(found))
