"""One dataset as of one date, in memory, with the indexes that questions need.

Only what held on that date is in it: members, groups, pillars, bodies and secretariats that had begun and not ended,
of mechanisms that existed, under the names that these had. Events stay whole, for what changed later is part of an
honest answer.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from govmap.dataset import LoadedDataset
from govmap.dataset.store import Head, Lazy, NameIndex
from govmap.dates import last_day, read_date
from govmap.grouping import grouped
from govmap.mechanism_parts import PARTS
from govmap.model import (
    Agency,
    Correction,
    Country,
    Dataset,
    Event,
    Group,
    Link,
    Mechanism,
    Member,
    Observer,
    Source,
    Theme,
)
from govmap.moment import Moment
from govmap.statements import Statement

if TYPE_CHECKING:
    from typing import Self

GroupOf = tuple[Mechanism, Group]
SCOPES = ("note", "all")
NONE = frozenset[str]()


class DatedDataset:
    """The records of a dataset by id, and who is where, as of a date.

    Attributes:
        scope: On which bodies it answers: those of the dataset's source (`note`), or all.
        address: Where it is published on the web, which citations name.

    """

    def __init__(
        self,
        loaded: LoadedDataset,
        as_of: str | None = None,
        scope: str = SCOPES[0],
        *,
        also: frozenset[str] = NONE,
        address: str | None = None,
    ) -> None:
        """Index a loaded dataset.

        Args:
            loaded: The dataset.
            as_of: A part-date, by default its reference date.
            scope: On which bodies to answer: `note` or `all`.
            also: The ids of bodies beyond that scope, on which to answer too.
            address: Where it is published on the web.

        Raises:
            UsageError: *as_of* is no date, or there is no such *scope*.

        """
        self._asked = None if as_of is None else read_date(as_of)
        self.scope = scope if scope in SCOPES else _scope(scope)
        self.address = address
        self._loaded, self._also = loaded, also
        self._including: dict[frozenset[str], Self] = {}
        self._opened: dict[int, Mechanism] = {}
        self._codes: dict[int, frozenset[str]] = {}
        self._moment = Moment(self._asked or self.context.about.reference_date)

    @property
    def as_of(self) -> str:
        """The part-date for which it answers."""
        return self._moment.date

    @property
    def is_dated(self) -> bool:
        """Whether that date was asked for, and is not just that of the dataset."""
        return self._asked is not None

    @property
    def dataset(self) -> Dataset:
        """The records as the files hold them, of every date."""
        return self._loaded.dataset

    @property
    def context(self) -> Dataset:
        """The records as the files hold them, without the mechanisms: these may be many, and are opened one by one."""
        return self._loaded.context

    @property
    def names(self) -> NameIndex:
        """The folded names of the records."""
        return self._loaded.names

    def at(self, date: str) -> Self:
        """Return the same dataset as of another part-date; raise UsageError where that is none."""
        return type(self)(self._loaded, date, self.scope, also=self._also, address=self.address)

    def published_at(self, address: str) -> Self:
        """Return the same with the web address of its site."""
        return type(self)(self._loaded, self._asked, self.scope, also=self._also, address=address)

    def including(self, mechanisms: Iterable[str]) -> Self:
        """Return the same, which answers on *mechanisms* (ids) too where they are of wider scope."""
        wider = frozenset(id_ for id_ in mechanisms if not self.in_scope(self._head(id_)))
        if not wider:
            return self
        if wider not in self._including:
            also = self._also | wider
            self._including[wider] = type(self)(self._loaded, self._asked, self.scope, also=also, address=self.address)
        return self._including[wider]

    def _head(self, id_: str) -> Head:
        """Return the header of the mechanism with an id."""
        return self.heads_of_any_date[self._loaded.register.position[id_]]

    @cached_property
    def mechanisms(self) -> Mapping[str, Mechanism]:
        """Every mechanism that existed, by id, with what held in it and the names that it had.

        Those beyond the scope too, and those that are only named: questions on no one in particular walk `covered`.
        """
        return Lazy({head.id: at for at, head in self._existing()}, self._open)

    @property
    def heads_of_any_date(self) -> tuple[Head, ...]:
        """The headers of all mechanisms, in the order of the dataset."""
        return self._loaded.register.heads

    @cached_property
    def covered_heads(self) -> tuple[Head, ...]:
        """The id and name of each mechanism whose members are known, in the order of the dataset."""
        covered = (head for at, head in enumerate(self.heads_of_any_date) if at in self._covered_at)
        named = ((head, self._moment.former_name(head.former_names)) for head in covered)
        then = (replace(h, names=f.names, proposed_names=f.proposed_names) if f else h for h, f in named)
        return tuple(then)

    @cached_property
    def covered(self) -> tuple[Mechanism, ...]:
        """The mechanisms in scope whose members are known, in the order of the dataset."""
        return tuple(self.mechanisms[head.id] for head in self.covered_heads)

    @cached_property
    def out_of_scope(self) -> tuple[Mechanism, ...]:
        """The mechanisms beyond the scope whose members are known, in the order of the dataset."""
        return tuple(map(self._open, sorted(self._beyond_at)))

    @cached_property
    def mentioned(self) -> tuple[Mechanism, ...]:
        """The bodies that are only named, and those of wider scope that the source of the dataset only names."""
        named = (at for at, head in self._existing() if head.coverage == "mentioned" or head.scope == "wider")
        every = map(self._open, named)
        return tuple(m for m in every if "named" in m.evidence or (m.coverage == "mentioned" and self.in_scope(m)))

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Every country that is known by name, by alpha-3 code."""
        return {country.alpha3: country for country in self.context.countries}

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """Every theme of the vocabulary, by id."""
        return {theme.id: theme for theme in self.context.themes}

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """Every agency, by id."""
        return {agency.id: agency for agency in self.context.agencies}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source, by id."""
        return {source.id: source for source in self.context.sources}

    @cached_property
    def seats(self) -> dict[str, dict[str, Member]]:
        """The memberships of each covered mechanism, by mechanism id and alpha-3 code."""
        return {m.id: {member.code: member for member in m.members} for m in self.covered}

    @cached_property
    def listed_countries(self) -> tuple[str, ...]:
        """The alpha-3 codes of all that at least one mechanism lists, in order."""
        return tuple(code for code in self._loaded.register.by_country if any(map(bool, self.mechanisms_of(code))))

    @cached_property
    def universe(self) -> tuple[str, ...]:
        """The alpha-3 codes of all that questions on no country in particular are about, in order.

        That is who the dataset declares, and whoever one of its mechanisms lists on any date.
        """
        known = {*self.context.about.universe, *self.listed_countries}
        others = (code for code in self._loaded.register.by_country if code not in known)
        return tuple(sorted(known.union(filter(self._was_ever_listed, others))))

    def _was_ever_listed(self, code: str) -> bool:
        """Return whether a mechanism in scope lists a country, given by alpha-3 code, on any date."""
        return any(m.code == code for body in self.naming(code) if self.in_scope(body) for m in body.members)

    def groups_on(self, theme: str) -> Iterator[GroupOf]:
        """Yield the groups that work on a theme, given by id, with their mechanisms."""
        for at in self._leading(self._loaded.register.by_theme, theme):
            mechanism = self._open(at)
            yield from ((mechanism, group) for group in mechanism.groups if theme in group.themes)

    @cached_property
    def themes_worked_on(self) -> tuple[str, ...]:
        """The ids of the themes on which a group works, in alphabetical order."""
        return tuple(sorted({theme for mechanism in self.covered for theme in self.themes_of(mechanism)}))

    def ever_on(self, theme: str) -> Iterator[str]:
        """Yield the ids of the mechanisms that have a group on a theme, given by id, on any date."""
        return (self.heads_of_any_date[at].id for at in self._leading(self._loaded.register.by_theme, theme))

    def groups_ever_on(self, theme: str) -> tuple[tuple[str, int], ...]:
        """Return the mechanism (id) and the number of each group, of any date, on a theme, given by id."""
        records = map(self._loaded.mechanism, self._loaded.register.by_theme.get(theme, ()))
        in_scope = filter(self.in_scope, records)
        return tuple((m.id, group.number) for m in in_scope for group in m.groups if theme in group.themes)

    def is_worked_on(self, theme: str) -> bool:
        """Return whether a group works on a theme, given by id."""
        return any(self.groups_on(theme))

    def mechanisms_of(self, code: str, among: Container[int] | None = None) -> Iterator[Mechanism]:
        """Yield the mechanisms that list a country (alpha-3 code), of those *among* some positions of the register."""
        codes = self._codes
        for at in self._leading(self._loaded.register.by_country, code):
            if among is not None and at not in among:
                continue
            if at not in codes:
                codes[at] = frozenset(member.code for member in self._open(at).members)
            if code in codes[at]:
                yield self._opened[at]

    def naming(self, code: str) -> Iterator[Mechanism]:
        """Yield the mechanisms that name a country in any part, at any date, as the files hold them."""
        for at in self._loaded.register.by_country.get(code, ()):
            yield self._loaded.mechanism(at)

    def citing(self, source: str) -> tuple[str, ...]:
        """Return the ids of the mechanisms that existed of which a part may rest on a source, given by id."""
        if source == self.context.about.source:
            return tuple(self.mechanisms)
        heads = self.heads_of_any_date
        ids = (heads[at].id for at in self._loaded.by_source.get(source, ()))
        return tuple(id_ for id_ in ids if id_ in self.mechanisms)

    def out_of_scope_listing(self, code: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms beyond the scope that list a country, given by alpha-3 code."""
        found = self._leading(self._loaded.register.by_country, code, self._beyond_at)
        return tuple(m for m in map(self._open, found) if any(member.code == code for member in m.members))

    def out_of_scope_on(self, theme: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms beyond the scope that have a group on a theme, given by id."""
        found = self._leading(self._loaded.register.by_theme, theme, self._beyond_at)
        return tuple(m for m in map(self._open, found) if theme in self.themes_of(m))

    def unclear_in(self, mechanism: Mechanism) -> tuple[str, ...]:
        """Return the codes of the countries that a mechanism does not list, and may have: what `unclear` says of it."""
        joined_between = (member.code for member in self.stored(mechanism.id).members if member.is_open(self.as_of))
        named = {*(entry.code for entry in mechanism.unclear_members), *joined_between}
        return tuple(sorted(named.difference(member.code for member in mechanism.members)))

    def unclear_among(self, mechanisms: Iterable[str], codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return, by country of *codes*, the ids of those of *mechanisms* that leave open whether they list it."""
        unclear = {id_: self.unclear_in(self.mechanisms[id_]) for id_ in sorted(mechanisms)}
        found = {code: tuple(id_ for id_, left_open in unclear.items() if code in left_open) for code in codes}
        return {code: ids for code, ids in found.items() if ids}

    def observed_by(self, code: str) -> Iterator[tuple[Mechanism, Observer]]:
        """Yield the mechanisms in scope that a country, given by alpha-3 code, is beside, with how it is."""
        for mechanism in map(self._open, self._leading(self._loaded.register.by_country, code)):
            yield from ((mechanism, observer) for observer in mechanism.observers if observer.code == code)

    def links_of(self, mechanism: Mechanism) -> tuple[tuple[str, Link], ...]:
        """Return the contacts of a mechanism as of the date, each with the id of the other one, in order of time.

        A contact stands with one of the two mechanisms, and is one of both.
        """
        leading = self._loaded.register.by_link.get(mechanism.id, ())
        links = [(link.other, link) for link in mechanism.links]
        links += [
            (other.id, link) for other in map(self._open, leading) for link in other.links if link.other == mechanism.id
        ]
        return tuple(sorted(links, key=lambda pair: (pair[1].date or "", pair[0])))

    def _leading(
        self, positions: dict[str, tuple[int, ...]], key: str, among: frozenset[int] | None = None
    ) -> Iterator[int]:
        """Yield where the mechanisms are to which *key* leads, *among* those in scope whose members are known."""
        return filter((self._covered_at if among is None else among).__contains__, positions.get(key, ()))

    @cached_property
    def _covered_at(self) -> frozenset[int]:
        return frozenset(at for at, head in self._existing() if head.coverage == "full" and self.in_scope(head))

    @cached_property
    def _beyond_at(self) -> frozenset[int]:
        return frozenset(at for at, head in self._existing() if head.coverage == "full" and not self.in_scope(head))

    def _existing(self) -> Iterator[tuple[int, Head]]:
        """Yield the header of each mechanism that existed, with its position."""
        return ((at, head) for at, head in enumerate(self.heads_of_any_date) if self._existed(head))

    @cached_property
    def themes_by_mechanism(self) -> Callable[[str], tuple[str, ...]]:
        """What `themes_of` returns of the mechanism with an id, found once: many countries are in the same ones."""
        return cache(lambda id_: self.themes_of(self.mechanisms[id_]))

    def themes_of(self, mechanism: Mechanism) -> tuple[str, ...]:
        """Return the ids of the themes on which a mechanism has a group, in alphabetical order."""
        return tuple(sorted({theme for group in mechanism.groups for theme in group.themes}))

    def changes(
        self, mechanisms: Iterable[str], *, only: str | None = None, parts: tuple[str, ...] = ()
    ) -> tuple[Event, ...]:
        """Return what happened to *mechanisms* that the lists of this date do not show.

        That is every change after the date, and those before it that the dataset's lists do not carry.

        Args:
            mechanisms: Ids.
            only: Leave out changes of members that do not name this country, by alpha-3 code.
            parts: Leave out changes of other parts than these: members, groups, secretariats, chair, statute.

        """
        wanted = set(mechanisms)
        return tuple(
            event
            for event in self.context.events
            if event.kind in ("ended", "joined", "left", "changed")
            and event.date is not None
            and wanted.intersection(event.mechanisms)
            and (not parts or event.concerns in parts)
            and not (event.carried and self.is_past(event.date))
            and not (only and event.concerns == "members" and event.countries and only not in event.countries)
        )

    def is_unknown(self, mechanism: Mechanism, part: Literal["groups", "secretariats"]) -> bool:
        """Return whether it is not known what *mechanism* had of a part, which is not the same as its having none.

        A list of the data is whole at every date. Not known is what has no list, and a secretariat, on a date that the
        list does not reach, where the data explain the silence of their source.
        """
        if getattr(mechanism, part):
            return False
        explained = part == "secretariats" and mechanism.secretariats_note is not None
        return explained or not getattr(self.stored(mechanism.id), part)

    def with_unknown_groups(self, code: str) -> tuple[str, ...]:
        """Return the ids of the mechanisms whose groups are not known, of those that list a country (alpha-3 code)."""
        return tuple(sorted(m.id for m in self.mechanisms_of(code, self._loaded.register.without_groups)))

    def knows_no_groups(self, code: str) -> bool:
        """Return whether mechanisms list a country (alpha-3 code), and the groups of none of them are known."""
        is_listed = False
        for mechanism in self.mechanisms_of(code):  # the first mechanism settles it for most countries
            if not self.is_unknown(mechanism, "groups"):
                return False
            is_listed = True
        return is_listed

    def knows_some_groups(self, code: str) -> bool:
        """Return whether the groups of some mechanisms that list a country (alpha-3 code) are known, not of all."""
        return bool(self.with_unknown_groups(code)) and not self.knows_no_groups(code)

    def own_lists(self, mechanism: str) -> frozenset[str]:
        """Return which lists (labels) of a mechanism (id) own data make other than the bundled ones as of the date."""
        changed = {c.part for c in self._changes_of_lists.get(mechanism, ()) if self._holds_now(c)}
        return frozenset(part.label for part in PARTS if part.field in changed)

    @cached_property
    def _changes_of_lists(self) -> dict[str, list[Correction]]:
        """What own data change in the lists of mechanisms, by id."""
        of_mechanisms = (correction for correction in self.context.corrections if correction.kind == "mechanism")
        return grouped((each.id, each) for each in of_mechanisms if each.item and each.part != "evidence")

    def _holds_now(self, correction: Correction) -> bool:
        return correction.since is None or self.is_past(correction.since)

    def stored(self, id_: str) -> Mechanism:
        """Return the mechanism with an id as the files hold it, of every date."""
        return self._loaded.mechanism(self._loaded.register.position[id_])

    @property
    def known_until(self) -> str:
        """The last date for which something is known: that of the newest look-up, or the reference date where later."""
        reference = self.context.about.reference_date
        return max(reference, self._newest_look_up or reference, key=last_day)

    @cached_property
    def _newest_look_up(self) -> str | None:
        return max((source.looked_up for source in self.context.sources), default=None)

    @property
    def caution(self) -> Statement | None:
        """Why an answer for this date is less sure than one for the dataset's own; nothing where it is as sure."""
        reference = self.context.about.reference_date
        if last_day(self.as_of) < last_day(reference):
            return Statement("before the reference date", reference=reference, date=self.as_of)
        newest = self._newest_look_up or reference
        day, last = last_day(self.as_of), last_day(newest)
        if day > last or (day == last and self.as_of != reference):
            return Statement("after the last look-up", date=newest)
        return None

    def in_scope(self, body: Head | Mechanism) -> bool:
        """Return whether a body is in the scope of this atlas."""
        return self.scope == "all" or body.scope == "note" or body.id in self._also

    def event_in_scope(self, event: Event) -> bool:
        """Return whether an event is in scope: it concerns a body that is, or none, or its own source tells of it."""
        known = self._loaded.register.position.keys()
        concerned = (self.in_scope(self._head(id_)) for id_ in event.mechanisms if id_ in known)
        return not event.mechanisms or any(concerned) or self.context.about.source in event.sources

    def is_past(self, date: str) -> bool:
        """Return whether a part-date has come as of the date of the answer."""
        return self._moment.is_past(date)

    def _existed(self, head: Head) -> bool:
        return self._moment.holds(head.founded, head.until)

    def _open(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register, with what held in it."""
        if at not in self._opened:
            self._opened[at] = self._moment.mechanism(
                self._loaded.mechanism(at), lambda id_: self._existed(self._head(id_))
            )
        return self._opened[at]


def _scope(text: str) -> str:
    """Return the scope that a *text* names in other words; raise UsageError where it names none."""
    from govmap.choices import one_of  # the words themselves are known without it

    return one_of("scope", text, SCOPES)
