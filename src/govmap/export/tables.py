"""The dataset as relational tables, for databases and spreadsheets: of every date, lists as tables of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.export import columns as c
from govmap.export.columns import Column, Row, Table, links
from govmap.export.part_tables import evidence_tables, part_tables
from govmap.fields import Record
from govmap.language import LANGUAGES, Language
from govmap.model import Agency, Dataset, FormerName, Mechanism

ID = ("id",)


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
        Table(
            "sources", "The documents and pages that facts rest on", ID, c.SOURCES, _rows(dataset.sources, c.SOURCES)
        ),
        *evidence_tables(dataset),
        *_of_events(dataset),
    )


def _about(atlas: Atlas) -> Table:
    about = atlas.dataset.about
    dates = (about.reference_date, atlas.as_of)
    row = (about.title, about.version, *dates, about.author, about.source, about.licence, about.statement)
    return Table("about", "What the dataset is", ("title",), c.ABOUT, (row,))


def _of_mechanisms(atlas: Atlas) -> Iterator[Table]:
    every = atlas.dataset.mechanisms
    rows = tuple((*_cells(m, c.MECHANISMS[:-1]), m.id in atlas.mechanisms) for m in every)
    yield Table("mechanisms", "The mechanisms", ID, c.MECHANISMS, rows)
    names = tuple((m.id, *row, row[0] in m.proposed_names) for m in every for row in _names(m, m.proposed_names))
    columns: tuple[Column, ...] = (c.MECHANISM, *c.NAMES, c.PROPOSED)
    yield Table("mechanism_names", "Their names and acronyms", ("mechanism", "language"), columns, names)
    former = [(m, name, f"{m.id}/{name.until}") for m in every for name in m.former_names]
    held = {m.id: m.names for m in atlas.mechanisms.values()}
    rows = tuple((id_, m.id, name.names["en"], name.until, held.get(m.id) == name.names) for m, name, id_ in former)
    yield Table("mechanism_former_names", "What they were called before", ID, c.FORMER_NAMES, rows)
    rows = tuple((id_, *row) for _, name, id_ in former for row in _names(name))
    columns, about = (c.FORMER_NAME, *c.NAMES), "Former names and acronyms by language"
    yield Table("former_name_languages", about, ("former_name", "language"), columns, rows)
    aliases = ((m.id, alias) for m in every for alias in m.aliases)
    yield links("mechanism_aliases", "Their other names", c.MECHANISM, c.ALIAS, aliases)


def _names(
    body: Mechanism | Agency | FormerName, more: tuple[Language, ...] = ()
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each language in which *body* has a name or an acronym, with these; the languages of *more* too."""
    for language in LANGUAGES:
        if language in body.names or language in body.acronyms or language in more:
            yield language, body.names.get(language), body.acronyms.get(language)


def _of_countries(dataset: Dataset) -> Iterator[Table]:
    every = dataset.countries
    rows = tuple(
        (one.alpha3, one.alpha2 or None, one.numeric or None, one.name, one.kind, one.sovereign, one.region)
        for one in every
    )
    yield Table("countries", "All territories that are known by name", ("alpha3",), c.COUNTRIES, rows)
    names = tuple((one.alpha3, language, name) for one in every for language, name in one.names.items())
    columns = (c.COUNTRY, c.LANGUAGE, c.NAME._replace(about="Name in that language"))
    yield Table("country_names", "Their names", ("country", "language"), columns, names)
    others = ((one.alpha3, name) for one in every for name in one.other_names)
    yield links("country_aliases", "Their other names", c.COUNTRY, c.ALIAS, others)


def _of_agencies(dataset: Dataset) -> Iterator[Table]:
    every = dataset.agencies
    columns: tuple[Column, ...] = (c.ID, c.NAME)
    yield Table("agencies", "Organisations that serve as secretariat", ID, columns, _rows(every, columns))
    names = tuple((one.id, *row) for one in every for row in _names(one))
    columns = (c.AGENCY, *c.NAMES)
    yield Table("agency_names", "Their names and acronyms", ("agency", "language"), columns, names)
    aliases = ((one.id, alias) for one in every for alias in one.aliases)
    yield links("agency_aliases", "Their other names", c.AGENCY, c.ALIAS, aliases)


def _of_themes(dataset: Dataset) -> Iterator[Table]:
    every = dataset.themes
    yield Table("themes", "The vocabulary of themes", ID, c.THEMES, _rows(every, c.THEMES))
    key = ("theme", "language", "kind", "label")
    yield Table("theme_labels", "Their labels", key, c.THEME_LABELS, tuple(dict.fromkeys(_labels(dataset))))
    for field, about, right in (
        ("related", "Themes that lie near each other", c.THEME._replace(name="related", about="A theme beside it")),
        ("matches", "Their matches in other vocabularies", c.CONCEPT),
        ("never_alone", "Words that alone do not stand for them", c.WORD),
    ):
        pairs = ((theme.id, value) for theme in every for value in getattr(theme, field))
        yield links(f"theme_{field}", about, c.THEME, right, pairs)
    columns = (c.NUMBER, c.LABEL)
    rows = _rows(dataset.categories, columns)
    yield Table("categories", "The source's own categories of issues", ("number",), columns, rows)
    themes = ((category.number, theme) for category in dataset.categories for theme in category.themes)
    yield links("category_themes", "The themes of a category", c.CATEGORY, c.THEME, themes)


def _labels(dataset: Dataset) -> Iterator[Row]:
    for theme in dataset.themes:
        for language, label in theme.preferred.items():
            source = theme.label_sources.get(language)
            yield theme.id, language, "preferred", label, source, None if source is None else source == "X"
        for language, labels in theme.alternative.items():
            for label in labels:
                yield theme.id, language, "alternative", label, None, None


def _of_events(dataset: Dataset) -> Iterator[Table]:
    every = tuple(enumerate(dataset.events, 1))
    rows = tuple((number, *_cells(event, c.EVENTS[1:])) for number, event in every)
    yield Table("events", "What happened, and when", ("number",), c.EVENTS, rows)
    for field, right in (("mechanisms", c.MECHANISM), ("countries", c.COUNTRY), ("sources", c.SOURCE)):
        pairs = ((number, value) for number, event in every for value in getattr(event, field))
        yield links(f"event_{field}", f"The {field} of an event", c.EVENT, right, pairs)
    about, rows = "Resolutions and declarations that the source rests on", _rows(dataset.resolutions, c.RESOLUTIONS)
    yield Table("resolutions", about, ID, c.RESOLUTIONS, rows)
    sources = ((resolution.id, source) for resolution in dataset.resolutions for source in resolution.sources)
    yield links("resolution_sources", "The sources of a resolution", c.RESOLUTION, c.SOURCE, sources)
    corrected = tuple((n, *_cells(one, c.CORRECTIONS[1:])) for n, one in enumerate(dataset.corrections, 1))
    yield Table("corrections", "What own data have other than the bundled", ("number",), c.CORRECTIONS, corrected)


def _cells(record: Record, columns: tuple[Column, ...]) -> Row:
    return tuple(getattr(record, column.name) for column in columns)


def _rows(records: Iterable[Record], columns: tuple[Column, ...]) -> tuple[Row, ...]:
    return tuple(_cells(record, columns) for record in records)
