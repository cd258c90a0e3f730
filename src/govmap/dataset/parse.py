"""Turns the contents of data files into a dataset, and collects every problem on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from govmap.dataset.bundled import ALIASES, COUNTRIES, FOLDER, MAIN, SOURCES, THEMES, WORDS, WORDS_OF
from govmap.dataset.check import Checker, describe
from govmap.dataset.countries import NOT_A_COUNTRY, read_aliases, read_countries, with_aliases
from govmap.dataset.file_records import RECORDS, MechanismsFile, SourcesFile, ThemesFile, WordsFile, split_by_file
from govmap.dataset.index import index_names
from govmap.dataset.mechanism_files import join_mechanisms
from govmap.dataset.problems import START, InvalidDataError, Position, Problem
from govmap.dataset.references import broader_circles, check_references
from govmap.dataset.yaml_reader import Mapping, Take, read_yaml
from govmap.language import _
from govmap.model import About, Correction, Country, Dataset, Event, Mechanism
from govmap.names.index import NameIndex
from govmap.names.lexicon import WordLists
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.facts.database import Database

NO_BASE = Dataset(about=About("", "", ""), mechanisms=())
# Parts of the index of names that are borrowed from the base, unless the data bring one of these files.
BORROWED_UNLESS = {
    "countries": {COUNTRIES, ALIASES},
    "themes": {THEMES},
    "lexicon": {THEMES, WORDS, *WORDS_OF, COUNTRIES, ALIASES},
    "exact_labels": {THEMES, WORDS, *WORDS_OF, COUNTRIES, ALIASES},
    "word_lists": {WORDS, *WORDS_OF, ALIASES},
}


class Parsed(NamedTuple):
    """What data files hold: records, and the folded names of these."""

    dataset: Dataset
    names: NameIndex


def parse(
    where: str, files: dict[str, bytes], base: Database | None = None, doubts: list[Problem] | None = None
) -> Parsed:
    """Return the dataset in *files*.

    Args:
        where: What to call the data in messages.
        files: The contents by name; mechanisms.yaml is required, the others add to those of *base*.
        base: The dataset whose themes, sources, agencies, countries and words may be used too.
        doubts: A list to add to: what is valid, and yet most likely not meant.

    Raises:
        InvalidDataError: Something is wrong; the error holds all of it.

    """
    parser = _Parser(files, base)
    loaded = parser.parse()
    if doubts is not None:
        doubts.extend(doubt for checker in parser.checkers for doubt in checker.doubts)
    if loaded is None:
        raise InvalidDataError(where, parser.problems)
    return loaded


class _Parser:
    """Reads and checks the files of one dataset.

    Attributes:
        files: The contents by name.
        base: The records to build on.
        base_names: Their names, if there are any.
        extends: Whether mechanisms.yaml holds only what differs from the base.
        corrections: What it changes there.
        problems: What is wrong so far.
        checkers: The checkers of the files so far.
        checker_of_main: That of mechanisms.yaml, where it checked the mechanisms while they were read.

    """

    def __init__(self, files: dict[str, bytes], base: Database | None) -> None:
        self.files = files
        self.base = base.dataset if base else NO_BASE
        self.base_names = base.names if base else None
        self.extends = False
        self.corrections: tuple[Correction, ...] = ()
        self.problems: list[Problem] = []
        self.checkers: list[Checker] = []
        self.checker_of_main: Checker | None = None

    def parse(self) -> Parsed | None:
        """Return the dataset, or None where there are problems."""
        own_countries = self.read_countries(None)
        values = self.read_yaml_files(own_countries)
        if COUNTRIES in values:
            own_countries = self.read_countries(values.pop(COUNTRIES))
        aliases = self.read_aliases({country.alpha3 for country in (*self.base.countries, *own_countries)})
        countries = with_aliases(self.countries(own_countries), aliases)
        alpha3 = _alpha3(countries)
        if self.extends:
            values[MAIN] = self.overlay(values[MAIN], alpha3)
        records = {name: self.build(name, value, alpha3) for name, value in values.items() if value is not None}
        check_references(self.checkers, countries, self.base, self.problems, self.facts(records.get(MAIN)))
        self.problems.extend(broader_circles(records.get(THEMES), self.base))
        if self.problems:
            return None
        dataset = self.assemble(records, countries)
        not_countries = tuple(alias for code, alias in aliases if code == NOT_A_COUNTRY)
        words = WordLists(not_countries=not_countries)
        for name in (WORDS, *WORDS_OF):
            words += records.get(name, WordsFile()).word_lists()
        brought = {*self.files, *values, *((COUNTRIES,) if own_countries else ())}
        return Parsed(dataset, self.index(dataset, words, brought))

    def note(self, file: str, position: Position, text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem.at(file, position, text))

    def countries(self, own: tuple[Country, ...]) -> tuple[Country, ...]:
        """Return the *own* countries and those of the base, in the order of their codes."""
        return tuple(sorted(_combined(self.base.countries, own, "alpha3"), key=lambda country: country.alpha3))

    def read_yaml_files(self, own_countries: tuple[Country, ...]) -> dict[str, Any]:
        """Return the value of each YAML file by its name; a file given alone may hold what others would."""
        single = {name: self.read_yaml(name, name) for name in self.files if name.startswith(FOLDER)}
        names = (name for name in (*RECORDS, *WORDS_OF) if name in self.files and name != COUNTRIES)
        values = {name: self.read_main(own_countries) if name == MAIN else self.read_yaml(name) for name in names}
        main = values.get(MAIN)
        if not isinstance(main, Mapping):
            return values
        join_mechanisms(main, single, lambda position, text: self.note(MAIN, position, text))
        self.extends = main.get("extends") == "bundled"
        return split_by_file(main) if self.files.keys() - single.keys() == {MAIN} else values

    def read_main(self, own_countries: tuple[Country, ...]) -> object:
        """Return the value of mechanisms.yaml, its mechanisms as records unless other keys say what they mean."""
        before = len(self.problems)
        checker = Checker(MAIN, [], _alpha3(self.countries(own_countries)))
        value = self.read_yaml(MAIN, take=checker.take)
        if not isinstance(value, Mapping):
            return value
        if "extends" in value or "countries" in value:
            del self.problems[before:]
            return self.read_yaml(MAIN)
        self.problems.extend(checker.problems)
        checker.problems, self.checker_of_main = self.problems, checker
        return value

    def read_yaml(self, name: str, origin: str = "", take: Take | None = None) -> object:
        """Return the value of the file called *name*, whose positions name *origin*; *take* is of `read_yaml`."""
        before = len(self.problems)
        value = read_yaml(self.files[name], name, self.problems, origin, take)
        if value is None and len(self.problems) == before:
            self.note(name, START, _("this file is empty; see docs/reference/data-format.md"))
        elif origin and not isinstance(value, Mapping | None):
            template = _("`{key}` must be a mapping, not {value}; write it as key: value")
            self.note(name, START, template.format(key=name, value=describe(value)))
        return value

    def read_countries(self, part: object) -> tuple[Country, ...]:
        """Return the countries that the data bring, in countries.csv or as a *part* of the file given alone."""
        countries: tuple[Country, ...] = ()
        if part is not None:
            countries = getattr(self.build(COUNTRIES, part, {}), "countries", ())
        elif COUNTRIES in self.files:
            countries = read_countries(self.files[COUNTRIES], COUNTRIES, self.problems)
        codes = {country.alpha3 for country in (*self.base.countries, *countries)}
        for country in countries:
            if country.sovereign and country.sovereign not in codes:
                template = _(
                    "{country} has {code} as `sovereign`, which is not an alpha-3 code; write one, or leave it empty"
                )
                text = template.format(country=country.alpha3, code=quoted(country.sovereign))
                self.note(COUNTRIES, START, text)
        return countries

    def read_aliases(self, codes: set[str]) -> list[tuple[str, str]]:
        """Return the pairs of a code and an alias; every code must be among *codes* or say that it is no country."""
        rows = read_aliases(self.files[ALIASES], ALIASES, self.problems) if ALIASES in self.files else []
        for line, code, _alias in rows:
            if code not in codes and code != NOT_A_COUNTRY:
                template = _("{code} is not an alpha-3 code; write one, or - for a name that is no country's")
                self.note(ALIASES, Position(line, 1), template.format(code=quoted(code)))
        return [(code, alias) for _line, code, alias in rows]

    def overlay(self, own: Mapping, alpha3: dict[str, str]) -> Mapping:
        """Return *own*, a mechanisms.yaml, merged with that of the base, and keep what it corrects there."""
        from govmap.dataset.merge import Merger, as_mapping  # only for data that extend others

        if self.base is NO_BASE:
            text = _("the bundled data cannot extend themselves; remove `extends`")
            self.note(MAIN, own.positions["extends"], text)
            return own
        merger = Merger(lambda position, text: self.note(MAIN, position, text), alpha3)
        merged = merger.merge(as_mapping(self.base, own.position), own)
        merger.add_evidence()
        self.corrections = tuple(merger.corrections)
        self.base = replace(self.base, agencies=())  # they are in the merged file
        return merged

    def build(self, name: str, value: object, alpha3: dict[str, str]) -> Any:
        """Return the record of the file called *name*, or what stands for an invalid one."""
        checker = (name == MAIN and self.checker_of_main) or Checker(name, self.problems, alpha3)
        self.checkers.append(checker)
        return checker.build(RECORDS.get(name, WordsFile), value)

    def facts(self, main: Any) -> set[str] | None:
        """Return the ids of the facts that events may name; None where the mechanisms of *main* are not valid.

        Events of the base may name what own data withdraw from it.
        """
        withdrawn = _facts_of(self.base.mechanisms) if self.extends else set()
        return _facts_of(main.mechanisms) | withdrawn if isinstance(main, MechanismsFile) else None

    def assemble(self, records: dict[str, Any], countries: tuple[Country, ...]) -> Dataset:
        """Return the dataset made of the *records* of the files and of those of the base."""
        main, base = records[MAIN], self.base
        themes, sources = records.get(THEMES, ThemesFile()), records.get(SOURCES, SourcesFile())
        cited = {ref.id for checker in self.checkers for ref in checker.references if ref.kind == "source"}
        facts = _facts_of(main.mechanisms)
        borrowed = base.sources if self.extends else [source for source in base.sources if source.id in cited]
        return Dataset(
            about=main.about,
            mechanisms=tuple(
                replace(mechanism, members=tuple(sorted(mechanism.members, key=lambda m: (m.code, m.start or ""))))
                for mechanism in main.mechanisms
            ),
            agencies=_combined(base.agencies, main.agencies),
            resolutions=main.resolutions,
            events=tuple(_with_facts(event, facts) for event in main.events),
            corrections=self.corrections or main.corrections,
            themes=_combined(base.themes, themes.themes),
            categories=themes.categories or base.categories,
            sources=_combined(borrowed, sources.sources),
            countries=countries,
        )

    def index(self, dataset: Dataset, words: WordLists, brought: set[str]) -> NameIndex:
        """Return the names of *dataset*; those for which the data *brought* no files are borrowed from the base."""
        base = self.base_names
        if base is None:
            return index_names(dataset, words)
        borrowed = {part: base.read(part) for part, files in BORROWED_UNLESS.items() if not files & brought}
        needs_words = len(borrowed) < len(BORROWED_UNLESS)  # else those of the base need not be decoded
        return index_names(dataset, base.word_lists + words if needs_words else words, borrowed)


def _alpha3(countries: Iterable[Country]) -> dict[str, str]:
    return {country.alpha2: country.alpha3 for country in countries}


def _facts_of(mechanisms: Iterable[Mechanism]) -> set[str]:
    return {id_ for mechanism in mechanisms for id_ in mechanism.fact_ids()}


def _with_facts(event: Event, known: set[str]) -> Event:
    """Return an event without facts that own data withdraw; one of the mechanisms of those that it has."""
    facts = event.facts and _in_order(fact for fact in event.facts if fact in known)
    mechanisms = _in_order((*event.mechanisms, *(fact.partition("/")[0] for fact in facts or ())))
    return replace(event, mechanisms=mechanisms, countries=_in_order(event.countries), facts=facts)


def _in_order(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def _combined(base: Iterable[Any], own: Iterable[Any], key: str = "id") -> tuple[Any, ...]:
    """Return the records of *base* and *own*; one of *own* replaces that of *base* with the same *key*."""
    return tuple({getattr(record, key): record for record in (*base, *own)}.values())
