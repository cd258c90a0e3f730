"""Whether a mechanism lists a country: as what, since when, on what evidence, and what changed later."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.declaration import LOOK_UP, Shape, question
from govmap.errors import AmbiguousError, NotFoundError, UsageError
from govmap.fields import OWN_DATA
from govmap.language import _
from govmap.model import Country, Mechanism
from govmap.parts.changes import changes_in
from govmap.parts.roles import ObserverRow, observers_of
from govmap.questions.country import Reason, absence
from govmap.records import AnswerWithSources, Basis, CountryRef, MechanismRef, Trust, cited_by, country_ref, trust_in
from govmap.statements import Statement

DATES = ("since", "until", "joined_after", "joined_by")


class Membership(AnswerWithSources, frozen=True):
    """The answer to `membership COUNTRY MECHANISM`.

    `listed` is null where it is not known, which is not the same as false: the members of the mechanism are not, or the
    country joined between two days of which one is past. `note` says what the source leaves open, and when the country
    left or joined; `reasons` are its parts. `evidence` is that of the listing, past or to come where none holds, else
    of the list. `observers` are the roles in which the country is beside the mechanism, which is no listing.
    `elsewhere` are the mechanisms that list the country, this one left out.
    """

    country: CountryRef
    mechanism: MechanismRef
    as_of: str
    listed: bool | None
    relation: str | None
    since: str | None
    until: str | None
    joined_after: str | None
    joined_by: str | None
    evidence: Trust
    note: Statement | None
    reasons: tuple[Reason, ...]
    observers: tuple[ObserverRow, ...]
    elsewhere: tuple[MechanismRef, ...]


@question(
    LOOK_UP,
    "Peru RCM",
    "México CRM",
    "Guyana LAD",
    "Peru GCM",
    shapes=(Shape("membership", "membership COUNTRY MECHANISM", "Membership"),),
    batch=True,
)
def membership(atlas: Atlas, country: str | Country, mechanism: str | Mechanism) -> Membership:
    """Show whether a country is in a mechanism: in what role, since when, on what evidence.

    >>> import govmap
    >>> found = govmap.membership(govmap.load(), "Peru", "RCM")
    >>> found.listed, [ref.id for ref in found.elsewhere]
    (False, ['CAM', 'LAD', 'QUITO', 'R4V', 'RIAM', 'SACM'])

    Args:
        country: A country by name (English, Spanish, Portuguese, French) or ISO code.
        mechanism: A mechanism by id, acronym or name.

    Raises:
        NotFoundError: No country or mechanism has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        NoAnswerError: The mechanism did not exist on the date of the atlas.
        UsageError: Both names are of one kind, or the mechanism comes first.

    """
    try:
        asked, body = atlas.country(country), atlas.mechanism(mechanism)
    except (NotFoundError, AmbiguousError) as error:
        raise _of_other_kinds(atlas, country, mechanism) or error from error
    code = asked.alpha3
    seat = next((member for member in reversed(body.members) if member.code == code), None)
    record = atlas.stored(body.id)
    missing = absence(atlas, body, None if seat else record, code)
    open_ = next((member for member in record.members if member.code == code and member.is_open(atlas.as_of)), None)
    spell = seat or next((member for member in reversed(record.members) if member.code == code), None)
    evidence = trust_in(body, "members", spell)
    gone = (c for c in atlas.context.corrections if c.change == "withdrawn" and (c.id, c.part) == (body.id, "members"))
    if code in {correction.item for correction in gone}:
        evidence = Trust(OWN_DATA, None, None, ())
    happened = changes_in(atlas, (body.id,), only=code, parts=("members",))
    observers = tuple(row for row in observers_of(atlas, body) if row.code == code)
    others = sorted(atlas.mechanisms_of(code), key=lambda other: other.id)
    return Membership(
        country=country_ref(asked),
        mechanism=MechanismRef.from_record(body),
        as_of=atlas.as_of,
        listed=None if body.coverage == "mentioned" or (open_ and not seat) else seat is not None,
        relation=seat.relation if seat else None,
        **{key: getattr(seat or open_, key, None) for key in DATES},
        evidence=evidence,
        note=missing.note,
        reasons=missing.reasons,
        observers=observers,
        elsewhere=tuple(MechanismRef.from_record(other) for other in others if other.id != body.id),
        caution=atlas.caution,
        changes=happened,
        sources=cited_by(atlas, (evidence, missing, *happened, *(row.evidence for row in observers))),
    )


def _of_other_kinds(atlas: Atlas, country: str | Country, mechanism: str | Mechanism) -> UsageError | None:
    """Return the error with the call that is meant where the names are of two countries, or in the other order."""
    if isinstance(country, str) and isinstance(mechanism, str) and atlas.country_names.exact(mechanism):
        if atlas.mechanism_names.exact(country):
            message = _("Name the country first, then the mechanism")
            return UsageError(message, (Call("membership", mechanism, country),))
        if atlas.country_names.exact(country):
            return UsageError(_("Both names are countries"), (Call("compare", country, mechanism),))
    return None


def rests_on(found: Membership, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the listing of the country, or the list that it is not on, and where else it is listed."""
    yield Basis(found.mechanism.id, "members", found.country.code)
    yield Basis(found.mechanism.id, "relation")
    for row in found.observers:
        yield Basis(found.mechanism.id, "observers", sources=row.evidence.sources)
    yield from Basis.members((ref.id for ref in found.elsewhere), (found.country.code,))
