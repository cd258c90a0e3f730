"""Turns the contents of data files into a dataset, and collects every problem on the way."""

from __future__ import annotations

from msgspec.structs import replace

from govmap.dataset.check import Checker
from govmap.dataset.countries import NOT_A_COUNTRY, read_aliases, read_countries, with_aliases
from govmap.dataset.file_records import (
    ALIASES,
    COUNTRIES,
    MAIN,
    YAML_FILES,
    CountriesPart,
    MechanismsFile,
    SourcesFile,
    ThemesFile,
    WordsFile,
    split_by_file,
)
from govmap.dataset.index import index_names
from govmap.dataset.problems import START, InvalidDataError, Position, Problem
from govmap.dataset.references import broader_circles, check_references
from govmap.dataset.store import LoadedDataset, NameIndex
from govmap.dataset.yaml_reader import Mapping, read_yaml
from govmap.fields import Record
from govmap.language import _
from govmap.model import Correction, Country, Dataset, Mechanism, Source
from govmap.names.lexicon import WordLists
from govmap.texts import quoted

BUNDLED = "bundled"
# Parts of the index of names that are borrowed from the base, unless the data bring one of these files.
BORROWED_UNLESS = {
    "countries": {COUNTRIES, ALIASES},
    "themes": {"themes.yaml"},
    "lexicon": {"themes.yaml", "words.yaml", COUNTRIES, ALIASES},
    "word_lists": {"words.yaml", ALIASES},
}


def parse(
    where: str, files: dict[str, bytes], base: LoadedDataset | None = None, doubts: list[Problem] | None = None
) -> LoadedDataset:
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
        base: The records to build on, if there are any.
        base_names: Their names.
        extends: Whether mechanisms.yaml holds only what differs from the base.
        corrections: What it changes there.
        problems: What is wrong so far.
        checkers: The checkers of the files so far.

    """

    def __init__(self, files: dict[str, bytes], base: LoadedDataset | None) -> None:
        self.files = files
        self.base = base.dataset if base else None
        self.base_names = base.names if base else None
        self.extends = False
        self.corrections: tuple[Correction, ...] = ()
        self.problems: list[Problem] = []
        self.checkers: list[Checker] = []

    def parse(self) -> LoadedDataset | None:
        """Return the dataset, or None where there are problems."""
        values = self.read_yaml_files()
        listed = self.read_countries(values.pop(COUNTRIES, None))
        countries = self.add_to_base(listed)
        aliases = self.read_aliases({country.alpha3 for country in countries})
        countries = with_aliases(countries, aliases)
        alpha3 = {country.alpha2: country.alpha3 for country in countries}
        if self.extends:
            values[MAIN] = self.overlay(values[MAIN], alpha3)
        records = {name: self.build(name, value, alpha3) for name, value in values.items() if value is not None}
        check_references(self.checkers, countries, self.base, self.problems)
        self.problems.extend(broader_circles(records.get("themes.yaml")))
        if self.problems:
            return None
        dataset = self.assemble(records, countries)
        words = records.get("words.yaml", WordsFile())
        assert isinstance(words, WordsFile)  # noqa: S101 - the record of that file
        not_countries = tuple(alias for code, alias in aliases if code == NOT_A_COUNTRY)
        word_lists = replace(words.word_lists(), not_countries=not_countries)
        brought = {*self.files, *values, *((COUNTRIES,) if listed else ())}
        return LoadedDataset(dataset, self.index(dataset, word_lists, brought))

    def note(self, file: str, position: Position, text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, position, text))

    def read_yaml_files(self) -> dict[str, object]:
        """Return the value of each YAML file by its name; a file given alone may hold what others would."""
        values: dict[str, object] = {}
        for name in YAML_FILES:
            if name in self.files:
                before = len(self.problems)
                values[name] = read_yaml(self.files[name], name, self.problems)
                if values[name] is None and len(self.problems) == before:
                    self.note(name, START, _("this file is empty; see docs/data-format.md"))
        main = values.get(MAIN)
        if isinstance(main, Mapping):
            self.extends = main.get("extends") == BUNDLED
            if self.files.keys() == {MAIN}:
                return {**split_by_file(main)}
        return values

    def read_countries(self, part: object) -> tuple[Country, ...]:
        """Return the countries that the data bring, in countries.csv or as a *part* of the file given alone."""
        if part is None:
            return read_countries(self.files[COUNTRIES], COUNTRIES, self.problems) if COUNTRIES in self.files else ()
        record = self.build(COUNTRIES, part, {})
        return record.countries if isinstance(record, CountriesPart) else ()

    def add_to_base(self, listed: tuple[Country, ...]) -> tuple[Country, ...]:
        """Return the countries of the base and those *listed*, by code."""
        by_code = {country.alpha3: country for country in (*(self.base.countries if self.base else ()), *listed)}
        for country in listed:
            if country.sovereign and country.sovereign not in by_code:
                template = _(
                    "{country} names {code} as `sovereign`, which is no alpha-3 code; write one, or leave it empty"
                )
                text = template.format(country=country.alpha3, code=quoted(country.sovereign))
                self.note(COUNTRIES, START, text)
        return tuple(by_code[code] for code in sorted(by_code))

    def read_aliases(self, codes: set[str]) -> list[tuple[str, str]]:
        """Return the pairs of a code and an alias; every code must be among *codes* or say that it is no country."""
        rows = read_aliases(self.files[ALIASES], ALIASES, self.problems) if ALIASES in self.files else []
        for line, code, _alias in rows:
            if code not in codes and code != NOT_A_COUNTRY:
                template = _("{code} is not an alpha-3 code; write one, or - for what is no country's name")
                self.note(ALIASES, Position(line, 1), template.format(code=quoted(code)))
        return [(code, alias) for _line, code, alias in rows]

    def overlay(self, own: object, alpha3: dict[str, str]) -> object:
        """Return *own*, a mechanisms.yaml, merged with that of the base, and keep what it corrects there."""
        from govmap.dataset.merge import Merger, as_mapping  # noqa: PLC0415 - only for data that extend others

        assert isinstance(own, Mapping)  # noqa: S101 - only a mapping extends
        if self.base is None:
            text = _("the bundled data cannot extend themselves; take `extends` out")
            self.note(MAIN, own.positions["extends"], text)
            return own
        merger = Merger(lambda position, text: self.note(MAIN, position, text), alpha3)
        merged = merger.merge(as_mapping(self.base, own.position), own)
        merger.add_evidence()
        self.corrections = tuple(merger.corrections)
        self.base = replace(self.base, agencies=())  # they are in the merged file
        return merged

    def build(self, name: str, value: object, alpha3: dict[str, str]) -> Record:
        """Return the record of the file called *name*, or what stands for an invalid one."""
        checker = Checker(name, self.problems, alpha3)
        self.checkers.append(checker)
        record: Record = checker.build(CountriesPart if name == COUNTRIES else YAML_FILES[name], value)
        return record

    def assemble(self, records: dict[str, Record], countries: tuple[Country, ...]) -> Dataset:
        """Return the dataset made of the *records* of the files and of those of the base."""
        main = records[MAIN]
        themes, sources = records.get("themes.yaml", ThemesFile()), records.get("sources.yaml", SourcesFile())
        assert isinstance(main, MechanismsFile)  # noqa: S101 - the records of those files
        assert isinstance(themes, ThemesFile)  # noqa: S101 - as above
        assert isinstance(sources, SourcesFile)  # noqa: S101 - as above
        base = self.base or Dataset(about=main.about, mechanisms=())
        return Dataset(
            about=main.about,
            mechanisms=tuple(_with_sorted_members(mechanism) for mechanism in main.mechanisms),
            agencies=_combined(base.agencies, main.agencies),
            resolutions=main.resolutions,
            events=main.events,
            corrections=self.corrections or main.corrections,
            themes=_combined(base.themes, themes.themes),
            categories=themes.categories or base.categories,
            sources=_combined(self.borrowed_sources(base), sources.sources),
            countries=countries,
        )

    def borrowed_sources(self, base: Dataset) -> tuple[Source, ...]:
        """Return the sources of *base*: all for data that extend it, else those on which something rests."""
        if self.extends:
            return base.sources
        references = (reference for checker in self.checkers for reference in checker.references)
        cited = {reference.id for reference in references if reference.kind == "source"}
        return tuple(source for source in base.sources if source.id in cited)

    def index(self, dataset: Dataset, words: WordLists, brought: set[str]) -> NameIndex:
        """Return the names of *dataset*; those for which the data *brought* no files are borrowed from the base."""
        base = self.base_names
        if base is None:
            return index_names(dataset, words)
        borrowed = {part: base.parts[part] for part, files in BORROWED_UNLESS.items() if not files & brought}
        needs_words = len(borrowed) < len(BORROWED_UNLESS)  # else those of the base need not be decoded
        return index_names(dataset, base.word_lists + words if needs_words else words, borrowed)


def _combined(base: tuple[Record, ...], own: tuple[Record, ...]) -> tuple:  # type: ignore[type-arg]  # records with ids
    """Return the records of *base* and *own*; one of *own* replaces that of *base* with the same id."""
    return tuple({record.id: record for record in (*base, *own)}.values())  # type: ignore[attr-defined]  # as above


def _with_sorted_members(mechanism: Mechanism) -> Mechanism:
    """Return *mechanism* with its members in the order of their codes."""
    return replace(mechanism, members=tuple(sorted(mechanism.members, key=lambda m: (m.code, m.start or ""))))
