"""Who works on a theme, which countries sit in several of them, and which in none."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas, GroupOf
from govmap.calls import Call
from govmap.errors import AmbiguousError, NotFoundError, UsageError
from govmap.language import _
from govmap.names.interpreter import MOST_WORDS, Understanding
from govmap.records import Change, CountryRef, Result, changes, country_refs
from govmap.texts import quoted


class ThemeMatch(Result, frozen=True):
    """A theme that the query led to, the words that led there, and how well they fit (0 to 1)."""

    id: str
    label: str
    matched: str
    score: float


class ExplainedStep(Result, frozen=True):
    """What some words of the query counted for: see `govmap.names.interpreter.Step`."""

    words: str
    role: str
    themes: tuple[str, ...]
    weight: float


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
    caution: str | None
    changes: tuple[Change, ...]
    explanation: tuple[ExplainedStep, ...]


def overlap_about(atlas: Atlas, question: str) -> Overlap:
    """Return who works on what *question* is about: a theme by any label, or any words in four languages.

    >>> import govmap
    >>> result = govmap.overlap_about(govmap.load(), "trata de personas")
    >>> [(hit.mechanism, hit.number) for hit in result.groups if hit.relevance == "direct"]
    [('LAD', 8), ('QUITO', 9), ('RIAM', 1), ('SACM', 4)]

    Raises:
        NotFoundError: The question is not on the subject of any theme.
        AmbiguousError: A word of it is too broad to stand alone, and its readings have different groups.

    """
    understood = _understand(atlas, question)
    matches = _matches(atlas, question, understood)
    return overlap_on(atlas, question, matches, tuple(ExplainedStep(*step) for step in understood.steps))


def themes_about(atlas: Atlas, question: str) -> tuple[ThemeMatch, ...]:
    """Return the themes that *question* is about, the likeliest first; errors as `overlap_about`.

    Raises UsageError, too, where the question is a text rather than a question.
    """
    return _matches(atlas, question, _understand(atlas, question))


def _understand(atlas: Atlas, question: str) -> Understanding:
    words = len(question.split())
    if words > MOST_WORDS:
        message = _("A question of {n} words is too long; ask in at most {limit}").format(n=words, limit=MOST_WORDS)
        raise UsageError(message, (Call("list", "themes"),))
    return atlas.vocabulary.understand(question)


def _matches(atlas: Atlas, question: str, understood: Understanding) -> tuple[ThemeMatch, ...]:
    if understood.ambiguous:
        groups = {tuple((m.id, g.number) for m, g in atlas.groups_on(theme)) for theme in understood.ambiguous}
        if len(groups) > 1:
            labels = tuple(atlas.themes[id_].label for id_ in understood.ambiguous)
            message = _("{words} is ambiguous, or too broad to stand alone; name the theme")
            raise AmbiguousError(message.format(words=quoted(question)), labels)
        return tuple(ThemeMatch(id_, atlas.themes[id_].label, question, 1.0) for id_ in understood.ambiguous)
    if not understood.readings:
        raise _not_on_subject(atlas, question, understood)
    found = {reading.theme for reading in understood.readings}
    broader = {above for id_ in found for above in ancestors(atlas, id_)}
    return tuple(
        ThemeMatch(r.theme, atlas.themes[r.theme].label, r.matched, r.score)
        for r in understood.readings
        if r.theme not in broader
    )


def ancestors(atlas: Atlas, theme: str) -> Iterator[str]:
    """Yield the themes above *theme*, from the nearest."""
    above = atlas.themes[theme].broader
    while above is not None:
        yield above
        above = atlas.themes[above].broader


def theme_ids(atlas: Atlas, typed: str | None) -> tuple[str, ...]:
    """Return the ids of the themes named by an exact id or in any words; none for None."""
    if typed is None:
        return ()
    if typed.strip().casefold() in atlas.themes:
        return (typed.strip().casefold(),)
    return tuple(match.id for match in themes_about(atlas, typed))


def _not_on_subject(atlas: Atlas, question: str, understood: Understanding) -> NotFoundError:
    """Return the error that offers themes with a similar name, clearly as offers."""
    if understood.steps and all(step.role == "neutral" for step in understood.steps):
        message = _("{words} names no theme, or the whole field; name a theme, or see all of them ranked")
        return NotFoundError(message.format(words=quoted(question)), (Call("overlap"), Call("list", "themes")))
    if not understood.steps:
        message = _("There is no word to look for in {words}")
        return NotFoundError(message.format(words=quoted(question)), (Call("list", "themes"),))
    near = [atlas.themes[id_].label for id_ in understood.partly]
    offers = tuple(dict.fromkeys([*near, *atlas.theme_names.suggest(question)]))[:3]
    message = _("No theme is about {words}, so no mechanism is known to work on it")
    return NotFoundError(message.format(words=quoted(question)), offers or (Call("list", "themes"),))


def overlap_on(
    atlas: Atlas, query: str, matches: tuple[ThemeMatch, ...], explanation: tuple[ExplainedStep, ...] = ()
) -> Overlap:
    """Return who works on the themes that a query was matched with; `groups` is empty where nobody does."""
    wanted = {match.id for match in matches}
    direct = {theme: atlas.groups_on(theme) for theme in wanted}
    # Of two subjects or more, what is beside one is rarely what was asked for; what is above a narrow one may be.
    alone = len(wanted) == 1 or not any(direct.values())
    above = {id_ for theme in wanted for id_ in ancestors(atlas, theme) if atlas.themes[id_].broader}
    hits = _hits(atlas, matches, neighbouring(atlas, wanted) if alone else above)
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
        caution=atlas.caution,
        changes=changes(atlas.changes(working, parts=("members", "groups")), working),
        explanation=explanation,
    )


def neighbouring(atlas: Atlas, themes: set[str]) -> set[str]:
    """Return the neighbours of themes in the vocabulary: the broader one and the related ones.

    A theme on which no group works has its narrower ones as neighbours too.
    """
    near: set[str] = set()
    for id_ in themes:
        theme = atlas.themes[id_]
        groups = atlas.groups_on(id_)
        near.update(theme.related)
        if theme.broader:
            near.add(theme.broader)
        if not groups:
            near |= narrower(atlas, id_)
    return near - themes


def narrower(atlas: Atlas, theme: str) -> set[str]:
    """Return the themes below *theme*, at any depth."""
    below: set[str] = set()
    layer = {theme}
    while layer:
        layer = {t.id for t in atlas.themes.values() if t.broader in layer} - below
        below |= layer
    return below


def _hits(atlas: Atlas, matches: tuple[ThemeMatch, ...], neighbours: set[str]) -> tuple[GroupHit, ...]:
    """Return the groups found: direct ones first, by the likeliest theme; related ones on a broader theme first."""
    scores = {match.id: match.score for match in matches}
    above = {atlas.themes[id_].broader for id_ in scores}
    found: dict[tuple[str, int], GroupHit] = {}
    for relevance, themes in (("direct", scores.keys()), ("related", neighbours)):
        for theme in sorted(themes):
            for mechanism, group in atlas.groups_on(theme):
                found.setdefault((mechanism.id, group.number), _hit((mechanism, group), relevance))

    def rank(hit: GroupHit) -> tuple[str, float, bool, str, int]:
        likeliest = max(scores.get(theme, 0.0) for theme in hit.themes)
        farther = hit.relevance == "related" and above.isdisjoint(hit.themes)
        return hit.relevance, -likeliest, farther, hit.mechanism, hit.number

    return tuple(sorted(found.values(), key=rank))


def _hit(found: GroupOf, relevance: str) -> GroupHit:
    mechanism, group = found
    return GroupHit(mechanism.id, group.number, group.name, relevance, tuple(sorted(group.themes)))
