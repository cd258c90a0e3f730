"""How sets overlap is what the algebra of sets says."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govmap.analysis.similarity import compare_pair, in_some, most_similar_pairs, only_in_each, set_relation

sets_of_letters = st.frozensets(st.sampled_from("abcdef"))
named_sets = st.dictionaries(st.sampled_from("UVWXYZ"), sets_of_letters, min_size=2)
many_sets = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.frozensets(st.integers(0, 9).map(str)), max_size=12
)


@given(sets_of_letters, sets_of_letters)
@example(frozenset(), frozenset())
@example(frozenset(), frozenset("a"))
@example(frozenset("a"), frozenset("ab"))
def test_a_pair_counts_what_two_sets_share_and_names_their_relation(
    mine: frozenset[str], theirs: frozenset[str]
) -> None:
    pair = compare_pair("L", "R", mine, theirs)
    assert (pair.left, pair.right, pair.shared) == ("L", "R", len(mine & theirs))
    assert (pair.only_left, pair.only_right) == (len(mine - theirs), len(theirs - mine))
    union = mine | theirs
    assert pair.jaccard == (pytest.approx(pair.shared / len(union), abs=5e-5) if union else None)
    for share, whole in ((pair.containment_left, mine), (pair.containment_right, theirs)):
        assert (share is None) == (not whole)
        assert share is None or share == pytest.approx(pair.shared / len(whole), abs=5e-5)
    holds = {
        "disjoint": mine.isdisjoint(theirs),
        "equal": bool(mine) and mine == theirs,
        "contains": bool(theirs) and mine > theirs,
        "within": bool(mine) and mine < theirs,
        "overlapping": bool(mine & theirs) and bool(mine - theirs) and bool(theirs - mine),
    }
    assert [relation for relation, true in holds.items() if true] == [pair.relation] == [set_relation(mine, theirs)]


@given(named_sets)
def test_what_all_have_what_some_have_and_what_only_one_has_are_all_there_is(sets: dict[str, frozenset[str]]) -> None:
    only, partly = only_in_each(sets), in_some(sets)
    assert set(only) == set(sets)
    for letter in frozenset.union(*sets.values()):
        owners = tuple(name for name, members in sets.items() if letter in members)
        assert [name for name, alone in only.items() if letter in alone] == list(owners if len(owners) == 1 else ())
        found = [holders for holders, held in partly.items() if letter in held]
        assert found == ([owners] if 1 < len(owners) < len(sets) else [])
    assert frozenset().union(*partly.values(), *only.values()) <= frozenset.union(*sets.values())


def test_what_most_have_comes_first_and_then_the_names_decide() -> None:
    holders = [names for size in (1, 2, 3, 4) for names in combinations("ABCD", size)]
    sets = {name: frozenset("".join(names) for names in holders if name in names) for name in "ABCD"}
    assert list(in_some(sets).items()) == [
        (tuple(names), frozenset({names})) for names in ("ABC", "ABD", "ACD", "BCD", "AB", "AC", "AD", "BC", "BD", "CD")
    ]


@given(many_sets, st.integers(1, 20))
def test_bit_sets_find_the_pairs_that_comparing_each_finds(sets: dict[str, frozenset[str]], top: int) -> None:
    ordered = dict(sorted(sets.items()))
    pairs = [compare_pair(left, right, ordered[left], ordered[right]) for left, right in combinations(ordered, 2)]
    pairs.sort(key=lambda pair: (-(pair.jaccard or 0), -pair.shared, pair.left, pair.right))
    assert most_similar_pairs(ordered, top) == [(pair.left, pair.right) for pair in pairs[:top]]


def test_pairs_are_ranked_by_their_index_to_four_digits_and_then_by_what_they_share() -> None:
    """Of a set and one that it lies in the index is share by whole: 0.33451 before 0.33444 and 0.33445, shown alike."""
    sets: dict[str, frozenset[str]] = {}
    for name, share, whole in (("more", 100, 299), ("most", 101, 302), ("next", 95, 284)):
        members = [f"{name} {n}" for n in range(whole)]
        sets |= {f"{name} part": frozenset(members[:share]), f"{name} whole": frozenset(members)}
    assert most_similar_pairs(sets, 3) == [(f"{name} part", f"{name} whole") for name in ("next", "most", "more")]


def test_a_pair_is_not_dropped_for_what_its_index_loses_by_rounding() -> None:
    """The indexes are 0.33451 and 0.33446, shown alike, and the second pair shares more; two sets are like none."""
    sets = {
        name: frozenset({name}) for name in ("near part", "near whole", "none", "nothing", "wide part", "wide whole")
    }
    for name, share, whole in (("near", 95, 284), ("wide", 298, 891)):
        members = [f"{name} {n}" for n in range(whole)]
        sets |= {f"{name} part": frozenset(members[:share]), f"{name} whole": frozenset(members)}
    assert most_similar_pairs(sets, 1) == [("wide part", "wide whole")]
