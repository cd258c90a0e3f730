"""One dataset as of one date, in memory, with the indexes that questions need.

Only what held on that date is in an Atlas: members, groups, pillars, bodies and secretariats that had begun and not
ended, of mechanisms that existed, under the names that these had. Events stay whole, for what changed later is part of
an honest answer.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from govmap.calls import Call, Option, Value
from govmap.dataset import LoadedDataset
from govmap.dataset import load as load_dataset
from govmap.dataset.store import Head, NameIndex
from govmap.dates import TODAY, day_before, format_date, in_force, is_part_date, last_day
from govmap.dates import as_of as phrase_as_of
from govmap.errors import AmbiguousError, NoAnswerError, NotFoundError, UsageError
from govmap.language import _
from govmap.mechanism_parts import PARTS
from govmap.model import (
    Agency,
    Category,
    Country,
    Dataset,
    Event,
    Evidence,
    FormerName,
    Group,
    Link,
    Mechanism,
    Member,
    Observer,
    Source,
    Theme,
)
from govmap.names.resolver import Resolver
from govmap.statements import Statement
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.names.interpreter import Interpreter
    from govmap.names.themes import Found, ThemeFinder

GroupOf = tuple[Mechanism, Group]
NUMBERED = r"(.+?)[\s-]+([0-9]{1,4})"  # a mechanism and the number of a group
SCOPES = ("note", "all")
NONE = frozenset[str]()


class Opened(Mapping[str, Mechanism]):
    """Mechanisms by id, each opened when it is asked for."""

    def __init__(self, positions: dict[str, int], open_: Callable[[int], Mechanism]) -> None:
        """Open the mechanisms at *positions* with *open_*."""
        self._positions, self._open = positions, open_

    def __getitem__(self, id_: str) -> Mechanism:
        """Return the mechanism with an id; raise KeyError where there is none."""
        return self._open(self._positions[id_])

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._positions)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._positions)


class Atlas:
    """The answers' ground: records by id, and who is where, as of `as_of`.

    Attributes:
        as_of: The part-date for which the atlas answers.
        is_dated: Whether that date was asked for, and is not just that of the dataset.
        scope: On which bodies it answers: those of the dataset's source (`note`), or all.
        address: Where it is published on the web, which citations name.

    """

    address: str | None = None

    def __init__(
        self, loaded: LoadedDataset, as_of: str | None = None, scope: str = SCOPES[0], also: frozenset[str] = NONE
    ) -> None:
        """Index a loaded dataset.

        Args:
            loaded: The dataset.
            as_of: A part-date, by default its reference date.
            scope: On which bodies to answer: `note` or `all`.
            also: The ids of bodies beyond that scope, on which to answer too.

        Raises:
            UsageError: *as_of* is no date, or there is no such *scope*.

        """
        as_of = None if as_of is None else read_date(as_of)
        self.scope = scope if scope in SCOPES else _scope(scope)
        self._loaded, self._also = loaded, also
        self._including: dict[frozenset[str], Atlas] = {}
        self._opened: dict[int, Mechanism] = {}
        self._codes: dict[int, frozenset[str]] = {}
        self.is_dated = as_of is not None
        self.as_of = as_of or self.context.about.reference_date

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

    def at(self, date: str) -> Atlas:
        """Return the same dataset as of another part-date; raise UsageError where that is none."""
        return Atlas(self._loaded, date, self.scope, self._also)

    def published_at(self, address: str) -> Atlas:
        """Return the same atlas with the web address of its site."""
        found = Atlas(self._loaded, self.as_of, self.scope, self._also)
        found.is_dated, found.address = self.is_dated, address
        return found

    def including(self, mechanisms: Iterable[str]) -> Atlas:
        """Return the same atlas, which answers on *mechanisms* (ids) too where they are of wider scope."""
        heads, at = self._loaded.register.heads, self._loaded.register.position
        wider = frozenset(id_ for id_ in mechanisms if not self.answers_on(heads[at[id_]]))
        if not wider:
            return self
        if wider not in self._including:
            found = self._including[wider] = Atlas(self._loaded, self.as_of, self.scope, self._also | wider)
            found.is_dated = self.is_dated
        return self._including[wider]

    @cached_property
    def mechanisms(self) -> Mapping[str, Mechanism]:
        """Every mechanism that existed, by id, with what held in it and the names that it had."""
        heads = self._loaded.register.heads
        return Opened({head.id: at for at, head in enumerate(heads) if self._existed(head)}, self._open)

    @property
    def heads_of_any_date(self) -> tuple[Head, ...]:
        """The headers of all mechanisms, in the order of the dataset."""
        return self._loaded.register.heads

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The id and name of each mechanism whose members are known, in the order of the dataset."""
        existing = (head for at, head in enumerate(self._loaded.register.heads) if at in self._covered_at)
        named = ((head, self._former_name(head.former_names)) for head in existing)
        return tuple(replace(head, names=name.names, proposed_names=()) if name else head for head, name in named)

    @cached_property
    def covered(self) -> tuple[Mechanism, ...]:
        """The mechanisms in scope whose members are known, in the order of the dataset."""
        return tuple(self.mechanisms[head.id] for head in self.heads)

    @cached_property
    def others(self) -> tuple[Mechanism, ...]:
        """The mechanisms beyond the scope whose members are known, in the order of the dataset."""
        heads = self._loaded.register.heads
        beyond = (at for at, head in enumerate(heads) if head.coverage == "full" and not self.answers_on(head))
        return tuple(self._open(at) for at in beyond if self._existed(heads[at]))

    @cached_property
    def mentioned(self) -> tuple[Mechanism, ...]:
        """The bodies that are only named, and those of wider scope that the source of the dataset only names."""
        heads = self._loaded.register.heads
        named = (at for at, head in enumerate(heads) if head.coverage == "mentioned" or head.scope == "wider")
        every = [self._open(at) for at in named if self._existed(heads[at])]
        return tuple(m for m in every if "named" in m.evidence or (m.coverage == "mentioned" and self.answers_on(m)))

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
    def parties(self) -> tuple[str, ...]:
        """The alpha-3 codes of all that at least one mechanism lists, in order."""
        return tuple(code for code in self._loaded.register.by_country if any(True for _ in self.listing(code)))

    @cached_property
    def universe(self) -> tuple[str, ...]:
        """The alpha-3 codes of all that questions on no country in particular are about, in order.

        That is who the dataset declares, and whoever one of its mechanisms lists on any date.
        """
        known = {*self.context.about.universe, *self.parties}
        others = (code for code in self._loaded.register.by_country if code not in known)
        listed = (code for code in others if any(m.code == code for m in self._ever_in(code)))
        return tuple(sorted(known.union(listed)))

    def _ever_in(self, code: str) -> Iterator[Member]:
        """Yield the members, of any date, of the mechanisms in scope that name a country."""
        return (member for body in self.naming(code) if self.answers_on(body) for member in body.members)

    @cached_property
    def groups_by_theme(self) -> dict[str, tuple[GroupOf, ...]]:
        """The groups that work on each theme, with their mechanisms, by theme id."""
        found: dict[str, list[GroupOf]] = {}
        for mechanism in self.covered:
            for group in mechanism.groups:
                for theme in group.themes:
                    found.setdefault(theme, []).append((mechanism, group))
        return {theme: tuple(groups) for theme, groups in found.items()}

    def working(self, theme: str) -> Iterator[GroupOf]:
        """Yield the groups that work on a theme, given by id."""
        for at in self._leading(self._loaded.register.by_theme, theme):
            mechanism = self._open(at)
            yield from ((mechanism, group) for group in mechanism.groups if theme in group.themes)

    def groups_on(self, theme: str) -> tuple[GroupOf, ...]:
        """Return the groups that work on a theme, given by id."""
        return tuple(self.working(theme))

    def ever_on(self, theme: str) -> Iterator[str]:
        """Yield the ids of the mechanisms that have a group on a theme, given by id, on any date."""
        return (self._loaded.register.heads[at].id for at in self._leading(self._loaded.register.by_theme, theme))

    def is_worked_on(self, theme: str) -> bool:
        """Return whether a group works on a theme, given by id."""
        return any(True for _ in self.working(theme))

    def listing(self, code: str) -> Iterator[Mechanism]:
        """Yield the mechanisms that list a country, given by alpha-3 code."""
        codes = self._codes
        for at in self._leading(self._loaded.register.by_country, code):
            if at not in codes:
                codes[at] = frozenset(member.code for member in self._open(at).members)
            if code in codes[at]:
                yield self._opened[at]

    def mechanisms_of(self, code: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms that list a country, given by alpha-3 code."""
        return tuple(self.listing(code))

    def naming(self, code: str) -> Iterator[Mechanism]:
        """Yield the mechanisms that name a country in any part, at any date, as the files hold them."""
        for at in self._loaded.register.by_country.get(code, ()):
            yield self._loaded.mechanism(at)

    def citing(self, source: str) -> tuple[str, ...]:
        """Return the ids of the mechanisms that existed of which a part may rest on a source, given by id."""
        if source == self.context.about.source:
            return tuple(self.mechanisms)
        heads = self._loaded.register.heads
        ids = (heads[at].id for at in self._loaded.by_source.get(source, ()))
        return tuple(id_ for id_ in ids if id_ in self.mechanisms)

    def others_of(self, code: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms beyond the scope that list a country, given by alpha-3 code."""
        return self._beyond(self._loaded.register.by_country, code, lambda m: code in {e.code for e in m.members})

    def others_on(self, theme: str) -> tuple[Mechanism, ...]:
        """Return the mechanisms beyond the scope that have a group on a theme, given by id."""
        return self._beyond(self._loaded.register.by_theme, theme, lambda m: theme in self.themes_of(m))

    def _beyond(
        self, positions: dict[str, tuple[int, ...]], key: str, holds: Callable[[Mechanism], bool]
    ) -> tuple[Mechanism, ...]:
        heads = self._loaded.register.heads
        found = [at for at in positions.get(key, ()) if not self.answers_on(heads[at])]
        opened = (self._open(at) for at in found if heads[at].coverage == "full" and self._existed(heads[at]))
        return tuple(mechanism for mechanism in opened if holds(mechanism))

    def beside(self, code: str) -> Iterator[tuple[Mechanism, Observer]]:
        """Yield the mechanisms in scope that a country, given by alpha-3 code, is beside, with how it is."""
        for mechanism in map(self._open, self._leading(self._loaded.register.by_country, code)):
            yield from ((mechanism, observer) for observer in mechanism.observers if observer.code == code)

    def links_of(self, mechanism: Mechanism) -> tuple[tuple[str, Link], ...]:
        """Return the contacts of a mechanism as of the date, each with the id of the other one, in order of time.

        A contact stands with one of the two mechanisms, and is one of both.
        """
        leading = self._loaded.register.by_link.get(mechanism.id, ())
        told = [(link.other, link) for link in mechanism.links]
        told += [
            (other.id, link) for other in map(self._open, leading) for link in other.links if link.other == mechanism.id
        ]
        return tuple(sorted(told, key=lambda pair: (pair[1].date or "", pair[0])))

    def _leading(self, positions: dict[str, tuple[int, ...]], key: str) -> Iterator[int]:
        """Yield where the mechanisms in scope are whose members are known, of those to which *key* leads."""
        return filter(self._covered_at.__contains__, positions.get(key, ()))

    @cached_property
    def _covered_at(self) -> frozenset[int]:
        heads = enumerate(self._loaded.register.heads)
        return frozenset(
            at for at, head in heads if head.coverage == "full" and self.answers_on(head) and self._existed(head)
        )

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

    def is_silent(self, mechanism: Mechanism, part: Literal["groups", "secretariats"]) -> bool:
        """Return whether it is not known what *mechanism* had of a part, which is not the same as its having none.

        A list of the data is whole at every date. Not known is what has no list, and a secretariat, on a date that the
        list does not reach, where the data explain the silence of their source.
        """
        if getattr(mechanism, part):
            return False
        explained = part == "secretariats" and mechanism.secretariats_note is not None
        return explained or not getattr(self.record(mechanism.id), part)

    def silent_on_groups(self, code: str) -> tuple[str, ...]:
        """Return the ids of the mechanisms whose groups are not known, of those that list a country (alpha-3 code)."""
        return tuple(sorted(m.id for m in self.listing(code) if self.is_silent(m, "groups")))

    def evidence(self, mechanism: Mechanism, part: str) -> Evidence | None:
        """Return how far a part of a mechanism (members, groups, secretariats …) can be trusted."""
        return mechanism.evidence.get(part)

    def country(self, name: str | Country) -> Country:
        """Return the country with a *name* or code; raise NotFoundError or AmbiguousError where none is sure."""
        return self.countries[name.alpha3 if isinstance(name, Country) else self._find(self.country_names, name)]

    def country_codes(self, names: str | Country | Iterable[str | Country]) -> tuple[str, ...]:
        """Return the alpha-3 codes of one country or several, each once; errors as `country`."""
        each = (names,) if isinstance(names, str | Country) else names
        return tuple(dict.fromkeys(self.country(name).alpha3 for name in each))

    def mechanism(self, name: str | Mechanism) -> Mechanism:
        """Return the mechanism with a *name* or id, as of the date of the atlas.

        Raises:
            NotFoundError: Nothing has that name.
            AmbiguousError: Two or more have it or are near it.
            NoAnswerError: The mechanism did not exist on the date of this atlas.

        """
        at = self._loaded.register.position[self._mechanism_id(name)]
        head = self._loaded.register.heads[at]
        if self._existed(head):
            return self._open(at)
        id_, as_of = head.id, phrase_as_of(self.as_of)
        if head.until is not None and self.is_past(head.until):
            message = _("{mechanism} no longer existed {as_of}: it ended {date}")
            message = message.format(mechanism=id_, as_of=as_of, date=format_date(head.until))
            raise NoAnswerError(message, (Option("as_of", day_before(head.until)), Call("history", id_)))
        founded = head.founded or ""
        message = _("{mechanism} did not exist {as_of}: founded {date}")
        message = message.format(mechanism=id_, as_of=as_of, date=format_date(founded))
        raise NoAnswerError(message, (Option("as_of", founded),))

    def mechanism_of_any_date(self, name: str | Mechanism) -> Mechanism:
        """Return the whole record of the mechanism with a *name*, whether or not it existed on the date.

        Raises NotFoundError or AmbiguousError where none is sure.
        """
        return self.record(self._mechanism_id(name))

    def _mechanism_id(self, name: str | Mechanism) -> str:
        return name.id if isinstance(name, Mechanism) else self._find(self.mechanism_names, name)

    def record(self, id_: str) -> Mechanism:
        """Return the mechanism with an id as the files hold it, of every date."""
        return self._loaded.mechanism(self._loaded.register.position[id_])

    def _find(self, names: Resolver, text: str) -> str:
        """Return the id of what *text* names among *names*; the error says where it is a name of another kind."""
        try:
            return names.find(text)
        except NotFoundError as error:
            if call := self.call_that_shows(text, but=names):
                raise NotFoundError(error.message, (call,)) from error
            raise

    def call_that_shows(self, text: str, but: Resolver | None = None) -> Call | None:
        """Return the call that shows what *text* names among the names of each kind *but* one; None where none does."""
        for names, call in (
            (self.country_names, partial(Call, "country")),
            (self.mechanism_names, partial(Call, "mechanism")),
            (self.agency_names, _list_served),
        ):
            exact = names.exact(text) if names is not but else ()
            if len(exact) == 1:
                return call(exact[0])
        group = self.group(text)
        return Call("evidence", f"{group[0].id}-{group[1].number}") if group else None

    def numbered(self, name: str) -> tuple[str, int] | None:
        """Return the mechanism (id) and the number of the group that *name* has, as RCM-3; None where it has none."""
        named = re.fullmatch(NUMBERED, name.strip())
        ids = self.mechanism_names.exact(named[1]) if named and not self.mechanism_names.exact(name) else ()
        return (ids[0], int(named[2])) if named and len(ids) == 1 else None

    def group(self, name: str) -> GroupOf | None:
        """Return the group that *name* has the mechanism and the number of; None where there is none on the date."""
        id_, number = self.numbered(name) or ("", 0)
        mechanism = self.mechanisms.get(id_)
        if mechanism is None:
            return None
        return next(((mechanism, group) for group in mechanism.groups if group.number == number), None)

    def refuse_group(self, words: str) -> None:
        """Raise NotFoundError, with its themes, where *words* that should name a theme are a group by its number."""
        if found := self.group(words):
            message = _("{words} is a group, {group}").format(words=quoted(words), group=found[1].name)
            raise NotFoundError(message, tuple(self.themes[id_].label for id_ in sorted(found[1].themes)))

    def agency(self, name: str | Agency) -> Agency:
        """Return the agency with a *name* or id; raise NotFoundError or AmbiguousError where none is sure."""
        return name if isinstance(name, Agency) else self.agencies[self.agency_names.find(name)]

    def theme_ids(self, words: str | Theme | None) -> tuple[str, ...]:
        """Return the ids of the themes that *words* are about, the likeliest first: by id, label or any words.

        None is about none. Errors as `govmap.names.themes.ThemeFinder.find`.
        """
        if words is None:
            return ()
        if isinstance(words, Theme):
            return (words.id,)
        if words.strip().casefold() not in self.themes and (issue := self.issue(words)):
            return issue.themes
        return tuple(match.theme.id for match in self.find_themes(words, self.theme_finder.find).matches)

    def find_themes(self, words: str, find: Callable[[str], Found]) -> Found:
        """Return the themes that *find* finds in *words*.

        Raises NotFoundError, with the call that shows it, where they name something else and no theme, and what *find*
        raises.
        """
        self.refuse_group(words)
        named = self.mechanism_names.within(words)
        in_words = Call("mechanism", named[1]) if named else None
        try:
            found = find(words)
        except NotFoundError as error:
            call = self.call_that_shows(words) or in_words
            if call is None or call in error.suggestions:
                raise
            labels = tuple(suggestion for suggestion in error.suggestions if isinstance(suggestion, str))
            raise (NotFoundError(error.message, (*labels, call)) if labels else self._no_theme(words, call)) from error
        by_words = any(match.matched != words for match in found.matches)
        unknown = [step.words for step in found.steps if step.role == "unknown"]
        if in_words and not by_words and not self.theme_names.exact(words) and len(unknown) <= 1:
            raise self._no_theme(words, in_words)
        return found

    def _no_theme(self, words: str, call: Call) -> NotFoundError:
        return NotFoundError(_("{words} names no theme").format(words=quoted(words)), (call,))

    def issue(self, words: str) -> Category | None:
        """Return the issue of the source's agenda that is called so in any language; None where none is."""
        from govmap.names.folding import fold  # noqa: PLC0415 - an id does without it

        return self._issues.get(fold(words))

    @cached_property
    def _issues(self) -> dict[str, Category]:
        """The issues of the source's agenda by each of their folded labels."""
        from govmap.names.folding import fold  # noqa: PLC0415 - as above

        every = reversed(self.context.categories)  # of two that are called the same, the first
        return {fold(label): each for each in every for label in (each.label, *each.labels.values())}

    def theme(self, words: str | Theme) -> Theme:
        """Return the one theme that *words* are about; raise UsageError where there are several of them."""
        ids = self.theme_ids(words)
        if len(ids) > 1:
            labels = tuple(self.themes[id_].label for id_ in ids)
            raise UsageError(_("These words match several themes; name one"), labels)
        return self.themes[ids[0]]

    def subjects(self, names: Sequence[str | Mechanism | Country]) -> tuple[Mechanism | Country, ...]:
        """Return what *names* name, each a mechanism or a country.

        A name that is one as well as the other is what all of those are that are one alone.

        Raises:
            NotFoundError: A name names neither.
            AmbiguousError: A name could be two of a kind, or one of each and nothing beside it tells which.

        """
        found = [None if self.is_of_two_kinds(name) else self.subject(name) for name in names]
        kinds = {type(subject) for subject in found if subject is not None}
        find: Callable[[Any], Mechanism | Country] = self.subject
        if len(kinds) == 1:
            find = self.mechanism if Mechanism in kinds else self.country
        return tuple(subject or find(name) for subject, name in zip(found, names, strict=True))

    def subject(self, name: str | Mechanism | Country) -> Mechanism | Country:
        """Return the mechanism or the country with a *name*; errors as `subjects`, of the nearer kind."""
        if isinstance(name, str) and self.is_of_two_kinds(name):
            raise self._two_readings(name)
        if isinstance(name, Mechanism) or (isinstance(name, str) and self.mechanism_names.exact(name)):
            return self.mechanism(name)
        if isinstance(name, Country) or self.country_names.exact(name):
            return self.country(name)
        if len(self.mechanism_names.near(name)) == 1:
            return self.mechanism(name)
        if len(self.country_names.near(name)) == 1:
            return self.country(name)
        message = _("No mechanism or country is called {name}").format(name=quoted(name))
        if call := self.call_that_shows(name):
            raise NotFoundError(message, (call,))
        offers = (*self.mechanism_names.suggest(name, 2), *self.country_names.suggest(name, 2))
        raise NotFoundError(message, offers or (Call("list", "mechanisms"), Call("list", "countries")))

    def is_of_two_kinds(self, name: str | Mechanism | Country) -> bool:
        """Return whether a word names a country as well as a mechanism, as CAN does."""
        return isinstance(name, str) and bool(self.mechanism_names.exact(name)) and bool(self.country_names.exact(name))

    def _two_readings(self, name: str) -> AmbiguousError:
        """Return the error for a *name* of a country as well as of a mechanism, with what to type for each."""
        country, mechanism = self.countries[self.country_names.find(name)], self.record(self.mechanism_names.find(name))
        message = _("{name} is a country, {country}, and a mechanism, {mechanism}").format(
            name=quoted(name), country=country.name, mechanism=mechanism.name
        )
        clear = (("country", self.clear_name(country)), ("mechanism", self.clear_name(mechanism)))
        offers = tuple(Call(kind, text) if self.is_of_two_kinds(text) else text for kind, text in clear)
        return AmbiguousError(message, offers)

    def clear_name(self, record: Country | Mechanism) -> str:
        """Return a name of *record* that is not one of another, be it of the other kind; its id where it has none."""
        if isinstance(record, Country):
            mine, others, id_ = self.country_names, self.mechanism_names, record.alpha3
            texts = [record.name, id_, record.alpha2, record.numeric, *record.other_names, *record.names.values()]
        else:
            mine, others, id_ = self.mechanism_names, self.country_names, record.id
            texts = [id_, *record.acronyms.values(), *record.names.values(), *record.aliases]
        return next((text for text in texts if mine.exact(text) == (id_,) and not others.exact(text)), id_)

    def call_on(self, command: str, *records: Country | Mechanism, **options: Value) -> Call | None:
        """Return the call of a *command* that takes both kinds, on *records*; None where one has no name of its own."""
        names = [self.clear_name(record) for record in records]
        return None if any(map(self.is_of_two_kinds, names)) else Call(command, *names, **options)

    def export(
        self,
        kind: str,
        path: str | os.PathLike[str],
        *,
        project: str | None = None,
        base_url: str | None = None,
        datasette: bool = False,
        force: bool = False,
    ) -> None:
        """Write the whole dataset for another tool: sqlite, csv, xlsx, graphml … (see `govmap export --help`).

        It replaces what an export of this kind wrote; anything else only with *force*.

        Raises:
            UsageError: There is no such *kind*, it does not take an option, its libraries are not installed, or
                something else is at the path.
            DataError: It cannot be written.

        """
        write = importlib.import_module("govmap.export.kinds").write
        write(self, kind, path, force=force, project=project, base_url=base_url, datasette=datasette)

    @cached_property
    def country_names(self) -> Resolver:
        """The names of countries."""
        return Resolver(
            "country", self.names.countries, lambda id_: self.countries[id_].name, Call("list", "countries")
        )

    @cached_property
    def mechanism_names(self) -> Resolver:
        """The names of mechanisms."""
        return Resolver("mechanism", self.names.mechanisms, lambda id_: id_, Call("list", "mechanisms"))

    @cached_property
    def agency_names(self) -> Resolver:
        """The names of agencies."""
        return Resolver("agency", self.names.agencies, lambda id_: id_, Call("list", "secretariats"))

    @cached_property
    def theme_names(self) -> Resolver:
        """The preferred and alternative labels of themes."""
        return Resolver("theme", self.names.themes, lambda id_: self.themes[id_].label, Call("list", "themes"))

    @cached_property
    def interpreter(self) -> Interpreter:
        """What understands questions in free text."""
        from govmap.names.interpreter import Interpreter  # noqa: PLC0415 - an exact name does without it

        return Interpreter(lambda: self.names.lexicon, self.names.exact_labels)

    @cached_property
    def theme_finder(self) -> ThemeFinder:
        """What finds the themes of a question."""
        from govmap.names.themes import ThemeFinder  # noqa: PLC0415 - as above

        def group_keys_on(theme: str) -> tuple[tuple[str, int], ...]:
            return tuple((mechanism.id, group.number) for mechanism, group in self.groups_on(theme))

        looking_up = self.theme_names.suggest, self.mechanism_names.within
        return ThemeFinder(self.interpreter, self.themes, group_keys_on, *looking_up)

    @property
    def known_until(self) -> str:
        """The last date for which something is known: that of the newest look-up, or the reference date where later."""
        dates = (self.context.about.reference_date, *(source.looked_up for source in self.context.sources))
        return max(dates, key=last_day)

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

    @cached_property
    def _newest_look_up(self) -> str | None:
        return max((source.looked_up for source in self.context.sources), default=None)

    def answers_on(self, body: Head | Mechanism) -> bool:
        """Return whether a body is in the scope of this atlas."""
        return self.scope == "all" or body.scope == "note" or body.id in self._also

    def tells_of(self, event: Event) -> bool:
        """Return whether an event is in scope: it concerns a body that is, or none, or its own source tells of it."""
        heads, at = self._loaded.register.heads, self._loaded.register.position
        source = self.context.about.source
        concerns = not event.mechanisms or any(self.answers_on(heads[at[id_]]) for id_ in event.mechanisms if id_ in at)
        return concerns or source in event.sources

    @cached_property
    def _holds(self) -> Callable[[str | None, str | None], bool]:
        """Whether what has begun and ended on two dates holds; a dataset has few pairs of them, often asked for."""
        return cache(partial(in_force, as_of=self.as_of))

    def _existed(self, head: Head) -> bool:
        return self._holds(head.founded, head.until)

    def _open(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register, with what held in it."""
        if at not in self._opened:
            self._opened[at] = self._as_of(self._loaded.mechanism(at))
        return self._opened[at]

    def is_past(self, date: str) -> bool:
        """Return whether a part-date has come as of the date of this atlas."""
        return last_day(date) <= last_day(self.as_of)

    def _as_of(self, mechanism: Mechanism) -> Mechanism:
        """Return *mechanism* with what held on the date, and called as it was then."""
        relation = mechanism.relation or "member"
        members = tuple(m if m.relation else replace(m, relation=relation) for m in self._members(mechanism))
        spans = {part.field: part.items(mechanism) for part in PARTS if part.sentences}
        in_force_then = {
            field: tuple(item for item in items if item.holds(self.as_of)) for field, items in spans.items()
        }
        here = {None, *(pillar.number for pillar in in_force_then["pillars"])}
        here |= {body.id for body in in_force_then["sub_bodies"]}
        groups = tuple(self._group(group, here) for group in in_force_then.pop("groups"))
        heads, at = self._loaded.register.heads, self._loaded.register.position
        links = tuple(
            link
            for link in mechanism.links
            if (link.date is None or self.is_past(link.date)) and self._existed(heads[at[link.other]])
        )
        former = self._former_name(mechanism.former_names)
        names = {"names": former.names, "acronyms": former.acronyms, "proposed_names": ()} if former else {}
        return replace(mechanism, members=members, groups=groups, links=links, **in_force_then, **names)

    def _group(self, group: Group, here: set[Any]) -> Group:
        """Return a group without what it is not known to have had on the date: its leads, a pillar or a body."""
        gone: dict[str, Any] = {name: None for name in ("pillar", "sub_body") if getattr(group, name) not in here}
        if group.leads and group.leads_since and not self.is_past(group.leads_since):
            gone["leads"] = ()
        return replace(group, **gone) if gone else group

    def _former_name(self, names: tuple[FormerName, ...]) -> FormerName | None:
        """Return which of the former *names* of a mechanism was its name on the date, if one was."""
        ahead = (name for name in names if not self.is_past(name.until))
        return min(ahead, key=lambda name: last_day(name.until), default=None)

    def _members(self, mechanism: Mechanism) -> tuple[Member, ...]:
        """Return who was in, each once: where two spells of one country meet within a part-date, the later one."""
        as_of, holds = self.as_of, self._holds
        members = tuple(
            m
            for m in mechanism.members
            if holds(m.since, m.until) and (m.since or not (m.joined_by or m.joined_after) or m.holds(as_of))
        )
        if len({m.code for m in members}) == len(members):
            return members
        latest = {m.code: m for m in sorted(members, key=lambda m: last_day(m.start or "0001"))}
        return tuple(latest[code] for code in sorted(latest))


def _scope(text: str) -> str:
    """Return the scope that a *text* names in other words; raise UsageError where it names none."""
    from govmap.choices import one_of  # noqa: PLC0415 - the words themselves are known without it

    return one_of("scope", text, SCOPES)


def _list_served(agency: str) -> Call:
    return Call("list", "mechanisms", secretariat=agency)


def read_date(text: str, option: str = "as_of") -> str:
    """Return the part-date that *text* is, that of the present day for `today` in any language.

    Raises:
        UsageError: It is none; the suggestions are dates for the *option*.

    """
    text = str(text).strip()  # in Python a date, or a year as a number, is as clear
    if text.casefold().replace("’", "'") in TODAY.values():
        import datetime  # noqa: PLC0415 - for these words alone

        return datetime.datetime.now().astimezone().date().isoformat()
    if not is_part_date(text):
        raise UsageError(_("{text} is not a date").format(text=quoted(text)), date_examples(option))
    return text


def date_examples(option: str) -> tuple[Option, ...]:
    """Return dates of each precision for an *option*."""
    return tuple(Option(option, date) for date in ("2023", "2023-04", "2023-04-30"))


def load(path: str | os.PathLike[str] | None = None, as_of: str | None = None, scope: str = SCOPES[0]) -> Atlas:
    """Return the atlas of the bundled dataset, or of the one at *path*, as of a part-date.

    Args:
        path: A folder with a mechanisms.yaml, or that file; the bundled data by default.
        as_of: A year, a month or a day; the reference date of the dataset by default.
        scope: On which bodies to answer: those of the dataset's source (`note`), or `all`.

    Raises:
        DataError: The data cannot be read, or is not valid.
        UsageError: *as_of* is not a date, or there is no such *scope*.

    """
    return Atlas(load_dataset(path), as_of, scope)
