"""What an answer rests on: the sources of exactly those parts of the mechanisms that it shows.

Each kind of answer has a rule that names the parts: a membership, or the whole list of them where the answer also says
who is in none; a group, or all groups; the secretariats. That a country is not listed rests on the list. The evidence
of the parts, and the events that an answer tells, lead to the sources. Names of countries are those of ISO 3166-1 and
labels of themes those of the vocabulary: they rest on no source here; names of mechanisms do where they are the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from govmap.atlas import Atlas
from govmap.parts.facts import Fact, facts_of, trust_in
from govmap.questions.brief import Brief
from govmap.questions.cite import Citation
from govmap.questions.compare import Comparison
from govmap.questions.country import CountryProfile
from govmap.questions.cover import Cover
from govmap.questions.duplication import Duplication
from govmap.questions.gaps import Gaps
from govmap.questions.history import History
from govmap.questions.likeness import Likeness
from govmap.questions.list import CountryItem, Filters, GroupItem, MechanismItem, SecretariatItem, ThemeItem
from govmap.questions.map import TileMap
from govmap.questions.matrix import Combinations, Matrix
from govmap.questions.mechanism import MechanismProfile
from govmap.questions.overlap import Overlap
from govmap.questions.search import SearchResult
from govmap.records import Result, SourceRef, source_refs

EVENTS = "events"
ALSO_OF_MEMBERS = ("former members", "unclear members")  # parts with facts on whether a country is a member


class Shown(NamedTuple):
    """A part of a mechanism that an answer shows: all of it, or the item that is a country's or a group's."""

    mechanism: str
    part: str
    item: str | int | None = None


class PartRef(Result, frozen=True):
    """A part of a mechanism that rests on a source; the mechanism is null for what belongs to none."""

    mechanism: str | None
    part: str


class Cited(Result, frozen=True):
    """A source, and what of the answer rests on it."""

    source: SourceRef
    on: tuple[PartRef, ...]


def sources_of(atlas: Atlas, result: Result, filters: Filters | None = None) -> tuple[Cited, ...]:
    """Return the sources that a *result* (or a record of a list narrowed by *filters*) rests on, each once.

    Those that the result has by itself come first, in their order; the others as it shows what rests on them.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> result = govmap.compare_mechanisms(atlas, (atlas.mechanism("CAM"), atlas.mechanism("R4V")))
    >>> [cited.source.id for cited in govmap.sources_of(atlas, result)][:2]
    ['oas-note-2023', 'diario-pernambuco-2018']
    """
    return sources_of_each(atlas, (result,), filters)[0]


def sources_of_each(atlas: Atlas, results: Iterable[Result], filters: Filters | None = None) -> list[tuple[Cited, ...]]:
    """Return what `sources_of` returns of each of *results*, reading the facts of a mechanism once for all of them."""
    facts = _Facts(atlas)
    return [_cited(facts, result, filters) for result in results]


class _Facts:
    """The facts of mechanisms by part and item, read from the *atlas* when they are first asked for."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._known: dict[str, dict[tuple[str, str | int | None], list[Fact]]] = {}

    def on(self, shown: Shown) -> list[Fact]:
        """Return the facts on what an answer shows; none where it is not there."""
        if shown.mechanism not in self._known:
            found = self._known[shown.mechanism] = {}
            # One that did not exist on the date may have a history all the same, which rests on all that is known.
            mechanism = self.atlas.mechanisms.get(shown.mechanism) or self.atlas.record(shown.mechanism)
            for fact in facts_of(self.atlas, mechanism):
                found.setdefault((fact.part, None), []).append(fact)
                part = "members" if fact.part in ALSO_OF_MEMBERS else fact.part
                for item in (*fact.countries, *(() if fact.number is None else (fact.number,))):
                    found.setdefault((part, item), []).append(fact)
        return self._known[shown.mechanism].get((shown.part, shown.item), [])


def _cited(facts: _Facts, result: Result, filters: Filters | None) -> tuple[Cited, ...]:
    found: dict[str, dict[PartRef, None]] = {id_: {} for id_ in _own(result)}
    shown = shown_by(result, filters, facts.atlas)
    for part, ids in (*_evidence(facts, shown), *_events(result)):
        for id_ in ids:
            found.setdefault(id_, {})[part] = None
    return tuple(Cited(source, tuple(found[source.id])) for source in source_refs(facts.atlas, list(found)))


def shown_by(result: Result, filters: Filters | None, atlas: Atlas) -> list[Shown]:
    """Return the parts of mechanisms that a *result* (or a record of a list narrowed by *filters*) shows."""
    rule = RULES.get(type(result))
    return [] if rule is None else [*rule(result, atlas), *_narrowing(result, filters, atlas)]


def gather(found: Iterable[tuple[Cited, ...]]) -> tuple[Cited, ...]:
    """Return the sources of several records together, each once."""
    sources: dict[str, SourceRef] = {}
    parts: dict[str, dict[PartRef, None]] = {}
    for cited in (one for several in found for one in several):
        sources[cited.source.id] = cited.source
        parts.setdefault(cited.source.id, {}).update(dict.fromkeys(cited.on))
    return tuple(Cited(source, tuple(parts[id_])) for id_, source in sources.items())


def _own(result: Any) -> Iterator[str]:
    """Yield the ids of the sources that a result holds, or that it is or finds."""
    if isinstance(result, SourceRef):
        yield result.id
    elif isinstance(result, SearchResult):
        yield from (hit.id for hit in result.hits if hit.kind == "source")
    else:
        yield from (source.id for source in getattr(result, "sources", ()))


def _evidence(facts: _Facts, shown: Iterable[Shown]) -> Iterator[tuple[PartRef, tuple[str, ...]]]:
    """Yield each part shown with the sources of its facts; of what is not there, those of the list."""
    for one in dict.fromkeys(shown):
        part, held = PartRef(one.mechanism, one.part), facts.on(one)
        if one.item is None or not held:
            yield part, trust_in(facts.atlas.record(one.mechanism), one.part).sources
        for fact in held:
            yield part, fact.evidence.sources


def _events(result: Result) -> Iterator[tuple[PartRef, tuple[str, ...]]]:
    """Yield the sources of the events that a result tells."""
    if isinstance(result, Brief):
        yield from (found for answer in answers_in(result) for found in _events(answer))
    for change in getattr(result, "changes", ()):
        yield PartRef(change.mechanism, EVENTS), change.sources
    for entry in result.entries if isinstance(result, History) else ():
        for id_ in entry.mechanisms or (None,):
            yield PartRef(id_, EVENTS), entry.sources


def _all_of(id_: str, *parts: str) -> Iterator[Shown]:
    for part in parts:
        yield Shown(id_, part)


def _lists(ids: Iterable[str], *more: str) -> Iterator[Shown]:
    """Yield the whole lists of countries of mechanisms, what being listed means, and *more* of their parts."""
    for id_ in ids:
        yield from _all_of(id_, "members", "relation", *more)


def _on_themes(atlas: Atlas, themes: Iterable[str], ids: Iterable[str] | None = None) -> Iterator[Shown]:
    """Yield the groups on *themes*, of all mechanisms or of those with *ids*."""
    kept = None if ids is None else set(ids)
    for theme in themes:
        for mechanism, group in atlas.groups_on(theme):
            if kept is None or mechanism.id in kept:
                yield Shown(mechanism.id, "groups", group.number)


def _country(profile: CountryProfile, _: Atlas) -> Iterator[Shown]:
    code = profile.country.code
    for seat in profile.mechanisms:
        yield Shown(seat.id, "members", code)
        yield from _all_of(seat.id, "relation", "secretariats", "groups")
    for absence in profile.not_in:
        yield Shown(absence.id, "members", code)


def _whole(atlas: Atlas, id_: str) -> Iterator[Shown]:
    """Yield every part of a mechanism."""
    yield from _all_of(id_, *dict.fromkeys(fact.part for fact in facts_of(atlas, atlas.mechanisms[id_])))


def answers_in(brief: Brief) -> Iterator[Result]:
    """Yield the answers that a brief is put together from, but for those that show no more than these."""
    for answer in (brief.country, brief.mechanism, brief.matrix, brief.map):
        if answer is not None:
            yield answer


def _brief(brief: Brief, atlas: Atlas) -> Iterator[Shown]:
    for answer in answers_in(brief):
        yield from RULES[type(answer)](answer, atlas)


def _comparison(comparison: Comparison[Any], atlas: Atlas) -> Iterator[Shown]:
    ids = [item.id for item in comparison.items]
    if comparison.kind == "mechanism":
        yield from _lists(ids, "groups")
        return
    for mechanism in atlas.covered:
        for code in ids:
            yield Shown(mechanism.id, "members", code)
    for ref in comparison.union:
        yield from _all_of(ref.id, "relation", "groups")


def _likeness(likeness: Likeness, atlas: Atlas) -> Iterator[Shown]:
    compared = (item.id for item in likeness.items)
    yield from _lists(compared if likeness.kind == "mechanism" else (m.id for m in atlas.covered), "groups")


def _overlap(overlap: Overlap, _: Atlas) -> Iterator[Shown]:
    for hit in overlap.groups:
        yield Shown(hit.mechanism, "groups", hit.number)
    yield from _lists(hit.id for hit in overlap.mechanisms)


def _duplication(ranking: Duplication, atlas: Atlas) -> Iterator[Shown]:
    yield from _on_themes(atlas, (row.id for row in ranking.themes))
    for id_ in sorted({id_ for row in ranking.themes for id_ in row.mechanisms}):
        yield Shown(id_, "members")


def _matrix(matrix: Matrix, _: Atlas) -> Iterator[Shown]:
    for column in matrix.columns:
        if matrix.rows:
            yield Shown(column.id, "groups" if matrix.by == "theme" else "relation")
        if matrix.by == "country":
            yield from (Shown(column.id, "members", row.id) for row in matrix.rows)


def _map(tiles: TileMap, atlas: Atlas) -> Iterator[Shown]:
    ids = [ref.id for ref in tiles.mechanisms]
    yield from _lists(ids)
    yield from _on_themes(atlas, (tiles.theme,) if tiles.theme else (), ids)


def _history(history: History, _: Atlas) -> Iterator[Shown]:
    for entry in history.entries:
        if not entry.sources:  # the start or the end of a membership, which rests on the evidence of it
            for id_ in entry.mechanisms:
                yield from (Shown(id_, "members", code) for code in entry.countries)
    for ref in history.undated:
        yield Shown(ref.id, "members", history.of.id if history.of else None)


def _citation(citation: Citation, atlas: Atlas) -> Iterator[Shown]:
    for id_ in (citation.of.id,) if citation.of else atlas.mechanisms:
        yield from _whole(atlas, id_)


def _gaps(gaps: Gaps, atlas: Atlas) -> Iterator[Shown]:
    yield from _on_themes(atlas, gaps.themes)
    for id_ in sorted({mechanism.id for theme in gaps.themes for mechanism, _ in atlas.groups_on(theme)}):
        for country in gaps.countries:
            yield Shown(id_, "members", country.code)


def _cover(cover: Cover, atlas: Atlas) -> Iterator[Shown]:
    yield from _on_themes(atlas, cover.wanted if cover.kind == "theme" else (cover.theme,) if cover.theme else ())
    if cover.kind == "country":
        able = (m for m in atlas.covered if cover.theme is None or cover.theme in atlas.themes_of(m))
        yield from (Shown(mechanism.id, "members") for mechanism in able)


def _search(found: SearchResult, atlas: Atlas) -> Iterator[Shown]:
    for hit in found.hits:
        if hit.kind == "mechanism":
            yield Shown(hit.id, "names")
        elif hit.kind == "group":
            id_, _, number = hit.id.rpartition(" ")
            yield Shown(id_, "groups", int(number))
        elif hit.kind == "agency":
            served = (m for m in atlas.covered if any(s.agency == hit.id for s in m.secretariats))
            yield from (Shown(mechanism.id, "secretariats") for mechanism in served)


def _mechanism_item(item: MechanismItem, _: Atlas) -> Iterator[Shown]:
    parts = ("names", "kind", "relation", "founded", "website", "members", "groups", "secretariats")
    yield from _all_of(item.id, *parts)


def _country_item(item: CountryItem, atlas: Atlas) -> Iterator[Shown]:
    yield from (Shown(mechanism.id, "members", item.code) for mechanism in atlas.covered)


def _secretariat_item(item: SecretariatItem, _: Atlas) -> Iterator[Shown]:
    yield from (Shown(id_, "secretariats") for id_ in item.mechanisms)


def _narrowing(item: Any, filters: Filters | None, atlas: Atlas) -> Iterator[Shown]:
    """Yield what a record of a list shows by standing in one that is narrowed by *filters*."""
    if filters is None:
        return
    for id_ in _mechanisms_of(item):
        if filters.member in atlas.countries:
            yield Shown(id_, "members", filters.member)
        if filters.secretariat:
            yield Shown(id_, "secretariats")
        yield from _on_themes(atlas, filters.themes, (id_,))


def _mechanisms_of(item: Any) -> tuple[str, ...]:
    if isinstance(item, MechanismItem):
        return (item.id,)
    mechanisms: tuple[str, ...] = (item.mechanism,) if isinstance(item, GroupItem) else getattr(item, "mechanisms", ())
    return mechanisms


# What each kind of answer shows, beside what it has the sources of by itself.
RULES: dict[type[Result], Callable[[Any, Atlas], Iterable[Shown]]] = {
    CountryProfile: _country,
    MechanismProfile: lambda profile, atlas: _whole(atlas, profile.mechanism.id),
    Brief: _brief,
    Comparison: _comparison,
    Likeness: _likeness,
    Overlap: _overlap,
    Duplication: _duplication,
    Matrix: _matrix,
    Combinations: lambda found, _: _lists(column.id for column in found.columns),
    TileMap: _map,
    History: _history,
    Citation: _citation,
    Gaps: _gaps,
    Cover: _cover,
    SearchResult: _search,
    MechanismItem: _mechanism_item,
    CountryItem: _country_item,
    ThemeItem: lambda item, atlas: _on_themes(atlas, (item.id,)),
    GroupItem: lambda item, _: (Shown(item.mechanism, "groups", item.number),),
    SecretariatItem: _secretariat_item,
}
