"""A dataset in a database of facts: its records of all dates, and its mechanisms as of a day."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from govmap.facts.mechanisms import read_mechanisms
from govmap.facts.query import Query, grouped_by_key, record_of
from govmap.language import Language
from govmap.model import (
    About,
    Agency,
    Category,
    Correction,
    Country,
    Dataset,
    Event,
    Mechanism,
    Named,
    Point,
    Resolution,
    Source,
    Theme,
)
from govmap.names.index import NameIndex


class Head(Struct, Named, frozen=True):
    """The header of a mechanism: what a list of mechanisms shows. `names` are those of a day, or the present ones."""

    id: str
    names: dict[Language, str]
    scope: str
    coverage: str
    founded: str | None
    until: str | None
    proposed_names: tuple[Language, ...] = ()


class Database(Query):
    """A dataset in a database of the format of schema.sql, each kind of record read when it is first asked for."""

    @classmethod
    def open(cls, path: str) -> Database:
        """Return the database at an absolute *path*, which is only read; raise sqlite3.Error where there is none."""
        escaped = path.replace(os.sep, "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        address = f"file://{'' if escaped.startswith('/') else '/'}{escaped}"  # of C:/, too
        return cls(sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, check_same_thread=False))

    @classmethod
    def holding(cls, content: bytes) -> Database:
        """Return the database whose file has a *content*, in memory."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(content)
        return cls(connection)

    @cached_property
    def key(self) -> str:
        """What identifies the contents that the database was built from; empty for one in memory."""
        key: str = self.column("select key from build")[0]
        return key

    @cached_property
    def about(self) -> About:
        """What the dataset is."""
        (row,) = self.rows("select * from dataset")
        universe = self.column("select country from declared order by position")
        return record_of(About, row, universe=tuple(universe))

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """All countries that are known by name."""
        texts, aliases = self.texts("select name from country"), self.aliases("country")
        rows = self.rows("select * from country order by position")
        return tuple(
            record_of(Country, row, alpha3=row["id"], names=texts.get(row["name"], {}), other_names=aliases[row["id"]])
            for row in rows
        )

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """All organisations that serve as secretariat."""
        texts, aliases = (
            self.texts("select name from agency union all select acronym from agency"),
            self.aliases("agency"),
        )
        rows = self.rows("select * from agency order by position")
        return tuple(
            Agency(row["id"], texts[row["name"]], texts.get(row["acronym"], {}), aliases[row["id"]]) for row in rows
        )

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The vocabulary of themes."""
        texts = self.texts("select label from theme")
        related, matches = self.lists("theme_neighbour"), self.lists("theme_match")
        words, labels, sources = (self.lists(table) for table in ("theme_word", "theme_label", "theme_label_source"))
        return tuple(
            Theme(
                id=row["id"],
                preferred=texts[row["label"]],
                broader=row["broader"],
                related=related[row["id"]],
                alternative={language: tuple(each) for language, each in grouped_by_key(labels[row["id"]]).items()},
                label_sources=dict(sources[row["id"]]),
                matches=matches[row["id"]],
                never_alone=words[row["id"]],
                note=row["note"],
            )
            for row in self.rows("select * from theme order by position")
        )

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """The categories of issues of the dataset's source."""
        texts, themes = self.texts("select labels from category"), self.lists("category_theme")
        rows = self.rows("select * from category order by position")
        return tuple(
            Category(row["number"], row["label"], themes[row["number"]], texts.get(row["labels"], {})) for row in rows
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents and pages that facts rest on."""
        texts = self.texts("select title from source union all select publisher from source")
        authors = self.lists("source_author")
        rows = self.rows("select * from source order by position")
        return tuple(
            record_of(
                Source, row, titles=texts[row["title"]], publishers=texts[row["publisher"]], authors=authors[row["id"]]
            )
            for row in rows
        )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened, in the order of the data files."""
        texts = self.texts("select text from event")
        mechanisms, countries, facts, themes, sources = (
            self.lists(f"event_{of}") for of in ("mechanism", "country", "fact", "theme", "source")
        )
        return tuple(
            record_of(
                Event,
                row,
                texts=texts[row["text"]],
                facts=facts[row["id"]] if row["carried"] else None,
                mechanisms=mechanisms[row["id"]],
                countries=countries[row["id"]],
                themes=themes[row["id"]],
                sources=sources[row["id"]],
            )
            for row in self.rows("select * from event order by id")
        )

    @cached_property
    def resolutions(self) -> tuple[Resolution, ...]:
        """The resolutions and declarations that the dataset's source rests on."""
        texts = self.texts(
            "select body from resolution union all select note from resolution union all select text from point"
        )
        sources, mechanisms = self.lists("resolution_source"), self.lists("point_mechanism")
        points: defaultdict[str, list[Point]] = defaultdict(list)
        for row in self.rows("select * from point order by id"):
            points[row["resolution"]].append(Point(row["says"], texts[row["text"]], mechanisms[row["id"]]))
        return tuple(
            record_of(
                Resolution,
                row,
                bodies=texts[row["body"]],
                notes=texts.get(row["note"]),
                sources=sources[row["id"]],
                points=tuple(points[row["id"]]),
            )
            for row in self.rows("select * from resolution order by position")
        )

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What own data have other than the bundled ones that they extend."""
        rows = self.rows("select * from correction order by id")
        return tuple(record_of(Correction, row, id=row["record"]) for row in rows)

    @cached_property
    def dataset(self) -> Dataset:
        """All records, of every date."""
        ids = self.column("select id from mechanism order by position")
        return Dataset(
            about=self.about,
            mechanisms=self.mechanisms(ids),
            agencies=self.agencies,
            resolutions=self.resolutions,
            events=self.events,
            themes=self.themes,
            categories=self.categories,
            sources=self.sources,
            countries=self.countries,
            corrections=self.corrections,
        )

    def mechanisms(self, ids: Iterable[str], day: str | None = None) -> tuple[Mechanism, ...]:
        """Return the mechanisms with *ids*, in the order of the dataset, with what holds on a *day*, by default all."""
        return read_mechanisms(self, list(ids), day)

    @cached_property
    def names(self) -> NameIndex:
        """The folded names of the records."""
        query = "select content from name_index where part = :part"
        return NameIndex(lambda part: bytes(self.column(query, part=part)[0]))

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The headers of all mechanisms, in the order of the dataset."""
        return tuple(self._heads("fact.until is null"))

    def heads_on(self, day: str, ids: list[str]) -> tuple[Head, ...]:
        """Return the headers of the mechanisms with *ids*, with the names of a *day*, in the order of the dataset."""
        named = "fact.begins <= :day and :day < fact.ends and mechanism.id in (select value from json_each(:ids))"
        return tuple(self._heads(named, day=day, ids=ids))

    def head(self, id_: str) -> Head:
        """Return the header of the mechanism with an id; raise KeyError where there is none."""
        return self._heads_by_id[id_]

    def find_head(self, id_: str) -> Head | None:
        """Return the header of the mechanism with an id, None where there is none."""
        return self._heads_by_id.get(id_)

    @cached_property
    def _heads_by_id(self) -> dict[str, Head]:
        return {head.id: head for head in self.heads}

    def _heads(self, named: str, **values: Any) -> Iterator[Head]:
        """Yield the headers of the mechanisms that have a name which meets a condition."""
        names = f"from mechanism join fact on fact.mechanism = mechanism.id and fact.part = 'names' and {named}"
        texts = self.texts(f"select fact.name {names}", **values)
        proposed = self.lists("wording", f"where text in (select fact.name {names})", **values)
        for row in self.rows(f"select mechanism.*, fact.name {names} order by mechanism.position", **values):
            languages = tuple(language for language, _source in proposed[row["name"]])
            yield record_of(Head, row, names=texts[row["name"]], proposed_names=languages)
