"""The fewest mechanisms that together seat every country asked for, or reach every theme.

This is the set cover problem. With up to EXACT_UP_TO candidates every combination is tried, the smallest first, so
all the best answers are found; with more, the greedy rule gives one that is at most ln n times larger (V. Chvátal,
"A greedy heuristic for the set-covering problem", Mathematics of Operations Research 4, 1979). Sets are held as the
bits of integers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import combinations
from operator import or_

from govmap.atlas import Atlas
from govmap.records import COMPARED, Change, Result, changes_in

EXACT_UP_TO = 20


class Cover(Result, frozen=True):
    """The answer to `cover`.

    `solutions` are all smallest sets of mechanisms that reach what can be reached of `wanted`; `unreachable` is
    what none of the candidates reaches. `exact` is false where the greedy rule gave one answer only.
    """

    as_of: str
    kind: str
    theme: str | None
    wanted: tuple[str, ...]
    size: int
    solutions: tuple[tuple[str, ...], ...]
    unreachable: tuple[str, ...]
    exact: bool
    caution: str | None
    changes: tuple[Change, ...]


def cover_countries(atlas: Atlas, *, countries: Iterable[str] = (), theme: str | None = None) -> Cover:
    """Return the fewest mechanisms that seat *countries* (alpha-3 codes, by default all), with a group on *theme*.

    >>> import govmap
    >>> cover = govmap.cover_countries(govmap.load(), theme="trafficking")
    >>> cover.size, cover.solutions[0], len(cover.unreachable)
    (3, ('LAD', 'RIAM', 'SACM'), 11)
    """
    able = [m.id for m in atlas.covered if theme is None or theme in atlas.themes_of(m)]
    wanted = tuple(sorted(set(countries) or set(atlas.parties)))
    return _cover("country", atlas, {id_: set(atlas.seats[id_]) for id_ in able}, wanted, theme)


def cover_themes(atlas: Atlas) -> Cover:
    """Return the fewest mechanisms that together have a group on every theme that any group works on."""
    reached = {mechanism.id: set(atlas.themes_of(mechanism)) for mechanism in atlas.covered}
    return _cover("theme", atlas, reached, tuple(sorted(atlas.groups_by_theme)), None)


def _cover(kind: str, atlas: Atlas, sets: dict[str, set[str]], wanted: tuple[str, ...], theme: str | None) -> Cover:
    bit = {item: 1 << i for i, item in enumerate(wanted)}
    masks = {id_: sum(bit[item] for item in items if item in bit) for id_, items in sorted(sets.items())}
    reachable = reduce(or_, masks.values(), 0)
    useful = {id_: mask for id_, mask in masks.items() if mask}
    exact = len(useful) <= EXACT_UP_TO
    solutions = smallest_covers(useful, reachable) if exact else (greedy_cover(useful, reachable),)
    return Cover(
        as_of=atlas.as_of,
        kind=kind,
        theme=theme,
        wanted=wanted,
        size=len(solutions[0]) if solutions else 0,
        solutions=solutions,
        unreachable=tuple(item for item in wanted if not bit[item] & reachable),
        exact=exact,
        caution=atlas.caution,
        changes=changes_in(atlas, sets, parts=("members",) if kind == "country" and theme is None else COMPARED),
    )


def smallest_covers(masks: dict[str, int], target: int) -> tuple[tuple[str, ...], ...]:
    """Return every smallest set of names whose masks together hold the bits of *target*, in alphabetical order."""
    if not target:
        return ()
    for size in range(1, len(masks) + 1):
        found = tuple(
            names
            for names in combinations(sorted(masks), size)
            if reduce(or_, (masks[name] for name in names)) & target == target
        )
        if found:
            return found
    return ()


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
