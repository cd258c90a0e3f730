"""Reads mechanisms with the facts on them: those of all dates, or those that hold on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
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
    reader = _Reader(query, ids, day)
    rows = query.rows(f"select * {MECHANISMS} order by position", ids=ids)
    return tuple(map(reader.mechanism, rows))


class _Reader:
    """The facts on some mechanisms and what they refer to, each kind found by one query for all."""

    def __init__(self, query: Query, ids: list[str], day: str | None) -> None:
        self.day = day
        asked = {"ids": ids, "day": day}
        facts = f"{FACTS} {HOLDS if day else ''}"
        numbers = [f"select {column} {facts}" for column in ("name", "acronym", "unit", "note")]
        numbers += [f"select {column} {MECHANISMS}" for column in ("note", "secretariats_note")]
        self.texts = query.texts(" union all ".join(numbers), **asked)
        self.wordings = query.lists("wording", f"where text in (select name {facts})", **asked)
        self.evidence = query.evidence(f"select evidence {facts} union all select evidence {LISTS}", **asked)
        self.themes = query.lists("fact_theme", f"where fact in (select id {facts})", **asked)
        self.leads = query.lists("fact_lead", f"where fact in (select id {facts})", **asked)
        self.aliases = query.aliases("mechanism")
        lists = query.rows(f"select * {LISTS} order by mechanism, position", ids=ids)
        self.lists = grouped_by_key((row["mechanism"], row) for row in lists)
        rows = query.rows(f"select * {facts} order by mechanism, part, position", **asked)
        self.facts = grouped_by_key(((row["mechanism"], row["part"]), row) for row in rows)

    def mechanism(self, row: sqlite3.Row) -> Mechanism:
        """Return the mechanism in a row."""
        items = {part.field: tuple(self.items(part, row)) for part in PARTS}
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

    def items(self, part: Part, mechanism: sqlite3.Row) -> Iterator[Any]:
        """Yield the items of a part of the mechanism in a row.

        As of a day, a member that does not say otherwise is what those of its mechanism are, and a group is under no
        heading that its mechanism does not have on that day.
        """
        kind, of_all = RECORDS[part.field], mechanism["relation"] or "member"
        pillars, bodies = (
            {None, *(heading["item"] for heading in self.facts[mechanism["id"], label])}
            for label in ("pillars", "bodies")
        )
        for fact in self.facts[mechanism["id"], part.label]:
            pillar = None if fact["pillar"] is None else str(fact["pillar"])
            values = {
                **dict(fact),
                part.key: int(fact["item"]) if part.key == "number" else fact["item"],
                "relation": fact["role"] or (of_all if self.day else None),
                "kind": fact["role"],
                "date": fact["since"],
                "pillar": fact["pillar"] if not self.day or pillar in pillars else None,
                "sub_body": fact["sub_body"] if not self.day or fact["sub_body"] in bodies else None,
                "names": self.texts.get(fact["name"]),
                "units": self.texts.get(fact["unit"]),
                "notes": self.texts.get(fact["note"]),
                "name_sources": dict(self.wordings[fact["name"]]),
                "themes": self.themes[fact["id"]],
                "leads": tuple(code for code, begins in self.leads[fact["id"]] if not self.day or begins <= self.day),
                "evidence": self.evidence.get(fact["evidence"]),
            }
            yield kind(**{name: values[name] for name in kind.__struct_fields__})


def _is_shown(name: sqlite3.Row, day: str | None) -> bool:
    """Return whether a row holds the name on a day, by default the present one."""
    return name["begins"] <= day < name["ends"] if day else name["until"] is None
