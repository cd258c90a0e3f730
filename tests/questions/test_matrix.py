"""Who sits where: the matrix, its order, the combinations, the map; what every field holds is in `answers/`."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import atlas_of, mechanism

import govmap
from govmap.calls import Call
from govmap.questions.map import failure
from govmap.questions.matrix import EXACT_UP_TO, Combinations, Matrix, neighbourly

named_sets = st.dictionaries(st.sampled_from("UVWXYZ"), st.frozensets(st.sampled_from("abcd")), max_size=6)


def matrix(atlas: govmap.Atlas, by: str = "country") -> Matrix:
    """Return the matrix of countries or of themes."""
    found = govmap.matrix(atlas, by="theme" if by == "theme" else "country")
    assert isinstance(found, Matrix)
    return found


def combinations(atlas: govmap.Atlas) -> Combinations:
    """Return the combinations of seats."""
    found = govmap.matrix(atlas, upset=True)
    assert isinstance(found, Combinations)
    return found


def likeness(order: tuple[str, ...], sets: dict[str, frozenset[str]]) -> float:
    """Return the sum of the Jaccard indexes of neighbours."""
    pairs = [(sets[left], sets[right]) for left, right in pairwise(order)]
    return sum(len(left & right) / (len(left | right) or 1) for left, right in pairs)


@given(named_sets)
def test_no_order_has_neighbours_that_are_more_alike(sets: dict[str, frozenset[str]]) -> None:
    order = neighbourly(sets)
    assert sorted(order) == sorted(sets)
    assert likeness(order, sets) == pytest.approx(
        max((likeness(other, sets) for other in permutations(sets)), default=0)
    )
    assert neighbourly(dict(reversed(sets.items()))) == order


@pytest.mark.parametrize(
    ("sets", "order"),
    [
        ({"D": "d", "B": "b", "A": "a", "C": "c"}, "ABCD"),  # none is like another
        ({"A": "ax", "B": "b", "C": "x"}, "ACB"),
        ({"A": "v", "B": "wx", "C": "w", "D": "x", "E": ""}, "ACBDE"),  # half and half; what is like none comes last
    ],
)
def test_of_orders_with_equal_neighbours_the_first_in_the_alphabet_is_taken(sets: dict[str, str], order: str) -> None:
    assert "".join(neighbourly({name: frozenset(members) for name, members in sets.items()})) == order


def test_up_to_a_number_sets_are_ordered_exactly_and_more_from_the_first_on() -> None:
    """The chain has its first name in the middle: to start there and take the most similar would break it."""
    chain = [f"S{(n + EXACT_UP_TO // 2) % EXACT_UP_TO:02}" for n in range(EXACT_UP_TO)]
    sets = {name: frozenset(map(str, range(n, n + 3))) for n, name in enumerate(chain)}
    assert neighbourly(sets) == tuple(chain[::-1])
    many = {f"S{n:02}": frozenset(map(str, range(n, n + 3))) for n in range(EXACT_UP_TO + 8)}
    assert neighbourly(dict(reversed(many.items()))) == tuple(many)


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), min_size=EXACT_UP_TO + 1, max_size=30))
def test_of_many_each_is_followed_by_the_likest_that_is_left(held: list[frozenset[str]]) -> None:
    sets = {f"S{at:02}": members for at, members in enumerate(held)}
    order = neighbourly(sets)
    left = sorted(sets)[1:]
    assert order[0] == "S00"
    for last, name in pairwise(order):
        assert name == max(left, key=lambda other: len(sets[last] & sets[other]) / len(sets[last] | sets[other]))
        left.remove(name)


def test_every_cell_is_a_membership_and_rows_with_the_same_cells_are_neighbours(atlas: govmap.Atlas) -> None:
    found = matrix(atlas)
    assert {row.id for row in found.entries} == set(atlas.universe)
    for row in found.entries:
        listed = {column.id for column, cell in zip(found.columns, row.cells, strict=True) if cell}
        assert listed == {m.id for m in atlas.mechanisms_of(row.id)}
        assert row.size == len(listed)
    assert {column.id: column.size for column in found.columns} == {id_: len(s) for id_, s in atlas.seats.items()}
    patterns = [row.cells for row in found.entries]
    assert sum(left != right for left, right in pairwise(patterns)) == len(set(patterns)) - 1


def test_the_matrix_of_themes_counts_groups_and_says_what_is_not_known(atlas: govmap.Atlas) -> None:
    found = matrix(atlas, "theme")
    ids = [column.id for column in found.columns]
    assert {row.id for row in found.entries} == set(atlas.themes_worked_on)
    for row in found.entries:
        cells = dict(zip(ids, row.cells, strict=True))
        assert {id_ for id_, cell in cells.items() if cell is None} == {"CAM"}, "the source gives no groups of it"
        assert sum(cell or 0 for cell in cells.values()) == len(list(atlas.groups_on(row.id)))


def test_the_combinations_part_the_countries_the_largest_first(atlas: govmap.Atlas) -> None:
    parts = combinations(atlas).combinations
    assert sorted(ref.code for part in parts for ref in part.countries) == sorted(atlas.universe)
    assert len({part.mechanisms for part in parts}) == len(parts)
    for part in parts:
        assert part.size == len(part.countries)
        assert all({m.id for m in atlas.mechanisms_of(ref.code)} == set(part.mechanisms) for ref in part.countries)
    assert [part.size for part in parts] == sorted((part.size for part in parts), reverse=True)


def test_of_combinations_as_large_those_of_most_mechanisms_come_first_then_the_alphabet_decides(
    atlas: govmap.Atlas, invented: govmap.Atlas
) -> None:
    """The columns of the second are A, C and B, for A and C share Peru."""
    assert [part.mechanisms for part in combinations(invented.at("2022")).combinations] == [
        ("ALPHA", "BETA", "LATER"),
        ("ALPHA", "BETA"),
        ("ALPHA",),
        ("BETA",),
        ("GAMMA",),
        (),
    ]
    made = atlas_of(atlas, mechanism("A", "ARG PER"), mechanism("B", "BOL"), mechanism("C", "CHL PER"))
    assert [part.mechanisms for part in combinations(made).combinations] == [("A", "C"), ("A",), ("B",), ("C",)]


def test_combinations_are_of_countries_alone(invented: govmap.Atlas) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        govmap.matrix(invented, upset=True, by="theme")
    assert caught.value.suggestions == (Call("matrix", upset=True),)


def test_a_tile_says_which_of_the_mechanisms_asked_for_list_the_country(atlas: govmap.Atlas) -> None:
    found = govmap.map(atlas, "CRM", atlas.mechanism("SACM"))
    for tile in found.tiles:
        assert set(tile.mechanisms) == {id_ for id_ in ("RCM", "SACM") if tile.code in atlas.seats[id_]}
        assert (tile.column is None) == (tile.row is None) is False, "each party has a place"
    trafficking = govmap.map(atlas, theme="human trafficking")
    assert {ref.id for ref in trafficking.mechanisms} == {m.id for m, _group in atlas.groups_on("trafficking")}


@pytest.mark.parametrize(
    ("theme", "mechanisms"), [(None, ["ALPHA", "ALPHA", "LATER"]), ("borders", ["BETA", "ALPHA", "ALPHA"])]
)
def test_changes_are_those_of_members_and_with_a_theme_of_groups_too(
    invented: govmap.Atlas, theme: str | None, mechanisms: list[str]
) -> None:
    assert [change.mechanism for change in govmap.map(invented, theme=theme).changes] == mechanisms


@pytest.mark.parametrize(
    ("names", "theme", "message", "call"),
    [
        (("GAMMA",), "asylum", "None of these has a group on asylum", Call("map", "BETA", theme="asylum")),
        ((), "health", "No group works on health", Call("overlap")),
    ],
)
def test_where_none_of_the_mechanisms_works_on_the_theme_there_is_no_map(
    invented: govmap.Atlas, names: tuple[str, ...], theme: str, message: str, call: Call
) -> None:
    error = failure(govmap.map(invented, *names, theme=theme), invented)
    assert error is not None
    assert (error.message, error.suggestions) == (message, (call,))
    assert failure(govmap.map(invented, *names), invented) is None


def test_a_mechanism_without_known_members_has_no_map(invented: govmap.Atlas) -> None:
    with pytest.raises(govmap.NoAnswerError, match="DELTA has no map") as caught:
        govmap.map(invented, "DELTA")
    assert caught.value.suggestions == ("ALPHA", "BETA", "GAMMA")
