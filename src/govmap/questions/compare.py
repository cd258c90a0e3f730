"""Mechanisms side by side by their members, or countries by the mechanisms that list them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any, Generic, NamedTuple, TypeVar

from govmap.analysis.seats import NO_LIMIT, Limit, limited_seats, limited_themes
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.errors import NoAnswerError, NotFoundError, UsageError
from govmap.language import _
from govmap.model import Country, Mechanism
from govmap.records import (
    COMPARED,
    Change,
    CountryRef,
    MechanismRef,
    Result,
    changes,
    country_refs,
    mechanism_ref,
)
from govmap.texts import quoted

Ref = TypeVar("Ref", CountryRef, MechanismRef)  # what mechanisms share are countries, and the other way round


class Item(Result, frozen=True):
    """One of the things compared: `size` is the number of its members, or of the mechanisms that list it."""

    id: str
    name: str
    size: int


class ThemesOfPair(Result, frozen=True):
    """The ids of the themes on which two of the things compared have a group, and those of only one."""

    shared: tuple[str, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]


class Pair(Result, frozen=True):
    """How two of the things compared overlap.

    `jaccard` is the size of the intersection over that of the union (P. Jaccard, "Étude comparative de la
    distribution florale", Bull. Soc. Vaud. Sci. Nat. 37, 1901), 0 for two empty sets. `containment_left` is
    the share of the left that is in the right, null where the left is empty; `containment_right` likewise.
    `themes` are those on which both have a group, only the left and only the right; null where the groups of one are
    not known.
    """

    left: str
    right: str
    shared: int
    only_left: int
    only_right: int
    jaccard: float
    containment_left: float | None
    containment_right: float | None
    relation: str
    themes: ThemesOfPair | None


class PartlyShared(Result, Generic[Ref], frozen=True):
    """What two or more, but not all of the things compared have in common, and nothing else of them has."""

    items: tuple[str, ...]
    shared: tuple[Ref, ...]


class ThemesPartlyShared(Result, frozen=True):
    """The themes on which two or more, but not all of the things compared have a group."""

    items: tuple[str, ...]
    shared: tuple[str, ...]


class ThemesCompared(Result, frozen=True):
    """The themes on which all of the things compared have a group, only one, and some of them."""

    shared: tuple[str, ...]
    only: dict[str, tuple[str, ...]]
    partly: tuple[ThemesPartlyShared, ...]


class Comparison(Result, Generic[Ref], frozen=True):
    """The answer to `compare A B`; `shared` is in all of them, `only` in one, `partly` in some.

    `distinct` is what all of them share and nothing else of their kind has, `union` what at least one has. `relation`
    and `theme` say to which seats the sets were limited: of countries so listed, in mechanisms with a group on it.
    `themes_unknown` are those for which the source lists no groups, which is not the same as having none.
    """

    kind: str
    as_of: str
    items: tuple[Item, ...]
    shared: tuple[Ref, ...]
    only: dict[str, tuple[Ref, ...]]
    partly: tuple[PartlyShared[Ref], ...]
    distinct: tuple[Ref, ...]
    union: tuple[Ref, ...]
    union_size: int
    relation: str | None
    theme: str | None
    pairs: tuple[Pair, ...]
    themes: ThemesCompared
    themes_unknown: tuple[str, ...]
    caution: str | None
    changes: tuple[Change, ...]


class Sets(NamedTuple):
    """What is compared: names by id, the sets of seats and of themes, and what else the answer tells.

    Attributes:
        kind: Mechanism, or country.
        names: The name of each thing compared, by id, in the order typed.
        seats: Of every thing of that kind, what it shares with others: countries, or mechanisms.
        themes: The themes of each thing compared.
        refer: Makes references of the members of a set.
        silent: Those compared for which the source lists no groups.

    """

    kind: str
    names: dict[str, str]
    seats: dict[str, frozenset[str]]
    themes: dict[str, frozenset[str]]
    refer: Callable[[frozenset[str]], tuple[Any, ...]]
    silent: tuple[str, ...] = ()

    def pair(self, left: str, right: str) -> Pair:
        """Return how two of the things compared, given by id, overlap."""
        known = None if {left, right}.intersection(self.silent) else (self.themes[left], self.themes[right])
        return compare_pair(left, right, self.seats[left], self.seats[right], known)


def compare_mechanisms(
    atlas: Atlas, mechanisms: tuple[Mechanism, ...], limit: Limit = NO_LIMIT
) -> Comparison[CountryRef]:
    """Return how *mechanisms* overlap in members and themes.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> result = govmap.compare_mechanisms(atlas, (atlas.mechanism("CRM"), atlas.mechanism("MIRPS")))
    >>> (result.pairs[0].shared, result.pairs[0].relation, result.pairs[0].jaccard)
    (7, 'contains', 0.6364)

    Raises:
        NoAnswerError: The source gives no members for one of them.
        UsageError: One of them is named twice, or there are fewer than two.

    """
    _check(tuple(m.id for m in mechanisms), tuple(m.id for m in atlas.covered))
    sets = mechanism_sets(atlas, mechanisms, limit)
    return _compare(atlas, sets, limit, changes(atlas.changes(sets.names, parts=COMPARED), set(sets.names)))


def compare_countries(
    atlas: Atlas, countries: tuple[Country, ...], limit: Limit = NO_LIMIT
) -> Comparison[MechanismRef]:
    """Return how *countries* overlap in the mechanisms that list them, and in the themes of those.

    Raises:
        UsageError: One of them is named twice, or there are fewer than two.

    """
    _check(tuple(c.alpha3 for c in countries), atlas.parties)
    sets = country_sets(atlas, countries, limit)
    touched = {id_ for code in sets.names for id_ in sets.seats[code]}
    happened = {
        change for code in sets.names for change in changes(atlas.changes(touched, only=code, parts=COMPARED), touched)
    }
    return _compare(atlas, sets, limit, tuple(sorted(happened, key=lambda change: (change.date, change.mechanism))))


def mechanism_sets(atlas: Atlas, mechanisms: tuple[Mechanism, ...], limit: Limit) -> Sets:
    """Return what a comparison of *mechanisms* rests on; raise NoAnswerError where one has no known members."""
    for mechanism in mechanisms:
        if mechanism.coverage == "mentioned":
            known = tuple(m.id for m in atlas.covered if m not in mechanisms)
            message = _("{mechanism} cannot be compared: the source names it and gives no members")
            raise NoAnswerError(message.format(mechanism=mechanism.id), known)
    seats = limited_seats(atlas, limit)
    return Sets(
        "mechanism",
        {m.id: m.name for m in mechanisms},
        seats,
        themes={m.id: limited_themes(atlas, (m.id,), seats, limit) for m in mechanisms},
        refer=lambda codes: country_refs(atlas, codes),
        silent=tuple(m.id for m in mechanisms if atlas.is_silent(m, "groups")),
    )


def country_sets(atlas: Atlas, countries: tuple[Country, ...], limit: Limit) -> Sets:
    """Return what a comparison of *countries* rests on."""
    seats = limited_seats(atlas, limit)
    listed = {code: frozenset(id_ for id_, codes in seats.items() if code in codes) for code in atlas.parties}
    inside = {country.alpha3: listed.get(country.alpha3, frozenset()) for country in countries}
    return Sets(
        "country",
        {country.alpha3: country.name for country in countries},
        listed | inside,
        themes={code: limited_themes(atlas, ids, seats, limit) for code, ids in inside.items()},
        refer=lambda ids: tuple(mechanism_ref(atlas.mechanisms[id_]) for id_ in sorted(ids)),
    )


Named = tuple[Mechanism, ...] | tuple[Country, ...]


def resolve_names(atlas: Atlas, names: Sequence[str]) -> tuple[str, Named]:
    """Return the kind and the records that *names* (as typed) name: all mechanisms, or all countries.

    Raises:
        NotFoundError: A name names neither.
        AmbiguousError: A name could be two of a kind.
        UsageError: The names are of two kinds.

    """
    if all(atlas.mechanism_names.exact(name) for name in names):
        return "mechanism", tuple(map(atlas.mechanism, names))
    if all(atlas.country_names.exact(name) for name in names):
        return "country", tuple(map(atlas.country, names))
    kinds: dict[str, str] = {}  # with the first name of each
    for name in names:
        kinds.setdefault(_kind(atlas, name), name)
    if len(kinds) > 1:
        kind_of = {"mechanism": _("{name} is a mechanism"), "country": _("{name} is a country")}
        told = ", ".join(kind_of[kind].format(name=name) for kind, name in kinds.items())
        calls = ("govmap compare RCM MIRPS", "govmap compare Peru Chile")
        raise UsageError(_("Compare things of one kind: {names}").format(names=told), calls)
    if "mechanism" in kinds:
        return "mechanism", tuple(map(atlas.mechanism, names))
    return "country", tuple(map(atlas.country, names))


def compare_names(
    atlas: Atlas, names: Sequence[str], limit: Limit = NO_LIMIT
) -> Comparison[CountryRef] | Comparison[MechanismRef]:
    """Return the comparison of what *names* (as typed) name; errors as `resolve_names` and the comparisons."""
    kind, named = resolve_names(atlas, names)
    compare: Callable[..., Comparison[Any]] = compare_mechanisms if kind == "mechanism" else compare_countries
    return compare(atlas, named, limit)


def _kind(atlas: Atlas, name: str) -> str:
    """Return what *name* names; raise the error of the kind that it is nearest to where it names nothing."""
    for kind, names in (("mechanism", atlas.mechanism_names), ("country", atlas.country_names)):
        if names.exact(name):
            return kind
    for kind, names in (("mechanism", atlas.mechanism_names), ("country", atlas.country_names)):
        if len(names.near(name)) == 1:
            return kind
    offers = (*atlas.mechanism_names.suggest(name, 2), *atlas.country_names.suggest(name, 2))
    message = _("No mechanism or country is called {name}").format(name=quoted(name))
    raise NotFoundError(message, offers or (Call("list", "mechanisms"), Call("list", "countries")))


def _check(ids: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Refuse fewer than two things to compare, and one named twice; *known* are others to name."""
    repeated = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if repeated is None and len(ids) > 1:
        return
    enough = list(dict.fromkeys((*ids, *known)))[: max(2, len(set(ids)))]
    calls = (Call("compare", *enough),) if len(enough) > 1 else ()
    if repeated is not None:
        raise UsageError(_("{name} is named twice; name different ones to compare").format(name=repeated), calls)
    raise UsageError(_("Name at least two to compare"), calls)


def _compare(atlas: Atlas, sets: Sets, limit: Limit, happened: tuple[Change, ...]) -> Comparison[Any]:
    mine = {id_: sets.seats[id_] for id_ in sets.names}
    shared, union = frozenset.intersection(*mine.values()), frozenset.union(*mine.values())
    others = frozenset[str]().union(*(seats for id_, seats in sets.seats.items() if id_ not in mine))
    return Comparison(
        kind=sets.kind,
        as_of=atlas.as_of,
        items=tuple(Item(id_, name, len(mine[id_])) for id_, name in sets.names.items()),
        shared=sets.refer(shared),
        only={id_: sets.refer(alone) for id_, alone in only_in_each(mine).items()},
        partly=tuple(PartlyShared(ids, sets.refer(held)) for ids, held in in_some(mine).items()),
        distinct=sets.refer(shared - others),
        union=sets.refer(union),
        union_size=len(union),
        relation=limit.relation,
        theme=limit.theme,
        pairs=tuple(sets.pair(left, right) for left, right in combinations(mine, 2)),
        themes=ThemesCompared(
            shared=tuple(sorted(frozenset.intersection(*sets.themes.values()))),
            only={id_: tuple(sorted(alone)) for id_, alone in only_in_each(sets.themes).items()},
            partly=tuple(ThemesPartlyShared(ids, tuple(sorted(held))) for ids, held in in_some(sets.themes).items()),
        ),
        themes_unknown=sets.silent,
        caution=atlas.caution,
        changes=happened,
    )


def only_in_each(sets: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return what each of *sets* holds that no other of them does."""
    return {
        name: mine.difference(*(other for other_name, other in sets.items() if other_name != name))
        for name, mine in sets.items()
    }


def in_some(sets: dict[str, frozenset[str]]) -> dict[tuple[str, ...], frozenset[str]]:
    """Return what two or more of *sets*, but not all, hold: by the names of those that do, most of them first."""
    found: dict[tuple[str, ...], set[str]] = {}
    for held in frozenset.union(*sets.values()):
        holders = tuple(name for name, mine in sets.items() if held in mine)
        if 1 < len(holders) < len(sets):
            found.setdefault(holders, set()).add(held)
    ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    return {holders: frozenset(held) for holders, held in ordered}


def compare_pair(
    left: str,
    right: str,
    mine: frozenset[str],
    theirs: frozenset[str],
    themes: tuple[frozenset[str], frozenset[str]] | None = None,
) -> Pair:
    """Return how the set *mine*, called *left*, and the set *theirs*, called *right*, overlap, and their *themes*."""
    shared, union = len(mine & theirs), len(mine | theirs)
    return Pair(
        left=left,
        right=right,
        shared=shared,
        only_left=len(mine) - shared,
        only_right=len(theirs) - shared,
        jaccard=round(shared / union, 4) if union else 0.0,
        containment_left=round(shared / len(mine), 4) if mine else None,
        containment_right=round(shared / len(theirs), 4) if theirs else None,
        relation=set_relation(mine, theirs),
        themes=themes and _themes_of_pair(*themes),
    )


def _themes_of_pair(mine: frozenset[str], theirs: frozenset[str]) -> ThemesOfPair:
    return ThemesOfPair(tuple(sorted(mine & theirs)), tuple(sorted(mine - theirs)), tuple(sorted(theirs - mine)))


def set_relation(mine: frozenset[str], theirs: frozenset[str]) -> str:
    """Return what *mine* is to *theirs*: equal, disjoint, contains, within or overlapping.

    An empty set is disjoint from every other set, also from an empty one: to call it contained would read
    as a finding.
    """
    if not mine & theirs:
        return "disjoint"
    if mine == theirs:
        return "equal"
    if mine > theirs:
        return "contains"
    return "within" if mine < theirs else "overlapping"
