"""One mechanism: members, groups, secretariats, dates and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import last_day
from govmap.declaration import LOOK_UP, question
from govmap.language import Language
from govmap.model import Evidence, Mechanism
from govmap.records import Answer, Basis, Change, Result, SourceRef, Trust, changes, source_refs, trust
from govmap.statements import Statement


class CalledRow(Result, frozen=True):
    """A name of the mechanism, from `since`, its first day, until `until`, the first day of the next one."""

    names: dict[Language, str]
    acronyms: dict[Language, str]
    since: str | None
    until: str | None
    evidence: Trust | None


class MechanismHead(Result, frozen=True):
    """Which mechanism the answer is about, and `called`: all its names of every date, `[]` where it had but one."""

    id: str
    name: str
    kind: str
    coverage: str
    relation: str | None
    founded: str | None
    website: str | None
    names: dict[Language, str]
    acronyms: dict[Language, str]
    proposed_names: tuple[Language, ...]
    as_written: str | None
    parent: str | None
    note: str | None
    until: str | None
    called: tuple[CalledRow, ...]


class MemberRow(Result, frozen=True):
    """A country that the mechanism lists."""

    code: str
    name: str
    relation: str
    since: str | None
    until: str | None
    joined_after: str | None
    joined_by: str | None
    kind: str
    evidence: Trust | None


class SecretariatRow(Result, frozen=True):
    """An agency that serves the mechanism."""

    agency: str
    name: str
    note: str | None
    unit: str | None
    as_written: str | None
    since: str | None
    until: str | None


class GroupRow(Result, frozen=True):
    """A group of the mechanism."""

    number: int
    name: str
    as_written: str | None
    pillar: int | None
    themes: tuple[str, ...]
    other_number: int | None
    sub_body: str | None
    evidence: Trust | None
    since: str | None
    until: str | None


class PillarRow(Result, frozen=True):
    """A heading under which groups stand."""

    number: int
    name: str
    as_written: str | None
    since: str | None
    until: str | None


class SubBodyRow(Result, frozen=True):
    """A body of the mechanism; groups name it by its id."""

    id: str
    name: str
    note: str | None
    since: str | None
    until: str | None


class MechanismProfile(Answer, frozen=True):
    """The answer to `mechanism NAME`.

    `members`, `groups` and `secretariat` are null where the source is silent, which is not the same as none: a list
    that has dates, none of which holds, is empty.
    `evidence` is keyed by the part that it speaks of.
    """

    mechanism: MechanismHead
    as_of: str
    members: tuple[MemberRow, ...] | None
    secretariat: tuple[SecretariatRow, ...] | None
    group_label: str | None
    groups: tuple[GroupRow, ...] | None
    pillars: tuple[PillarRow, ...]
    sub_bodies: tuple[SubBodyRow, ...]
    unclear: dict[str, Statement]
    caution: Statement | None
    changes: tuple[Change, ...]
    evidence: dict[str, Trust]
    sources: tuple[SourceRef, ...]


@question(LOOK_UP, '"Proceso de Quito"', "RCM", "CMC")
def mechanism(atlas: Atlas, name: str | Mechanism) -> MechanismProfile:
    """Show one mechanism: members, groups, secretariat, evidence.

    >>> import govmap
    >>> profile = govmap.mechanism(govmap.load(), "Proceso de Quito")
    >>> len(profile.members), len(profile.groups), [row.agency for row in profile.secretariat]
    (13, 10, ['IOM', 'UNHCR'])
    """
    mechanism = atlas.mechanism(name)
    events = atlas.changes((mechanism.id,))
    happened = changes(events, {mechanism.id})
    evidence = {part: trust(piece) for part, piece in sorted(mechanism.evidence.items())}
    pieces: list[Evidence | None] = [row.evidence for row in mechanism.members]
    pieces += [row.evidence for row in mechanism.groups]
    pieces += [name.evidence for name in mechanism.former_names]
    used = [source for piece in evidence.values() for source in piece.sources]
    used += [source for piece in pieces if piece for source in piece.sources]
    used += [source for change in happened for source in change.sources]
    return MechanismProfile(
        mechanism=_head(atlas, mechanism),
        as_of=atlas.as_of,
        members=_members(atlas, mechanism),
        secretariat=_secretariat(atlas, mechanism),
        group_label=mechanism.group_label,
        groups=_groups(atlas, mechanism),
        pillars=tuple(PillarRow(p.number, p.name, p.as_written, p.since, p.until) for p in mechanism.pillars),
        sub_bodies=tuple(
            SubBodyRow(body.id, body.name, body.note, body.since, body.until) for body in mechanism.sub_bodies
        ),
        unclear=_unclear(atlas, mechanism),
        caution=atlas.caution,
        changes=happened,
        evidence=evidence,
        sources=source_refs(atlas, used),
    )


def rests_on(profile: MechanismProfile, atlas: Atlas) -> Iterator[Basis]:
    """Yield every part of the mechanism."""
    from govmap.parts.provenance import whole  # noqa: PLC0415 - not for an answer without its sources

    return whole(atlas, profile.mechanism.id)


def _head(atlas: Atlas, mechanism: Mechanism) -> MechanismHead:
    return MechanismHead(
        id=mechanism.id,
        name=mechanism.name,
        kind=mechanism.kind,
        coverage=mechanism.coverage,
        relation=mechanism.relation,
        founded=mechanism.founded,
        website=mechanism.website,
        names=dict(mechanism.names),
        acronyms=dict(mechanism.acronyms),
        proposed_names=mechanism.proposed_names,
        as_written=mechanism.as_written,
        parent=mechanism.parent,
        note=mechanism.note,
        until=mechanism.until,
        called=tuple(_called(atlas.record(mechanism.id))),
    )


def _called(record: Mechanism) -> Iterator[CalledRow]:
    """Yield the names of a mechanism in the order of time, the present one last; nothing where it had but one.

    The present name rests on the evidence of the change to it.
    """
    since = evidence = None
    for name in sorted(record.former_names, key=lambda name: last_day(name.until)):
        evidence = trust(name.evidence) if name.evidence else None
        yield CalledRow(dict(name.names), dict(name.acronyms), since, name.until, evidence)
        since = name.until
    if since is not None:
        yield CalledRow(dict(record.names), dict(record.acronyms), since, None, evidence)


def _members(atlas: Atlas, mechanism: Mechanism) -> tuple[MemberRow, ...] | None:
    if mechanism.coverage == "mentioned":
        return None
    rows = []
    for member in mechanism.members:
        country = atlas.countries[member.code]
        relation = member.relation or "member"
        evidence = trust(member.evidence) if member.evidence else None
        dates = (member.since, member.until, member.joined_after, member.joined_by)
        rows.append(MemberRow(member.code, country.name, relation, *dates, country.kind, evidence))
    return tuple(rows)


def _secretariat(atlas: Atlas, mechanism: Mechanism) -> tuple[SecretariatRow, ...] | None:
    if atlas.is_silent(mechanism, "secretariats"):
        return None
    rows = (
        SecretariatRow(s.agency, atlas.agencies[s.agency].name, s.note, s.unit, s.as_written, s.since, s.until)
        for s in mechanism.secretariats
    )
    return tuple(sorted(rows, key=lambda row: row.agency))


def _groups(atlas: Atlas, mechanism: Mechanism) -> tuple[GroupRow, ...] | None:
    if atlas.is_silent(mechanism, "groups"):
        return None
    return tuple(
        GroupRow(
            number=group.number,
            name=group.name,
            as_written=group.as_written,
            pillar=group.pillar,
            themes=tuple(sorted(group.themes)),
            other_number=group.other_number,
            sub_body=group.sub_body,
            evidence=trust(group.evidence) if group.evidence else None,
            since=group.since,
            until=group.until,
        )
        for group in mechanism.groups
    )


def _unclear(atlas: Atlas, mechanism: Mechanism) -> dict[str, Statement]:
    """Return why something is open, by alpha-3 code or by the part that is null."""
    reasons = {unclear.code: _as_stated(unclear.note) for unclear in mechanism.unclear_members}
    if mechanism.coverage == "mentioned":
        reasons["members"] = Statement("members not given")
    elif atlas.is_silent(mechanism, "groups") and "groups" in mechanism.evidence:
        note = mechanism.evidence["groups"].note
        reasons["groups"] = _as_stated(note) if note else Statement("groups not listed")
    if atlas.is_silent(mechanism, "secretariats"):
        note = mechanism.secretariats_note
        reasons["secretariat"] = _as_stated(note) if note else Statement("secretariat not stated")
    return reasons


def _as_stated(note: str) -> Statement:
    return Statement("as the data say", texts=(note,))
