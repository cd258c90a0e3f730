"""The countries as a tile map: one cell each, filled by how many of the mechanisms asked for list it."""

from __future__ import annotations

from collections.abc import Sequence

from govmap.atlas import Atlas
from govmap.dataset.tiles import load_tiles
from govmap.model import Mechanism
from govmap.records import COMPARED, Change, MechanismRef, Result, changes_in, mechanism_ref


class Tile(Result, frozen=True):
    """A country: its place (null where the map has none for it), and which of the mechanisms asked for list it."""

    code: str
    name: str
    column: int | None
    row: int | None
    mechanisms: tuple[str, ...]


class TileMap(Result, frozen=True):
    """The answer to `map`: `mechanisms` are those asked for, with a group on `theme` where one is asked for."""

    as_of: str
    theme: str | None
    mechanisms: tuple[MechanismRef, ...]
    tiles: tuple[Tile, ...]
    caution: str | None
    changes: tuple[Change, ...]


def map_seats(atlas: Atlas, mechanisms: Sequence[Mechanism] = (), theme: str | None = None) -> TileMap:
    """Return which of *mechanisms* (by default all) with a group on *theme* (an id) list each country.

    >>> import govmap
    >>> tiles = {tile.code: tile for tile in govmap.map_seats(govmap.load()).tiles}
    >>> tiles["CUB"].mechanisms, len(tiles["PER"].mechanisms)
    ((), 6)
    """
    asked = tuple(m.id for m in mechanisms) or tuple(m.id for m in atlas.covered)
    shown = [m for m in atlas.covered if m.id in asked and (theme is None or theme in atlas.themes_of(m))]
    places = load_tiles()
    tiles = []
    for code in sorted({*places, *atlas.parties}):
        column, row = places.get(code, (None, None))
        listing = tuple(m.id for m in shown if code in atlas.seats[m.id])
        tiles.append(Tile(code, atlas.countries[code].name, column, row, listing))
    happened = changes_in(atlas, (m.id for m in shown), parts=COMPARED if theme else ("members",))
    return TileMap(atlas.as_of, theme, tuple(map(mechanism_ref, shown)), tuple(tiles), atlas.caution, happened)
