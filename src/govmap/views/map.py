"""The page and the picture of the tile map, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.grouping import group_by
from govmap.language import N_, _
from govmap.layout import blocks, cells, words
from govmap.layout.page import EMPTY, FULL, Drawing, Lines, Page, Table, Tiles, number, table
from govmap.layout.page import Tile as PageTile
from govmap.layout.picture import EDGES, HEAD, LETTER, MARGIN, MARKS, Box, Group, Label, Picture, Shape
from govmap.layout.sources import credits_of
from govmap.questions.map import Tile, TileMap
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, enumerated, labelled

WITHOUT_PLACE = N_("Without a place on this map")
FEW = 3  # mechanisms that a table names one by one; a title names one more
SIZE, GAP, TOP = 46, 4, HEAD + 8  # of a tile, between tiles, above the first row


def page(found: TileMap, atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page with the map, and the countries by how many of the mechanisms list them."""
    return blocks.make_page(
        _title(found, atlas),
        blocks.sentences(_answer(found), blocks.since_then(found, full=full)),
        Drawing("", picture(found, atlas), map_tiles(found)),
        _countries(found),
        blocks.lines(_(WITHOUT_PLACE), (_unplaced(found.tiles),)),
        blocks.lines("", _unclear(found, atlas)),
        *((*blocks.changes(found), _note(found, atlas)) if full else ()),
        of=found,
        more=blocks.more(_("changes"), _("notes")),
    )


def _title(found: TileMap, atlas: Atlas) -> str:
    ids = _ids(found)
    are_many = len(ids) > FEW + 1 and (found.theme is not None or len(ids) == len(atlas.covered))
    named = words.mechanisms(len(ids)) if are_many or not ids else enumerated(ids)
    if found.theme:
        on_theme = _("{mechanisms} (with a group on {theme})")
        if are_many:
            on_theme = _("{mechanisms} with a group on {theme}")
        named = on_theme.format(mechanisms=named, theme=atlas.themes[found.theme].label)
    if found.of:
        countries = enumerated(ref.name for ref in found.of)
        return _("Countries in the mechanisms of {countries}: {mechanisms}").format(
            countries=countries, mechanisms=comma_list(ids)
        )
    if len(ids) == 1:
        return _("Countries that {mechanism} lists").format(mechanism=named)
    return _("Countries by how many of {mechanisms} list them").format(mechanisms=named)


def _answer(found: TileMap) -> str:
    listed = sum(bool(tile.mechanisms) for tile in found.tiles)
    return _("Countries listed: {n} of {total}.").format(n=listed, total=len(found.tiles))


def _ids(found: TileMap) -> list[str]:
    return [ref.id for ref in found.mechanisms]


def _most(found: TileMap) -> int:
    """Return how many mechanisms list the fullest tile; at least 1, by which the others are divided."""
    return max((len(tile.mechanisms) for tile in found.tiles), default=0) or 1


def map_tiles(found: TileMap) -> Tiles:
    """Return the map as tiles of text."""
    most, tiles = _most(found), []
    for tile in found.tiles:
        if tile.column is not None and tile.row is not None:
            size = len(tile.mechanisms)
            mark = EMPTY if not size else FULL if len(found.mechanisms) == 1 else str(size)
            tiles.append(PageTile(tile.column, tile.row, f"{tile.code} {mark}", size / most))
    return Tiles(tuple(tiles))


def _countries(found: TileMap) -> Table:
    """Return the countries by which of few mechanisms list them, or by how many of many."""
    if 1 < len(found.mechanisms) <= FEW:
        by_seats = group_by(found.tiles, lambda tile: tile.mechanisms)
        most_first = sorted(by_seats, key=lambda ids: (-len(ids), ids))
        rows = [(comma_list(ids) or _("none of these"), _names(by_seats[ids])) for ids in most_first]
        return table(_("Countries by which of these list them"), (_("Listed in"), _("Countries")), rows)
    by_count = sorted(group_by(found.tiles, lambda tile: len(tile.mechanisms)).items(), reverse=True)
    if len(found.mechanisms) == 1:
        listed = [(_("Listed") if count else _("Not listed"), _names(tiles)) for count, tiles in by_count]
        return table("", (found.mechanisms[0].id, _("Countries")), listed)
    counted = [(count, _names(tiles)) for count, tiles in by_count]
    return table(_("Countries by how many of these list them"), (number(_("Count")), _("Countries")), counted)


def _names(tiles: Iterable[Tile]) -> str:
    return words.name_list(tile.name for tile in tiles)


def _unplaced(tiles: Iterable[Tile]) -> str:
    """Return the names of those of *tiles* that have no place on the map."""
    return _names(tile for tile in tiles if tile.column is None)


def _unclear(found: TileMap, atlas: Atlas) -> Iterator[str]:
    """Yield of which countries it is left open whether they are listed."""
    return blocks.unclear({tile.code: tile.unclear for tile in found.tiles}, atlas)


def _note(found: TileMap, atlas: Atlas) -> Lines:
    ids = _ids(found)
    counted = _("Mechanisms counted: {ids}").format(ids=comma_list(ids))
    place = _("Tiles do not show areas")
    if any(tile.code == "ESP" for tile in found.tiles):
        place = _("Spain is shown next to the Americas; tiles do not show areas")
    return blocks.notes(counted, *words.relation_notes(atlas, ids), place)


def rows(found: TileMap, _atlas: Atlas) -> Rows:
    """Return each country with each mechanism that was asked for, and whether that lists it, one a row."""
    columns = "as_of theme code country column row mechanism mechanism_name listed unclear"
    return tidy(columns, _cells(found), as_of=found.as_of, theme=found.theme)


def _cells(found: TileMap) -> Iterator[cells.Cells]:
    for tile in found.tiles:
        place = {**cells.country(tile), "column": tile.column, "row": tile.row}
        for ref in found.mechanisms:
            is_listed, is_unclear = (int(ref.id in ids) for ids in (tile.mechanisms, tile.unclear))
            yield {**place, **cells.mechanism(ref), "listed": is_listed, "unclear": is_unclear}


def picture(found: TileMap, atlas: Atlas) -> Picture:
    """Return the map as a picture: the fuller a tile, the more of the mechanisms list the country.

    The edge of a tile says what being listed means: of one mechanism, or where none of several has it as a member.
    """
    tiles, ids, by_code = map_tiles(found).tiles, _ids(found), {tile.code: tile for tile in found.tiles}
    atlas = atlas.including(ids)
    right = MARGIN + (max((tile.column for tile in tiles), default=0) + 1) * (SIZE + GAP)
    bottom = TOP + (max((tile.row for tile in tiles), default=0) + 1) * (SIZE + GAP)
    key = _("Mechanisms: {ids}. Number: how many of these list the country").format(ids=comma_list(ids))
    keys = () if len(ids) == 1 else (key,)
    unplaced = _unplaced(tile for tile in found.tiles if tile.mechanisms)
    relations = {tile.code: _relations(tile, atlas) for tile in found.tiles}
    shapes = [_tile_group(tile, by_code[code := tile.text.split()[0]], relations[code], len(ids)) for tile in tiles]
    return Picture(
        _title(found, atlas),
        f"{_answer(found)} {words.capitalised(as_of(found.as_of))}.",
        (
            *keys,
            *([labelled(_(WITHOUT_PLACE), unplaced)] if unplaced else ()),
            *_unclear(found, atlas),
            *words.relation_notes(atlas, ids),
            *credits_of(atlas),
        ),
        right + MARGIN,
        bottom + SIZE,
        (*shapes, *_legend(found, relations, bottom)),
    )


def _relations(tile: Tile, atlas: Atlas) -> dict[str, str]:
    """Return as what each mechanism (id) lists the country."""
    return {id_: atlas.seats[id_][tile.code].relation or "member" for id_ in tile.mechanisms}


def _edge(relations: Iterable[str], mechanisms: int) -> str:
    """Return the edge of a tile: of the relation to one mechanism; dashed where it is a member of none of several."""
    marks = {MARKS.get(relation, "ring") for relation in relations}
    if mechanisms > 1:
        return EDGES["square"] if marks and "dot" not in marks else ""
    return EDGES[min(marks, default="dot")]


def _tile_group(place: PageTile, tile: Tile, relations: dict[str, str], mechanisms: int) -> Group:
    """Return a box with the code of a country and its mark."""
    x, y = MARGIN + place.column * (SIZE + GAP), TOP + place.row * (SIZE + GAP)
    edge, is_empty = _edge(relations.values(), mechanisms), not relations
    level = 0 if edge and mechanisms == 1 else place.level
    mark = str(len(relations)) if mechanisms > 1 else ""
    shapes = (
        Box(x, y, SIZE, SIZE, level, edge),
        Label(x + SIZE / 2, y + (20 if mark else 28), tile.code, "middle", on=level, faint=is_empty, bold=not is_empty),
        *((Label(x + SIZE / 2, y + 36, mark, "middle", on=level, faint=is_empty),) if mark else ()),
    )
    named = (id_ if means == "member" else f"{id_} ({words.term(means)})" for id_, means in relations.items())
    return Group(labelled(tile.name, comma_list(named) or _("none of these")), shapes, tile.code)


def _legend(found: TileMap, relations: dict[str, dict[str, str]], y: float) -> Iterator[Shape]:
    """Yield what each level and each edge means."""
    most, size = _most(found), len(found.mechanisms)
    if size == 1:
        means = sorted({each for of_tile in relations.values() for each in of_tile.values()}, key=[*words.THINGS].index)
        keys = [(words.heading(each), float(not _edge([each], 1)), _edge([each], 1)) for each in means]
        keys.append((_("Not listed"), 0, ""))
    else:
        keys = [(str(count), count / most, "") for count in (range(most + 1) if most <= 8 else (0, most))]
        if any(_edge(of_tile.values(), size) for of_tile in relations.values()):
            keys.append((_("Member of none of these"), 0, _edge(["covered"], size)))
    x = float(MARGIN)
    for label, level, edge in keys:
        yield Box(x, y + 8, 18, 18, level, edge)
        yield Label(x + 24, y + 22, label)
        x += 36 + LETTER * max(len(label), 2)
