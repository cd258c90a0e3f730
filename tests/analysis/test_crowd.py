from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govmap.analysis.bit_index import BitIndex, at_least, most, positions

SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=1, max_size=12)


def bits_of(found: list[int]) -> int:
    return sum(1 << at for at in found)


@given(SETS, st.data())
def test_the_slices_hold_what_a_set_shares_with_each(sets: list[frozenset[str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sets) - 1))
    among = data.draw(st.lists(st.integers(0, len(sets) - 1), unique=True))
    shared = {other: len(sets[at] & sets[other]) for other in among}
    index = BitIndex(sets)
    slices = index.shared_with(at, bits_of(among))
    for number in range(10):
        enough = [other for other in among if shared[other] >= number]
        assert sorted(positions(at_least(slices, number, bits_of(among)))) == sorted(enough)
    if among:
        highest = max(shared.values())
        assert most(slices, bits_of(among)) == (highest, bits_of([o for o in among if shared[o] == highest]))


@given(SETS)
def test_the_sets_of_each_size_are_known(sets: list[frozenset[str]]) -> None:
    found = {size: list(positions(bits)) for size, bits in BitIndex(sets).by_size.items()}
    assert found == {size: [at for at, s in enumerate(sets) if len(s) == size] for size in {len(s) for s in sets}}
