"""The page and the picture of the tile map."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.language import _
from govmap.layout.page import EMPTY, FULL, Lines, Page, Table, Tile, Tiles, columns
from govmap.layout.picture import HEAD, MARGIN, Box, Label, Picture, Shape
from govmap.layout.words import (
    alphabetical,
    caution_lines,
    change_lines,
    credit,
    evidence_call,
    mechanisms,
    relation_notes,
)
from govmap.questions.map import Tile as Place
from govmap.questions.map import TileMap
from govmap.rows import Cell, Rows, tidy
from govmap.texts import enumerated

FEW = 3  # mechanisms that are told one by one
SIZE, GAP, TOP = 46, 4, HEAD + 8  # of a tile, between tiles, above the first row


def _head(found: TileMap, atlas: Atlas) -> tuple[str, str]:
    """Return the title and the subtitle."""
    ids = _ids(found)
    some = mechanisms(len(ids)) if len(ids) > FEW + 1 else enumerated(ids)
    if found.theme:
        theme = atlas.themes[found.theme].label
        some = (
            _("{mechanisms} with a group on {theme}").format(mechanisms=some, theme=theme)
            if len(ids) > FEW + 1
            else _("{mechanisms} (with a group on {theme})").format(mechanisms=some, theme=theme)
        )
    title = (
        _("Countries that {mechanism} lists").format(mechanism=some)
        if len(ids) == 1
        else _("Countries by how many of {mechanisms} list them").format(mechanisms=some)
    )
    listed = sum(bool(tile.mechanisms) for tile in found.tiles)
    told = _("{n} of {total} countries are listed, {as_of}")
    return title, told.format(n=listed, total=len(found.tiles), as_of=as_of(found.as_of))


def page(found: TileMap, atlas: Atlas) -> Page:
    """Return the page with the map, and the countries by how many of the mechanisms list them."""
    unplaced = alphabetical(tile.name for tile in found.tiles if tile.column is None)
    missing = (Lines(_("Without a place on this map"), (", ".join(unplaced),)),) if unplaced else ()
    ids = ", ".join(_ids(found))
    return Page(
        *_head(found, atlas),
        (
            map_tiles(found),
            _by_count(found),
            *missing,
            *caution_lines(found.caution),
            *change_lines(found.as_of, found.changes),
            Lines(
                _("Note"),
                (
                    _("Mechanisms counted: {ids}").format(ids=ids),
                    *relation_notes(atlas, _ids(found)),
                    _("Spain stands beside the Americas; tiles show no areas"),
                ),
            ),
            evidence_call(),
        ),
    )


def map_tiles(found: TileMap) -> Tiles:
    """Return the map as tiles of text."""
    most = max((len(tile.mechanisms) for tile in found.tiles), default=0) or 1
    placed = (
        Tile(tile.column, tile.row, f"{tile.code} {_mark(tile, found)}", len(tile.mechanisms) / most)
        for tile in found.tiles
        if tile.column is not None and tile.row is not None
    )
    return Tiles(tuple(placed))


def _ids(found: TileMap) -> list[str]:
    return [ref.id for ref in found.mechanisms]


def _mark(tile: Place, found: TileMap) -> str:
    if len(found.mechanisms) > 1:
        return str(len(tile.mechanisms) or EMPTY)
    return FULL if tile.mechanisms else EMPTY


def _by_count(found: TileMap) -> Table:
    if 1 < len(found.mechanisms) <= FEW:
        return _by_mechanisms(found)
    together: dict[int, list[str]] = {}
    for tile in found.tiles:
        together.setdefault(len(tile.mechanisms), []).append(tile.name)
    ordered = [(number, ", ".join(alphabetical(together[number]))) for number in sorted(together, reverse=True)]
    if len(found.mechanisms) == 1:
        rows = tuple(((_("Not listed"), _("Listed"))[number], names) for number, names in ordered)
        return Table("", columns(found.mechanisms[0].id, _("Countries")), rows)
    rows = tuple((str(number), names) for number, names in ordered)
    headings = columns(_("Count"), _("Countries"), numbers=(_("Count"),))
    return Table(_("Countries by how many of these list them"), headings, rows)


def _by_mechanisms(found: TileMap) -> Table:
    """Return which of a few mechanisms list which countries."""
    together: dict[tuple[str, ...], list[str]] = {}
    for tile in found.tiles:
        together.setdefault(tile.mechanisms, []).append(tile.name)
    ordered = sorted(together.items(), key=lambda item: (-len(item[0]), item[0]))
    rows = tuple((", ".join(ids) or _("none of these"), ", ".join(alphabetical(names))) for ids, names in ordered)
    return Table(_("Countries by which of these list them"), columns(_("Listed in"), _("Countries")), rows)


def rows(found: TileMap, _atlas: Atlas) -> Rows:
    """Return each country with each mechanism that was asked for, and whether that lists it, one a row."""

    def cells() -> Iterator[dict[str, Cell]]:
        for tile in found.tiles:
            place: dict[str, Cell] = {"code": tile.code, "country": tile.name, "column": tile.column, "row": tile.row}
            for ref in found.mechanisms:
                yield {
                    **place,
                    "mechanism": ref.id,
                    "mechanism_name": ref.name,
                    "listed": int(ref.id in tile.mechanisms),
                }

    names = "as_of theme code country column row mechanism mechanism_name listed"
    return tidy(names, cells(), as_of=found.as_of, theme=found.theme)


def picture(found: TileMap, atlas: Atlas) -> Picture:
    """Return the map as a picture: the fuller a tile, the more of the mechanisms list the country."""
    title, subtitle = _head(found, atlas)
    most = max((len(tile.mechanisms) for tile in found.tiles), default=0) or 1
    placed = [(tile, tile.column, tile.row) for tile in found.tiles if tile.column is not None and tile.row is not None]
    shapes: list[Shape] = []
    for tile, column, row in placed:
        shapes += _tile(MARGIN + column * (SIZE + GAP), TOP + row * (SIZE + GAP), tile, most, found)
    right = MARGIN + (max((column for _, column, _ in placed), default=0) + 1) * (SIZE + GAP)
    bottom = TOP + (max((row for _, _, row in placed), default=0) + 1) * (SIZE + GAP)
    shapes += _legend(most, found, bottom)
    return Picture(
        title, subtitle, (*_notes(found, atlas), *credit(atlas)), right + MARGIN, bottom + SIZE, tuple(shapes)
    )


def _notes(found: TileMap, atlas: Atlas) -> tuple[str, ...]:
    told = (
        _("Mechanisms: {ids}. Filled: listed")
        if len(found.mechanisms) == 1
        else _("Mechanisms: {ids}. Number: how many of these list the country")
    )
    return (told.format(ids=", ".join(_ids(found))), *relation_notes(atlas, _ids(found)))


def _tile(x: float, y: float, tile: Place, most: int, found: TileMap) -> list[Shape]:
    level = len(tile.mechanisms) / most
    faint = not tile.mechanisms
    middle = x + SIZE / 2
    return [
        Box(x, y, SIZE, SIZE, level),
        Label(middle, y + 20, tile.code, "middle", on=level, faint=faint, bold=not faint),
        Label(
            middle,
            y + 36,
            _mark(tile, found).replace(EMPTY, "0" if len(found.mechanisms) > 1 else ""),
            "middle",
            on=level,
            faint=faint,
        ),
    ]


def _legend(most: int, found: TileMap, y: float) -> list[Shape]:
    """Return what each fullness means, from none to the most."""
    steps = range(most + 1) if most <= 8 else (0, most)
    single = len(found.mechanisms) == 1
    shapes: list[Shape] = []
    for place, number in enumerate(steps):
        x = MARGIN + place * (SIZE * 2 if single else SIZE + GAP)
        level = number / most
        text = (_("not listed"), _("listed"))[number] if single else str(number)
        shapes += [Box(x, y + 8, 18, 18, level), Label(x + 24, y + 22, text)]
    return shapes
