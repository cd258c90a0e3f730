"""One mechanism: members, groups, secretariats, dates and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import last_day
from govmap.declaration import LOOK_UP, question
from govmap.language import Language, by_language
from govmap.mechanism_parts import PARTS
from govmap.model import FormerName, Group, Mechanism, Member
from govmap.parts.changes import changes_in
from govmap.parts.links import LinkRow, links_of
from govmap.parts.roles import ChairNow, ObserverRow, chair_of, observers_of
from govmap.records import (
    Answer,
    Basis,
    Change,
    CountryRef,
    MechanismSummary,
    Result,
    SourceRef,
    SpanRow,
    Trust,
    cited_by,
    country_refs,
)
from govmap.statements import Statement


class CalledRow(Result, frozen=True):
    """A name of the mechanism, from `since`, its first day, until `until`, the first day of the next one."""

    names: dict[Language, str]
    acronyms: dict[Language, str]
    since: str | None
    until: str | None
    evidence: Trust | None


class MechanismHead(MechanismSummary, frozen=True):
    """Which mechanism the answer is about, and `called`: all its names of every date, `[]` where it had but one."""

    names: dict[Language, str]
    acronyms: dict[Language, str]
    proposed_names: tuple[Language, ...]
    as_written: str | None
    parent: str | None
    note: str | None
    until: str | None
    called: tuple[CalledRow, ...]


class MemberRow(CountryRef, frozen=True):
    """A country that the mechanism lists."""

    relation: str
    since: str | None
    until: str | None
    joined_after: str | None
    joined_by: str | None
    kind: str
    evidence: Trust | None


class SecretariatRow(SpanRow, frozen=True):
    """An agency that serves the mechanism; `evidence` is null where it is that of the list."""

    agency: str
    name: str
    note: str | None
    unit: str | None
    as_written: str | None
    evidence: Trust | None


class GroupRow(SpanRow, frozen=True):
    """A group of the mechanism.

    `names` are those by language, `{}` where the data have one in one language alone. `name_sources` are the sources
    (ids) in which they are published; any other is a wording of the dataset's own, but in English.
    """

    number: int
    name: str
    as_written: str | None
    pillar: int | None
    themes: tuple[str, ...]
    other_number: int | None
    sub_body: str | None
    names: dict[Language, str]
    name_sources: dict[Language, str]
    leads: tuple[CountryRef, ...]
    leads_since: str | None
    evidence: Trust | None


class PillarRow(SpanRow, frozen=True):
    """A heading under which groups stand."""

    number: int
    name: str
    as_written: str | None


class SubBodyRow(SpanRow, frozen=True):
    """A body of the mechanism; groups name it by its id."""

    id: str
    name: str
    note: str | None


class NamedBy(Result, frozen=True):
    """A resolution that names the mechanism, and what it says of it: that it recognises, urges or mandates it."""

    id: str
    number: str
    date: str | None
    says: str
    text: str


class MechanismProfile(Answer, frozen=True):
    """The answer to `mechanism NAME`.

    `members`, `groups` and `secretariat` are null where the source is silent, which is not the same as none: a list
    that has dates, none of which holds, is empty.
    `chair` is null where no chair is known at any date. `observers` are beside the mechanism and not in it. `links` are
    its known contacts with others, empty where none is known. `evidence` is keyed by the part that it speaks of.
    """

    mechanism: MechanismHead
    as_of: str
    members: tuple[MemberRow, ...] | None
    secretariat: tuple[SecretariatRow, ...] | None
    group_label: str | None
    groups: tuple[GroupRow, ...] | None
    observers: tuple[ObserverRow, ...]
    chair: ChairNow | None
    links: tuple[LinkRow, ...]
    named_by: tuple[NamedBy, ...]
    pillars: tuple[PillarRow, ...]
    sub_bodies: tuple[SubBodyRow, ...]
    unclear: dict[str, Statement]
    caution: Statement | None
    changes: tuple[Change, ...]
    evidence: dict[str, Trust]
    sources: tuple[SourceRef, ...]


@question(LOOK_UP, '"Proceso de Quito"', "RCM", "CMC", batch=True, plural_command="compare")
def mechanism(atlas: Atlas, name: str | Mechanism) -> MechanismProfile:
    """Show one mechanism: members, groups, secretariat, evidence.

    >>> import govmap
    >>> profile = govmap.mechanism(govmap.load(), "Proceso de Quito")
    >>> len(profile.members), len(profile.groups), [row.agency for row in profile.secretariat]
    (13, 10, ['IOM', 'UNHCR'])

    Args:
        name: A mechanism by id, acronym or name.

    Raises:
        NotFoundError: No mechanism has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        NoAnswerError: The mechanism did not exist on the date of the atlas.

    """
    mechanism = atlas.mechanism(name)
    happened = changes_in(atlas, (mechanism.id,), parts=())
    evidence = _evidence(atlas, mechanism)
    items: tuple[Member | Group | FormerName, ...] = (*mechanism.members, *mechanism.groups, *mechanism.former_names)
    secretariat = _secretariat(atlas, mechanism)
    observers, chair, links = observers_of(atlas, mechanism), chair_of(atlas, mechanism), links_of(atlas, mechanism)
    around = (
        *(row.evidence for row in observers),
        *(row.evidence for row in ((*chair.held_by, *chair.last_known) if chair else ())),
        *(row.evidence for row in secretariat or ()),
        *(link.evidence for link in links),
    )
    return MechanismProfile(
        mechanism=MechanismHead.from_record(mechanism, called=tuple(_names_over_time(atlas.stored(mechanism.id)))),
        as_of=atlas.as_of,
        members=_members(atlas, mechanism),
        secretariat=secretariat,
        group_label=mechanism.group_label,
        groups=_groups(atlas, mechanism),
        observers=observers,
        chair=chair,
        links=links,
        named_by=tuple(_named_by(atlas, mechanism.id)),
        pillars=tuple(PillarRow.from_record(pillar) for pillar in mechanism.pillars),
        sub_bodies=tuple(SubBodyRow.from_record(body) for body in mechanism.sub_bodies),
        unclear=_unclear(atlas, mechanism),
        caution=atlas.caution,
        changes=happened,
        evidence=evidence,
        sources=cited_by(atlas, (*evidence.values(), *(item.evidence for item in items), *happened, *around)),
    )


def rests_on(profile: MechanismProfile, atlas: Atlas) -> Iterator[Basis]:
    """Yield every part of the mechanism."""
    from govmap.parts.provenance import whole  # not for an answer without its sources

    yield from whole(atlas, profile.mechanism.id)
    cited = {resolution.id: resolution.sources for resolution in atlas.context.resolutions}
    for named in profile.named_by:
        yield Basis(profile.mechanism.id, "resolutions", sources=cited[named.id])


def _evidence(atlas: Atlas, mechanism: Mechanism) -> dict[str, Trust]:
    """Return how far each part can be trusted; what own data leave alone in a list keeps its own evidence."""
    own = {part.label for part in PARTS if part.needs_source} & atlas.own_lists(mechanism.id)
    return {part: Trust.of_list(atlas, mechanism, part) for part in sorted({*mechanism.evidence, *own})}


def _named_by(atlas: Atlas, id_: str) -> Iterator[NamedBy]:
    """Yield what resolutions of any date until that of the answer say of a mechanism."""
    for resolution in atlas.context.resolutions:
        for point in resolution.points:
            if id_ in point.mechanisms and (resolution.date is None or atlas.is_past(resolution.date)):
                yield NamedBy.from_record(resolution, says=point.says, text=point.text)


def _names_over_time(record: Mechanism) -> Iterator[CalledRow]:
    """Yield the names of a mechanism in the order of time, the present one last; nothing where it had but one.

    The present name rests on the evidence of the change to it.
    """
    since = evidence = None
    for name in sorted(record.former_names, key=lambda name: last_day(name.until)):
        evidence = Trust.own(name)
        yield CalledRow.from_record(name, since=since, evidence=evidence)
        since = name.until
    if since is not None:
        yield CalledRow.from_record(record, since=since, until=None, evidence=evidence)


def _members(atlas: Atlas, mechanism: Mechanism) -> tuple[MemberRow, ...] | None:
    if mechanism.coverage == "mentioned":
        return None
    listed = ((member, atlas.countries[member.code]) for member in mechanism.members)
    return tuple(
        MemberRow.from_record(member, name=country.name, kind=country.kind, evidence=Trust.own(member))
        for member, country in listed
    )


def _secretariat(atlas: Atlas, mechanism: Mechanism) -> tuple[SecretariatRow, ...] | None:
    if atlas.is_unknown(mechanism, "secretariats"):
        return None
    rows = (
        SecretariatRow.from_record(s, name=atlas.agencies[s.agency].name, evidence=Trust.apart(atlas, mechanism, s))
        for s in mechanism.secretariats
    )
    return tuple(sorted(rows, key=lambda row: row.agency))


def _groups(atlas: Atlas, mechanism: Mechanism) -> tuple[GroupRow, ...] | None:
    if atlas.is_unknown(mechanism, "groups"):
        return None
    return tuple(
        GroupRow.from_record(
            group,
            themes=tuple(sorted(group.themes)),
            names=by_language(group.names),
            leads=country_refs(atlas, group.leads),
            leads_since=group.leads_since if group.leads else None,
            evidence=Trust.own(group),
        )
        for group in mechanism.groups
    )


def _unclear(atlas: Atlas, mechanism: Mechanism) -> dict[str, Statement]:
    """Return why something is open, by alpha-3 code or by the part that is null."""
    reasons = {unclear.code: _as_stated(unclear.note) for unclear in mechanism.unclear_members}
    for member in atlas.stored(mechanism.id).members:
        if member.is_open(atlas.as_of) and member.joined_after and member.joined_by:
            reasons[member.code] = Statement("joined between", after=member.joined_after, by=member.joined_by)
    if mechanism.coverage == "mentioned":
        reasons["members"] = Statement("members not given" if mechanism.scope == "note" else "members not known")
    elif atlas.is_unknown(mechanism, "groups") and "groups" in mechanism.evidence:
        note = mechanism.evidence["groups"].note
        reasons["groups"] = _as_stated(note) if note else Statement("groups not listed")
    if atlas.is_unknown(mechanism, "secretariats"):
        note = mechanism.secretariats_note or getattr(mechanism.evidence.get("secretariats"), "note", None)
        reasons["secretariat"] = _as_stated(note) if note else Statement("secretariat not stated")
    return reasons


def _as_stated(note: str) -> Statement:
    return Statement("as the data say", texts=(note,))
