"""The facts that a dataset shows, one by one, each with how far it can be trusted and on which sources that rests.

A fact has the evidence of its own (a member, a group), else that of the part of the mechanism that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.dates import in_force
from govmap.mechanism_parts import PARTS, Part
from govmap.model import FormerName, Mechanism
from govmap.records import Result, Trust, trust_in
from govmap.texts import labelled

# What a mechanism has one of: the part that it is, and its field.
HEAD = {
    "named": "note",
    "kind": "kind",
    "parent": "parent",
    "founded": "founded",
    "ended": "until",
    "website": "website",
    "relation": "relation",
    "group label": "group_label",
}
HEADINGS = {"relation": "members_as_written", "group label": "groups_as_written"}  # the fields of the source's headings


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


def all_facts(atlas: Atlas, ids: Iterable[str] | None = None) -> Iterator[Fact]:
    """Yield every fact in scope, or on the mechanisms with *ids*, as of the date of the *atlas*.

    Events and resolutions are those of all dates and mechanisms.
    """
    for id_ in atlas.mechanisms if ids is None else ids:
        if atlas.in_scope(atlas.mechanisms[id_]):
            yield from facts_of(atlas, atlas.mechanisms[id_])
    yield from _happened(atlas)


def facts_of(atlas: Atlas, mechanism: Mechanism) -> Iterator[Fact]:
    """Yield every fact on a mechanism itself, as of the date of the *atlas*."""
    facts = [*_head(mechanism), *_former_names(atlas, mechanism)]
    for part in PARTS:
        facts += _items(atlas, mechanism, part)
    yield from facts
    labels = {fact.part for fact in facts}
    for label in mechanism.evidence:
        if label not in labels:
            yield Fact(label, (mechanism.id,), Trust.of_list(atlas, mechanism, label), None)


def _head(mechanism: Mechanism) -> Iterator[Fact]:
    """Yield what the mechanism has one of."""
    here = (mechanism.id,)
    named = Fact("names", here, trust_in(mechanism, "names"), None, as_written=mechanism.as_written)
    yield from _called(named, mechanism)
    for part, field in HEAD.items():
        value = getattr(mechanism, field)
        if value is not None:
            heading = getattr(mechanism, HEADINGS[part]) if part in HEADINGS else None
            # A heading that is the word shown, in the plural or with another capital, is no other form.
            slips = heading is not None and heading.casefold() not in (value.casefold(), f"{value.casefold()}s")
            as_written = heading if slips else None
            yield Fact(part, here, trust_in(mechanism, part), value, as_written=as_written)


def _called(fact: Fact, record: Mechanism | FormerName) -> Iterator[Fact]:
    """Yield a *fact* with the names of a *record* that are published, and one with those of the dataset's own."""
    proposed = {name for language, name in record.names.items() if language in record.proposed_names}
    names = dict.fromkeys((*record.names.values(), *record.acronyms.values()))
    published = "; ".join(name for name in names if name not in proposed)
    if published:
        yield replace(fact, value=published)
    if proposed:
        own = "; ".join(name for name in names if name in proposed)
        yield replace(fact, value=own, evidence=Trust.of(None), as_written=None if published else fact.as_written)


def _former_names(atlas: Atlas, mechanism: Mechanism) -> Iterator[Fact]:
    """Yield what it was called before, each with the first day of the next name."""
    for name in atlas.stored(mechanism.id).former_names:
        if not in_force(None, name.until, atlas.as_of):
            evidence = trust_in(mechanism, "names", name)
            yield from _called(Fact("former names", (mechanism.id,), evidence, None, until=name.until), name)


def _items(atlas: Atlas, mechanism: Mechanism, part: Part) -> Iterator[Fact]:
    """Yield the items of a part, and those that have ended where these are facts too."""
    for item in part.items(mechanism):
        yield _item(atlas, mechanism, part, item)
        relation = getattr(item, "relation", None)
        if relation and relation != mechanism.relation:
            yield Fact("relation", (mechanism.id,), trust_in(mechanism, "relation", item), relation, (item.code,))
    for item in part.items(atlas.stored(mechanism.id)) if part.former else ():
        if item.until and not in_force(None, item.until, atlas.as_of):
            yield replace(_item(atlas, mechanism, part, item), part=part.former)


def _item(atlas: Atlas, mechanism: Mechanism, part: Part, item: Any) -> Fact:
    key, name = getattr(item, part.key), part.name_of(atlas, item)
    unit = getattr(item, "unit", None)
    return Fact(
        part=part.label,
        mechanisms=(mechanism.id,),
        evidence=_evidence(atlas, mechanism, part, item),
        value=f"{name}, {unit}" if unit else name,
        countries=(key,) if part.of == "country" else (),
        agency=key if part.of == "agency" else None,
        number=getattr(item, "number", None),
        themes=tuple(sorted(getattr(item, "themes", ()))),
        date=getattr(item, part.dated_by, None),
        until=getattr(item, "until", None),
        as_written=getattr(item, "as_written", None),
    )


def _evidence(atlas: Atlas, mechanism: Mechanism, part: Part, item: Any) -> Trust:
    """Return the evidence of an item: its own, or else what it has it from."""
    source = atlas.context.about.source
    of_dataset = Trust(None, None, None, (source,) if source else ())
    stated = of_dataset if part.rests_on == "dataset" else trust_in(mechanism, part.label, item)
    return replace(stated, note=stated.note or item.note) if part.explained else stated


def _happened(atlas: Atlas) -> Iterator[Fact]:
    """Yield the events and the resolutions, which have sources and no status."""
    for event in filter(atlas.event_in_scope, atlas.context.events):
        evidence = Trust(None, None, None, event.sources)
        yield Fact.from_record(event, part="events", evidence=evidence, value=event.text)
    for resolution in atlas.context.resolutions:
        evidence = Trust(None, None, resolution.note, resolution.sources)
        value = labelled(resolution.body, f"{resolution.number}, {resolution.title}")
        yield Fact.from_record(
            resolution, part="resolutions", mechanisms=(), evidence=evidence, value=value, number=None
        )
