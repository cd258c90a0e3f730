"""Whether a mechanism lists a country: as what, since when, on what evidence, and what changed later."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.declaration import LOOK_UP, Shape, question
from govmap.model import Country, Mechanism
from govmap.questions.country import Reason, note_of, why_not_listed
from govmap.records import (
    Answer,
    Basis,
    Change,
    CountryRef,
    MechanismRef,
    SourceRef,
    Trust,
    changes_in,
    country_ref,
    mechanism_ref,
    source_refs,
    trust,
)
from govmap.statements import Statement

SPELL = ("relation", "since", "until", "joined_after", "joined_by")


class Membership(Answer, frozen=True):
    """The answer to `membership COUNTRY MECHANISM`.

    `listed` is null where the members of the mechanism are not known, which is not the same as false. `note` says what
    the source leaves open, and when the country left or joined; `reasons` are its parts. `evidence` is that of the
    listing, else of the list. `elsewhere` are the mechanisms that list the country, this one left out.
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
    elsewhere: tuple[MechanismRef, ...]
    caution: Statement | None
    changes: tuple[Change, ...]
    sources: tuple[SourceRef, ...]


@question(
    LOOK_UP,
    *("Peru RCM", "México CRM", "Guyana LAD", "Peru CMC"),
    shapes=(Shape("membership", "membership COUNTRY MECHANISM", "Membership"),),
)
def membership(atlas: Atlas, country: str | Country, mechanism: str | Mechanism) -> Membership:
    """Show whether a mechanism lists a country: as what, since when, on what evidence.

    >>> import govmap
    >>> found = govmap.membership(govmap.load(), "Peru", "RCM")
    >>> found.listed, [ref.id for ref in found.elsewhere]
    (False, ['CAM', 'LAD', 'QUITO', 'R4V', 'RIAM', 'SACM'])
    """
    asked, body = atlas.country(country), atlas.mechanism(mechanism)
    seat = next((member for member in reversed(body.members) if member.code == asked.alpha3), None)
    reasons, reason_sources = ((), ()) if seat else why_not_listed(atlas.record(body.id), asked, atlas.as_of)
    evidence = trust((seat and seat.evidence) or atlas.evidence(body, "members"))
    happened = changes_in(atlas, (body.id,), only=asked.alpha3, parts=("members",))
    used = [*evidence.sources, *reason_sources, *(source for change in happened for source in change.sources)]
    others = sorted(atlas.mechanisms_of(asked.alpha3), key=lambda other: other.id)
    return Membership(
        country=country_ref(asked),
        mechanism=mechanism_ref(body),
        as_of=atlas.as_of,
        listed=None if body.coverage == "mentioned" else seat is not None,
        **{key: getattr(seat, key, None) for key in SPELL},
        evidence=evidence,
        note=note_of(reasons),
        reasons=reasons,
        elsewhere=tuple(mechanism_ref(other) for other in others if other.id != body.id),
        caution=atlas.caution,
        changes=happened,
        sources=source_refs(atlas, used),
    )


def rests_on(found: Membership, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the listing of the country, or the list that it is not on, and where else it is listed."""
    yield Basis(found.mechanism.id, "members", found.country.code)
    yield Basis(found.mechanism.id, "relation")
    yield from (Basis(ref.id, "members", found.country.code) for ref in found.elsewhere)
