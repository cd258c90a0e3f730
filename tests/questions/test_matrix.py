"""Who sits where: the matrix, its order, the combinations, the map."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_as_of import loaded_of

import govmap
from govmap.questions.map import Tile, TileMap
from govmap.questions.matrix import EXACT_UP_TO, Column, Combination, Combinations, Matrix, Row, neighbourly
from govmap.records import Change, CountryRef, MechanismRef

AsOf = Callable[[str], govmap.Atlas]
CAUTION = (
    "The lists are those of June 2020. A membership or group whose start is not known is counted since the mechanism"
    " was founded, and may have come later than 2019"
)
LEFT = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
GREW = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
COLUMNS = (
    Column("ALPHA", "Alpha Process", "member", 3),
    Column("BETA", "Beta Framework", "endorser", 3),
    Column("GAMMA", "Gamma Network", "member", 1),
)
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


def test_of_orders_with_equal_neighbours_the_first_in_the_alphabet_is_taken() -> None:
    apart = {name: frozenset(name) for name in "DBAC"}
    assert neighbourly(apart) == ("A", "B", "C", "D")
    assert neighbourly({"A": frozenset("ax"), "B": frozenset("b"), "C": frozenset("x")}) == ("A", "C", "B")
    three = {"A": frozenset("v"), "B": frozenset("wx"), "C": frozenset("w"), "D": frozenset("x"), "E": frozenset()}
    assert neighbourly(three) == ("A", "C", "B", "D", "E"), "half and half, with the one that is like none at an end"


def test_as_many_sets_as_are_ordered_exactly_are() -> None:
    """The chain has its first name in the middle: to start there and take the likest would break it."""
    chain = [f"S{(n + EXACT_UP_TO // 2) % EXACT_UP_TO:02}" for n in range(EXACT_UP_TO)]
    sets = {name: frozenset(map(str, range(n, n + 3))) for n, name in enumerate(chain)}
    assert neighbourly(sets) == tuple(chain[::-1])


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


def test_the_matrix_of_countries_is_told_in_whole(as_of: AsOf) -> None:
    """Alpha and Beta share two of four, Gamma none with either."""
    rows = (
        Row("CHL", "Chile", 2, (1, 1, 0)),
        Row("PER", "Peru", 2, (1, 1, 0)),
        Row("ARG", "Argentina", 1, (1, 0, 0)),
        Row("ABW", "Aruba", 1, (0, 1, 0)),
        Row("FRA", "France", 1, (0, 0, 1)),
    )
    assert govmap.country_matrix(as_of("2019")) == Matrix("country", "2019", COLUMNS, rows, CAUTION, (LEFT,))


def test_the_matrix_of_themes_is_told_in_whole(as_of: AsOf) -> None:
    """In 2018 Alpha still had its group on livelihoods; of Gamma no groups are known."""
    columns = (
        Column("ALPHA", "Alpha Process", "member", 2),
        Column("BETA", "Beta Framework", "endorser", 2),
        Column("GAMMA", "Gamma Network", "member", None),
    )
    rows = (
        Row("borders", "border management", 2, (1, 1, None)),
        Row("livelihoods", "employment and livelihoods", 1, (1, 0, None)),
        Row("asylum", "asylum", 1, (0, 1, None)),
    )
    caution = CAUTION.replace("2019", "2018")
    assert govmap.theme_matrix(as_of("2018")) == Matrix("theme", "2018", columns, rows, caution, (GREW,))


def test_the_combinations_are_told_in_whole(as_of: AsOf) -> None:
    combinations = (
        Combination(("ALPHA", "BETA"), 2, (CountryRef("CHL", "Chile"), CountryRef("PER", "Peru"))),
        Combination(("ALPHA",), 1, (CountryRef("ARG", "Argentina"),)),
        Combination(("BETA",), 1, (CountryRef("ABW", "Aruba"),)),
        Combination(("GAMMA",), 1, (CountryRef("FRA", "France"),)),
    )
    assert govmap.combine_seats(as_of("2019")) == Combinations("2019", COLUMNS, combinations, CAUTION, (LEFT,))


def test_of_combinations_with_as_many_countries_that_of_most_mechanisms_comes_first(as_of: AsOf) -> None:
    """In 2022 Chile is in Later too, Bolivia in Alpha, and Argentina no longer in it."""
    found = [part.mechanisms for part in govmap.combine_seats(as_of("2022")).combinations]
    assert found == [("ALPHA", "BETA", "LATER"), ("ALPHA", "BETA"), ("ALPHA",), ("BETA",), ("GAMMA",)]


def test_combinations_that_are_equal_in_both_are_in_the_order_of_the_alphabet(atlas: govmap.Atlas) -> None:
    """The columns are A, C and B, for A and C share Peru."""
    about = {"title": "T", "version": "1", "reference_date": "2020"}
    mechanisms = [
        {
            "id": id_,
            "names": {"en": id_},
            "kind": "forum",
            "relation": "member",
            "members": [{"code": c} for c in codes],
        }
        for id_, codes in (("A", ("ARG", "PER")), ("B", ("BOL",)), ("C", ("CHL", "PER")))
    ]
    found = govmap.combine_seats(govmap.Atlas(loaded_of({"about": about, "mechanisms": mechanisms}, atlas)))
    assert [column.id for column in found.columns] == ["A", "C", "B"]
    assert [part.mechanisms for part in found.combinations] == [("A", "C"), ("A",), ("B",), ("C",)]


@pytest.mark.parametrize(
    ("theme", "shown", "changes"), [(None, "ALPHA BETA GAMMA", (LEFT,)), ("borders", "ALPHA BETA", (GREW, LEFT))]
)
def test_the_map_is_told_in_whole(as_of: AsOf, theme: str | None, shown: str, changes: tuple[Change, ...]) -> None:
    found = govmap.map_seats(as_of("2019"), theme=theme)
    kept = {tile.code: tile for tile in found.tiles if tile.code in ("ARG", "CHL", "FRA")}
    assert kept == {
        "ARG": Tile("ARG", "Argentina", 6, 11, ("ALPHA",)),
        "CHL": Tile("CHL", "Chile", 5, 11, ("ALPHA", "BETA")),
        "FRA": Tile("FRA", "France", None, None, () if theme else ("GAMMA",)),
    }
    mechanisms = tuple(MechanismRef(column.id, column.name) for column in COLUMNS if column.id in shown.split())
    assert found == TileMap("2019", theme, mechanisms, found.tiles, CAUTION, changes)


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
