"""Who works on a theme, which countries sit in several of them, and which in none."""

from __future__ import annotations

from govmap.atlas import Atlas, GroupOf
from govmap.errors import NoAnswerError
from govmap.model import Theme
from govmap.queries.records import Change, CountryRef, Result, changes, country_refs


class ThemeMatch(Result, frozen=True):
    """A theme that the query led to, the words that led there, and how well they fit (0 to 1)."""

    id: str
    label: str
    matched: str
    score: float


class GroupHit(Result, frozen=True):
    """A group that works on the theme (`direct`) or on a neighbour of it in the vocabulary (`related`)."""

    mechanism: str
    number: int
    name: str
    relevance: str
    themes: tuple[str, ...]


class MechanismHit(Result, frozen=True):
    """A mechanism with such a group, and the number of its members."""

    id: str
    name: str
    members: int


class CountryHit(Result, frozen=True):
    """A country, and those of the mechanisms that list it."""

    code: str
    name: str
    mechanisms: tuple[str, ...]


class Overlap(Result, frozen=True):
    """The answer to `overlap THEME`.

    `mechanisms`, `countries` and `uncovered` rest on the direct groups, or on the related ones where no group
    is direct; `basis` says which. `uncovered` are the countries of the dataset that none of them lists.
    """

    query: str
    as_of: str
    themes: tuple[ThemeMatch, ...]
    groups: tuple[GroupHit, ...]
    mechanisms: tuple[MechanismHit, ...]
    countries: tuple[CountryHit, ...]
    uncovered: tuple[CountryRef, ...]
    basis: str
    changes: tuple[Change, ...]


def overlap_by_label(atlas: Atlas, typed: str) -> Overlap:
    """Return who works on the theme that *typed* names by a label in one of four languages.

    >>> import govmap
    >>> result = govmap.overlap_by_label(govmap.load(), "trata de personas")
    >>> [(hit.mechanism, hit.number) for hit in result.groups if hit.relevance == "direct"]
    [('LAD', 8), ('QUITO', 9), ('RIAM', 1), ('SACM', 4)]

    Raises:
        NotFoundError: No theme has that label.
        AmbiguousError: Two or more themes have it or are near it.
        NoAnswerError: No group works on the theme or on a neighbour of it.

    """
    theme = atlas.theme(typed)
    match = ThemeMatch(theme.id, theme.label, typed, 1.0 if atlas.theme_names.exact(typed) else 0.9)
    return overlap_on(atlas, typed, (match,))


def overlap_on(atlas: Atlas, query: str, matches: tuple[ThemeMatch, ...]) -> Overlap:
    """Return who works on the themes that a query was *matched* with; raise NoAnswerError where nobody does."""
    wanted = {match.id for match in matches}
    direct = {theme: atlas.groups_on(theme) for theme in wanted}
    neighbours = neighbouring(atlas, wanted)
    hits = _hits(atlas, wanted, neighbours)
    if not hits:
        labels = " and ".join(match.label for match in matches)
        raise NoAnswerError(f"No group works on {labels}", _offers(atlas))
    basis = "direct" if any(direct.values()) else "related"
    working = {hit.mechanism for hit in hits if hit.relevance == basis}
    seated = {code: tuple(sorted(m.id for m in atlas.mechanisms_of(code) if m.id in working)) for code in atlas.parties}
    countries = [CountryHit(code, atlas.countries[code].name, ids) for code, ids in seated.items() if ids]
    return Overlap(
        query=query,
        as_of=atlas.as_of,
        themes=matches,
        groups=hits,
        mechanisms=tuple(
            MechanismHit(id_, atlas.mechanisms[id_].name, len(atlas.seats[id_])) for id_ in sorted(working)
        ),
        countries=tuple(sorted(countries, key=lambda hit: (-len(hit.mechanisms), hit.code))),
        uncovered=country_refs(atlas, {code for code, ids in seated.items() if not ids}),
        basis=basis,
        changes=changes(atlas.changes(tuple(working)), working),
    )


def neighbouring(atlas: Atlas, themes: set[str]) -> set[str]:
    """Return the themes one step away in the vocabulary: broader, narrower (at any depth) or related."""
    near: set[str] = set()
    for id_ in themes:
        theme = atlas.themes[id_]
        near.update(theme.related, narrower(atlas, id_))
        if theme.broader:
            near.add(theme.broader)
    return near - themes


def narrower(atlas: Atlas, theme: str) -> set[str]:
    """Return the themes below *theme*, at any depth."""
    below: set[str] = set()
    layer = {theme}
    while layer:
        layer = {t.id for t in atlas.themes.values() if t.broader in layer} - below
        below |= layer
    return below


def _hits(atlas: Atlas, wanted: set[str], neighbours: set[str]) -> tuple[GroupHit, ...]:
    found: dict[tuple[str, int], GroupHit] = {}
    for relevance, themes in (("direct", wanted), ("related", neighbours)):
        for theme in sorted(themes):
            for mechanism, group in atlas.groups_on(theme):
                found.setdefault((mechanism.id, group.number), _hit((mechanism, group), relevance))
    return tuple(sorted(found.values(), key=lambda hit: (hit.relevance, hit.mechanism, hit.number)))


def _hit(found: GroupOf, relevance: str) -> GroupHit:
    mechanism, group = found
    return GroupHit(mechanism.id, group.number, group.name, relevance, tuple(sorted(group.themes)))


def _offers(atlas: Atlas) -> tuple[str, ...]:
    """Return the labels of the themes on which most groups work, to type instead."""
    ranked = sorted(atlas.groups_by_theme, key=lambda id_: (-len(atlas.groups_by_theme[id_]), id_))
    return tuple(atlas.themes[id_].label for id_ in ranked[:3])


def worked_on(atlas: Atlas, theme: Theme) -> bool:
    """Return whether a group works on *theme* itself."""
    return bool(atlas.groups_on(theme.id))
