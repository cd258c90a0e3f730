"""The fewest mechanisms that together seat every country asked for, or reach every theme.

This is the set cover problem. Sets grow by one mechanism at a time, always by those that reach what fewest reach, so
all the best answers are found. Where that would be more than MOST_SETS sets, the greedy rule gives one that is at most
ln n times larger (V. Chvátal, "A greedy heuristic for the set-covering problem", Mathematics of Operations Research 4,
1979). Sets are held as the bits of integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from govmap.analysis.neighbours import nobody_is_listed, nobody_works_on, none_lists
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.declaration import ANALYSE, Many, question
from govmap.errors import GovmapError, NoAnswerError, UsageError
from govmap.language import _
from govmap.model import Country, Theme
from govmap.parts.changes import changes_in
from govmap.records import COMPARED, AnswerWithChanges, Basis

MOST_SETS = 50_000  # of one size, which take a second or two


class Cover(AnswerWithChanges, frozen=True):
    """The answer to `cover`.

    `solutions` are all smallest sets of mechanisms that reach what can be reached of `wanted`; `unreachable` is
    what none of the candidates reaches. `exact` is false where the greedy rule gave one answer only. With a theme,
    `themes_unknown` are those not reached (codes) of which no mechanism that lists them has known groups, and
    `themes_partly_unknown` those of which some have and some have not. `unclear` has, by country (code) not reached,
    the candidates that leave open whether they list it.
    """

    as_of: str
    kind: str
    theme: str | None
    wanted: tuple[str, ...]
    size: int
    solutions: tuple[tuple[str, ...], ...]
    unreachable: tuple[str, ...]
    exact: bool
    themes_unknown: tuple[str, ...]
    themes_partly_unknown: tuple[str, ...]
    unclear: dict[str, tuple[str, ...]]


@question(ANALYSE, "--theme 'human trafficking' --country Peru --country Mexico", "", "--themes")
def cover(
    atlas: Atlas, *, country: Many[Country] = (), theme: str | Theme | None = None, themes: bool = False
) -> Cover:
    """Find the fewest mechanisms that cover every country, or every theme.

    >>> import govmap
    >>> found = govmap.cover(govmap.load(), theme="human trafficking")
    >>> found.size, found.solutions[0], len(found.unreachable)
    (3, ('LAD', 'RIAM', 'SACM'), 12)

    Args:
        country: Cover this country; may be repeated.
        theme: With a group on this theme.
        themes: Cover every theme, not every country.

    Raises:
        NotFoundError: A country has no such name, or the words fit no theme; the error suggests others.
        AmbiguousError: A name could be several, or the words are too broad for one theme.
        UsageError: *themes* is combined with a country or a theme.

    """
    codes = atlas.country_codes(country)
    if themes:
        if theme is not None or codes:
            message = _("--themes covers every theme, so it takes no --theme and no --country")
            raise UsageError(message, (Call("cover", themes=True),))
        reached = {mechanism.id: set(atlas.themes_of(mechanism)) for mechanism in atlas.covered}
        return _cover("theme", atlas, reached, atlas.themes_worked_on, None)
    about = atlas.theme(theme).id if theme is not None else None
    seats = {m.id: set(atlas.seats[m.id]) for m in atlas.covered if about is None or about in atlas.themes_of(m)}
    return _cover("country", atlas, seats, tuple(sorted(codes or atlas.universe)), about)


def rests_on(found: Cover, atlas: Atlas) -> Iterator[Basis]:
    """Yield the groups on the themes, and the whole lists of the mechanisms that could be taken."""
    yield from Basis.groups(atlas, found.wanted if found.kind == "theme" else (found.theme,) if found.theme else ())
    if found.kind == "country":
        able = (m for m in atlas.covered if found.theme is None or found.theme in atlas.themes_of(m))
        yield from Basis.parts((mechanism.id for mechanism in able), "members")


def failure(found: Cover, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer where nothing is reached."""
    if found.solutions:
        return None
    if found.kind == "theme" or (found.theme and not atlas.is_worked_on(found.theme)):
        return nobody_works_on(atlas, (found.theme,) if found.theme else ())
    if not atlas.covered_heads or not found.wanted:
        return nobody_is_listed(atlas)
    names = ", ".join(atlas.countries[code].name for code in found.unreachable)
    message = none_lists(atlas, names)
    if found.theme:
        message = _("No mechanism with a group on {theme} lists {countries}").format(
            theme=atlas.themes[found.theme].label, countries=names
        )
    return NoAnswerError(message, (Call("country", found.unreachable[0]),))


def _cover(kind: str, atlas: Atlas, sets: dict[str, set[str]], wanted: tuple[str, ...], theme: str | None) -> Cover:
    bit = {item: 1 << i for i, item in enumerate(wanted)}
    masks = {id_: sum(bit[item] for item in items if item in bit) for id_, items in sorted(sets.items())}
    reachable = reduce(or_, masks.values(), 0)
    unreachable = tuple(item for item in wanted if not bit[item] & reachable)
    in_doubt = unreachable if theme else ()
    smallest = smallest_covers(masks, reachable)
    solutions = (greedy_cover(masks, reachable),) if smallest is None else smallest
    return Cover(
        as_of=atlas.as_of,
        kind=kind,
        theme=theme,
        wanted=wanted,
        size=len(solutions[0]) if solutions else 0,
        solutions=solutions,
        unreachable=unreachable,
        exact=smallest is not None,
        themes_unknown=tuple(filter(atlas.knows_no_groups, in_doubt)),
        themes_partly_unknown=tuple(filter(atlas.knows_some_groups, in_doubt)),
        unclear=atlas.unclear_among(sets, unreachable) if kind == "country" else {},
        caution=atlas.caution,
        changes=changes_in(
            atlas,
            sets,
            parts=("members",) if kind == "country" and theme is None else COMPARED,
            themes=() if theme is None else (theme,),
            with_new=True,
        ),
    )


def smallest_covers(masks: dict[str, int], target: int) -> tuple[tuple[str, ...], ...] | None:
    """Return every smallest set of names whose masks together hold the bits of *target*, as those of all do.

    The sets are in alphabetical order. None where that takes too many of them.
    """
    if not target:
        return ()
    bits = (1 << i for i in range(target.bit_length()) if target >> i & 1)
    able = {bit: [name for name in masks if masks[name] & bit] for bit in bits}
    rarest_first = sorted(able, key=lambda bit: len(able[bit]))
    left = {frozenset[str](): target}
    while len(left) <= MOST_SETS:
        if covers := [names for names, rest in left.items() if not rest]:
            return tuple(sorted(tuple(sorted(names)) for names in covers))
        left = {
            names | {name}: rest & ~masks[name]
            for names, rest in left.items()
            for name in able[next(bit for bit in rarest_first if rest & bit)]
        }
    return None


def greedy_cover(masks: dict[str, int], target: int) -> tuple[str, ...]:
    """Return names whose masks hold the bits of *target*, taking the one that adds most each time."""
    chosen: list[str] = []
    while target:
        best = min(masks, key=lambda name: (-(masks[name] & target).bit_count(), name))
        if not masks[best] & target:
            break
        chosen.append(best)
        target &= ~masks[best]
    return tuple(sorted(chosen))
