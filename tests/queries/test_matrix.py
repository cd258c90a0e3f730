"""Who sits where: the matrix, its order, the combinations, the map."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govmap
from govmap.queries.matrix import EXACT_UP_TO, neighbourly

named_sets = st.dictionaries(st.sampled_from("UVWXYZ"), st.frozensets(st.sampled_from("abcd")), max_size=6)


def _sum(order: tuple[str, ...], sets: dict[str, frozenset[str]]) -> float:
    pairs = [(sets[one], sets[other]) for one, other in pairwise(order)]
    return sum(len(one & other) / (len(one | other) or 1) for one, other in pairs)


@settings(deadline=None, max_examples=150)
@given(named_sets)
def test_no_order_has_neighbours_that_are_more_alike(sets: dict[str, frozenset[str]]) -> None:
    order = neighbourly(sets)
    assert sorted(order) == sorted(sets)
    best = max((_sum(other, sets) for other in permutations(sets)), default=0)
    assert _sum(order, sets) == pytest.approx(best)
    assert neighbourly(dict(reversed(sets.items()))) == order


def test_many_sets_are_ordered_too() -> None:
    sets = {f"S{n:02}": frozenset(map(str, range(n, n + 3))) for n in range(EXACT_UP_TO + 8)}
    assert neighbourly(dict(reversed(sets.items()))) == tuple(sets)


def test_every_cell_is_a_membership(atlas: govmap.Atlas) -> None:
    matrix = govmap.country_matrix(atlas)
    assert {row.id for row in matrix.rows} == set(atlas.parties)
    for row in matrix.rows:
        listed = {column.id for column, cell in zip(matrix.columns, row.cells, strict=True) if cell}
        assert listed == {m.id for m in atlas.mechanisms_of(row.id)}
        assert row.size == len(listed)
    assert {column.id: column.size for column in matrix.columns} == {id_: len(s) for id_, s in atlas.seats.items()}


def test_rows_with_the_same_cells_are_neighbours(atlas: govmap.Atlas) -> None:
    patterns = [row.cells for row in govmap.country_matrix(atlas).rows]
    changes = sum(one != other for one, other in pairwise(patterns))
    assert changes == len(set(patterns)) - 1


def test_the_matrix_of_themes_counts_groups_and_tells_what_is_not_known(atlas: govmap.Atlas) -> None:
    matrix = govmap.theme_matrix(atlas)
    ids = [column.id for column in matrix.columns]
    unknown = {m.id for m in atlas.covered if not m.groups}
    assert unknown == {"CAM"}
    for row in matrix.rows:
        cells = dict(zip(ids, row.cells, strict=True))
        assert {id_ for id_, cell in cells.items() if cell is None} == unknown
        assert sum(cell or 0 for cell in cells.values()) == len(atlas.groups_on(row.id))
    assert {row.id for row in matrix.rows} == set(atlas.groups_by_theme)


def test_the_combinations_part_the_countries(atlas: govmap.Atlas) -> None:
    found = govmap.combine_seats(atlas)
    codes = [ref.code for part in found.combinations for ref in part.countries]
    assert sorted(codes) == sorted(atlas.parties)
    assert len({part.mechanisms for part in found.combinations}) == len(found.combinations)
    for part in found.combinations:
        assert part.size == len(part.countries)
        assert all({m.id for m in atlas.mechanisms_of(ref.code)} == set(part.mechanisms) for ref in part.countries)
    sizes = [part.size for part in found.combinations]
    assert sizes == sorted(sizes, reverse=True)


def test_a_tile_tells_which_of_the_mechanisms_asked_for_list_the_country(atlas: govmap.Atlas) -> None:
    asked = (atlas.mechanism("RCM"), atlas.mechanism("SACM"))
    found = govmap.map_seats(atlas, asked)
    for tile in found.tiles:
        assert set(tile.mechanisms) == {m.id for m in asked if tile.code in atlas.seats[m.id]}
    assert {tile.code for tile in found.tiles if tile.column is None} == set(), "each party has a place"


def test_only_mechanisms_with_a_group_on_the_theme_are_on_its_map(atlas: govmap.Atlas) -> None:
    found = govmap.map_seats(atlas, theme="trafficking")
    assert {ref.id for ref in found.mechanisms} == {m.id for m, _ in atlas.groups_on("trafficking")}


def test_a_country_without_a_place_is_told(invented: govmap.Atlas) -> None:
    found = govmap.map_seats(invented)
    assert {tile.code for tile in found.tiles if tile.mechanisms} == set(invented.parties)
