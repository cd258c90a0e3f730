"""One dataset as of one date: queries for the facts that hold on it.

Only what held on that date is in it: members, groups, pillars, bodies and secretariats that had begun and not ended,
of mechanisms that existed, under the names that these had. Events stay whole, for what changed later is part of an
honest answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

from govmap.dates import last_day, read_date
from govmap.facts.database import Database, Head
from govmap.facts.days import day_of
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
from govmap.statements import Statement

if TYPE_CHECKING:
    from typing import Self

    from govmap.names.index import NameIndex

GroupOf = tuple[Mechanism, Group]
SCOPES = ("note", "all")
NONE = frozenset[str]()
# Conditions of queries: whether a fact, or a mechanism, holds on the day, and whether a mechanism is in scope.
HELD = "fact.begins <= :day and :day < fact.ends"
EXISTED = "mechanism.begins <= :day and :day < mechanism.ends"
IN_SCOPE = """(
  :scope = 'all' or mechanism.scope = 'note' or mechanism.id in (select value from json_each(:also))
)"""
# The facts on the mechanisms in scope whose members are known, and on those beyond it.
OF_COVERED = f"""from fact join mechanism on mechanism.id = fact.mechanism
where mechanism.coverage = 'full' and {EXISTED} and {IN_SCOPE}"""
OF_OTHERS = f"""from fact join mechanism on mechanism.id = fact.mechanism
where mechanism.coverage = 'full' and {EXISTED} and not {IN_SCOPE}"""
ON_THEME = "and fact.part = 'groups' and fact.id in (select fact from fact_theme where theme = :theme)"
OF_COUNTRIES = tuple(part.label for part in PARTS if part.of == "country")


class DatedDataset:
    """The records of a dataset by id, and who is where, as of a date.

    Attributes:
        scope: On which bodies it answers: those of the dataset's source (`note`), or all.
        address: Where it is published on the web, which citations name.

    """

    def __init__(
        self,
        database: Database,
        as_of: str | None = None,
        scope: str = SCOPES[0],
        *,
        also: frozenset[str] = NONE,
        address: str | None = None,
    ) -> None:
        """Ask a database.

        Args:
            database: The dataset.
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
        self._database, self._also = database, also
        self._day = day_of(self.as_of)
        self._including: dict[frozenset[str], Self] = {}
        self._stored: dict[str, Mechanism] = {}

    @property
    def as_of(self) -> str:
        """The part-date for which it answers."""
        return self._asked or self._database.about.reference_date

    @property
    def is_dated(self) -> bool:
        """Whether that date was asked for, and is not just that of the dataset."""
        return self._asked is not None

    @property
    def dataset(self) -> Dataset:
        """The records as the files hold them, of every date."""
        return self._database.dataset

    @property
    def context(self) -> Database:
        """The records that are of no date: what the dataset is, events, sources, themes."""
        return self._database

    def _ask(self, query: str, **values: Any) -> list[Any]:
        """Return the first cells of the rows that answer a query as of the date and in the scope."""
        return self._database.column(query, day=self._day, scope=self.scope, also=sorted(self._also), **values)

    @property
    def names(self) -> NameIndex:
        """The folded names of the records."""
        return self._database.names

    def at(self, date: str) -> Self:
        """Return the same dataset as of another part-date; raise UsageError where that is none."""
        return type(self)(self._database, date, self.scope, also=self._also, address=self.address)

    def published_at(self, address: str) -> Self:
        """Return the same with the web address of its site."""
        return type(self)(self._database, self._asked, self.scope, also=self._also, address=address)

    def including(self, mechanisms: Iterable[str]) -> Self:
        """Return the same, which answers on *mechanisms* (ids) too where they are of wider scope."""
        wider = frozenset(id_ for id_ in mechanisms if not self.in_scope(self._head(id_)))
        if not wider:
            return self
        if wider not in self._including:
            also = self._also | wider
            self._including[wider] = type(self)(
                self._database, self._asked, self.scope, also=also, address=self.address
            )
        return self._including[wider]

    def _head(self, id_: str) -> Head:
        """Return the header of the mechanism with an id."""
        return self._database.head(id_)

    @cached_property
    def mechanisms(self) -> Mechanisms:
        """Every mechanism that existed, by id, with what held in it and the names that it had.

        Those beyond the scope too, and those that are only named: questions on no one in particular walk `covered`.
        """
        ids = self._ask(f"select id from mechanism where {EXISTED} order by position")
        return Mechanisms(self._database, ids, self._day)

    @property
    def heads_of_any_date(self) -> tuple[Head, ...]:
        """The headers of all mechanisms, in the order of the dataset."""
        return self._database.heads

    @cached_property
    def covered_heads(self) -> tuple[Head, ...]:
        """The id and name of each mechanism whose members are known, in the order of the dataset."""
        return self._database.heads_on(self._day, self._covered_ids)

    @cached_property
    def covered(self) -> tuple[Mechanism, ...]:
        """The mechanisms in scope whose members are known, in the order of the dataset."""
        return self.mechanisms.read(self._covered_ids)

    @cached_property
    def out_of_scope(self) -> tuple[Mechanism, ...]:
        """The mechanisms beyond the scope whose members are known, in the order of the dataset."""
        query = f"select id from mechanism where coverage = 'full' and {EXISTED} and not {IN_SCOPE} order by position"
        return self.mechanisms.read(self._ask(query))

    @cached_property
    def mentioned(self) -> tuple[Mechanism, ...]:
        """The bodies that are only named, and those of wider scope that the source of the dataset only names."""
        query = f"""select id from mechanism where {EXISTED} and (
          id in (select mechanism from list where part = 'named') and (coverage = 'mentioned' or scope = 'wider')
          or coverage = 'mentioned' and {IN_SCOPE}
        ) order by position"""
        return self.mechanisms.read(self._ask(query))

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
        query = f"select distinct fact.item {OF_COVERED} and fact.part = 'members' and {HELD} order by fact.item"
        return tuple(self._ask(query))

    @cached_property
    def universe(self) -> tuple[str, ...]:
        """The alpha-3 codes of all that questions on no country in particular are about, in order.

        That is who the dataset declares, and whoever one of its mechanisms lists on any date.
        """
        query = f"""select country from declared union
        select fact.item from fact join mechanism on mechanism.id = fact.mechanism
        where fact.part = 'members' and {IN_SCOPE}"""
        return tuple(sorted(self._ask(query)))

    def groups_on(self, theme: str) -> Iterator[GroupOf]:
        """Yield the groups that work on a theme, given by id, with their mechanisms."""
        query = f"select distinct mechanism.id {OF_COVERED} {ON_THEME} and {HELD} order by mechanism.position"
        for mechanism in self.mechanisms.read(self._ask(query, theme=theme)):
            yield from ((mechanism, group) for group in mechanism.groups if theme in group.themes)

    @cached_property
    def themes_worked_on(self) -> tuple[str, ...]:
        """The ids of the themes on which a group works, in alphabetical order."""
        return tuple(sorted({theme for mechanism in self.covered for theme in self.themes_of(mechanism)}))

    def ever_on(self, theme: str) -> Iterator[str]:
        """Yield the ids of the mechanisms that have a group on a theme, given by id, on any date."""
        query = f"select distinct mechanism.id {OF_COVERED} {ON_THEME} order by mechanism.position"
        yield from self._ask(query, theme=theme)

    def groups_ever_on(self, theme: str) -> tuple[tuple[str, int], ...]:
        """Return the mechanism (id) and the number of each group, of any date, on a theme, given by id."""
        query = f"""select mechanism.id, fact.item from fact join mechanism on mechanism.id = fact.mechanism
        where {IN_SCOPE} {ON_THEME} order by mechanism.position, fact.position"""
        rows = self._database.rows(query, scope=self.scope, also=sorted(self._also), theme=theme)
        return tuple((id_, int(number)) for id_, number in rows)

    def is_worked_on(self, theme: str) -> bool:
        """Return whether a group works on a theme, given by id."""
        return bool(self._ask(f"select 1 {OF_COVERED} {ON_THEME} and {HELD} limit 1", theme=theme))

    def mechanisms_of(self, code: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms that list a country (alpha-3 code)."""
        return self.mechanisms.read(self._listing(OF_COVERED, code))

    def _listing(self, facts: str, code: str, more: str = "") -> list[str]:
        """Return the ids of the mechanisms that list a country, of those that have the *facts*."""
        members = f"{facts} and fact.part = 'members' and fact.item = :code and {HELD} {more}"
        return self._ask(f"select distinct mechanism.id {members} order by mechanism.position", code=code)

    def naming(self, code: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms that name a country in any part, at any date, as the files hold them."""
        query = """select id from mechanism where id in (
          select mechanism from fact where item = :code and part in (select value from json_each(:parts))
        ) order by position"""
        return self._read_stored(self._ask(query, code=code, parts=list(OF_COUNTRIES)))

    def citing(self, source: str) -> tuple[str, ...]:
        """Return the ids of the mechanisms that existed of which a part may rest on a source, given by id."""
        if source == self.context.about.source:
            return tuple(self.mechanisms)
        query = f"""with citing as (select assessment from assessment_source where source = :source)
        select id from mechanism where {EXISTED} and id in (
          select mechanism from fact where evidence in (select * from citing) union
          select mechanism from list where evidence in (select * from citing)
        ) order by position"""
        return tuple(self._ask(query, source=source))

    def out_of_scope_listing(self, code: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms beyond the scope that list a country, given by alpha-3 code."""
        return self.mechanisms.read(self._listing(OF_OTHERS, code))

    def out_of_scope_on(self, theme: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms beyond the scope that have a group on a theme, given by id."""
        query = f"select distinct mechanism.id {OF_OTHERS} {ON_THEME} and {HELD} order by mechanism.position"
        return self.mechanisms.read(self._ask(query, theme=theme))

    def unclear_in(self, mechanism: Mechanism) -> tuple[str, ...]:
        """Return the codes of the countries that a mechanism does not list, and may have: what `unclear` says of it."""
        query = """select distinct item from fact where mechanism = :mechanism and (
          part = 'unclear members' or part = 'members' and may_begin <= :day and :day < begins
        ) order by item"""
        listed = {member.code for member in mechanism.members}
        return tuple(code for code in self._ask(query, mechanism=mechanism.id) if code not in listed)

    def unclear_among(self, mechanisms: Iterable[str], codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return, by country of *codes*, the ids of those of *mechanisms* that leave open whether they list it."""
        unclear = {id_: self.unclear_in(self.mechanisms[id_]) for id_ in sorted(mechanisms)}
        found = {code: tuple(id_ for id_, left_open in unclear.items() if code in left_open) for code in codes}
        return {code: ids for code, ids in found.items() if ids}

    def observed_by(self, code: str) -> Iterator[tuple[Mechanism, Observer]]:
        """Yield the mechanisms in scope that a country, given by alpha-3 code, is beside, with how it is."""
        observers = f"{OF_COVERED} and fact.part = 'observers' and fact.item = :code and {HELD}"
        ids = self._ask(f"select distinct mechanism.id {observers} order by mechanism.position", code=code)
        for mechanism in self.mechanisms.read(ids):
            yield from ((mechanism, observer) for observer in mechanism.observers if observer.code == code)

    def links_of(self, mechanism: Mechanism) -> tuple[tuple[str, Link], ...]:
        """Return the contacts of a mechanism as of the date, each with the id of the other one, in order of time.

        A contact stands with one of the two mechanisms, and is one of both.
        """
        links = [(link.other, link) for link in mechanism.links]
        query = f"""select id from mechanism where {EXISTED} and id in (
          select mechanism from fact where part = 'links' and item = :id
        ) order by position"""
        others = self.mechanisms.read(self._ask(query, id=mechanism.id))
        links += [(other.id, link) for other in others for link in other.links if link.other == mechanism.id]
        return tuple(sorted(links, key=lambda pair: (pair[1].date or "", pair[0])))

    @cached_property
    def _covered_ids(self) -> list[str]:
        query = f"select id from mechanism where coverage = 'full' and {EXISTED} and {IN_SCOPE} order by position"
        return self._ask(query)

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
        return explained or not self._ask(
            "select 1 from fact where mechanism = :id and part = :part limit 1", id=mechanism.id, part=part
        )

    def with_unknown_groups(self, code: str) -> tuple[str, ...]:
        """Return the ids of the mechanisms whose groups are not known, of those that list a country (alpha-3 code)."""
        without = "and fact.mechanism not in (select mechanism from fact where part = 'groups')"
        return tuple(sorted(self._listing(OF_COVERED, code, without)))

    def knows_no_groups(self, code: str) -> bool:
        """Return whether mechanisms list a country (alpha-3 code), and the groups of none of them are known."""
        listing = self._listing(OF_COVERED, code)
        return bool(listing) and len(listing) == len(self.with_unknown_groups(code))

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
        if id_ not in self._stored:  # with those that the answer is about so far, whose records it will ask for too
            self._read_stored([id_, *self.mechanisms.read_so_far()])
        return self._stored[id_]

    def _read_stored(self, ids: list[str]) -> tuple[Mechanism, ...]:
        """Return the mechanisms with *ids* as the files hold them, each read once."""
        missing = [id_ for id_ in ids if id_ not in self._stored]
        if missing:
            self._stored.update((m.id, m) for m in self._database.mechanisms(missing))
        return tuple(self._stored[id_] for id_ in ids)

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
        concerned = (self.in_scope(head) for id_ in event.mechanisms if (head := self._database.find_head(id_)))
        return not event.mechanisms or any(concerned) or self.context.about.source in event.sources

    def is_past(self, date: str) -> bool:
        """Return whether a part-date has come as of the date of the answer."""
        return last_day(date) <= last_day(self.as_of)


class Mechanisms(Mapping[str, Mechanism]):
    """The mechanisms that existed on a day, by id, with what held in them, each read once."""

    def __init__(self, database: Database, ids: Iterable[str], day: str) -> None:
        """Read from a database those of *ids* that are asked for."""
        self._database, self._day = database, day
        self._found: dict[str, Mechanism | None] = dict.fromkeys(ids)

    def __getitem__(self, key: str) -> Mechanism:
        """Return the one with an id; raise KeyError where it did not exist."""
        return self._found[key] or self.read([key])[0]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids, in the order of the dataset."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        """Return whether one has an id."""
        return key in self._found

    def read(self, ids: Iterable[str]) -> tuple[Mechanism, ...]:
        """Return those with *ids*, which are read by one query for all."""
        wanted = list(ids)
        missing = [id_ for id_ in wanted if self._found[id_] is None]
        if missing:
            self._found.update((m.id, m) for m in self._database.mechanisms(missing, self._day))
        return tuple(found for id_ in wanted if (found := self._found[id_]) is not None)

    def read_so_far(self) -> list[str]:
        """Return the ids of those that were asked for."""
        return [id_ for id_, found in self._found.items() if found is not None]

    def values(self) -> ValuesView[Mechanism]:
        """Return all of them, which are read by one query."""
        self.read(self._found)
        return super().values()


def _scope(text: str) -> str:
    """Return the scope that a *text* names in other words; raise UsageError where it names none."""
    from govmap.choices import one_of  # the words themselves are known without it

    return one_of("scope", text, SCOPES)
