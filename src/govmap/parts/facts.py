"""The facts that a dataset shows, one by one, each with how far it can be trusted and on which sources that rests.

A fact has the evidence of its own (a member, a group), else that of the part of the mechanism that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import in_force
from govmap.model import Mechanism, Member
from govmap.records import Result, Trust, trust

PARTS_OF = {"relation": "members", "group label": "groups", "names": "named"}  # on whose evidence a part rests too


class Fact(Result, frozen=True):
    """One fact, and what it rests on.

    `part` is the part of the mechanism that it belongs to, or `events` or `resolutions`. `value` is null where the
    source is silent. `date` and `until` are when it began and ended, or happened. `as_written` is the form of the
    source where it slips.
    """

    part: str
    mechanisms: tuple[str, ...]
    evidence: Trust
    value: str | None
    countries: tuple[str, ...] = ()
    agency: str | None = None
    number: int | None = None
    themes: tuple[str, ...] = ()
    date: str | None = None
    until: str | None = None
    as_written: str | None = None


def all_facts(atlas: Atlas) -> Iterator[Fact]:
    """Yield every fact shown as of the date of the *atlas*; events and resolutions are those of all dates."""
    for mechanism in atlas.mechanisms.values():
        yield from facts_of(atlas, mechanism)
    yield from _happened(atlas)


def facts_of(atlas: Atlas, mechanism: Mechanism) -> Iterator[Fact]:
    """Yield every fact on a mechanism itself, as of the date of the *atlas*."""
    shown = [
        *_head(mechanism),
        *_former_names(atlas, mechanism),
        *_listings(atlas, mechanism),
        *_groups(mechanism),
        *_secretariats(atlas, mechanism),
    ]
    yield from shown
    told = {fact.part for fact in shown}
    for part in mechanism.evidence:
        if part not in told:
            yield Fact(part, (mechanism.id,), trust_in(mechanism, part), None)


def trust_in(mechanism: Mechanism, part: str) -> Trust:
    """Return the evidence on a part of a mechanism, or on the part that it rests on too."""
    return trust(mechanism.evidence.get(part) or mechanism.evidence.get(PARTS_OF.get(part, "")))


def _head(mechanism: Mechanism) -> Iterator[Fact]:
    """Yield what is told of the mechanism as a whole."""
    names = dict.fromkeys((*mechanism.names.values(), *mechanism.acronyms.values()))
    values = (
        ("names", "; ".join(names), mechanism.as_written),
        ("named", mechanism.note, None),
        ("kind", mechanism.kind, None),
        ("parent", mechanism.parent, None),
        ("founded", mechanism.founded, None),
        ("ended", mechanism.until, None),
        ("website", mechanism.website, None),
        ("relation", mechanism.relation, _heading(mechanism.members_as_written, mechanism.relation)),
        ("group label", mechanism.group_label, _heading(mechanism.groups_as_written, mechanism.group_label)),
    )
    for part, value, as_written in values:
        if value is not None:
            yield Fact(part, (mechanism.id,), trust_in(mechanism, part), value, as_written=as_written)


def _former_names(atlas: Atlas, mechanism: Mechanism) -> Iterator[Fact]:
    """Yield what it was called before, each with the first day of the next name."""
    for name in atlas.record(mechanism.id).former_names:
        if not in_force(None, name.until, atlas.as_of):
            evidence = trust(name.evidence) if name.evidence else trust_in(mechanism, "names")
            names = dict.fromkeys((*name.names.values(), *name.acronyms.values()))
            yield Fact("former names", (mechanism.id,), evidence, "; ".join(names), until=name.until)


def _heading(written: str | None, shown: str | None) -> str | None:
    """Return the source's heading of a list where it is another word than the one *shown*."""
    plain = str(shown).casefold()
    same = written is None or written.casefold() in (plain, f"{plain}s")
    return None if same else written


def _listings(atlas: Atlas, mechanism: Mechanism) -> Iterator[Fact]:
    """Yield each country listed, each no longer listed, and each whose place the source leaves open."""
    for member in mechanism.members:
        yield _listing(atlas, mechanism, member, "members")
        if member.relation and member.relation != mechanism.relation:
            evidence = trust(member.evidence) if member.evidence else trust_in(mechanism, "relation")
            yield Fact("relation", (mechanism.id,), evidence, member.relation, (member.code,))
    for member in atlas.record(mechanism.id).members:
        if member.until and not in_force(None, member.until, atlas.as_of):
            yield _listing(atlas, mechanism, member, "former members")
    for unclear in mechanism.unclear_members:
        source = atlas.dataset.about.source
        evidence = Trust(None, None, unclear.note, (source,) if source else ())
        name = atlas.countries[unclear.code].name
        yield Fact("unclear members", (mechanism.id,), evidence, name, (unclear.code,))


def _listing(atlas: Atlas, mechanism: Mechanism, member: Member, part: str) -> Fact:
    return Fact(
        part=part,
        mechanisms=(mechanism.id,),
        evidence=trust(member.evidence) if member.evidence else trust_in(mechanism, "members"),
        value=atlas.countries[member.code].name,
        countries=(member.code,),
        date=member.since,
        until=member.until,
        as_written=member.as_written,
    )


def _groups(mechanism: Mechanism) -> Iterator[Fact]:
    """Yield the pillars, the groups and the bodies that own them."""
    here = (mechanism.id,)
    for pillar in mechanism.pillars:
        evidence, themes = trust_in(mechanism, "pillars"), tuple(sorted(pillar.themes))
        yield Fact(
            part="pillars",
            mechanisms=here,
            evidence=evidence,
            value=pillar.name,
            number=pillar.number,
            themes=themes,
            date=pillar.since,
            until=pillar.until,
            as_written=pillar.as_written,
        )
    for group in mechanism.groups:
        yield Fact(
            part="groups",
            mechanisms=here,
            evidence=trust(group.evidence) if group.evidence else trust_in(mechanism, "groups"),
            value=group.name,
            number=group.number,
            themes=tuple(sorted(group.themes)),
            date=group.since,
            until=group.until,
            as_written=group.as_written,
        )
    for body in mechanism.sub_bodies:
        stated = trust_in(mechanism, "bodies")
        evidence = Trust(stated.status, stated.as_of, stated.note or body.note, stated.sources)
        yield Fact("bodies", here, evidence, body.name, date=body.since, until=body.until)


def _secretariats(atlas: Atlas, mechanism: Mechanism) -> Iterator[Fact]:
    """Yield the agencies that serve the mechanism."""
    for served in mechanism.secretariats:
        name = atlas.agencies[served.agency].name
        yield Fact(
            part="secretariats",
            mechanisms=(mechanism.id,),
            evidence=trust_in(mechanism, "secretariats"),
            value=f"{name}, {served.unit}" if served.unit else name,
            agency=served.agency,
            date=served.since,
            until=served.until,
            as_written=served.as_written,
        )


def _happened(atlas: Atlas) -> Iterator[Fact]:
    """Yield the events and the resolutions, which have sources and no status."""
    for event in atlas.dataset.events:
        yield Fact(
            part="events",
            mechanisms=event.mechanisms,
            evidence=Trust(None, None, None, event.sources),
            value=event.text,
            countries=event.countries,
            date=event.date,
            until=event.until,
            as_written=event.as_written,
        )
    for resolution in atlas.dataset.resolutions:
        yield Fact(
            part="resolutions",
            mechanisms=(),
            evidence=Trust(None, None, resolution.note, resolution.sources),
            value=f"{resolution.body}: {resolution.number}, {resolution.title}",
            date=resolution.date,
            until=resolution.until,
            as_written=resolution.as_written,
        )
