"""Who sits where as one table: countries or themes by mechanisms, and every combination of seats that occurs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import field

from govmap.analysis.neighbours import nobody_works_on
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.choices import one_of
from govmap.declaration import COMPARE, Shape, question
from govmap.errors import GovmapError, UsageError
from govmap.language import _
from govmap.records import Answer, Basis, Change, CountryRef, Result, changes_in, country_refs, lists_of
from govmap.statements import Statement

Axis = Literal["country", "theme"]
AXES: tuple[Axis, ...] = ("country", "theme")
EXACT_UP_TO = 12  # columns; the work grows with 2 to the power of their number


class Column(Result, frozen=True):
    """A mechanism: `relation` is what being listed means, `size` how many rows it has; null where not known."""

    id: str
    name: str
    relation: str | None
    size: int | None


class Row(Result, frozen=True):
    """A country (alpha-3 code) or a theme (id): `size` is in how many columns it stands.

    `cells` has a number for each column: 1 for a country that is listed, or how many groups work on the theme; null
    where the source lists no groups of the mechanism.
    """

    id: str
    name: str
    size: int
    cells: tuple[int | None, ...]


class Matrix(Answer, frozen=True):
    """The answer to `matrix`: columns so that like ones are neighbours, rows so that like ones are."""

    by: str
    as_of: str
    columns: tuple[Column, ...]
    entries: tuple[Row, ...] = field(name="rows")
    caution: Statement | None
    changes: tuple[Change, ...]


class Combination(Result, frozen=True):
    """The mechanisms that list certain countries, and no other mechanism does."""

    mechanisms: tuple[str, ...]
    size: int
    countries: tuple[CountryRef, ...]


class Combinations(Answer, frozen=True):
    """The answer to `matrix --upset`: every combination of seats that occurs, that of most countries first.

    The picture is that of A. Lex et al., "UpSet: Visualization of Intersecting Sets", IEEE Transactions on
    Visualization and Computer Graphics 20, 2014.
    """

    as_of: str
    columns: tuple[Column, ...]
    combinations: tuple[Combination, ...]
    caution: Statement | None
    changes: tuple[Change, ...]


@question(
    COMPARE,
    "--by theme",
    "",
    "--upset",
    shapes=(Shape("matrix", "matrix", "Matrix"), Shape("combinations", "matrix --upset", "Combinations")),
)
def matrix(atlas: Atlas, *, by: Axis = "country", upset: bool = False) -> Matrix | Combinations:
    """Show who sits where as one picture: countries, or themes, by mechanisms.

    >>> import govmap
    >>> found = govmap.matrix(govmap.load())
    >>> len(found.entries), [column.id for column in found.columns]
    (37, ['MIRPS', 'RCM', 'CAM', 'LAD', 'RIAM', 'QUITO', 'R4V', 'SACM'])

    Args:
        by: One row for each country, or theme.
        upset: One row for each combination of mechanisms that occurs.

    """
    axis = one_of("by", by, AXES)
    if upset and axis == "theme":
        message = _("--upset tells the combinations of countries, so it takes no --by")
        raise UsageError(message, (Call("matrix", upset=True),))
    if upset:
        return _combinations(atlas)
    return country_matrix(atlas) if axis == "country" else _theme_matrix(atlas)


def rests_on(found: Matrix | Combinations, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the listings, or the groups, and what being listed means."""
    if isinstance(found, Combinations):
        yield from lists_of(column.id for column in found.columns)
        return
    for column in found.columns:
        if found.entries:
            yield Basis(column.id, "groups" if found.by == "theme" else "relation")
        if found.by == "country":
            yield from (Basis(column.id, "members", row.id) for row in found.entries)


def failure(_found: Matrix | Combinations, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer on a date on which no mechanism existed."""
    return None if atlas.covered else nobody_works_on(atlas, ())


def country_matrix(atlas: Atlas) -> Matrix:
    """Return which mechanisms list each country."""
    ids = neighbourly({m.id: frozenset(atlas.seats[m.id]) for m in atlas.covered})
    rows = [
        Row(
            code,
            atlas.countries[code].name,
            len(atlas.mechanisms_of(code)),
            tuple(int(code in atlas.seats[id_]) for id_ in ids),
        )
        for code in atlas.parties
    ]
    happened = changes_in(atlas, ids, parts=("members",))
    return Matrix("country", atlas.as_of, _columns(atlas, ids), _like_together(rows), atlas.caution, happened)


def _theme_matrix(atlas: Atlas) -> Matrix:
    """Return how many groups of each mechanism work on each theme on which any does."""
    themes = {m.id: frozenset(atlas.themes_of(m)) for m in atlas.covered}
    ids = neighbourly(themes)
    silent = {m.id for m in atlas.covered if atlas.is_silent(m, "groups")}
    rows = []
    for theme in sorted(atlas.groups_by_theme):
        working = [mechanism.id for mechanism, _ in atlas.groups_on(theme)]
        cells = tuple(None if id_ in silent else working.count(id_) for id_ in ids)
        rows.append(Row(theme, atlas.themes[theme].label, len(set(working)), cells))
    sizes = {id_: None if id_ in silent else len(held) for id_, held in themes.items()}
    columns = tuple(Column(id_, atlas.mechanisms[id_].name, atlas.mechanisms[id_].relation, sizes[id_]) for id_ in ids)
    happened = changes_in(atlas, ids, parts=("groups",))
    return Matrix("theme", atlas.as_of, columns, _like_together(rows), atlas.caution, happened)


def _combinations(atlas: Atlas) -> Combinations:
    """Return every combination of mechanisms that list a country, with the countries that have just these."""
    seats_of = country_matrix(atlas)
    ids = [column.id for column in seats_of.columns]
    found: dict[tuple[str, ...], set[str]] = {}
    for row in seats_of.entries:
        seats = tuple(id_ for id_, cell in zip(ids, row.cells, strict=True) if cell)
        found.setdefault(seats, set()).add(row.id)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), -len(item[0]), item[0]))
    combinations = tuple(Combination(seats, len(codes), country_refs(atlas, codes)) for seats, codes in ordered)
    return Combinations(atlas.as_of, seats_of.columns, combinations, atlas.caution, seats_of.changes)


def _columns(atlas: Atlas, ids: tuple[str, ...]) -> tuple[Column, ...]:
    chosen = (atlas.mechanisms[id_] for id_ in ids)
    return tuple(Column(m.id, m.name, m.relation, len(atlas.seats[m.id])) for m in chosen)


def _like_together(rows: list[Row]) -> tuple[Row, ...]:
    """Return *rows* so that those with the same cells are neighbours, those with cells on the left first."""
    return tuple(sorted(rows, key=lambda row: ([-bool(cell) for cell in row.cells], row.name)))


def neighbourly(sets: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the names of *sets* in the order in which neighbours are most alike.

    That is the order with the largest sum of the Jaccard indexes of neighbours; of equals, the first in the alphabet.
    Up to EXACT_UP_TO sets it is found exactly, by dynamic programming over subsets (M. Held and R. M. Karp, "A Dynamic
    Programming Approach to Sequencing Problems", SIAM 10, 1962); beyond, it starts from the first in the alphabet, and
    each next one is the likest to the last. Empty sets, which are like none, come last.
    """
    names = sorted(name for name, held in sets.items() if held)
    like = [[_jaccard(sets[one], sets[other]) for other in names] for one in names]
    path = _best_path(like) if len(names) <= EXACT_UP_TO else _greedy_path(like)
    return (*(names[i] for i in path), *sorted(set(sets) - set(names)))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _best_path(like: list[list[float]]) -> list[int]:
    """Return all indexes in the order with the largest sum over neighbours; the first in the alphabet of equals."""
    number = len(like)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(1 << i, i): (0.0, [i]) for i in range(number)}
    for _turn in range(number - 1):
        longer: dict[tuple[int, int], tuple[float, list[int]]] = {}
        for (visited, last), (total, path) in sorted(best.items(), key=lambda item: item[1][1]):
            for i in range(number):
                if visited & (1 << i):
                    continue
                found = (total + like[last][i], [*path, i])
                key = (visited | (1 << i), i)
                if key not in longer or found[0] > longer[key][0] + 1e-12:
                    longer[key] = found
        best = longer
    return min(best.values(), key=lambda found: (-round(found[0], 9), found[1]))[1] if best else []


def _greedy_path(like: list[list[float]]) -> list[int]:
    left = set(range(1, len(like)))
    path = [0]
    while left:
        nearest = max(sorted(left), key=lambda i: like[path[-1]][i])
        left.remove(nearest)
        path.append(nearest)
    return path
