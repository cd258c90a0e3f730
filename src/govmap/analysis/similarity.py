"""How sets of seats overlap: one pair of them, several at once, and which of many are most alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil

from govmap.analysis.bit_index import BitIndex, at_least, positions
from govmap.grouping import grouped
from govmap.records import Result

SLACK = 0.00005  # half of the last digit that a Jaccard index is given with


class ThemesOfPair(Result, frozen=True):
    """The ids of the themes on which two of the things compared have a group, and those of only one."""

    shared: tuple[str, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]


class Pair(Result, frozen=True):
    """How two of the things compared overlap.

    `jaccard` is the size of the intersection over that of the union (P. Jaccard, "Étude comparative de la
    distribution florale", Bull. Soc. Vaud. Sci. Nat. 37, 1901); null where both sets are empty, or the limits leave
    nothing of one. `containment_left` is the share of the left that is in the right, null where the left is empty;
    `containment_right` likewise.
    `themes` are those on which both have a group, only the left and only the right; null where the groups of one are
    not known.
    """

    left: str
    right: str
    shared: int
    only_left: int
    only_right: int
    jaccard: float | None
    containment_left: float | None
    containment_right: float | None
    relation: str
    themes: ThemesOfPair | None


def only_in_each(sets: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return what each of *sets* holds that no other of them does."""
    return {
        name: mine.difference(*(other for other_name, other in sets.items() if other_name != name))
        for name, mine in sets.items()
    }


def in_some(sets: dict[str, frozenset[str]]) -> dict[tuple[str, ...], frozenset[str]]:
    """Return what two or more of *sets*, but not all, hold: by the names of those that do, most of them first."""
    every = frozenset.union(*sets.values())
    found = grouped((tuple(name for name, mine in sets.items() if held in mine), held) for held in every)
    some = (holders for holders in found if 1 < len(holders) < len(sets))
    return {holders: frozenset(found[holders]) for holders in sorted(some, key=lambda names: (-len(names), names))}


def jaccard(mine: frozenset[str], theirs: Collection[str]) -> float:
    """Return the Jaccard index of two sets, of which *theirs* has nothing twice, to four digits."""
    shared = len(mine.intersection(theirs))
    union = len(mine) + len(theirs) - shared
    return round(shared / union, 4) if union else 0.0


def compare_pair(
    left: str,
    right: str,
    mine: frozenset[str],
    theirs: frozenset[str],
    themes: tuple[frozenset[str], frozenset[str]] | None = None,
) -> Pair:
    """Return how the set *mine*, called *left*, and the set *theirs*, called *right*, overlap, and their *themes*."""
    shared = len(mine & theirs)
    return Pair(
        left=left,
        right=right,
        shared=shared,
        only_left=len(mine) - shared,
        only_right=len(theirs) - shared,
        jaccard=jaccard(mine, theirs) if mine or theirs else None,
        containment_left=round(shared / len(mine), 4) if mine else None,
        containment_right=round(shared / len(theirs), 4) if theirs else None,
        relation=set_relation(mine, theirs),
        themes=themes and _themes_of_pair(*themes),
    )


def _themes_of_pair(mine: frozenset[str], theirs: frozenset[str]) -> ThemesOfPair:
    return ThemesOfPair(tuple(sorted(mine & theirs)), tuple(sorted(mine - theirs)), tuple(sorted(theirs - mine)))


def set_relation(mine: frozenset[str], theirs: frozenset[str]) -> str:
    """Return what *mine* is to *theirs*: equal, disjoint, contains, within or overlapping.

    An empty set is disjoint from every other set, also from an empty one: to call it contained would read
    as a finding.
    """
    if not mine & theirs:
        return "disjoint"
    if mine == theirs:
        return "equal"
    if mine > theirs:
        return "contains"
    return "within" if mine < theirs else "overlapping"


def most_similar_pairs(sets: Mapping[str, frozenset[str]], top: int) -> list[tuple[str, str]]:
    """Return the *top* pairs of *sets*, by name, that are most alike.

    They are in the order of `compare --all`: by Jaccard index to four digits, members shared, and names as they stand
    in *sets*. What a set shares with all others is counted at once, and only those are looked at that may be among
    the most similar.
    """
    names, index = list(sets), BitIndex(list(sets.values()))
    best: list[tuple[float, int, str, str]] = []
    bar = 0.0  # the index that a pair must reach to be among them
    left = (1 << len(names)) - 1
    for at, mine in enumerate(index.sets):
        left ^= 1 << at
        slices = index.shared_with(at, left)
        for size, of_size in index.by_size.items():
            together, least = len(mine) + size, max(bar - SLACK, 0.0)
            for other in positions(at_least(slices, ceil(least * together / (1 + least) - SLACK), of_size & left)):
                shared = len(mine & index.sets[other])
                union = together - shared
                best.append((-round(shared / union, 4) if union else 0.0, -shared, names[at], names[other]))
        if len(best) > 4 * top:
            best.sort()
            del best[top:]
            bar = -best[-1][0]
    best.sort()
    return [(left, right) for _, _, left, right in best[:top]]
