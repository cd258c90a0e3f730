"""Who sits where as one table: countries, themes or issues by mechanisms; and every combination of seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import field
from msgspec.structs import replace

from govmap.analysis.bit_index import BitIndex, most, positions
from govmap.analysis.neighbours import nobody_is_listed, nobody_works_on, within_issue
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.choices import one_of
from govmap.declaration import COMPARE, Shape, question
from govmap.errors import GovmapError, UsageError
from govmap.language import _
from govmap.parts.changes import changes_in
from govmap.records import AnswerWithChanges, Basis, CountryRef, MechanismRef, Result, country_refs

Axis = Literal["country", "theme", "issue"]
AXES: tuple[Axis, ...] = ("country", "theme", "issue")
EXACT_UP_TO = 12  # columns; the work grows with 2 to the power of their number


class Column(MechanismRef, frozen=True):
    """A mechanism: `relation` is what being listed means, `size` how many rows it has; null where not known."""

    relation: str | None
    size: int | None


class Row(Result, frozen=True):
    """A country (alpha-3 code), a theme (id) or an issue (number): `size` is in how many columns it stands.

    `cells` has a number for each column: 1 for a country that is listed, or how many groups work on the theme or the
    issue; null where the source lists no groups of the mechanism, or leaves open whether it lists the country.
    """

    id: str
    name: str
    size: int
    cells: tuple[int | None, ...]


class Matrix(AnswerWithChanges, frozen=True):
    """The answer to `matrix`: columns so that like ones are neighbours, rows so that like ones are."""

    by: str
    as_of: str
    columns: tuple[Column, ...]
    entries: tuple[Row, ...] = field(name="rows")


class Combination(Result, frozen=True):
    """The mechanisms that list certain countries, and no other mechanism does."""

    mechanisms: tuple[str, ...]
    size: int
    countries: tuple[CountryRef, ...]


class Combinations(AnswerWithChanges, frozen=True):
    """The answer to `matrix --upset`: every combination of seats that occurs, that of most countries first.

    The picture is that of A. Lex et al., "UpSet: Visualization of Intersecting Sets", IEEE Transactions on
    Visualization and Computer Graphics 20, 2014.
    """

    as_of: str
    columns: tuple[Column, ...]
    combinations: tuple[Combination, ...]


@question(
    COMPARE,
    "--by theme",
    "",
    "--upset",
    shapes=(Shape("matrix", "matrix", "Matrix"), Shape("combinations", "matrix --upset", "Combinations")),
)
def matrix(atlas: Atlas, *, by: Axis = "country", upset: bool = False) -> Matrix | Combinations:
    """Show a matrix of countries, themes or issues by mechanism.

    >>> import govmap
    >>> found = govmap.matrix(govmap.load())
    >>> len(found.entries), [column.id for column in found.columns]
    (38, ['MIRPS', 'RCM', 'CAM', 'LAD', 'RIAM', 'QUITO', 'R4V', 'SACM'])

    Args:
        by: One row for each country, theme, or issue of the source's agenda.
        upset: One row for each combination of mechanisms that occurs.

    Raises:
        UsageError: There is no such axis, or *by* is given with *upset*.

    """
    axis = one_of("by", by, AXES)
    if upset and axis != "country":
        message = _("--upset shows the combinations of countries, so it takes no --by")
        raise UsageError(message, (Call("matrix", upset=True),))
    if upset:
        return _combinations(atlas)
    return country_matrix(atlas) if axis == "country" else _work_matrix(atlas, axis)


def rests_on(found: Matrix | Combinations, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the listings, or the groups, and what being listed means."""
    if isinstance(found, Combinations):
        yield from Basis.parts((column.id for column in found.columns), "members", "relation")
        return
    for column in found.columns:
        if found.entries:
            yield Basis(column.id, "relation" if found.by == "country" else "groups")
        if found.by == "country":
            yield from Basis.members((column.id,), (row.id for row in found.entries))


def failure(found: Matrix | Combinations, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer where no mechanism existed, and where it would have no row."""
    if atlas.covered_heads and (found.combinations if isinstance(found, Combinations) else found.entries):
        return None
    on_themes = isinstance(found, Matrix) and found.by != "country"
    return nobody_works_on(atlas, ()) if on_themes else nobody_is_listed(atlas)


def country_matrix(atlas: Atlas, codes: Iterable[str] | None = None) -> Matrix:
    """Return which mechanisms list each country, or each of those with the alpha-3 *codes*."""
    seats = {id_: dict.fromkeys(members, 1) for id_, members in atlas.seats.items()}
    names = {code: atlas.countries[code].name for code in (codes or atlas.universe)}
    return _matrix(atlas, "country", seats, names, atlas.unclear_among(seats, names))


def _work_matrix(atlas: Atlas, by: Axis) -> Matrix:
    """Return how many groups of each mechanism work on each theme on which any does, or on each issue."""
    unknown = {mechanism.id for mechanism in atlas.covered if atlas.is_unknown(mechanism, "groups")}
    if by == "issue":
        names = {str(issue.number): issue.name for issue in atlas.context.categories}
        about = {str(issue.number): set(within_issue(atlas, issue)) for issue in atlas.context.categories}
    else:
        names = {theme: atlas.themes[theme].label for theme in atlas.themes_worked_on}
        about = {theme: {theme} for theme in names}
    working = {
        m.id: dict(Counter(id_ for group in m.groups for id_, themes in about.items() if themes & set(group.themes)))
        for m in atlas.covered
    }
    found = _matrix(atlas, by, working, names, dict.fromkeys(names, unknown))
    return replace(found, columns=tuple(replace(c, size=None) if c.id in unknown else c for c in found.columns))


def _matrix(
    atlas: Atlas,
    by: Axis,
    held: dict[str, dict[str, int]],
    names: dict[str, str],
    not_known: Mapping[str, Container[str]],
) -> Matrix:
    """Return the matrix of what mechanisms have: how much of each row each has *held*, and the *names* of rows.

    Of each row, the cells of those mechanisms are null of which it is *not known*.
    """
    ids = neighbourly({id_: frozenset(cells) for id_, cells in held.items()})
    rows = []
    for id_, name in names.items():
        unknown = not_known.get(id_, ())
        cells = tuple(None if of in unknown else held[of].get(id_, 0) for of in ids)
        rows.append(Row(id_, name, sum(map(bool, cells)), cells))
    if by != "issue":  # which have an order of their own
        # Rows with the same cells are neighbours, those with cells on the left first.
        rows.sort(key=lambda row: ([-bool(cell) for cell in row.cells], [cell is None for cell in row.cells], row.name))
    columns = tuple(Column.from_record(atlas.mechanisms[id_], size=len(held[id_])) for id_ in ids)
    happened = changes_in(atlas, ids, parts=("members",) if by == "country" else ("groups",), with_new=True)
    return Matrix(by, atlas.as_of, columns, tuple(rows), caution=atlas.caution, changes=happened)


def _combinations(atlas: Atlas) -> Combinations:
    """Return every combination of mechanisms that list a country, with the countries that have just these."""
    seats_of = country_matrix(atlas)
    ids = [column.id for column in seats_of.columns]
    found: dict[tuple[str, ...], set[str]] = {}
    for row in seats_of.entries:
        seats = tuple(sorted(id_ for id_, cell in zip(ids, row.cells, strict=True) if cell))
        found.setdefault(seats, set()).add(row.id)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), -len(item[0]), item[0]))
    combinations = tuple(Combination(seats, len(codes), country_refs(atlas, codes)) for seats, codes in ordered)
    return Combinations(atlas.as_of, seats_of.columns, combinations, caution=atlas.caution, changes=seats_of.changes)


def neighbourly(sets: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the names of *sets* in the order in which neighbours are most alike.

    That is the order with the largest sum of the Jaccard indexes of neighbours; of equals, the first in the alphabet.
    Up to EXACT_UP_TO sets it is found exactly, by dynamic programming over subsets (M. Held and R. M. Karp, "A Dynamic
    Programming Approach to Sequencing Problems", SIAM 10, 1962); beyond, it starts from the first in the alphabet, and
    each next one is the most similar to the last. Empty sets, which are like none, come last.
    """
    names = sorted(name for name, held in sets.items() if held)
    held = [sets[name] for name in names]
    path = _best_path(held) if len(names) <= EXACT_UP_TO else _greedy_path(held)
    return (*(names[i] for i in path), *sorted(set(sets) - set(names)))


def _best_path(sets: list[frozenset[str]]) -> list[int]:
    """Return all indexes in the order with the largest sum over neighbours; the first in the alphabet of equals."""
    number, like = len(sets), [[len(mine & theirs) / len(mine | theirs) for theirs in sets] for mine in sets]
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


def _greedy_path(sets: list[frozenset[str]]) -> list[int]:
    """Return all indexes from the first on, each followed by the most similar that is left."""
    index, path = BitIndex(sets), [0]
    left = (1 << len(sets)) - 2
    while left:
        slices, size = index.shared_with(path[-1], left), len(sets[path[-1]])
        nearest: tuple[float, int] = (1.0, 0)
        for other, of_size in index.by_size.items():
            if of_size & left:
                shared, most_similar = most(slices, of_size & left)
                nearest = min(nearest, (-shared / (size + other - shared), next(positions(most_similar))))
        path.append(nearest[1])
        left ^= 1 << nearest[1]
    return path
