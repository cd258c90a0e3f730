"""What there is: mechanisms, countries, themes, groups, secretariats, resolutions and sources, filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypedDict, overload

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.choices import find_choice, one_of
from govmap.declaration import LOOK_UP, RecordKind, Shape, question
from govmap.errors import NoAnswerError, UsageError
from govmap.language import Language, _
from govmap.model import Agency, Country, Mechanism, Theme
from govmap.names.folding import fold
from govmap.parts.links import contradicted_secretariats
from govmap.parts.roles import ChairNow, chair_of
from govmap.records import Basis, Listing, MechanismSummary, Result, SourceRef, SpanRow, source_refs
from govmap.texts import comma_list, quoted

if TYPE_CHECKING:
    from typing_extensions import Unpack

ListName = Literal["mechanisms", "countries", "themes", "groups", "secretariats", "resolutions", "sources"]
Coverage = Literal["full", "mentioned", "all"]
COVERAGES: tuple[Coverage, ...] = ("full", "mentioned", "all")
Order = Literal["id", "name", "count"]
ORDERS: tuple[Order, ...] = ("id", "name", "count")
SHOWN_OF_MECHANISMS = ("names", "kind", "relation", "founded", "website", "members", "groups", "secretariats", "chairs")


class Filters(Result, frozen=True):
    """What a list is narrowed to; all that are given must hold.

    Attributes:
        member: Alpha-3 code of a country that the mechanism lists (a mechanism's id for a list of countries).
        themes: Ids of themes, on one of which the mechanism has a group.
        secretariat: Id of an agency that serves the mechanism.
        kind: The kind of the listed record itself.
        coverage: `full`, `mentioned` or `all`, for mechanisms.
        uncovered: Whether only themes are listed on which no group works.
        chair: Alpha-3 code of a country that chairs the mechanism on the date.

    """

    member: str | None = None
    themes: tuple[str, ...] = ()
    secretariat: str | None = None
    kind: str | None = None
    coverage: str = "full"
    uncovered: bool = False
    chair: str | None = None

    @property
    def narrow(self) -> bool:
        """Whether they leave out mechanisms by what these have."""
        return bool(self.member or self.themes or self.secretariat or self.chair)

    def fit_kind(self, kind: str | None) -> bool:
        """Return whether a record of this *kind* is listed."""
        return self.kind in (None, kind)


EVERYTHING = Filters()


class MechanismItem(MechanismSummary, frozen=True):
    """A mechanism in a list; the counts are null where the source gives no list.

    `chair` is null where no chair is known at any date.
    """

    members: int | None
    groups: int | None
    secretariat: tuple[str, ...]
    chair: ChairNow | None
    until: str | None

    @property
    def chaired_by(self) -> tuple[str, ...]:
        """The countries that chair it (codes), in one cell."""
        return self.chair.codes[0] if self.chair else ()

    @property
    def last_chaired_by(self) -> tuple[str, ...]:
        """The last that are known to have chaired it (codes), where it is not known who does, in one cell."""
        return self.chair.codes[1] if self.chair else ()


class CountryItem(Result, frozen=True):
    """A country in a list, and the mechanisms that list it."""

    code: str
    alpha2: str
    name: str
    kind: str
    mechanisms: tuple[str, ...]


class ThemeItem(Result, frozen=True):
    """A theme in a list; `proposed` are the languages whose label is this dataset's own."""

    id: str
    label: str
    broader: str | None
    labels: dict[Language, str]
    proposed: tuple[str, ...]
    groups: int
    mechanisms: tuple[str, ...]


class GroupItem(SpanRow, frozen=True):
    """A group in a list."""

    mechanism: str
    number: int
    name: str
    as_written: str | None
    pillar: int | None
    themes: tuple[str, ...]


class SecretariatItem(Result, frozen=True):
    """An agency in a list, and the mechanisms that it serves; another page differs on those `contradicted`."""

    agency: str
    name: str
    mechanisms: tuple[str, ...]
    contradicted: tuple[str, ...]


class ResolutionPoint(Result, frozen=True):
    """What a resolution says of some mechanisms (ids): that it recognises, urges or mandates something."""

    says: str
    text: str
    mechanisms: tuple[str, ...]


class ResolutionItem(Result, frozen=True):
    """A resolution or declaration in a list; `points` is what it says of mechanisms, as far as the source tells."""

    id: str
    number: str
    title: str
    body: str
    kind: str
    date: str | None
    until: str | None
    note: str | None
    as_written: str | None
    points: tuple[ResolutionPoint, ...]

    @property
    def said(self) -> str:
        """What it says of mechanisms (ids), in one text: what `points` has."""
        return "; ".join(f"{_(each.says)} {each.text}: {comma_list(each.mechanisms)}" for each in self.points)


def _matching(atlas: Atlas, filters: Filters) -> list[Mechanism]:
    """Return the covered mechanisms that fit the filters on membership, theme, secretariat and chair."""
    return [
        mechanism
        for mechanism in sorted(atlas.covered, key=lambda m: m.id)
        if (filters.member is None or filters.member in atlas.seats[mechanism.id])
        and (not filters.themes or set(filters.themes) & set(atlas.themes_of(mechanism)))
        and (filters.secretariat is None or filters.secretariat in {s.agency for s in mechanism.secretariats})
        and (filters.chair is None or filters.chair in {chair.code for chair in mechanism.chairs})
    ]


# The lists that --kind narrows, each with the kinds that it has.
KINDS: dict[str, Callable[[Atlas], set[str]]] = {
    "mechanisms": lambda atlas: {m.kind for m in atlas.mechanisms.values()},
    "countries": lambda atlas: {country.kind for country in atlas.countries.values()},
    "groups": lambda atlas: {m.group_label for m in atlas.covered if m.group_label},
    "sources": lambda atlas: {source.kind for source in atlas.sources.values()},
}


def _mechanisms(atlas: Atlas, filters: Filters) -> tuple[MechanismItem, ...]:
    """Return the mechanisms that fit, those with members before those that the source only names."""
    chosen = _matching(atlas, filters) if filters.coverage != "mentioned" else []
    if filters.coverage != "full" and not filters.narrow:
        known = {mechanism.id for mechanism in chosen}
        chosen += sorted((m for m in atlas.mentioned if m.id not in known), key=lambda m: m.id)
    return tuple(
        MechanismItem.from_record(
            mechanism,
            members=len(mechanism.members) if mechanism.coverage == "full" else None,
            groups=None if atlas.is_unknown(mechanism, "groups") else len(mechanism.groups),
            secretariat=tuple(sorted(s.agency for s in mechanism.secretariats)),
            chair=chair_of(atlas, mechanism),
        )
        for mechanism in chosen
        if filters.fit_kind(mechanism.kind)
    )


def _countries(atlas: Atlas, filters: Filters) -> tuple[CountryItem, ...]:
    """Return all countries that questions are about, or those that fit.

    A country fits a theme or a secretariat when one and the same mechanism lists it and has them both.
    """
    fitting = {m.id for m in _matching(atlas, replace(filters, member=None))}
    if filters.member:
        fitting &= {filters.member}
    items = []
    for country in (atlas.countries[code] for code in atlas.universe if filters.fit_kind(atlas.countries[code].kind)):
        ids = tuple(sorted(m.id for m in atlas.mechanisms_of(country.alpha3)))
        if not filters.narrow or fitting & set(ids):
            items.append(CountryItem.from_record(country, code=country.alpha3, mechanisms=ids))
    return tuple(items)


def _themes(atlas: Atlas, filters: Filters) -> tuple[ThemeItem, ...]:
    """Return the themes on which a fitting mechanism has a group, of those named; without filters, all of them."""
    matching = {m.id for m in _matching(atlas, filters)}
    items = []
    for theme in sorted(atlas.themes.values(), key=lambda theme: theme.id):
        working = [m.id for m, _group in atlas.groups_on(theme.id) if m.id in matching]
        if filters.uncovered and working:
            continue
        if (working or not filters.narrow) and (not filters.themes or theme.id in filters.themes):
            proposed = tuple(sorted(language for language, source in theme.label_sources.items() if source == "X"))
            ids = tuple(sorted(set(working)))
            counted = {"proposed": proposed, "groups": len(working), "mechanisms": ids}
            items.append(ThemeItem.from_record(theme, labels=theme.preferred, **counted))
    return tuple(items)


def _groups(atlas: Atlas, filters: Filters) -> tuple[GroupItem, ...]:
    """Return the groups of fitting mechanisms; with a theme, only the groups that work on it."""
    return tuple(
        GroupItem.from_record(group, mechanism=mechanism.id, themes=tuple(sorted(group.themes)))
        for mechanism in _matching(atlas, filters)
        if filters.fit_kind(mechanism.group_label)
        for group in mechanism.groups
        if not filters.themes or set(filters.themes) & set(group.themes)
    )


def _secretariats(atlas: Atlas, filters: Filters) -> tuple[SecretariatItem, ...]:
    """Return the agencies that serve a fitting mechanism."""
    serving: dict[str, list[str]] = {}
    for mechanism in _matching(atlas, filters):
        for agency in dict.fromkeys(secretariat.agency for secretariat in mechanism.secretariats):
            if filters.secretariat in (None, agency):
                serving.setdefault(agency, []).append(mechanism.id)
    return tuple(
        SecretariatItem(agency, atlas.agencies[agency].name, tuple(ids), contradicted_secretariats(atlas, agency, ids))
        for agency, ids in sorted(serving.items())
    )


def _resolutions(atlas: Atlas, _filters: Filters) -> tuple[ResolutionItem, ...]:
    """Return the resolutions of any date until that of the answer, in the order of their ids."""
    adopted = [each for each in atlas.context.resolutions if each.date is None or atlas.is_past(each.date)]
    items = []
    for each in sorted(adopted, key=lambda each: each.id):
        points = (ResolutionPoint.from_record(p, mechanisms=tuple(sorted(p.mechanisms))) for p in each.points)
        items.append(ResolutionItem.from_record(each, points=tuple(points)))
    return tuple(items)


def _sources(atlas: Atlas, filters: Filters) -> tuple[SourceRef, ...]:
    """Return the sources, in the order of their ids."""
    return source_refs(atlas, sorted(id_ for id_, source in atlas.sources.items() if filters.fit_kind(source.kind)))


Listed = tuple[Result, ...]

LISTS: dict[str, Callable[[Atlas, Filters], Listed]] = {
    "mechanisms": _mechanisms,
    "countries": _countries,
    "themes": _themes,
    "groups": _groups,
    "secretariats": _secretariats,
    "resolutions": _resolutions,
    "sources": _sources,
}


class Narrowing(TypedDict, total=False):
    """The filters of a list, as they are given."""

    member: str | Country | Mechanism | None
    theme: str | Theme | None
    secretariat: str | Agency | None
    kind: str | None
    coverage: Coverage
    uncovered: bool
    sort: Order | None
    chair: str | Country | None


@overload
def list_(atlas: Atlas, what: Literal["mechanisms"] = ..., **f: Unpack[Narrowing]) -> Listing[MechanismItem]: ...
@overload
def list_(atlas: Atlas, what: Literal["countries"], **f: Unpack[Narrowing]) -> Listing[CountryItem]: ...
@overload
def list_(atlas: Atlas, what: Literal["themes"], **f: Unpack[Narrowing]) -> Listing[ThemeItem]: ...
@overload
def list_(atlas: Atlas, what: Literal["groups"], **f: Unpack[Narrowing]) -> Listing[GroupItem]: ...
@overload
def list_(atlas: Atlas, what: Literal["secretariats"], **f: Unpack[Narrowing]) -> Listing[SecretariatItem]: ...
@overload
def list_(atlas: Atlas, what: Literal["resolutions"], **f: Unpack[Narrowing]) -> Listing[ResolutionItem]: ...
@overload
def list_(atlas: Atlas, what: Literal["sources"], **f: Unpack[Narrowing]) -> Listing[SourceRef]: ...
@question(
    LOOK_UP,
    "mechanisms --member Peru --theme smuggling",
    "",
    "countries",
    "themes --uncovered",
    "groups --theme asylum",
    "secretariats",
    "resolutions",
    "sources --kind press",
    "mechanisms --coverage all",
    shapes=tuple(
        Shape(f"list-{what}", f"list {what}", items.__annotations__["return"]) for what, items in LISTS.items()
    ),
)
def list_(  # noqa: PLR0913 - one for each filter
    atlas: Atlas,
    what: ListName | str = "mechanisms",
    *,
    member: str | Country | Mechanism | None = None,
    theme: str | Theme | None = None,
    secretariat: str | Agency | None = None,
    kind: RecordKind | None = None,
    coverage: Coverage | str = "full",
    uncovered: bool = False,
    sort: Order | str | None = None,
    chair: str | Country | None = None,
) -> Listing[Any]:
    """List all records of one kind; filters can be combined.

    >>> import govmap
    >>> [item.id for item in govmap.list(govmap.load(), "mechanisms", member="Belize")]
    ['CAM', 'LAD', 'MIRPS', 'RCM']

    Args:
        what: One of: mechanisms, countries, themes, groups, secretariats, resolutions, sources.
        member: With this country; of countries, those in this mechanism.
        theme: With a group on this theme.
        secretariat: With this agency as secretariat.
        kind: Of this kind: state, network, press …
        coverage: Mechanisms with members known (full), only named (mentioned), or all.
        uncovered: Only themes on which no group works.
        sort: Sort by id, name or count (the highest first).
        chair: Chaired by this country on the date of the answer.

    Raises:
        UsageError: There is no such list or coverage.
        NotFoundError: A text names nothing; AmbiguousError where it could be two.
        NoAnswerError: The source gives no members of the mechanism whose countries are asked for.

    """
    chosen = _one_of(_("There is no list {name}"), what, tuple(LISTS))
    chosen_coverage = _one_of(_("There is no coverage {name}"), coverage, COVERAGES)
    if chosen_coverage != "full" and chosen != "mechanisms":
        message = _("Only a list of mechanisms takes --coverage")
        raise UsageError(message, (Call("list", "mechanisms", coverage="all"),))
    if uncovered and chosen != "themes":
        raise UsageError(_("Only a list of themes takes --uncovered"), (Call("list", "themes", uncovered=True),))
    filters = Filters(
        uncovered=uncovered,
        member=None if member is None else _member(atlas, chosen, member),
        themes=atlas.theme_ids(theme),
        secretariat=None if secretariat is None else atlas.agency(secretariat).id,
        coverage=chosen_coverage,
        chair=None if chair is None else atlas.country(chair).alpha3,
    )
    if uncovered and filters.narrow:
        message = _("--uncovered takes no other filter")
        raise UsageError(message, (Call("list", "themes", uncovered=True),))
    if chosen == "countries" and filters.member:
        atlas = atlas.including((filters.member,))
    if chosen == "sources" and filters.narrow:
        raise UsageError(_("A list of sources takes no filter but --kind"), (Call("list", "sources"),))
    if chosen == "resolutions" and (filters.narrow or kind is not None):
        raise UsageError(_("A list of resolutions takes no filter"), (Call("list", "resolutions"),))
    filters = replace(filters, kind=None if kind is None else _kind(atlas, chosen, kind))
    items = LISTS[chosen](atlas, filters)
    if sort is not None:
        items = _sorted(items, one_of("sort", sort, ORDERS))
    found = Listing(items)
    found.resolved = {"what": chosen, "filters": filters}
    return found


def _sorted(items: Listed, order: str) -> Listed:
    """Return *items* in another order; what has no name of its own or no count keeps its place."""
    if order == "name":
        return tuple(sorted(items, key=lambda item: fold(str(_first(item, "name", "label", "title")))))
    if order == "count":
        return tuple(sorted(items, key=count_of, reverse=True))
    return tuple(sorted(items, key=lambda item: str(_first(item, "id", "code", "agency", "mechanism"))))


def _first(item: Any, *keys: str) -> Any:
    return next(getattr(item, key) for key in keys if hasattr(item, key))


def count_of(item: Any) -> int:
    """Return how many mechanisms a record of a list has; of a mechanism, how many countries."""
    counted = getattr(item, "members", None) if isinstance(item, MechanismItem) else getattr(item, "mechanisms", ())
    return counted if isinstance(counted, int) else len(counted or ())


def rests_on(item: Any, atlas: Atlas, *, filters: Filters = EVERYTHING) -> Iterator[Basis]:
    """Yield what a record of a list shows, and what it shows by standing in one that is narrowed."""
    yield from _shown_by(item, atlas)
    for id_ in _mechanisms_of(item):
        if filters.member in atlas.countries:
            yield Basis(id_, "members", filters.member)
        if filters.secretariat:
            yield Basis(id_, "secretariats")
        if filters.chair:
            yield Basis(id_, "chairs", filters.chair)
        yield from Basis.groups(atlas, filters.themes, (id_,))


def _shown_by(item: Any, atlas: Atlas) -> Iterator[Basis]:
    match item:
        case MechanismItem():
            yield from Basis.parts((item.id,), *SHOWN_OF_MECHANISMS)
        case CountryItem():
            yield from Basis.members((mechanism.id for mechanism in atlas.covered), (item.code,))
        case ThemeItem():
            yield from Basis.groups(atlas, (item.id,))
        case GroupItem():
            yield Basis(item.mechanism, "groups", item.number)
        case SecretariatItem():
            yield from Basis.parts(item.mechanisms, "secretariats")
        case ResolutionItem():
            cited = {each.id: each.sources for each in atlas.context.resolutions}
            for id_ in _mechanisms_of(item) or (None,):
                yield Basis(id_, "resolutions", sources=cited[item.id])
        case SourceRef():
            yield Basis.source(item.id)


def _mechanisms_of(item: Any) -> tuple[str, ...]:
    match item:
        case MechanismItem():
            return (item.id,)
        case GroupItem():
            return (item.mechanism,)
        case ResolutionItem():
            return tuple(dict.fromkeys(id_ for point in item.points for id_ in point.mechanisms))
    return getattr(item, "mechanisms", ())


def _kind(atlas: Atlas, what: str, text: str) -> str:
    """Return the kind that a *text* names, in the words of the data or as pages show it; refuse any other."""
    if what not in KINDS:
        message = _("A list of themes takes no --kind")
        if what == "secretariats":
            message = _("A list of secretariats takes no --kind")
        raise UsageError(message, (Call("list", what),))
    kinds = sorted(KINDS[what](atlas))
    for kind in kinds:
        if text.casefold() in (kind.casefold(), _(kind).casefold()):
            return kind
    raise UsageError(_("There is no kind {kind} in this list").format(kind=quoted(text)), tuple(kinds))


def _member(atlas: Atlas, what: str, name: str | Country | Mechanism) -> str:
    """Return the code of the country that is to be listed; of a list of countries, the id of the mechanism."""
    if what != "countries":
        assert not isinstance(name, Mechanism)  # noqa: S101 - as the types of the overloads have it
        return atlas.country(name).alpha3
    assert not isinstance(name, Country)  # noqa: S101 - as above
    mechanism = atlas.mechanism(name)
    if mechanism.coverage == "mentioned":
        message = _("The source names {mechanism} without its members").format(mechanism=mechanism.id)
        raise NoAnswerError(message, (Call("mechanism", mechanism.id),))
    return mechanism.id


def _one_of(message: str, text: str, choices: tuple[str, ...]) -> str:
    if (chosen := find_choice(text, choices)) is not None:
        return chosen
    import difflib  # only for a wrong word

    near = difflib.get_close_matches(text.casefold(), choices, n=1, cutoff=0.7)
    raise UsageError(message.format(name=quoted(text)), tuple(near) or choices)
