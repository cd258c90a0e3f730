"""The dataset as relational tables, for databases and spreadsheets: of every date, lists as tables of their own."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.export.columns import Row, Table, cells_of, make_table
from govmap.export.part_tables import evidence_of, evidence_tables, item_id, part_tables
from govmap.fields import Record
from govmap.language import LANGUAGES, Language, as_in_data, by_language
from govmap.mechanism_parts import find_part
from govmap.model import PARTS_AS_STORED, Agency, Dataset, FormerName, Mechanism


def tables_of(atlas: Atlas) -> tuple[Table, ...]:
    """Return the tables of the dataset of *atlas*; `in_force` tells what holds as of the date of the atlas."""
    dataset = atlas.dataset
    title, version, date, *others = cells_of(dataset.about, "about")
    tables = (
        make_table("about", [(title, version, date, atlas.as_of, *others)]),
        make_table("universe", ((code,) for code in atlas.universe)),
        *_of_mechanisms(atlas),
        *part_tables(atlas),
        *_of_countries(dataset),
        *_of_agencies(dataset),
        *_of_themes(dataset),
        make_table("sources", (cells_of(source, "sources") for source in dataset.sources)),
        make_table("source_authors", ((source.id, name) for source in dataset.sources for name in source.authors)),
        *evidence_tables(dataset),
        *_of_events(dataset),
        make_table("translations", _translations(atlas)),
        make_table("corrections", ((n, *cells_of(c, "corrections")) for n, c in enumerate(dataset.corrections, 1))),
    )
    return with_columns_explained(tables)


def with_columns_explained(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Return *tables* with one after the first that says what each column holds, its own too."""
    first, *others = tables
    every = (first, make_table("columns", ()), *others)
    rows = ((table.name, c.name, c.type, c.about, c.refers) for table in every for c in table.columns)
    return (first, make_table("columns", rows), *others)


def _of_mechanisms(atlas: Atlas) -> Iterator[Table]:
    every = atlas.dataset.mechanisms
    yield make_table("mechanisms", ((*cells_of(m, "mechanisms"), m.id in atlas.mechanisms) for m in every))
    names = ((m, name) for m in every for name in _names(m, m.proposed_names))
    find = find_part("groups")
    led = ((item_id(m, find, group), group) for m in every for group in m.groups)
    yield make_table("group_leads", ((id_, code) for id_, group in led for code in group.leads))
    yield make_table("mechanism_names", ((m.id, *name, name[0] in m.proposed_names) for m, name in names))
    former = [(m, name, f"{m.id}/{name.until}") for m in every for name in m.former_names]
    current = {m.id: m.names for m in atlas.mechanisms.values()}
    rows = ((id_, m.id, name.names["en"], name.until, current.get(m.id) == name.names) for m, name, id_ in former)
    yield make_table("mechanism_former_names", rows)
    names_then = ((id_, name, row) for _, name, id_ in former for row in _names(name, name.proposed_names))
    rows_then = ((id_, *row, row[0] in name.proposed_names) for id_, name, row in names_then)
    yield make_table("former_name_languages", rows_then)
    yield make_table("mechanism_aliases", ((m.id, alias) for m in every for alias in m.aliases))


def _names(body: Mechanism | Agency | FormerName, more: tuple[Language, ...] = ()) -> Iterator[Row]:
    """Yield each language in which *body* has a name or an acronym, with these; the languages of *more* too."""
    for language in LANGUAGES:
        if language in body.names or language in body.acronyms or language in more:
            yield language, body.names.get(language), body.acronyms.get(language)


def _of_countries(dataset: Dataset) -> Iterator[Table]:
    every = dataset.countries
    yield make_table("countries", (tuple(cell or None for cell in cells_of(c, "countries")) for c in every))
    yield make_table("country_names", ((c.alpha3, *name) for c in every for name in c.names.items()))
    yield make_table("country_aliases", ((c.alpha3, name) for c in every for name in c.other_names))


def _of_agencies(dataset: Dataset) -> Iterator[Table]:
    every = dataset.agencies
    yield make_table("agencies", (cells_of(agency, "agencies") for agency in every))
    yield make_table("agency_names", ((agency.id, *row) for agency in every for row in _names(agency)))
    yield make_table("agency_aliases", ((agency.id, alias) for agency in every for alias in agency.aliases))


def _of_themes(dataset: Dataset) -> Iterator[Table]:
    every, categories = dataset.themes, dataset.categories
    yield make_table("themes", (cells_of(theme, "themes") for theme in every))
    yield make_table("theme_labels", _labels(dataset))
    for field in ("related", "matches", "never_alone"):
        yield make_table(f"theme_{field}", ((theme.id, value) for theme in every for value in getattr(theme, field)))
    yield make_table("categories", (cells_of(category, "categories") for category in categories))
    yield make_table("category_labels", ((each.number, *label) for each in categories for label in each.labels.items()))
    yield make_table("category_themes", ((each.number, theme) for each in categories for theme in each.themes))


def _labels(dataset: Dataset) -> Iterator[Row]:
    for theme in dataset.themes:
        for language, label in theme.preferred.items():
            source = theme.label_sources.get(language)
            yield theme.id, language, "preferred", label, source, None if source is None else source == "X"
        for language, labels in theme.alternative.items():
            yield from ((theme.id, language, "alternative", label, None, None) for label in labels)


def _translations(atlas: Atlas) -> Iterator[Row]:
    """Yield each text of the data that is there by language, but names that have a table, by the column that has it."""
    for mechanism in atlas.dataset.mechanisms:
        yield from _texts("mechanisms", mechanism.id, mechanism)
        for part in PARTS_AS_STORED:
            for item in part.items(mechanism):
                yield from _texts(part.table, item_id(mechanism, part, item), item)
    for mechanism in atlas.dataset.mechanisms:
        for piece, id_, *_ in evidence_of(mechanism):
            yield from _texts("evidence", id_, piece)
    for number, event in enumerate(atlas.context.events, 1):
        yield from _texts("events", str(number), event)
    for resolution in atlas.context.resolutions:
        yield from _texts("resolutions", resolution.id, resolution)
    for source in atlas.context.sources:
        yield from _texts("sources", source.id, source)


def _texts(table: str, key: str, record: Record) -> Iterator[Row]:
    """Yield each language of each text of a record; `name_sources` says where some are published."""
    for column, field in zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True):
        texts = getattr(record, field)
        if column == field or texts is None:
            continue
        sources = getattr(record, "name_sources", {}) if column == "name" else {}
        every = {**dict.fromkeys(sources, as_in_data(texts)), **by_language(texts)}
        yield from ((table, key, column, language, text, sources.get(language)) for language, text in every.items())


def _of_events(dataset: Dataset) -> Iterator[Table]:
    """Yield the tables of events, which are numbered as they have no id, and of resolutions."""
    events, resolutions = list(enumerate(dataset.events, 1)), dataset.resolutions
    yield make_table("events", ((number, *cells_of(event, "events")) for number, event in events))
    for field in ("mechanisms", "countries", "facts", "themes", "sources"):
        yield make_table(f"event_{field}", ((n, value) for n, event in events for value in getattr(event, field) or ()))
    yield make_table("resolutions", (cells_of(resolution, "resolutions") for resolution in resolutions))
    points = [(each.id, point) for each in resolutions for point in each.points]
    yield make_table("resolution_points", ((id_, p.says, p.text, name) for id_, p in points for name in p.mechanisms))
    yield make_table("resolution_sources", ((each.id, source) for each in resolutions for source in each.sources))
