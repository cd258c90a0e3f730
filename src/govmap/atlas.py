"""What questions are asked of: a dataset as of a date, whose records are found by name, by id or by record."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from govmap.calls import Call, Option, Slip, Suggestion, Value, note_slip
from govmap.dataset import load as load_dataset
from govmap.dated_dataset import SCOPES, DatedDataset, GroupOf
from govmap.dates import as_of as phrase_as_of
from govmap.dates import day_before, format_date
from govmap.errors import AmbiguousError, NoAnswerError, NotFoundError, UsageError
from govmap.language import _
from govmap.model import Agency, Category, Country, Mechanism, Theme
from govmap.names.resolver import Resolver
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.names.interpreter import Interpreter
    from govmap.names.themes import Found, ThemeFinder

NUMBERED = r"(.+?)[\s-]+([0-9]{1,4})"  # a mechanism and the number of a group


class Atlas(DatedDataset):
    """A dataset as of a date, in which records are found by names in four languages, ids, or records.

    `load` makes it. `mechanisms`, `countries`, `themes`, `agencies` and `sources` are dicts by id. A name that is none
    raises NotFoundError, one that could be several AmbiguousError, each with what to type instead.

    >>> atlas = load()
    >>> atlas.country("Perú").alpha3, atlas.mechanism("Proceso de Quito").id
    ('PER', 'QUITO')
    >>> set(atlas.at("2022-10").seats["LAD"]) - set(atlas.at("2022-06-10").seats["LAD"])
    {'GUY'}
    """

    def __repr__(self) -> str:
        """Return which dataset it is, as of which date, and on which bodies."""
        return f"Atlas({self.context.about.title!r}, as_of={self.as_of!r}, scope={self.scope!r})"

    def _repr_html_(self) -> str:
        """Return what it holds, and three calls to try, as notebooks show them; made by layers above this one."""
        page = importlib.import_module("govmap.presentation").page_of_atlas(self)
        html: str = importlib.import_module("govmap.formats.html").to_html(page)
        return html

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
        from govmap.names.interpreter import Interpreter  # an exact name does without it

        return Interpreter(lambda: self.names.lexicon, self.names.exact_labels)

    @cached_property
    def theme_finder(self) -> ThemeFinder:
        """What finds the themes of a question."""
        from govmap.names.themes import ThemeFinder

        looking_up = self.theme_names.suggest, self.mechanism_names.within
        return ThemeFinder(self.interpreter, self.themes, self.groups_ever_on, self.is_worked_on, *looking_up)

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
        id_, as_of = self._mechanism_id(name), phrase_as_of(self.as_of)
        if id_ in self.mechanisms:
            return self.mechanisms[id_]
        head = self._head(id_)
        if head.until is not None and self.is_past(head.until):
            message = _("{mechanism} no longer existed {as_of}: it ended {date}")
            message = message.format(mechanism=id_, as_of=as_of, date=format_date(head.until))
            raise NoAnswerError(message, (Option("as_of", self._date_of(id_)), Call("history", id_)))
        message = _("{mechanism} did not exist {as_of}: founded {date}")
        message = message.format(mechanism=id_, as_of=as_of, date=format_date(head.founded or ""))
        raise NoAnswerError(message, (Option("as_of", self._date_of(id_)),))

    def mechanism_of_any_date(self, name: str | Mechanism) -> Mechanism:
        """Return the whole record of the mechanism with a *name*, whether or not it existed on the date.

        Raises NotFoundError or AmbiguousError where none is sure.
        """
        return self.stored(self._mechanism_id(name))

    def _mechanism_id(self, name: str | Mechanism) -> str:
        return name.id if isinstance(name, Mechanism) else self._find(self.mechanism_names, name)

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
            (self.mechanism_names, self._call_that_shows_mechanism),
            (self.agency_names, _list_served),
        ):
            exact = names.exact(text) if names is not but else ()
            if len(exact) == 1:
                return call(exact[0])
        group = self.group(text)
        return Call("evidence", f"{group[0].id}-{group[1].number}") if group else None

    def _call_that_shows_mechanism(self, id_: str) -> Call:
        """Return the call that shows a mechanism; on a date on which it existed where it did not on this one."""
        return Call("mechanism", id_) if id_ in self.mechanisms else Call("mechanism", id_, as_of=self._date_of(id_))

    def _date_of(self, id_: str) -> str:
        """Return the date nearest to that of the atlas on which a mechanism existed that did not exist on this."""
        head = self._head(id_)
        return day_before(head.until) if head.until and self.is_past(head.until) else head.founded or ""

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

        None is about none. Errors as `find_themes`.
        """
        if words is None:
            return ()
        if isinstance(words, Theme):
            return (words.id,)
        themes = [match.theme for match in self.find_themes(words).matches]
        if not self.theme_names.exact(words) and not self.issue(words):
            for theme in themes:
                note_slip(Slip(words, "theme", theme.id, theme.label))
        return tuple(theme.id for theme in themes)

    def find_themes(self, words: str) -> Found:
        """Return the themes that *words* are about: an issue of the source's agenda is about its own.

        Raises NotFoundError, with the call that shows it, where they name something else and no theme, and what
        `ThemeFinder.find` raises.
        """
        from govmap.names.themes import Found, Match

        if words.strip().casefold() not in self.themes and (issue := self.issue(words)):
            return Found(tuple(Match(self.themes[id_], issue.name, 1.0) for id_ in issue.themes), ())
        self.refuse_group(words)
        named = self.mechanism_names.within(words)
        in_words = self._call_that_shows_mechanism(named[1]) if named else None
        try:
            found = self.theme_finder.find(words)
        except NotFoundError as error:
            call = self.call_that_shows(words) or in_words
            if call is None or call in error.suggestions:
                raise
            labels = tuple(suggestion for suggestion in error.suggestions if isinstance(suggestion, str))
            raise (NotFoundError(error.message, (*labels, call)) if labels else _no_theme(words, call)) from error
        by_words = any(match.matched != words for match in found.matches)
        unknown = [step.words for step in found.steps if step.role == "unknown"]
        if in_words and not by_words and not self.theme_names.exact(words) and len(unknown) <= 1:
            raise _no_theme(words, *(match.theme.label for match in found.matches), in_words)
        return found

    def issue(self, words: str) -> Category | None:
        """Return the issue of the source's agenda that is called so in any language; None where none is."""
        from govmap.names.folding import fold  # an id does without it

        return self._issues.get(fold(words))

    @cached_property
    def _issues(self) -> dict[str, Category]:
        """The issues of the source's agenda by each of their folded labels."""
        from govmap.names.folding import fold

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

        Raises:
            NotFoundError: A name names neither.
            AmbiguousError: A name could be two of a kind, or one of each. A reading that is named besides is not
                offered; of three names or more, only the one that is of the kind of the others is.

        """
        found = [None if self.is_of_two_kinds(name) else self.subject(name) for name in names]
        kinds = {type(subject) for subject in found if subject is not None}
        if len(kinds) < 2:
            for name in filter(self.is_of_two_kinds, names):
                fitting: set[type] = kinds if len(names) > 2 and kinds else {Country, Mechanism}
                raise self._two_readings(str(name), fitting, besides=filter(None, found))
        return tuple(subject or self.mechanism(str(name)) for subject, name in zip(found, names, strict=True))

    def subject(self, name: str | Mechanism | Country) -> Mechanism | Country:
        """Return the mechanism or the country with a *name*; errors as `subjects`, of the nearer kind."""
        if isinstance(name, str) and self.is_of_two_kinds(name):
            raise self._two_readings(name, {Country, Mechanism})
        if isinstance(name, Mechanism) or (isinstance(name, str) and self.mechanism_names.exact(name)):
            return self.mechanism(name)
        if isinstance(name, Country) or self.country_names.exact(name):
            return self.country(name)
        mechanisms, countries = self.mechanism_names.near(name), self.country_names.near(name)
        if len(mechanisms) == 1 or (mechanisms and not countries):  # of several, which is its error
            return self.mechanism(name)
        if len(countries) == 1 or (countries and not mechanisms):
            return self.country(name)
        message = _("No mechanism or country is called {name}").format(name=quoted(name))
        if call := self.call_that_shows(name):
            raise NotFoundError(message, (call,))
        offers = (*self.mechanism_names.suggest(name, 2), *self.country_names.suggest(name, 2))
        raise NotFoundError(message, offers or (Call("list", "mechanisms"), Call("list", "countries")))

    def is_of_two_kinds(self, name: str | Mechanism | Country) -> bool:
        """Return whether a word names a country as well as a mechanism, as CAN does."""
        return isinstance(name, str) and bool(self.mechanism_names.exact(name)) and bool(self.country_names.exact(name))

    def _two_readings(self, name: str, kinds: set[type], besides: Iterable[Mechanism | Country] = ()) -> AmbiguousError:
        """Return the error for a *name* of a country and a mechanism, with what to type for each of *kinds*.

        What is named *besides* is not offered again.
        """
        country, mechanism = self.countries[self.country_names.find(name)], self.stored(self.mechanism_names.find(name))
        message = _("{name} is a country, {country}, and a mechanism, {mechanism}").format(
            name=quoted(name), country=country.name, mechanism=mechanism.name
        )
        clear = (("country", country), ("mechanism", mechanism))
        named = ((kind, self.clear_name(record)) for kind, record in clear if type(record) in kinds)
        known = set(map(self.clear_name, besides))
        offers = tuple(
            Call(kind, text) if self.is_of_two_kinds(text) else text for kind, text in named if text not in known
        )
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


def _no_theme(words: str, *suggestions: Suggestion) -> NotFoundError:
    return NotFoundError(_("{words} names no theme").format(words=quoted(words)), suggestions)


def _list_served(agency: str) -> Call:
    return Call("list", "mechanisms", secretariat=agency)


def load(path: str | os.PathLike[str] | None = None, as_of: str | None = None, scope: str = SCOPES[0]) -> Atlas:
    """Return the atlas of the bundled dataset, or of the one at *path*, as of a part-date.

    >>> load(as_of="2022-06")
    Atlas('Migration governance mechanisms in the Americas', as_of='2022-06', scope='note')

    Args:
        path: A folder with a mechanisms.yaml, or that file; the bundled data by default.
        as_of: A year, a month or a day; the reference date of the dataset by default.
        scope: On which bodies to answer: those of the dataset's source (`note`), or `all`.

    Raises:
        DataError: The data cannot be read, or is not valid.
        UsageError: *as_of* is not a date, or there is no such *scope*.

    """
    return Atlas(load_dataset(path), as_of, scope)
