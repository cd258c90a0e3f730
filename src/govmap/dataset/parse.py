"""Turns the contents of data files into a `Dataset`, telling every problem at once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govmap.dataset.check import Checker, Reference
from govmap.dataset.countries import NOT_A_COUNTRY, read_aliases, read_countries, with_aliases
from govmap.dataset.index import Aside, NameIndex, index_names
from govmap.dataset.layout import (
    COUNTRIES,
    MAIN,
    YAML_FILES,
    CountriesPart,
    MechanismsFile,
    SourcesFile,
    ThemesFile,
    WordsFile,
    spread,
)
from govmap.dataset.problems import Place, Problem, nearest, refuse
from govmap.dataset.store import Loaded
from govmap.dataset.yaml_reader import Mapping, read_yaml
from govmap.fields import Record, Text
from govmap.language import N_, Language, _
from govmap.model import Correction, Country, Dataset, Mechanism
from govmap.names.lexicon import Label
from govmap.names.resolver import fold
from govmap.texts import quoted

BUNDLED = "bundled"

NO_RECORD = {
    "mechanism": N_("there is no mechanism {id}"),
    "agency": N_("there is no agency {id}"),
    "theme": N_("there is no theme {id}"),
    "source": N_("there is no source {id}"),
}
# Parts of the names that a dataset takes over from the bundled one, unless it has one of these files of its own.
LENT_UNLESS = {
    "countries": {"countries.csv", "country_aliases.csv"},
    "themes": {"themes.yaml"},
    "vocabulary": {"themes.yaml", "words.yaml", "countries.csv", "country_aliases.csv"},
    "aside": {"words.yaml", "country_aliases.csv"},
}


def parse(
    where: str, files: dict[str, bytes], base: Loaded | None = None, doubts: list[Problem] | None = None
) -> Loaded:
    """Return the dataset in *files* (contents by name).

    Args:
        where: What to call the data in messages.
        files: The contents; mechanisms.yaml is required, the others add to those of *base*.
        base: The dataset whose themes, sources, agencies, countries and words may be used too.
        doubts: Where to note what is not wrong, and yet most likely not meant.

    Raises:
        InvalidDataError: Something is wrong; it holds all of it.

    """
    problems: list[Problem] = []
    base_dataset, base_names = (base.dataset, base.names) if base else (None, None)
    values = _read_values(files, problems)
    checkers: list[Checker] = []
    listed = _listed_countries(files, values.pop(COUNTRIES, None), problems, checkers)
    countries, not_countries = _countries(files, listed, base_dataset, problems)
    alpha3 = {country.alpha2: country.alpha3 for country in countries}
    main = values.get(MAIN)
    corrections: tuple[Correction, ...] = ()
    if isinstance(main, Mapping) and _extends(main):
        values[MAIN], corrections = _extend(main, base_dataset, alpha3, problems)
    built = _build(values, alpha3, problems, checkers)
    lender = replace(base_dataset, agencies=()) if base_dataset and _extends(main) else base_dataset
    _check_references(checkers, countries, lender, problems)
    problems.extend(_circles(built.get("themes.yaml")))
    if doubts is not None:
        doubts.extend(doubt for checker in checkers for doubt in checker.doubts)
    if problems:
        raise refuse(where, problems)
    if lender and not _extends(main):  # data of one's own rest on few of the bundled sources, or on none
        lender = _cited(lender, checkers)
    dataset = _assemble(built, countries, lender, corrections)
    brought = {*files, *values, *((COUNTRIES,) if listed else ())}
    return Loaded(dataset, _index(dataset, built.get("words.yaml"), not_countries, base_names, brought))


def _index(
    dataset: Dataset, words: Record | None, not_countries: tuple[str, ...], lender: NameIndex | None, brought: set[str]
) -> NameIndex:
    """Return the names of *dataset*; those of which it *brought* no file of its own are those of the *lender*."""
    if lender is None:
        return index_names(dataset, _aside(words, not_countries, Aside()))
    lent = {kind: lender.parts[kind] for kind, own in LENT_UNLESS.items() if not own & brought}
    aside = lender.aside if len(lent) < len(LENT_UNLESS) else Aside()
    return index_names(dataset, _aside(words, not_countries, aside), lent)


def _circles(themes: Record | None) -> Iterator[Problem]:
    """Yield the themes that are, by way of `broader`, above themselves."""
    above = {theme.id: theme.broader for theme in themes.themes} if isinstance(themes, ThemesFile) else {}
    for id_, broader in above.items():
        seen, step = [id_], broader
        while step is not None and step not in seen:
            seen.append(step)
            step = above.get(step)
        if step == id_:
            told = _("the theme {theme} is above itself by `broader`; mend one of {themes}")
            yield Problem("themes.yaml", Place(1, 1), told.format(theme=id_, themes=", ".join(seen)))


def _aside(words: Record | None, not_countries: tuple[str, ...], lent: Aside) -> Aside:
    own = words if isinstance(words, WordsFile) else WordsFile()
    return Aside(
        not_countries=lent.not_countries + not_countries,
        neutral=lent.neutral + _with_language(own.neutral),
        generic=lent.generic + _with_language(own.generic),
        people=lent.people + _with_language(own.people),
        persons=lent.persons + _with_language(own.persons),
        field=lent.field + _with_language(own.field),
        setting=lent.setting + _with_language(own.setting),
        hidden=lent.hidden + tuple(_labels(own)),
    )


def _read_values(files: dict[str, bytes], problems: list[Problem]) -> dict[str, object]:
    """Return what stands in each YAML file by its name; where there is but one, it may hold what others would."""
    values: dict[str, object] = {}
    for name in YAML_FILES:
        if name in files:
            before = len(problems)
            values[name] = read_yaml(files[name], name, problems)
            if values[name] is None and len(problems) == before:
                problems.append(Problem(name, Place(1, 1), _("this file is empty; see docs/data-format.md")))
    whole = values.get(MAIN)
    return {**spread(whole)} if files.keys() == {MAIN} and isinstance(whole, Mapping) else values


def _build(
    values: dict[str, object], alpha3: dict[str, str], problems: list[Problem], checkers: list[Checker]
) -> dict[str, Record]:
    """Return the record of each YAML file; what was noted while it was checked is in the *checkers* that are added."""
    built = {}
    for name, value in values.items():
        if value is not None:
            checker = Checker(name, problems, alpha3)
            built[name] = checker.build(YAML_FILES[name], value)
            checkers.append(checker)
    return built


def _extends(main: object) -> bool:
    """Return whether a mechanisms.yaml says only what is other than in the bundled data."""
    return isinstance(main, Mapping) and main.get("extends") == BUNDLED


def _extend(
    own: Mapping, base: Dataset | None, alpha3: dict[str, str], problems: list[Problem]
) -> tuple[Mapping, tuple[Correction, ...]]:
    """Return *own*, a mechanisms.yaml, laid over *base*, and what it corrects there."""
    from govmap.dataset.merge import Merger, corrections, plain  # noqa: PLC0415 - only for data that extend others

    def note(place: Place, text: str) -> None:
        problems.append(Problem(MAIN, place, text))

    if base is None:
        note(own.places["extends"], _("the bundled data cannot extend themselves; take `extends` out"))
        return own, ()
    merger = Merger(note, alpha3)
    merged = merger.files(plain(base, own.place), own)
    merger.mark(merged)
    return merged, corrections(merger.steps)


def _listed_countries(
    files: dict[str, bytes], part: object, problems: list[Problem], checkers: list[Checker]
) -> tuple[Country, ...]:
    """Return the countries that the data bring, from countries.csv or as a *part* of the one file there is."""
    if part is not None:
        checkers.append(Checker(COUNTRIES, problems))
        built = checkers[-1].build(CountriesPart, part)
        return built.countries if isinstance(built, CountriesPart) else ()
    return read_countries(files[COUNTRIES], COUNTRIES, problems) if COUNTRIES in files else ()


def _countries(
    files: dict[str, bytes], listed: tuple[Country, ...], base: Dataset | None, problems: list[Problem]
) -> tuple[tuple[Country, ...], tuple[str, ...]]:
    """Return the countries, those of *base* before those *listed*, and the texts that are no country's name."""
    known = {country.alpha3: country for country in base.countries} if base else {}
    known.update({country.alpha3: country for country in listed})
    for country in listed:
        if country.sovereign and country.sovereign not in known:
            what = _(
                "{country} names {code} as `sovereign`, which is no alpha-3 code; write one, or leave it empty"
            ).format(country=country.alpha3, code=quoted(country.sovereign))
            problems.append(Problem(COUNTRIES, Place(1, 1), what))
    aliases: list[tuple[str, str]] = []
    if "country_aliases.csv" in files:
        for line, code, alias in read_aliases(files["country_aliases.csv"], "country_aliases.csv", problems):
            aliases.append((code, alias))
            if code not in known and code != NOT_A_COUNTRY:
                what = _("{code} is not an alpha-3 code; write one, or - for what is no country's name")
                problems.append(Problem("country_aliases.csv", Place(line, 1), what.format(code=quoted(code))))
    nobody = tuple(alias for code, alias in aliases if code == NOT_A_COUNTRY)
    return with_aliases(tuple(known[code] for code in sorted(known)), aliases), nobody


def _with_language(words: dict[Language, tuple[Text, ...]]) -> tuple[tuple[str, str], ...]:
    return tuple((word, language) for language, listed in words.items() for word in listed)


def _labels(words: WordsFile) -> Iterator[Label]:
    """Yield every hidden label."""
    for theme, by_language in words.hidden.items():
        for language, labels in by_language.items():
            for label in labels:
                yield Label(label, theme, language, hidden=True)


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
                what = _("the {kind} {id} stands here again (first on line {line}); keep one")
                known_as = {"kind": _(given.kind), "id": given.id, "line": earlier.place.line}
                problems.append(Problem(given.file, given.place, what.format(**known_as)))
            known.setdefault(given.kind, set()).add(given.id)
    problems.extend(_alike(list(first.values())))
    unknown = [named for checker in checkers for named in checker.referred if named.id not in known.get(named.kind, ())]
    if unknown:
        codes = {fold(name): c.alpha3 for c in countries for name in (*c.names.values(), *c.other_names)}
        for named in unknown:
            near = nearest(named.id, known.get(named.kind, ()), len(problems))
            problems.append(Problem(named.file, named.place, _unknown(named, near, codes)))


def _alike(given: list[Reference]) -> Iterator[Problem]:
    """Yield ids that differ by case alone: nobody could type one and not the other."""
    folded: dict[tuple[str, str], Reference] = {}
    for reference in given:
        other = folded.setdefault((reference.kind, reference.id.casefold()), reference)
        if other is not reference:
            what = _("the id {id} differs from {other} by capitals alone; change one")
            yield Problem(reference.file, reference.place, what.format(id=reference.id, other=other.id))


def _unknown(named: Reference, near: str | None, codes: dict[str, str]) -> str:
    """Return what is wrong with an id that names nothing; *codes* are the codes of countries by folded name."""
    if named.kind == "country":
        if fold(named.id) in codes:
            told = _("{name} is a name, not a code; write {code}")
            return told.format(name=quoted(named.id), code=codes[fold(named.id)])
        if near and len(named.id) > 2:
            told = _("{code} is not an ISO 3166-1 code; did you mean {other}?")
            return told.format(code=quoted(named.id), other=near)
        told = _("{code} is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1")
        return told.format(code=quoted(named.id))
    lacking = _(NO_RECORD[named.kind]).format(id=quoted(named.id))
    if near:
        return _("{problem}; did you mean {other}?").format(problem=lacking, other=near)
    return _("{problem}; add it, or mend the id").format(problem=lacking)


def _assemble(
    built: dict[str, Record],
    countries: tuple[Country, ...],
    base: Dataset | None,
    corrections: tuple[Correction, ...],
) -> Dataset:
    """Return the dataset made of the checked files and of what *base* lends."""
    main, themes, sources = (built.get(name) for name in (MAIN, "themes.yaml", "sources.yaml"))
    assert isinstance(main, MechanismsFile)  # noqa: S101 - parse() refuses data without it
    own_themes = themes if isinstance(themes, ThemesFile) else ThemesFile()
    own_sources = sources.sources if isinstance(sources, SourcesFile) else ()
    return Dataset(
        about=main.about,
        mechanisms=tuple(_in_order(mechanism) for mechanism in main.mechanisms),
        agencies=_add(base.agencies if base else (), main.agencies),
        resolutions=main.resolutions,
        events=main.events,
        corrections=corrections or main.corrections,
        themes=_add(base.themes if base else (), own_themes.themes),
        categories=own_themes.categories or (base.categories if base else ()),
        sources=_add(base.sources if base else (), own_sources),
        countries=countries,
    )


def _cited(base: Dataset, checkers: list[Checker]) -> Dataset:
    """Return *base* with those of its sources alone on which something in the files rests."""
    cited = {named.id for checker in checkers for named in checker.referred if named.kind == "source"}
    return replace(base, sources=tuple(source for source in base.sources if source.id in cited))


def _add(base: tuple[Record, ...], own: tuple[Record, ...]) -> tuple:  # type: ignore[type-arg]  # any record with an id
    """Return the records of *base* and *own*; one of *own* replaces that of *base* with the same id."""
    merged = {record.id: record for record in (*base, *own)}  # type: ignore[attr-defined]  # as above
    return tuple(merged.values())


def _in_order(mechanism: Mechanism) -> Mechanism:
    """Return *mechanism* with its members in the order of their codes."""
    return replace(mechanism, members=tuple(sorted(mechanism.members, key=lambda m: (m.code, m.start or ""))))
