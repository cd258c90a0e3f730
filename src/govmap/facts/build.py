"""Writes the records of a dataset as rows of a database in the format of schema.sql."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from govmap.dates import last_day
from govmap.facts.database import Database
from govmap.facts.days import EVER, NEVER, Days, day_of, days_between, days_of
from govmap.facts.tables import described_tables, read_text
from govmap.language import LANGUAGES
from govmap.mechanism_parts import PARTS, Part
from govmap.model import PARTS_AS_STORED, Dataset, Evidence, FormerName, Mechanism, Theme
from govmap.names.index import NameIndex

VIEWS = ("tables.sql", "answers.sql")
ROWS_AT_ONCE = 20_000
ROLES = {"members": "relation", "observers": "role", "links": "kind"}  # the field of an item that is its role
# The fields of items that are columns under the same name.
COLUMNS = ("as_written", "since", "until", "joined_after", "joined_by", "seen", "pillar", "sub_body", "other_number")
FACT_TEXTS = ("names", "acronyms", "units", "notes")


def build(dataset: Dataset, names: NameIndex) -> Database:
    """Return a database in memory that holds a *dataset* and its *names*."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    write(connection, dataset, names)
    return Database(connection)


def write(database: sqlite3.Connection, dataset: Dataset, names: NameIndex, key: str = "") -> None:
    """Write the records of a dataset and the *names* of these to an empty database; raise sqlite3.Error if it fails.

    *key* identifies what they were read from.
    """
    # Nobody reads a database before it is whole, so it needs no journal.
    database.executescript("pragma journal_mode = off; pragma synchronous = off")
    database.executescript(read_text("schema.sql"))
    writer = _Writer(database)
    writer.context(dataset)
    for position, mechanism in enumerate(dataset.mechanisms, 1):
        writer.mechanism(position, mechanism)
    for part in names.PARTS:
        writer.row("name_index", part, bytes(names.read(part)))
    for table in described_tables():
        for column in table.columns:
            writer.row("columns", table.name, column.name, column.type, column.about, column.refers)
    writer.row("build", key)
    writer.flush()
    for views in VIEWS:
        database.executescript(read_text(views))
    database.commit()


class _Writer:
    """Collects rows by table, and hands out the numbers of facts, texts and assessments."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.ids: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def row(self, table: str, *cells: Any) -> None:
        """Add a row, of one cell for each column."""
        rows = self.rows[table]
        rows.append(cells)
        if len(rows) == ROWS_AT_ONCE:
            self.flush()

    def numbered(self, table: str, *cells: Any) -> int:
        """Add a row whose first column is its number; return that."""
        number = next(self.ids[table])
        self.row(table, number, *cells)
        return number

    def each(self, table: str, owner: str | int, values: Iterable[Any]) -> None:
        """Add a row for each value of a list: the owner of the list, the position, and the value, or several."""
        for position, value in enumerate(values, 1):
            self.row(table, owner, position, *(value if isinstance(value, tuple) else (value,)))

    def flush(self) -> None:
        """Write what was collected."""
        for table, rows in self.rows.items():
            places = ", ".join("?" * len(rows[0]))
            self.database.executemany(f"insert into {table} values ({places})", rows)
        self.rows.clear()

    def text(self, text: str | Mapping[Any, str] | None) -> int | None:
        """Add a text, in one language or by language; return its number."""
        if not text:
            return None
        if isinstance(text, str):
            return self.numbered("text", text, *(None for _ in LANGUAGES))
        return self.numbered("text", None, *map(text.get, LANGUAGES))

    def evidence(self, evidence: Evidence | None) -> int | None:
        """Add a piece of evidence with its sources; return its number."""
        if evidence is None:
            return None
        number = self.numbered("assessment", evidence.status, evidence.as_of, self.text(evidence.notes))
        self.each("assessment_source", number, evidence.sources)
        return number

    def context(self, dataset: Dataset) -> None:
        """Write all records but the mechanisms."""
        about = dataset.about
        date, day = about.reference_date, day_of(about.reference_date)
        fields = about.title, about.version, date, about.date, about.author, about.source, about.licence
        self.row("dataset", *fields, about.statement, date, day, "note")
        for position, code in enumerate(about.universe, 1):
            self.row("declared", position, code)
        for position, part in enumerate(PARTS_AS_STORED, 1):
            self.row("part", part.label, position, part.table, part.noun)
        for position, country in enumerate(dataset.countries, 1):
            codes = country.alpha3, position, country.alpha2, country.numeric
            self.row("country", *codes, country.kind, country.sovereign, country.region, self.text(country.names))
            self.aliases("country", country.alpha3, country.other_names)
        for position, agency in enumerate(dataset.agencies, 1):
            self.row("agency", agency.id, position, self.text(agency.names), self.text(agency.acronyms))
            self.aliases("agency", agency.id, agency.aliases)
        for position, source in enumerate(dataset.sources, 1):
            texts = self.text(source.titles), self.text(source.publishers)
            dates = source.date, source.url, source.kind, source.looked_up
            self.row("source", source.id, position, *texts, *dates, source.language, source.isbn, source.series)
            self.each("source_author", source.id, source.authors)
        for position, theme in enumerate(dataset.themes, 1):
            self.theme(position, theme)
        for position, category in enumerate(dataset.categories, 1):
            self.row("category", category.number, position, category.label, self.text(category.labels))
            self.each("category_theme", category.number, category.themes)
        self.happened(dataset)
        for correction in dataset.corrections:
            of = correction.kind, correction.id, correction.part, correction.item
            self.numbered("correction", *of, correction.change, correction.since)

    def aliases(self, kind: str, id_: str, names: Iterable[str]) -> None:
        """Write other names of a record."""
        for position, name in enumerate(names, 1):
            self.row("alias", kind, id_, position, name)

    def theme(self, position: int, theme: Theme) -> None:
        """Write a theme with its labels."""
        self.row("theme", theme.id, position, self.text(theme.preferred), theme.broader, theme.note)
        self.each("theme_neighbour", theme.id, theme.related)
        self.each("theme_match", theme.id, theme.matches)
        self.each("theme_word", theme.id, theme.never_alone)
        self.each("theme_label_source", theme.id, theme.label_sources.items())
        labels = ((language, label) for language, labels in theme.alternative.items() for label in labels)
        self.each("theme_label", theme.id, labels)

    def happened(self, dataset: Dataset) -> None:
        """Write events and resolutions."""
        for event in dataset.events:
            text = self.text(event.texts)
            concerns = event.concerns, event.carried, event.as_written
            number = self.numbered("event", event.date, event.until, event.kind, text, *concerns)
            self.each("event_mechanism", number, event.mechanisms)
            self.each("event_country", number, event.countries)
            self.each("event_fact", number, event.facts or ())
            self.each("event_theme", number, event.themes)
            self.each("event_source", number, event.sources)
        for position, resolution in enumerate(dataset.resolutions, 1):
            head = resolution.id, position, resolution.number, resolution.title, self.text(resolution.bodies)
            dates = resolution.kind, resolution.date, resolution.until, resolution.as_written
            self.row("resolution", *head, *dates, self.text(resolution.notes))
            self.each("resolution_source", resolution.id, resolution.sources)
            for point in resolution.points:
                number = self.numbered("point", resolution.id, point.says, self.text(point.texts))
                self.each("point_mechanism", number, point.mechanisms)

    def mechanism(self, position: int, mechanism: Mechanism) -> None:
        """Write a mechanism with all its facts."""
        m, days = mechanism, days_between(mechanism.founded, mechanism.until)
        kinds = m.kind, m.scope, m.coverage, m.relation, m.parent, m.founded, m.until, m.website, m.as_written
        lists = m.members_as_written, m.group_label, m.groups_as_written, m.numbering
        notes = self.text(m.notes), self.text(m.secretariats_notes)
        self.row("mechanism", m.id, position, *kinds, notes[0], *lists, notes[1], days.begins, days.ends)
        self.aliases("mechanism", m.id, m.aliases)
        shared = {label: self.evidence(evidence) for label, evidence in m.evidence.items()}
        for at, (label, number) in enumerate(shared.items(), 1):
            self.row("list", m.id, at, label, number)
        self.names(mechanism)
        for part in PARTS:
            named = zip(part.items(mechanism), part.ids(mechanism), strict=True)
            for at, (item, key) in enumerate(named, 1):
                self.item(mechanism.id, part, at, item, key)

    def names(self, mechanism: Mechanism) -> None:
        """Write the names of a mechanism: each is a fact that ends where the next one begins."""
        begins = EVER
        every: list[FormerName | Mechanism] = sorted(mechanism.former_names, key=lambda name: last_day(name.until))
        for name in (*every, mechanism):
            is_former = isinstance(name, FormerName)
            ends = last_day(name.until) if isinstance(name, FormerName) else NEVER
            position = mechanism.former_names.index(name) + 1 if isinstance(name, FormerName) else 0
            key = f"{mechanism.id}/{name.until}" if is_former else mechanism.id
            cells = {"until": name.until if is_former else None, "evidence": name.evidence if is_former else None}
            self.fact(mechanism.id, "names", ("", key), position, Days(begins, begins, ends), name, **cells)
            begins = ends

    def item(self, mechanism: str, part: Part, position: int, item: Any, key: str) -> None:
        """Write an item of a list of a mechanism, with its themes and the countries that lead it."""
        cells = {"role": getattr(item, ROLES.get(part.field, ""), None), "evidence": getattr(item, "evidence", None)}
        if part.field == "links":
            cells["since"] = item.date
        named = str(getattr(item, part.key)), key
        fact = self.fact(mechanism, part.label, named, position, days_of(part, item), item, **cells)
        self.each("fact_theme", fact, getattr(item, "themes", ()))
        led_since = getattr(item, "leads_since", None)
        begins = days_between(led_since, None).begins
        self.each("fact_lead", fact, ((code, begins) for code in getattr(item, "leads", ())))

    def fact(
        self, mechanism: str, part: str, named: tuple[str, str], position: int, days: Days, item: Any, **cells: Any
    ) -> int:
        """Write one fact, whose cells are fields of an *item* but for those given; return its number."""
        texts = [self.text(getattr(item, field, None)) for field in FACT_TEXTS]
        if texts[0]:
            self.wordings(texts[0], item)
        plain = [cells[name] if name in cells else getattr(item, name, None) for name in COLUMNS]
        evidence = self.evidence(cells["evidence"])
        leads_since = getattr(item, "leads_since", None)
        head = mechanism, part, *named, position, cells.get("role"), *texts
        return self.numbered("fact", *head, *plain, leads_since, *days, evidence)

    def wordings(self, text: int, item: Any) -> None:
        """Write where the languages of a name come from."""
        proposed = ((language, None) for language in dict.fromkeys(getattr(item, "proposed_names", ())))
        self.each("wording", text, (*proposed, *getattr(item, "name_sources", {}).items()))
