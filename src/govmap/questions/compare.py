"""Mechanisms side by side by their members, or countries by the mechanisms that list them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from msgspec.structs import replace

from govmap.analysis.neighbours import nobody_lists, nobody_works_on, nothing_to_compare
from govmap.analysis.seats import NO_LIMIT, Limit, limited_mechanisms, limited_seats, limited_themes
from govmap.analysis.similarity import Pair, compare_pair, in_some, most_similar_pairs, only_in_each
from govmap.atlas import Atlas
from govmap.calls import Call, Option, Value
from govmap.choices import one_of
from govmap.declaration import COMPARE, Shape, question
from govmap.errors import GovmapError, NoAnswerError, UsageError
from govmap.fields import RELATIONS, Relation
from govmap.language import _
from govmap.model import Compared, Country, Mechanism, Theme
from govmap.parts.changes import changes_in
from govmap.parts.links import LinkRow, basis_of, links_among, served_together
from govmap.parts.roles import observers_of
from govmap.questions.membership import Membership, membership
from govmap.questions.membership import rests_on as membership_rests_on
from govmap.records import (
    AnswerWithChanges,
    Basis,
    Change,
    CountryRef,
    MechanismRef,
    Result,
    country_refs,
    subject_of,
)

Mode = Literal["intersect", "distinct", "union"]
MODES: tuple[Mode, ...] = ("intersect", "distinct", "union")
Ref = TypeVar("Ref", CountryRef, MechanismRef)  # what mechanisms share are countries, and the other way round


class Item(Result, frozen=True):
    """One of the things compared: `size` is the number of its members, or of the mechanisms that list it."""

    id: str
    name: str
    size: int


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


class LinksOfPair(Result, frozen=True):
    """The known contacts of two mechanisms, `[]` where none is known; and the agencies that serve both, no contact.

    On the secretariat of those `contradicted` (ids of the two) another page differs; `contradicted_by_agency` tells on
    which agency.
    """

    left: str
    right: str
    links: tuple[LinkRow, ...]
    shared_secretariat: tuple[str, ...]
    contradicted: tuple[str, ...]
    contradicted_by_agency: dict[str, tuple[str, ...]]


class Comparison(AnswerWithChanges, Generic[Ref], frozen=True):
    """The answer to `compare A B`; `shared` is in all of them, `only` in one, `partly` in some.

    `distinct` is what all of them share and nothing else of their kind has, `union` what at least one has. `relation`
    and `theme` say to which seats the sets were limited: of countries so listed, in mechanisms with a group on it.
    `themes_unknown` are those for which the source lists no groups, which is not the same as having none: of countries
    those all of whose mechanisms are such. `left_out` are the mechanisms that were named and not compared, since they
    have no group on the theme, or none is known. `links` tells of each two mechanisms whether they are known to have
    met; it is empty for countries. `unclear` has, by what is compared, the countries of which a mechanism leaves open
    whether it lists them, or the mechanisms that leave it open of a country: they are in none of the sets.
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
    left_out: tuple[str, ...]
    links: tuple[LinksOfPair, ...]
    unclear: dict[str, tuple[str, ...]]


class Likeness(AnswerWithChanges, frozen=True):
    """The answer to `compare NAME` and to `compare --all`: pairs by their Jaccard index, the most similar first.

    `of` is the one whose likeness is ranked, always the left of a pair; null where all pairs are. `relation` and
    `theme` limit the seats as in `compare A B`; what has none (within them) is in no pair. `pair_count` tells how many
    pairs there are, of which `pairs` holds the most similar where no more were asked for.
    """

    kind: str
    as_of: str
    of: str | None
    items: tuple[Item, ...]
    relation: str | None
    theme: str | None
    pairs: tuple[Pair, ...]
    pair_count: int


class Sets(NamedTuple):
    """What is compared: names by id, the sets of seats and of themes, and how the answer names what is in them.

    Attributes:
        kind: Mechanism, or country.
        names: The name of each thing compared, by id, in the order of the call.
        seats: What each shares with others: countries, or mechanisms.
        themes: The themes of each thing compared.
        is_elsewhere: Whether something of their kind has this seat that is not compared.
        refer: Makes references of the members of a set.
        limit: To which seats it is limited.
        unknown: Those compared for which the source lists no groups: a country, where it does so of all its mechanisms.

    """

    kind: str
    names: dict[str, str]
    seats: dict[str, frozenset[str]]
    themes: dict[str, frozenset[str]]
    is_elsewhere: Callable[[str], bool]
    refer: Callable[[frozenset[str]], tuple[Any, ...]]
    limit: Limit
    unknown: tuple[str, ...]

    def pair(self, left: str, right: str) -> Pair:
        """Return how two of the things compared, given by id, overlap."""
        known = None if {left, right}.intersection(self.unknown) else (self.themes[left], self.themes[right])
        pair = compare_pair(left, right, self.seats[left], self.seats[right], known)
        is_left_out = self.limit != NO_LIMIT and not (self.seats[left] and self.seats[right])
        return replace(pair, jaccard=None) if is_left_out else pair


@question(
    COMPARE,
    "RCM SACM QUITO --mode distinct",
    "RCM MIRPS",
    "Peru Chile",
    "Peru RCM",
    "MIRPS",
    "--all --top 3",
    shapes=(
        Shape("compare", "compare A B …", "Comparison[CountryRef] | Comparison[MechanismRef]"),
        Shape("likeness", "compare NAME; govmap compare --all", "Likeness"),
        Shape("membership", "compare COUNTRY MECHANISM", "Membership"),
    ),
)
def compare(
    atlas: Atlas,
    *names: str | Compared,
    all: bool = False,  # noqa: A002 - the option is called so
    top: int | None = None,
    mode: Mode = "intersect",
    relation: Relation | None = None,
    theme: str | Theme | None = None,
) -> Comparison[Any] | Likeness | Membership:
    """Compare mechanisms by their countries, or countries by their mechanisms.

    >>> import govmap
    >>> found = govmap.compare(govmap.load(), "CRM", "MIRPS")
    >>> (found.pairs[0].shared, found.pairs[0].relation, found.pairs[0].jaccard)
    (7, 'contains', 0.6364)

    Args:
        names: Two or more mechanisms or countries; or one, to rank the others by similarity.
        all: Rank all pairs of mechanisms.
        top: Only the N most similar pairs of a ranking.
        mode: What to show: intersect (in all), distinct (in all and in nothing else) or union.
        relation: Only countries listed as member, associate, observer, endorser, covered, party or participant.
        theme: Only mechanisms with a group on this theme.

    Raises:
        NotFoundError: No country or mechanism has a name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        NoAnswerError: The source gives no members for a mechanism.
        UsageError: Names are of two kinds, or one is given twice.

    """
    _check_options(names, ranks_all=all, top=top, mode=one_of("mode", mode, MODES))
    limit = Limit(
        None if relation is None else one_of("relation", relation, RELATIONS),
        None if theme is None else atlas.theme(theme).id,
    )
    if not names:
        return _rank(atlas, mechanism_sets(atlas, atlas.covered, limit), None, top)
    subjects = atlas.subjects(names)
    mechanisms = tuple(subject for subject in subjects if isinstance(subject, Mechanism))
    countries = tuple(subject for subject in subjects if isinstance(subject, Country))
    atlas = atlas.including(mechanism.id for mechanism in mechanisms)
    if len(subjects) == 1:
        return _rank(atlas, *_with_others(atlas, subjects[0], limit), top)
    if mechanisms and countries:
        if len(subjects) > 2:
            raise _two_kinds(atlas, names, subjects)
        return membership(atlas, countries[0], mechanisms[0])
    _refuse_repeats(atlas, subjects)
    if countries:
        return _compare(atlas, country_sets(atlas, countries, limit))
    working = _working_on(atlas, mechanisms, limit.theme)
    left_out = tuple(sorted(mechanism.id for mechanism in mechanisms if mechanism not in working))
    return _compare(atlas, mechanism_sets(atlas, working, limit), left_out)


def rests_on(found: Comparison[Any] | Likeness | Membership, atlas: Atlas) -> Iterator[Basis]:
    """Yield the lists and the groups of mechanisms that are compared, or whether each lists the countries."""
    if isinstance(found, Membership):
        yield from membership_rests_on(found, atlas)
        return
    ids = [item.id for item in found.items]
    every = [head.id for head in atlas.covered_heads]
    if found.relation == "observer":
        for id_ in ids if found.kind == "mechanism" else every:
            rows = observers_of(atlas, atlas.mechanisms[id_])
            yield from (Basis(id_, "observers", sources=row.evidence.sources) for row in rows)
    if isinstance(found, Likeness) or found.kind == "mechanism":
        yield from Basis.parts(ids if found.kind == "mechanism" else every, "members", "relation", "groups")
        if isinstance(found, Comparison):
            yield from basis_of(link for pair in found.links for link in pair.links)
    else:
        yield from Basis.members(every, ids)
        yield from Basis.parts((ref.id for ref in found.union), "relation", "groups")


def failure(found: Comparison[Any] | Likeness | Membership, atlas: Atlas) -> GovmapError | None:
    """Return why nothing is compared: no mechanism existed, no group works on the theme, or there is no pair."""
    if isinstance(found, Membership):
        return None
    if not atlas.covered_heads or (found.theme and not atlas.is_worked_on(found.theme)):
        return nobody_works_on(atlas, (found.theme,) if found.theme else ())
    if found.pairs:
        return None
    of = atlas.countries[found.items[0].id] if found.kind == "country" else None
    return nothing_to_compare(atlas) if of is None or any(atlas.mechanisms_of(of.alpha3)) else nobody_lists(atlas, of)


def _check_options(names: Sequence[object], *, ranks_all: bool, top: int | None, mode: str) -> None:
    """Refuse options that do not go with one another, or with so many names."""
    if ranks_all and names:
        raise UsageError(_("--all ranks all pairs of mechanisms, so it takes no names"), (Call("compare", all=True),))
    if not ranks_all and not names:
        message = _("Name two or more to compare, or one to rank the others by similarity")
        raise UsageError(message, (Call("compare", all=True),))
    if mode != "intersect" and len(names) < 2:
        raise UsageError(_("--mode shows what two or more share; name them"), (Call("compare", all=True),))
    if top is not None and len(names) > 1:
        message = _("--top is for a ranking; name one, or none with --all")
        raise UsageError(message, (Call("compare", all=True, top=10),))
    if top is not None and top < 1:
        raise UsageError(_("--top must be 1 or more"), (Option("top", 10),))


def call_on(atlas: Atlas, subjects: Sequence[Compared], **options: Value) -> Call | None:
    """Return the call that compares *subjects*, by their ids where these are of no other kind; None where it cannot.

    A country that nobody lists is like no other.
    """
    if len(subjects) == 1 and isinstance(subjects[0], Country) and not any(atlas.mechanisms_of(subjects[0].alpha3)):
        return None
    ids = [subject_of(subject).id for subject in subjects]
    each = zip(ids, subjects, strict=True)
    names = [atlas.clear_name(subject) if atlas.is_of_two_kinds(id_) else id_ for id_, subject in each]
    return None if any(map(atlas.is_of_two_kinds, names)) else Call("compare", *names, **options)


def _two_kinds(atlas: Atlas, names: Sequence[object], subjects: Sequence[Compared]) -> UsageError:
    """Return the error for names of two kinds, with a call for those of each."""
    sentences: dict[type, str] = {Mechanism: _("{name} is a mechanism"), Country: _("{name} is a country")}
    first: dict[type, object] = {}
    named: dict[type, list[Compared]] = {kind: [] for kind in sentences}
    for name, subject in zip(names, subjects, strict=True):
        if isinstance(name, str) and atlas.is_of_two_kinds(name):
            named[Mechanism].append(atlas.mechanism(name))
            named[Country].append(atlas.country(name))
        else:
            first.setdefault(type(subject), name)
            named[type(subject)].append(subject)
    kinds = ", ".join(sentences[kind].format(name=name) for kind, name in first.items())
    calls = tuple(filter(None, (call_on(atlas, records) for records in named.values())))
    return UsageError(_("Compare mechanisms or countries, not both: {names}").format(names=kinds), calls)


def _refuse_repeats(atlas: Atlas, subjects: Sequence[Compared]) -> None:
    """Refuse one thing named twice."""
    ids = [subject_of(subject).id for subject in subjects]
    repeated = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if repeated is not None:
        left = dict(zip(ids, subjects, strict=True))
        others = atlas.universe if isinstance(subjects[0], Country) else [head.id for head in atlas.covered_heads]
        call = call_on(atlas, list(left.values())) if {*ids, *others} > {ids[0]} else None
        message = _("{name} is named twice; name different ones to compare").format(name=repeated)
        raise UsageError(message, (call,) if call else ())


def _working_on(atlas: Atlas, mechanisms: tuple[Mechanism, ...], theme: str | None) -> tuple[Mechanism, ...]:
    """Return which *mechanisms* have a group on a *theme* (id), if one is named.

    Raises:
        NoAnswerError: Fewer than two have one, although others do.

    """
    if theme is None or not atlas.is_worked_on(theme):
        return mechanisms
    working = tuple(mechanism for mechanism in mechanisms if theme in atlas.themes_of(mechanism))
    if len(working) < 2:
        message = (
            _("Of these only {mechanism} has a group on {theme}")
            if working
            else _("None of these has a group on {theme}")
        )
        label = atlas.themes[theme].label
        raise NoAnswerError(
            message.format(mechanism="".join(each.id for each in working), theme=label), (Call("overlap", label),)
        )
    return working


def _with_others(atlas: Atlas, subject: Compared, limit: Limit) -> tuple[Sets, str]:
    """Return the sets of one mechanism or country and of all others of its kind, and its id."""
    if isinstance(subject, Mechanism):
        others = tuple(m for m in atlas.covered if m != subject)
        return mechanism_sets(atlas, (subject, *others), limit), subject.id
    countries = tuple(atlas.countries[code] for code in atlas.universe if code != subject.alpha3)
    return country_sets(atlas, (subject, *countries), limit), subject.alpha3


def links_of_pairs(atlas: Atlas, ids: tuple[str, ...]) -> tuple[LinksOfPair, ...]:
    """Return the contacts of each two of some mechanisms, and the agencies that serve both."""
    known = links_among(atlas, ids)
    return tuple(
        LinksOfPair(*pair, known.get(pair, ()), **served_together(atlas, *pair)) for pair in combinations(ids, 2)
    )


def mechanism_sets(atlas: Atlas, mechanisms: tuple[Mechanism, ...], limit: Limit) -> Sets:
    """Return what a comparison of *mechanisms* rests on; raise NoAnswerError where one has no known members."""
    for mechanism in mechanisms:
        if mechanism.coverage == "mentioned":
            known = tuple(m.id for m in atlas.covered if m not in mechanisms)
            message = _("{mechanism} cannot be compared: the source names it without its members")
            raise NoAnswerError(message.format(mechanism=mechanism.id), known)
    names = {m.id: m.name for m in mechanisms}
    seats = {m.id: limited_seats(atlas, m, limit) for m in mechanisms}
    return Sets(
        "mechanism",
        names,
        seats,
        themes={m.id: limited_themes(atlas, (m.id,), limit) for m in mechanisms},
        is_elsewhere=lambda code: not names.keys() >= set(limited_mechanisms(atlas, code, limit)),
        refer=lambda codes: country_refs(atlas, codes),
        limit=limit,
        unknown=tuple(m.id for m in mechanisms if atlas.is_unknown(m, "groups")),
    )


def country_sets(atlas: Atlas, countries: tuple[Country, ...], limit: Limit) -> Sets:
    """Return what a comparison of *countries* rests on."""
    names = {country.alpha3: country.name for country in countries}
    seats = cache(lambda mechanism: limited_seats(atlas, atlas.mechanisms[mechanism], limit))
    listing = {code: frozenset(limited_mechanisms(atlas, code, limit)) for code in names}
    unknown = {id_ for id_ in set[str]().union(*listing.values()) if atlas.is_unknown(atlas.mechanisms[id_], "groups")}
    return Sets(
        "country",
        names,
        listing,
        themes={code: limited_themes(atlas, listing[code], limit) for code in names},
        is_elsewhere=lambda id_: not names.keys() >= seats(id_),
        refer=lambda ids: tuple(MechanismRef.from_record(atlas.mechanisms[id_]) for id_ in sorted(ids)),
        limit=limit,
        unknown=tuple(code for code, ids in listing.items() if ids and ids <= unknown),
    )


def _happened(atlas: Atlas, sets: Sets) -> tuple[Change, ...]:
    """Return what changed in the mechanisms compared; or, in those that list the countries compared, for these."""
    if sets.kind == "mechanism":
        return changes_in(atlas, sets.names)
    listing = {id_ for code in sets.names for id_ in sets.seats[code]}
    found = {change for code in sets.names for change in changes_in(atlas, listing, only=code, with_new=True)}
    return tuple(sorted(found, key=lambda change: (change.date, change.mechanism, change.text)))


def _compare(atlas: Atlas, sets: Sets, left_out: tuple[str, ...] = ()) -> Comparison[Any]:
    mine = sets.seats
    shared, union = frozenset.intersection(*mine.values()), frozenset.union(*mine.values())
    return Comparison(
        kind=sets.kind,
        as_of=atlas.as_of,
        items=tuple(Item(id_, name, len(mine[id_])) for id_, name in sets.names.items()),
        shared=sets.refer(shared),
        only={id_: sets.refer(alone) for id_, alone in only_in_each(mine).items()},
        partly=tuple(PartlyShared(ids, sets.refer(held)) for ids, held in in_some(mine).items()),
        distinct=sets.refer(frozenset(seat for seat in shared if not sets.is_elsewhere(seat))),
        union=sets.refer(union),
        union_size=len(union),
        relation=sets.limit.relation,
        theme=sets.limit.theme,
        pairs=tuple(sets.pair(left, right) for left, right in combinations(mine, 2)),
        themes=ThemesCompared(
            shared=tuple(sorted(frozenset.intersection(*sets.themes.values()))),
            only={id_: tuple(sorted(alone)) for id_, alone in only_in_each(sets.themes).items()},
            partly=tuple(ThemesPartlyShared(ids, tuple(sorted(held))) for ids, held in in_some(sets.themes).items()),
        ),
        themes_unknown=sets.unknown,
        left_out=left_out,
        links=links_of_pairs(atlas, tuple(mine)) if sets.kind == "mechanism" else (),
        unclear=_unclear(atlas, sets),
        caution=atlas.caution,
        changes=_happened(atlas, sets),
    )


def _unclear(atlas: Atlas, sets: Sets) -> dict[str, tuple[str, ...]]:
    """Return of which of the other kind it is left open whether they belong to each of the things compared."""
    if sets.kind == "mechanism":
        found = {id_: atlas.unclear_in(atlas.mechanisms[id_]) for id_ in sets.names}
    else:
        found = {code: tuple(_left_open(atlas, code, sets.limit.theme)) for code in sets.names}
    return {id_: others for id_, others in found.items() if others}


def _left_open(atlas: Atlas, code: str, theme: str | None) -> Iterator[str]:
    """Yield the ids of the mechanisms, with a group on a *theme* if one is named, that may list a country."""
    for id_ in sorted(body.id for body in atlas.naming(code) if atlas.in_scope(body) and body.id in atlas.mechanisms):
        mechanism = atlas.mechanisms[id_]
        if code in atlas.unclear_in(mechanism) and (theme is None or theme in atlas.themes_of(mechanism)):
            yield id_


def _rank(atlas: Atlas, sets: Sets, of: str | None, top: int | None) -> Likeness:
    seated = [id_ for id_ in sets.names if sets.seats[id_]]
    others = [other for other in seated if other != of and (of is None or sets.seats[of])]
    there_are = len(others) if of else len(others) * (len(others) - 1) // 2
    chosen: Iterable[tuple[str, str]] = ((of, other) for other in others) if of else combinations(seated, 2)
    if of is None and top is not None:
        chosen = most_similar_pairs({id_: sets.seats[id_] for id_ in seated}, top)
    pairs = [sets.pair(left, right) for left, right in chosen]
    pairs.sort(key=lambda pair: (-(pair.jaccard or 0), -pair.shared, pair.left, pair.right))
    return Likeness(
        kind=sets.kind,
        as_of=atlas.as_of,
        of=of,
        items=tuple(Item(id_, name, len(sets.seats[id_])) for id_, name in sets.names.items()),
        relation=sets.limit.relation,
        theme=sets.limit.theme,
        pairs=tuple(pairs[:top]),
        pair_count=there_are,
        caution=atlas.caution,
        changes=changes_in(atlas, (head.id for head in atlas.covered_heads), with_new=True),
    )
