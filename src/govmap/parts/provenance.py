"""What an answer rests on: the sources of exactly those parts of the mechanisms that it shows.

Each question names the parts (`rests_on`): a membership, or the whole list of them where the answer also says who is in
none; a group, or all groups; the secretariats. That a country is not listed rests on the list. The evidence of the
parts, and the events that an answer has, lead to the sources. Names of countries are those of ISO 3166-1 and labels of
themes those of the vocabulary: they rest on no source here; names of mechanisms do where they are the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from govmap.atlas import Atlas
from govmap.parts.facts import facts_of
from govmap.records import Basis, Result, SourceRef, source_refs, trust_in

ALSO_OF_MEMBERS = ("former members", "unclear members")  # parts with facts on whether a country is a member

Sources = tuple[str, ...]
# Of each atlas, the sources of the facts on a mechanism by part and item: many answers rest on the same facts.
_known: WeakKeyDictionary[Atlas, dict[str, dict[tuple[str, Any], list[Sources]]]] = WeakKeyDictionary()


class Cited(Result, frozen=True):
    """A source, and the parts of mechanisms, as wholes, that rest on it in the answer."""

    source: SourceRef
    on: tuple[Basis, ...]


def whole(atlas: Atlas, id_: str) -> Iterator[Basis]:
    """Yield every part of a mechanism."""
    yield from Basis.parts((id_,), *dict.fromkeys(fact.part for fact in facts_of(atlas, atlas.mechanisms[id_])))


def sources_of(atlas: Atlas, record: Any, parts: Iterable[Basis]) -> tuple[Cited, ...]:
    """Return the sources that a *record* with these *parts* rests on, each once.

    Those that the record has by itself come first, in their order; the others as it shows what rests on them.
    """
    shown = list(dict.fromkeys((*parts, *Basis.changes(record))))
    named = [id_ for part in shown if not part.part for id_ in part.sources or ()]
    held = [source.id for source in getattr(record, "sources", ())]
    found: dict[str, dict[Basis, None]] = {id_: {} for id_ in (*held, *named)}
    for part in shown:
        if part.part:
            for ids in _sources_of_part(atlas, part):
                for id_ in ids:
                    found.setdefault(id_, {})[Basis(part.mechanism, part.part)] = None
    return tuple(Cited(source, tuple(found[source.id])) for source in source_refs(atlas, list(found)))


def gather(cited: Iterable[tuple[Cited, ...]]) -> tuple[Cited, ...]:
    """Return the sources of several records together, each once."""
    sources: dict[str, SourceRef] = {}
    parts: dict[str, dict[Basis, None]] = {}
    for each in (source for several in cited for source in several):
        sources[each.source.id] = each.source
        parts.setdefault(each.source.id, {}).update(dict.fromkeys(each.on))
    return tuple(Cited(source, tuple(parts[id_])) for id_, source in sources.items())


def _sources_of_part(atlas: Atlas, part: Basis) -> Iterator[Sources]:
    """Yield the sources of what an answer shows; of what is not there, those of the list."""
    if part.sources is not None:
        yield part.sources
    elif part.mechanism is not None:
        found = _sources_in(atlas, part.mechanism).get((part.part, part.item), [])
        if part.item is None or not found:
            yield trust_in(atlas.stored(part.mechanism), part.part).sources
        yield from found


def _sources_in(atlas: Atlas, id_: str) -> dict[tuple[str, Any], list[Sources]]:
    """Return the sources of the facts on a mechanism, by part and item; they are read when first asked for."""
    known = _known.setdefault(atlas, {})
    if id_ not in known:
        found = known[id_] = {}
        # One that did not exist on the date may have a history all the same, which rests on all that is known.
        mechanism = atlas.mechanisms.get(id_) or atlas.stored(id_)
        for fact in facts_of(atlas, mechanism):
            part = "members" if fact.part in ALSO_OF_MEMBERS else fact.part
            items = (*fact.countries, *(() if fact.number is None else (fact.number,)))
            for key in ((fact.part, None), *((part, item) for item in items)):
                found.setdefault(key, []).append(fact.evidence.sources)
    return known[id_]
