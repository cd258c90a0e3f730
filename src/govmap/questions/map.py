"""The countries as a tile map: one cell each, filled by how many of the mechanisms asked for list it."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.neighbours import nobody_is_listed, nobody_lists, nobody_works_on
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dataset.tiles import load_tiles
from govmap.declaration import COMPARE, question
from govmap.errors import GovmapError, NoAnswerError
from govmap.language import _
from govmap.model import Compared, Country, Mechanism, Theme
from govmap.parts.changes import changes_in
from govmap.records import COMPARED, AnswerWithChanges, Basis, CountryRef, MechanismRef, country_ref


class Tile(CountryRef, frozen=True):
    """A country: its place (null where the map has none for it), and which of the mechanisms asked for list it.

    `unclear` are those of which it is left open whether they do.
    """

    column: int | None
    row: int | None
    mechanisms: tuple[str, ...]
    unclear: tuple[str, ...]


class TileMap(AnswerWithChanges, frozen=True):
    """The answer to `map`: `mechanisms` are those asked for, with a group on `theme` where one is asked for.

    `of` are the countries that were asked for: then the mechanisms are those that list one of them.
    """

    as_of: str
    theme: str | None
    mechanisms: tuple[MechanismRef, ...]
    tiles: tuple[Tile, ...]
    of: tuple[CountryRef, ...] = ()


@question(COMPARE, "RCM SACM", "", "Peru", "--theme asylum")
def map_(atlas: Atlas, *names: str | Compared, theme: str | Theme | None = None) -> TileMap:
    """Show a tile map of the Americas, by the mechanisms of each country.

    >>> import govmap
    >>> tiles = {tile.code: tile for tile in govmap.map(govmap.load()).tiles}
    >>> tiles["CUB"].mechanisms, len(tiles["PER"].mechanisms)
    ((), 6)

    Args:
        names: Mechanisms, or countries for all of theirs (default: all mechanisms).
        theme: Only mechanisms with a group on this theme.

    Raises:
        NotFoundError: A name names nothing, or the words fit no theme; the error suggests others.
        AmbiguousError: A name could be several, or the words are too broad for one theme.
        NoAnswerError: No mechanism lists the country, or the source gives no members for the mechanism.

    """
    about = atlas.theme(theme).id if theme is not None else None
    subjects = [atlas.subject(name) for name in names]
    of = tuple(subject for subject in subjects if isinstance(subject, Country))
    named = [subject.id for subject in subjects if isinstance(subject, Mechanism)]
    atlas = atlas.including(named)
    are_all_of_countries = bool(of) and not named
    named += [mechanism.id for country in of for mechanism in atlas.mechanisms_of(country.alpha3)]
    if of and not named and atlas.covered_heads:
        raise nobody_lists(atlas, of[0])
    unknown = next((id_ for id_ in named if atlas.mechanisms[id_].coverage == "mentioned"), None)
    if unknown is not None:
        message = _("{mechanism} has no map: the source names it without its members").format(mechanism=unknown)
        raise NoAnswerError(message, tuple(m.id for m in atlas.covered))
    among = [m for m in atlas.covered if m.id in (named or [m.id]) and (about is None or about in atlas.themes_of(m))]
    shown = sorted(among, key=lambda mechanism: mechanism.id)
    places = load_tiles()
    unclear = {m.id: atlas.unclear_in(m) for m in shown}
    tiles = []
    for code in atlas.universe:
        column, row = places.get(code, (None, None))
        listing = tuple(m.id for m in shown if code in atlas.seats[m.id])
        left_open = tuple(id_ for id_, codes in unclear.items() if code in codes)
        tiles.append(Tile(code, atlas.countries[code].name, column, row, listing, left_open))
    happened = changes_in(
        atlas,
        (m.id for m in shown),
        parts=COMPARED if about else ("members",),
        themes=(about,) if about else (),
        with_new=not named,
    )
    refs = tuple(map(MechanismRef.from_record, shown))
    countries = tuple(map(country_ref, of)) if are_all_of_countries else ()
    return TileMap(atlas.as_of, about, refs, tuple(tiles), countries, caution=atlas.caution, changes=happened)


def rests_on(found: TileMap, atlas: Atlas) -> Iterator[Basis]:
    """Yield the whole lists of the mechanisms, and their groups on the theme."""
    ids = [ref.id for ref in found.mechanisms]
    yield from Basis.parts(ids, "members", "relation")
    yield from Basis.groups(atlas, (found.theme,) if found.theme else (), ids)


def failure(found: TileMap, atlas: Atlas) -> GovmapError | None:
    """Return why there is no map where none of the mechanisms works on the theme, or none lists a country."""
    if found.theme and not atlas.is_worked_on(found.theme):
        return nobody_works_on(atlas, (found.theme,))
    if not atlas.covered or not found.tiles:
        return nobody_is_listed(atlas)
    if found.mechanisms:
        return None
    theme = atlas.themes[found.theme or ""]
    working = dict.fromkeys(atlas.clear_name(mechanism) for mechanism, _group in atlas.groups_on(theme.id))
    message = _("None of these has a group on {theme}").format(theme=theme.label)
    return NoAnswerError(message, (Call("map", *working, theme=theme.label),))
