"""Reads mechanisms with the facts on them: those of all dates, or those that hold on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, get_args

from msgspec.structs import fields

from govmap.facts.query import Query, grouped_by_key, record_of
from govmap.mechanism_parts import PARTS, Part
from govmap.model import FormerName, Mechanism

# The facts on some mechanisms, and their lists.
MECHANISMS = "from mechanism where id in (select value from json_each(:ids))"
FACTS = "from fact where mechanism in (select value from json_each(:ids))"
LISTS = "from list where mechanism in (select value from json_each(:ids))"
# What holds on a day; names stay, for a mechanism knows what it was called before and since.
HOLDS = """and (
  part = 'names'
  or begins <= :day and :day < ends
  and (part <> 'links' or item in (select id from mechanism where begins <= :day and :day < ends))
)"""
RECORDS = {field.name: get_args(field.type)[0] for field in fields(Mechanism) if field.name in {p.field for p in PARTS}}


def read_mechanisms(query: Query, ids: list[str], day: str | None = None) -> tuple[Mechanism, ...]:
    """Return the mechanisms with *ids*, in the order of the dataset, with what holds on a *day*, by default all."""
    rows = query.rows(f"select * {MECHANISMS} order by position", ids=ids)
    return tuple(map(_Reader(query, rows, day).mechanism, rows))


class _Reader:
    """The facts on some mechanisms and what they refer to, each kind found by one query for all."""

    def __init__(self, query: Query, mechanisms: list[sqlite3.Row], day: str | None) -> None:
        self.day = day
        self.relations = {row["id"]: row["relation"] for row in mechanisms}
        ids = list(self.relations)
        asked = {"ids": ids, "day": day}
        facts = f"{FACTS} {HOLDS if day else ''}"
        numbers = [f"select {column} {facts}" for column in ("name", "acronym", "unit", "note")]
        numbers += [f"select {column} {MECHANISMS}" for column in ("note", "secretariats_note")]
        self.texts = query.texts(" union all ".join(numbers), **asked)
        self.wordings = query.lists("wording", f"where text in (select name {facts})", **asked)
        self.evidence = query.evidence(f"select evidence {facts} union all select evidence {LISTS}", **asked)
        self.themes = query.lists("fact_theme", f"where fact in (select id {facts})", **asked)
        self.leads = query.lists("fact_lead", f"where fact in (select id {facts})", **asked)
        self.aliases = query.aliases("mechanism", ids)
        lists = query.rows(f"select * {LISTS} order by mechanism, position", ids=ids)
        self.lists = grouped_by_key((row["mechanism"], row) for row in lists)
        rows = query.rows(f"select * {facts} order by mechanism, part, position", **asked)
        self.facts = grouped_by_key(((row["mechanism"], row["part"]), row) for row in rows)

    def mechanism(self, row: sqlite3.Row) -> Mechanism:
        """Return the mechanism in a row."""
        items = {part.field: tuple(self.items(part, row["id"])) for part in PARTS}
        return record_of(
            Mechanism,
            row,
            notes=self.texts.get(row["note"]),
            secretariats_notes=self.texts.get(row["secretariats_note"]),
            aliases=self.aliases[row["id"]],
            evidence={each["part"]: self.evidence[each["evidence"]] for each in self.lists[row["id"]]},
            **self.names(row["id"]),
            **items,
        )

    def names(self, mechanism: str) -> dict[str, Any]:
        """Return the fields that hold the name on the day, which is the present one by default, and former names."""
        names = self.facts[mechanism, "names"]
        shown = next(name for name in names if _is_shown(name, self.day))
        former = (
            FormerName(**self.name(name), until=name["until"], evidence=self.evidence.get(name["evidence"]))
            for name in names
            if name["until"]
        )
        return {**self.name(shown), "former_names": tuple(former)}

    def name(self, fact: sqlite3.Row) -> dict[str, Any]:
        """Return the fields of a name of a mechanism."""
        return {
            "names": self.texts[fact["name"]],
            "acronyms": self.texts.get(fact["acronym"], {}),
            "proposed_names": tuple(language for language, _source in self.wordings[fact["name"]]),
        }

    def items(self, part: Part, mechanism: str) -> Iterator[Any]:
        """Yield the items of a part of a mechanism."""
        kind, facts = RECORDS[part.field], self.facts[mechanism, part.label]
        if self.day and part.label == "members" and len({fact["item"] for fact in facts}) < len(facts):
            facts = _latest(facts)
        for fact in facts:
            key = int(fact["item"]) if part.key == "number" else fact["item"]
            yield kind(**{part.key: key}, **{name: read(self, fact) for name, read in READERS[part.field]})

    def relation(self, fact: sqlite3.Row) -> str | None:
        """Return what a member is; as of a day, what those of its mechanism are where it does not say otherwise."""
        role: str | None = fact["role"]
        return role or (self.relations[fact["mechanism"]] or "member" if self.day else None)

    def heading(self, column: str, part: str, fact: sqlite3.Row) -> Any:
        """Return the heading of a group; as of a day, none that its mechanism does not have on that day."""
        key = fact[column]
        if key is None or not self.day:
            return key
        return key if str(key) in (heading["item"] for heading in self.facts[fact["mechanism"], part]) else None

    def leads_of(self, fact: sqlite3.Row) -> tuple[str, ...]:
        """Return the countries that lead a group."""
        return tuple(code for code, begins in self.leads[fact["id"]] if not self.day or begins <= self.day)


Read = Callable[[_Reader, sqlite3.Row], Any]
# How the fields of items are read that are no column of the same name.
OTHERS: dict[str, Read] = {
    "relation": _Reader.relation,
    "kind": lambda _reader, fact: fact["role"],
    "date": lambda _reader, fact: fact["since"],
    "names": lambda reader, fact: reader.texts.get(fact["name"]),
    "units": lambda reader, fact: reader.texts.get(fact["unit"]),
    "notes": lambda reader, fact: reader.texts.get(fact["note"]),
    "name_sources": lambda reader, fact: dict(reader.wordings[fact["name"]]),
    "themes": lambda reader, fact: reader.themes[fact["id"]],
    "leads": _Reader.leads_of,
    "pillar": lambda reader, fact: reader.heading("pillar", "pillars", fact),
    "sub_body": lambda reader, fact: reader.heading("sub_body", "bodies", fact),
    "evidence": lambda reader, fact: reader.evidence.get(fact["evidence"]),
}


def _column(name: str) -> Read:
    return lambda _reader, fact: fact[name]


READERS = {
    part.field: [
        (name, OTHERS.get(name) or _column(name)) for name in RECORDS[part.field].__struct_fields__ if name != part.key
    ]
    for part in PARTS
}


def _latest(spells: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """Return one spell of each country: where part-dates let two of them meet, the later one."""
    latest = {spell["item"]: spell for spell in sorted(spells, key=lambda spell: str(spell["begins"]))}
    return [latest[country] for country in sorted(latest)]


def _is_shown(name: sqlite3.Row, day: str | None) -> bool:
    """Return whether a row holds the name on a day, by default the present one."""
    return name["begins"] <= day < name["ends"] if day else name["until"] is None
