"""Turns the contents of data files into a `Dataset`, telling every problem at once."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from govmap.dataset.check import INVALID, Checker, Reference, shorten
from govmap.dataset.countries import NOT_A_COUNTRY, read_aliases, read_countries, with_aliases
from govmap.dataset.index import NameIndex, index_names
from govmap.dataset.problems import Place, Problem, refuse
from govmap.dataset.yaml_reader import read_yaml
from govmap.model import (
    About,
    Agency,
    Category,
    Country,
    Dataset,
    Event,
    Mechanism,
    Record,
    Resolution,
    Source,
    Theme,
)


class MechanismsFile(Record, frozen=True):
    """What mechanisms.yaml holds."""

    about: About
    mechanisms: Annotated[tuple[Mechanism, ...], Meta(min_length=1)]
    agencies: tuple[Agency, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()


class ThemesFile(Record, frozen=True):
    """What themes.yaml holds."""

    themes: tuple[Theme, ...] = ()
    categories: tuple[Category, ...] = ()


class SourcesFile(Record, frozen=True):
    """What sources.yaml holds."""

    sources: tuple[Source, ...] = ()


YAML_FILES: dict[str, type[Record]] = {
    "mechanisms.yaml": MechanismsFile,
    "themes.yaml": ThemesFile,
    "sources.yaml": SourcesFile,
}


def parse(where: str, files: dict[str, bytes], base: Dataset | None = None) -> tuple[Dataset, NameIndex]:
    """Return the dataset in *files* (contents by name) and its names.

    Args:
        where: What to call the data in messages.
        files: The contents; mechanisms.yaml is required, the others add to those of *base*.
        base: The dataset whose themes, sources, agencies and countries may be used too.

    Raises:
        DataError: Something is wrong; the message tells all of it.

    """
    problems: list[Problem] = []
    built, checkers = {}, []
    for name, record in YAML_FILES.items():
        if name in files:
            checker = Checker(name, problems)
            value = read_yaml(files[name], name, problems)
            if value is None:
                if not problems:
                    problems.append(Problem(name, Place(1, 1), "this file is empty; see docs/data-format.md"))
                continue
            built[name] = checker.build(record, value)
            checkers.append(checker)
    countries, not_countries = _countries(files, base, problems)
    _check_references(checkers, countries, base, problems)
    if problems or any(part is INVALID for part in built.values()):
        raise refuse(where, problems)
    dataset = _assemble(built, countries, base)
    return dataset, index_names(dataset, not_countries)


def _countries(
    files: dict[str, bytes], base: Dataset | None, problems: list[Problem]
) -> tuple[tuple[Country, ...], tuple[str, ...]]:
    """Return the countries, those of *base* first, and the texts that are no country's name."""
    known = {country.alpha3: country for country in base.countries} if base else {}
    if "countries.csv" in files:
        own = read_countries(files["countries.csv"], "countries.csv", problems)
        known.update({country.alpha3: country for country in own})
    aliases: list[tuple[str, str]] = []
    if "country_aliases.csv" in files:
        aliases = read_aliases(files["country_aliases.csv"], "country_aliases.csv", problems)
        for code, alias in aliases:
            if code not in known and code != NOT_A_COUNTRY:
                problems.append(Problem("country_aliases.csv", Place(1, 1), f"{alias}: {code} is not an alpha-3 code"))
    nobody = tuple(alias for code, alias in aliases if code == NOT_A_COUNTRY)
    return with_aliases(tuple(known[code] for code in sorted(known)), aliases), nobody


def _check_references(
    checkers: list[Checker], countries: tuple[Country, ...], base: Dataset | None, problems: list[Problem]
) -> None:
    """Note ids given twice, and ids that name nothing."""
    known: dict[str, set[str]] = {"country": {c.alpha3 for c in countries} | {c.alpha2 for c in countries}}
    if base:
        known["theme"] = {theme.id for theme in base.themes}
        known["source"] = {source.id for source in base.sources}
        known["agency"] = {agency.id for agency in base.agencies}
    first: dict[tuple[str, str], Reference] = {}
    for checker in checkers:
        for given in checker.defined:
            earlier = first.setdefault((given.kind, given.id), given)
            if earlier is not given:
                what = f"the {given.kind} {given.id} stands here again (first on line {earlier.place.line}); keep one"
                problems.append(Problem(given.file, given.place, what))
            known.setdefault(given.kind, set()).add(given.id)
    for checker in checkers:
        problems.extend(
            Problem(named.file, named.place, _unknown(named, known.get(named.kind, set())))
            for named in checker.referred
            if named.id not in known.get(named.kind, set())
        )


def _unknown(named: Reference, known: set[str]) -> str:
    import difflib  # noqa: PLC0415 - only where a file is wrong

    near = difflib.get_close_matches(named.id, sorted(known), n=1, cutoff=0.6)
    if named.kind == "country":
        offer = f"; did you mean {near[0]}?" if near and len(named.id) > 2 else "; write the alpha-3 code of ISO 3166-1"
        return f"{shorten(named.id)} is not an ISO 3166-1 code{offer}"
    return f"there is no {named.kind} {shorten(named.id)}" + (
        f"; did you mean {near[0]}?" if near else "; add it, or mend the id"
    )


def _assemble(built: dict[str, Record], countries: tuple[Country, ...], base: Dataset | None) -> Dataset:
    """Return the dataset made of the checked files and of what *base* lends."""
    main, themes, sources = (built.get(name) for name in YAML_FILES)
    assert isinstance(main, MechanismsFile)  # noqa: S101 - parse() refuses data without it
    own_themes = themes if isinstance(themes, ThemesFile) else ThemesFile()
    own_sources = sources.sources if isinstance(sources, SourcesFile) else ()
    alpha3 = {country.alpha2: country.alpha3 for country in countries}
    return Dataset(
        about=main.about,
        mechanisms=tuple(_with_alpha3(mechanism, alpha3) for mechanism in main.mechanisms),
        agencies=_add(base.agencies if base else (), main.agencies),
        resolutions=main.resolutions,
        events=tuple(replace(e, countries=tuple(alpha3.get(c, c) for c in e.countries)) for e in main.events),
        themes=_add(base.themes if base else (), own_themes.themes),
        categories=own_themes.categories or (base.categories if base else ()),
        sources=_add(base.sources if base else (), own_sources),
        countries=countries,
    )


def _add(base: tuple[Record, ...], own: tuple[Record, ...]) -> tuple:  # type: ignore[type-arg]  # any record with an id
    """Return the records of *base* and *own*; one of *own* replaces that of *base* with the same id."""
    merged = {record.id: record for record in (*base, *own)}  # type: ignore[attr-defined]  # as above
    return tuple(merged.values())


def _with_alpha3(mechanism: Mechanism, alpha3: dict[str, str]) -> Mechanism:
    """Return *mechanism* with its members by alpha-3 code, in the order of the codes."""
    members = [replace(member, code=alpha3.get(member.code, member.code)) for member in mechanism.members]
    return replace(mechanism, members=tuple(sorted(members, key=lambda m: (m.code, m.since or ""))))
