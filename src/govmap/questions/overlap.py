"""Who works on a theme, which countries sit in several of them, and which in none."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.neighbours import neighbouring, nobody_works_on
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.declaration import COMPARE, Shape, question
from govmap.errors import AmbiguousError, GovmapError, NotFoundError, UsageError
from govmap.language import _
from govmap.model import Mechanism, Theme
from govmap.names.themes import SIMILARITY, Found, ancestors
from govmap.parts.changes import changes_in
from govmap.records import Answer, Basis, Change, CountryRef, MechanismRef, Result, ThemeRef, country_refs
from govmap.statements import Statement
from govmap.texts import in_series


class ThemeMatch(ThemeRef, frozen=True):
    """A theme that the query led to, the words that led there, and how well they fit (0 to 1).

    `matched_by` is `words`; or `similarity`, where graded questions like the query are on the theme, and then `score`
    says how much they are.
    """

    matched: str
    score: float
    matched_by: str


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


class MechanismHit(MechanismRef, frozen=True):
    """A mechanism with such a group, and the number of its members."""

    members: int


class CountryHit(CountryRef, frozen=True):
    """A country, and those of the mechanisms that list it."""

    mechanisms: tuple[str, ...]


class OtherBody(MechanismRef, frozen=True):
    """A body that is not of the source of the dataset, with its groups on the theme and the number of its members."""

    members: int
    groups: tuple[GroupHit, ...]


class Overlap(Answer, frozen=True):
    """The answer to `overlap THEME`.

    `mechanisms`, `countries` and `uncovered` rest on the direct groups, or on the related ones where no group
    is direct; `basis` says which. `uncovered` are the countries that the dataset is about and none of them lists;
    `themes_unknown` are those of these (codes) of which no mechanism that lists them has known groups, and
    `themes_partly_unknown` those of which some have and some have not. `unclear` has, by country (code), those of the
    mechanisms that leave open whether they list it, where none of them does.
    `other_bodies` are not of the source of the dataset and have a group on the theme itself; they count in nothing
    else.
    """

    query: str
    as_of: str
    themes: tuple[ThemeMatch, ...]
    groups: tuple[GroupHit, ...]
    mechanisms: tuple[MechanismHit, ...]
    countries: tuple[CountryHit, ...]
    uncovered: tuple[CountryRef, ...]
    other_bodies: tuple[OtherBody, ...]
    basis: str
    caution: Statement | None
    changes: tuple[Change, ...]
    explanation: tuple[ExplainedStep, ...]
    themes_unknown: tuple[str, ...]
    themes_partly_unknown: tuple[str, ...]
    unclear: dict[str, tuple[str, ...]]


class ThemeDuplication(ThemeRef, frozen=True):
    """How often one theme is worked on.

    `seats` counts each country once for each mechanism with a group on the theme, `countries` counts it once;
    `repeated_seats` is the difference. `duplication` is repeated seats over seats: 0 where no country meets the
    theme twice, near 1 where the same countries meet it in many mechanisms.
    """

    groups: int
    mechanisms: tuple[str, ...]
    seats: int
    countries: int
    repeated_seats: int
    duplication: float


class Duplication(Answer, frozen=True):
    """The answer to `overlap` without a theme: only themes on which a group works, most repeated seats first."""

    as_of: str
    caution: Statement | None
    themes: tuple[ThemeDuplication, ...]
    changes: tuple[Change, ...]


@question(
    COMPARE,
    '"trata de personas"',
    "",
    "asylum --explain",
    shapes=(Shape("overlap", "overlap THEME", "Overlap"), Shape("duplication", "overlap", "Duplication")),
    batch=True,
)
def overlap(atlas: Atlas, theme: str | Theme | None = None, *, explain: bool = False) -> Overlap | Duplication:
    """Show who works on a theme, and who is left out.

    >>> import govmap
    >>> found = govmap.overlap(govmap.load(), "trata de personas")
    >>> [(hit.mechanism, hit.number) for hit in found.groups if hit.relevance == "direct"]
    [('LAD', 8), ('QUITO', 9), ('RIAM', 1), ('SACM', 4)]

    Args:
        theme: A theme, in your own words, in any of the four languages (default: all themes).
        explain: Explain how each word was understood.

    Raises:
        NotFoundError: The words are not on the subject of any theme.
        AmbiguousError: One of them is too broad to stand alone, and its readings have different groups.

    """
    if theme is None:
        if explain:
            message = _("--explain shows how words were understood; name a theme")
            raise UsageError(message, (Call("overlap", "asylum", explain=True),))
        return _rank(atlas)
    question = theme.label if isinstance(theme, Theme) else theme
    found = _find(atlas, question, explain=explain)
    matches = tuple(
        ThemeMatch.from_record(m.theme, matched=m.matched, score=m.score, matched_by=m.by) for m in found.matches
    )
    return _on(atlas, question, matches, tuple(ExplainedStep(*step) for step in found.steps))


def rests_on(found: Overlap | Duplication, atlas: Atlas) -> Iterator[Basis]:
    """Yield the groups found, and the whole lists of countries of their mechanisms."""
    if isinstance(found, Overlap):
        for hit in found.groups:
            yield Basis(hit.mechanism, "groups", hit.number)
        yield from Basis.parts((hit.id for hit in found.mechanisms), "members", "relation")
        for hit in (hit for body in found.other_bodies for hit in body.groups):
            yield Basis(hit.mechanism, "groups", hit.number)
        return
    yield from Basis.groups(atlas, (row.id for row in found.themes))
    yield from Basis.parts(sorted({id_ for row in found.themes for id_ in row.mechanisms}), "members")


def failure(found: Overlap | Duplication, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer where no group works on the theme or on a neighbour of it, or on any."""
    if found.themes if isinstance(found, Duplication) else (found.groups or found.other_bodies):
        return None
    return nobody_works_on(atlas, tuple(theme.id for theme in found.themes))


def _find(atlas: Atlas, question: str, *, explain: bool) -> Found:
    """Return the themes of *question*; where it has none, the error says what each word counted for, if asked to."""
    try:
        return atlas.find_themes(question)
    except (NotFoundError, AmbiguousError) as error:
        if not explain:
            raise
        steps = atlas.interpreter.interpret(question).steps
        counted = in_series(f"{step.words}: {' '.join((_(step.role), *step.themes))}" for step in steps)
        raise error.reworded(f"{error.message} ({counted})") from error


def _on(atlas: Atlas, query: str, matches: tuple[ThemeMatch, ...], explanation: tuple[ExplainedStep, ...]) -> Overlap:
    """Return who works on the themes that a query was matched with; `groups` is empty where nobody does."""
    asked = {match.id for match in matches}
    direct = any(map(atlas.is_worked_on, asked))
    # Of two subjects or more, what is beside one is rarely what was asked for; what is above a narrow one may be.
    alone = len(asked) == 1 or not direct
    above = {id_ for theme in asked for id_ in ancestors(atlas.themes, theme) if atlas.themes[id_].broader}
    hits = _hits(atlas, matches, neighbouring(atlas, asked) if alone else above)
    basis = "direct" if direct else "related"
    working = {hit.mechanism for hit in hits if hit.relevance == basis}
    mechanisms = [atlas.mechanisms[id_] for id_ in sorted(working)]
    seated: dict[str, list[str]] = {code: [] for code in atlas.universe}
    for mechanism in mechanisms:
        for member in mechanism.members:
            seated[member.code].append(mechanism.id)
    countries = [CountryHit(code, atlas.countries[code].name, tuple(ids)) for code, ids in seated.items() if ids]
    uncovered = tuple(code for code, ids in seated.items() if not ids)
    return Overlap(
        query=query,
        as_of=atlas.as_of,
        themes=matches,
        groups=hits,
        mechanisms=tuple(MechanismHit.from_record(m, members=len(m.members)) for m in mechanisms),
        countries=tuple(sorted(countries, key=lambda hit: (-len(hit.mechanisms), hit.code))),
        uncovered=country_refs(atlas, uncovered),
        other_bodies=_other_bodies(atlas, asked),
        basis=basis,
        caution=atlas.caution,
        changes=changes_in(atlas, working, themes={match.id for match in matches}, with_new=True),
        explanation=explanation,
        themes_unknown=tuple(filter(atlas.knows_no_groups, uncovered)),
        themes_partly_unknown=tuple(filter(atlas.knows_some_groups, uncovered)),
        unclear=atlas.unclear_among(working, uncovered),
    )


def _other_bodies(atlas: Atlas, asked: set[str]) -> tuple[OtherBody, ...]:
    """Return the bodies beyond the scope of the atlas that have a group on one of the themes asked for."""
    working = {mechanism.id: mechanism for theme in asked for mechanism in atlas.out_of_scope_on(theme)}
    return tuple(
        OtherBody.from_record(mechanism, members=len(mechanism.members), groups=_groups_on(mechanism, asked))
        for _id, mechanism in sorted(working.items())
    )


def _groups_on(mechanism: Mechanism, asked: set[str]) -> tuple[GroupHit, ...]:
    groups = sorted((group for group in mechanism.groups if asked & set(group.themes)), key=lambda group: group.number)
    return tuple(GroupHit(mechanism.id, g.number, g.name, "direct", tuple(sorted(g.themes))) for g in groups)


def _hits(atlas: Atlas, matches: tuple[ThemeMatch, ...], neighbours: set[str]) -> tuple[GroupHit, ...]:
    """Return the groups found: direct ones first, by the likeliest theme; related ones on a broader theme first."""
    scores = {match.id: (match.matched_by != SIMILARITY, match.score) for match in matches}
    above = {atlas.themes[id_].broader for id_ in scores}
    found: dict[tuple[str, int], GroupHit] = {}
    for relevance, themes in (("direct", set(scores)), ("related", neighbours)):
        for theme in sorted(themes):
            for mechanism, group in atlas.groups_on(theme):
                themes_of_group = tuple(sorted(group.themes))
                hit = GroupHit(mechanism.id, group.number, group.name, relevance, themes_of_group)
                found.setdefault((hit.mechanism, hit.number), hit)

    def rank(hit: GroupHit) -> tuple[str, bool, float, bool, str, int]:
        by_words, score = max(scores.get(theme, (False, 0.0)) for theme in hit.themes)
        farther = hit.relevance == "related" and above.isdisjoint(hit.themes)
        return hit.relevance, not by_words, -score, farther, hit.mechanism, hit.number

    return tuple(sorted(found.values(), key=rank))


def _rank(atlas: Atlas) -> Duplication:
    """Return every theme that a group works on, by how many seats on it are repeated."""
    rows = [_measure(atlas, theme) for theme in atlas.themes_worked_on]
    rows.sort(key=lambda row: (-row.repeated_seats, -len(row.mechanisms), -row.groups, row.id))
    happened = changes_in(atlas, (id_ for row in rows for id_ in row.mechanisms), with_new=True)
    return Duplication(atlas.as_of, atlas.caution, tuple(rows), happened)


def _measure(atlas: Atlas, theme: str) -> ThemeDuplication:
    groups = tuple(atlas.groups_on(theme))
    mechanisms = tuple(sorted({mechanism.id for mechanism, _ in groups}))
    seats = sum(len(atlas.seats[id_]) for id_ in mechanisms)
    countries = len({code for id_ in mechanisms for code in atlas.seats[id_]})
    return ThemeDuplication.from_record(
        atlas.themes[theme],
        groups=len(groups),
        mechanisms=mechanisms,
        seats=seats,
        countries=countries,
        repeated_seats=seats - countries,
        duplication=round((seats - countries) / seats, 4) if seats else 0.0,
    )
