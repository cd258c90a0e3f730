"""The dataset as relational tables, for databases and spreadsheets: of every date, lists as tables of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.export import columns as c
from govmap.export.columns import Column, Row, Table, links
from govmap.export.part_tables import evidence_tables, part_tables
from govmap.fields import Record
from govmap.language import LANGUAGES, Language
from govmap.model import (
    About,
    Agency,
    Category,
    Correction,
    Country,
    Dataset,
    Event,
    FormerName,
    Mechanism,
    Resolution,
    Source,
    Theme,
)

ID = ("id",)
LAST_DAY = "Last day, of what took more than one"
MECHANISM_FIELDS = (
    *("id", "name", "kind", "coverage", "relation", "parent", "founded", "until", "website", "as_written"),
    *("members_as_written", "group_label", "groups_as_written", "numbering", "secretariats_note", "note"),
)
SOURCE_COLUMNS = c.columns_of(Source, ("id", "title", "publisher", "date", "url", "kind", "looked_up", "isbn"))


def tables_of(atlas: Atlas) -> tuple[Table, ...]:
    """Return the tables of the dataset of *atlas*; `in_force` tells what holds as of the date of the atlas."""
    dataset = atlas.dataset
    return (
        _about(atlas),
        *_of_mechanisms(atlas),
        *part_tables(atlas),
        *_of_countries(dataset),
        *_of_agencies(dataset),
        *_of_themes(dataset),
        _records("sources", "The documents and pages that facts rest on", dataset.sources, SOURCE_COLUMNS),
        *evidence_tables(dataset),
        *_of_events(dataset),
        *_of_resolutions(dataset),
        _of_corrections(dataset),
    )


def _records(name: str, about: str, records: Iterable[Record], columns: tuple[Column, ...], key: str = "id") -> Table:
    """Return the table of records that have a field or property for each of *columns*."""
    return Table(name, about, (key,), columns, tuple(_cells(record, columns) for record in records))


def _numbered(name: str, about: str, records: Iterable[Record], number: str, columns: tuple[Column, ...]) -> Table:
    """Return the table of records that have no id, which are numbered from 1."""
    rows = tuple((n, *_cells(record, columns)) for n, record in enumerate(records, 1))
    return Table(name, about, ("number",), (c.column("number", number, "integer"), *columns), rows)


def _cells(record: Record, columns: tuple[Column, ...]) -> Row:
    return tuple(getattr(record, column.name) for column in columns)


def _about(atlas: Atlas) -> Table:
    about = atlas.dataset.about
    names = ("title", "version", "reference_date", "author", "source", "licence", "statement")
    columns = c.columns_of(About, names)
    as_of = c.column("as_of", "The date for which in_force answers in this export", "date")
    row = _cells(about, columns)
    columns, row = (*columns[:3], as_of, *columns[3:]), (*row[:3], atlas.as_of, *row[3:])
    return Table("about", "What the dataset is", ("title",), columns, (row,))


def _of_mechanisms(atlas: Atlas) -> Iterator[Table]:
    every = atlas.dataset.mechanisms
    columns = c.columns_of(
        Mechanism,
        MECHANISM_FIELDS,
        relation="What being listed means: member, associate, observer, endorser or covered",
        until="First day on which it no longer existed; empty where it has not ended",
    )
    rows: Iterable[Row] = ((*_cells(m, columns), m.id in atlas.mechanisms) for m in every)
    existed = c.IN_FORCE._replace(about="Whether it existed as of the date of the export")
    yield Table("mechanisms", "The mechanisms", ID, (*columns, existed), tuple(rows))
    rows = ((m.id, *row, row[0] in m.proposed_names) for m in every for row in _names(m, m.proposed_names))
    columns = (c.MECHANISM, *c.IN_LANGUAGE, c.column("proposed", type_="boolean"))
    yield Table("mechanism_names", "Their names and acronyms", ("mechanism", "language"), columns, tuple(rows))
    yield from _of_former_names(atlas)
    aliases = ((m.id, alias) for m in every for alias in m.aliases)
    yield links("mechanism_aliases", "Their other names", c.MECHANISM, c.ALIAS, aliases)


def _of_former_names(atlas: Atlas) -> Iterator[Table]:
    former = [(m, name, f"{m.id}/{name.until}") for m in atlas.dataset.mechanisms for name in m.former_names]
    held = {m.id: m.names for m in atlas.mechanisms.values()}
    rows = tuple((id_, m.id, name.names["en"], name.until, held.get(m.id) == name.names) for m, name, id_ in former)
    until = c.column("until", "First day on which it was called otherwise", "date")
    in_force = c.IN_FORCE._replace(about="Whether it was so called as of the date of the export")
    columns: tuple[Column, ...] = (c.ID, c.MECHANISM, c.NAME, until, in_force)
    yield Table("mechanism_former_names", "What they were called before", ID, columns, rows)
    columns = (c.column("former_name", refers="mechanism_former_names"), *c.IN_LANGUAGE)
    names = tuple((id_, *row) for _, name, id_ in former for row in _names(name))
    about = "Former names and acronyms by language"
    yield Table("former_name_languages", about, ("former_name", "language"), columns, names)


def _names(
    body: Mechanism | Agency | FormerName, more: tuple[Language, ...] = ()
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each language in which *body* has a name or an acronym, with these; the languages of *more* too."""
    for language in LANGUAGES:
        if language in body.names or language in body.acronyms or language in more:
            yield language, body.names.get(language), body.acronyms.get(language)


def _of_countries(dataset: Dataset) -> Iterator[Table]:
    every = dataset.countries
    alpha3, *codes, name, kind, sovereign, region = c.columns_of(
        Country, ("alpha3", "alpha2", "numeric", "name", "kind", "sovereign", "region")
    )
    columns = (
        alpha3,
        *(code._replace(optional=True) for code in codes),
        name,
        kind,
        sovereign._replace(refers="countries"),
        region,
    )
    rows = tuple(tuple(cell or None for cell in _cells(country, columns)) for country in every)
    yield Table("countries", "All territories that are known by name", ("alpha3",), columns, rows)
    names = tuple((country.alpha3, language, name) for country in every for language, name in country.names.items())
    in_language = (c.COUNTRY, c.LANGUAGE, c.NAME._replace(about="Name in that language"))
    yield Table("country_names", "Their names", ("country", "language"), in_language, names)
    others = ((country.alpha3, name) for country in every for name in country.other_names)
    yield links("country_aliases", "Their other names", c.COUNTRY, c.ALIAS, others)


def _of_agencies(dataset: Dataset) -> Iterator[Table]:
    every = dataset.agencies
    yield _records("agencies", "Organisations that serve as secretariat", every, (c.ID, c.NAME))
    names = tuple((agency.id, *row) for agency in every for row in _names(agency))
    columns = (c.AGENCY, *c.IN_LANGUAGE)
    yield Table("agency_names", "Their names and acronyms", ("agency", "language"), columns, names)
    aliases = ((agency.id, alias) for agency in every for alias in agency.aliases)
    yield links("agency_aliases", "Their other names", c.AGENCY, c.ALIAS, aliases)


def _of_themes(dataset: Dataset) -> Iterator[Table]:
    every = dataset.themes
    columns = c.columns_of(Theme, ("id", "label", "broader", "note"), label="Preferred label in English")
    yield _records("themes", "The vocabulary of themes", every, columns)
    columns = (
        c.THEME,
        c.LANGUAGE,
        c.column("kind", "preferred or alternative, as in SKOS"),
        c.column("label"),
        c.column("label_source", optional=True),
        c.column("proposed", "Whether a preferred label is this dataset's own proposal", "boolean", optional=True),
    )
    key = ("theme", "language", "kind", "label")
    yield Table("theme_labels", "Their labels", key, columns, tuple(dict.fromkeys(_labels(dataset))))
    for field, about, right in (
        ("related", "Themes that lie near each other", c.column("related", refers="themes")),
        ("matches", "Their matches in other vocabularies", c.column("concept")),
        ("never_alone", "Words that alone do not stand for them", c.column("word")),
    ):
        pairs = ((theme.id, value) for theme in every for value in getattr(theme, field))
        yield links(f"theme_{field}", about, c.THEME, right, pairs)
    columns = c.columns_of(Category, ("number", "label"))
    yield _records("categories", "The source's own categories of issues", dataset.categories, columns, "number")
    left = c.column("category", type_="integer", refers="categories")
    themes = ((category.number, theme) for category in dataset.categories for theme in category.themes)
    yield links("category_themes", "The themes of a category", left, c.THEME, themes)


def _labels(dataset: Dataset) -> Iterator[Row]:
    for theme in dataset.themes:
        for language, label in theme.preferred.items():
            source = theme.label_sources.get(language)
            yield theme.id, language, "preferred", label, source, None if source is None else source == "X"
        for language, labels in theme.alternative.items():
            for label in labels:
                yield theme.id, language, "alternative", label, None, None


def _of_events(dataset: Dataset) -> Iterator[Table]:
    names = ("date", "until", "kind", "concerns", "carried", "text", "as_written")
    columns = c.columns_of(Event, names, until=LAST_DAY)
    yield _numbered("events", "What happened, and when", dataset.events, "Place in the list of events, from 1", columns)
    left = c.column("event", type_="integer", refers="events")
    for field, right in (("mechanisms", c.MECHANISM), ("countries", c.COUNTRY), ("sources", c.SOURCE)):
        pairs = ((number, value) for number, e in enumerate(dataset.events, 1) for value in getattr(e, field))
        yield links(f"event_{field}", f"The {field} of an event", left, right, pairs)


def _of_resolutions(dataset: Dataset) -> Iterator[Table]:
    names = ("id", "number", "title", "body", "kind", "date", "until", "as_written", "note")
    columns = c.columns_of(Resolution, names, number="Number, as the body writes it", until=LAST_DAY)
    about = "Resolutions and declarations that the source rests on"
    yield _records("resolutions", about, dataset.resolutions, columns)
    left = c.column("resolution", refers="resolutions")
    sources = ((resolution.id, source) for resolution in dataset.resolutions for source in resolution.sources)
    yield links("resolution_sources", "The sources of a resolution", left, c.SOURCE, sources)


def _of_corrections(dataset: Dataset) -> Table:
    columns = c.columns_of(
        Correction,
        ("kind", "id", "part", "item", "change"),
        id="Id of the record; of an event its date",
        part="The key of the record that is other, where it is not the whole record",
    )
    about = "What own data have other than the bundled"
    return _numbered("corrections", about, dataset.corrections, "Running number", columns)
