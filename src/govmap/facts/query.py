"""Asks a database of facts: queries for all rows at once, and what rows refer to by number."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, TypeVar

from govmap.errors import DataError
from govmap.grouping import grouped
from govmap.language import LANGUAGES, _
from govmap.model import Evidence

OLDEST = (3, 37)  # SQLite with all that schema.sql and the views ask of it
Made = TypeVar("Made")
Texts = Any  # a text in the language of the data, or by language


class Query:
    """A database of the format of schema.sql, which is only read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Ask an open database; raise DataError where the SQLite of this Python is too old for the format."""
        if sqlite3.sqlite_version_info < OLDEST:
            message = _("govmap needs SQLite {needed} or later; that of this Python is {found}")
            raise DataError(message.format(needed=".".join(map(str, OLDEST)), found=sqlite3.sqlite_version))
        self.connection = connection
        connection.row_factory = sqlite3.Row

    def rows(self, query: str, **values: Any) -> list[sqlite3.Row]:
        """Return the rows that answer a query; a list among the *values* is JSON to it."""
        plain = {name: json.dumps(value) if isinstance(value, list) else value for name, value in values.items()}
        try:
            return self.connection.execute(query, plain).fetchall()
        except sqlite3.DatabaseError as error:
            raise DataError(_("The database of the data is damaged: {reason}").format(reason=error)) from error

    def column(self, query: str, **values: Any) -> list[Any]:
        """Return the first cells of the rows that answer a query."""
        return list(map(itemgetter(0), self.rows(query, **values)))

    def texts(self, numbers: str, **values: Any) -> dict[int | None, Texts]:
        """Return the texts whose *numbers* a query finds, by number."""
        query = f"select * from text where id in ({numbers})"
        return {row["id"]: _text(row) for row in self.rows(query, **values)}

    def evidence(self, numbers: str, **values: Any) -> dict[int | None, Evidence]:
        """Return the evidence whose *numbers* a query finds, by number."""
        texts = self.texts(f"select note from assessment where id in ({numbers})", **values)
        sources = self.lists("assessment_source", f"where assessment in ({numbers})", **values)
        return {
            row["id"]: Evidence(row["status"], sources[row["id"]], row["as_of"], texts.get(row["note"]))
            for row in self.rows(f"select * from assessment where id in ({numbers})", **values)
        }

    def lists(self, table: str, where: str = "", **values: Any) -> defaultdict[Any, tuple[Any, ...]]:
        """Return the values of each owner in a table of lists: an owner, a position, and a value, or several."""
        rows = self.rows(f"select * from {table} {where} order by 1, 2", **values)
        cells = (tuple(row) for row in rows)
        found = grouped_by_key((owner, rest[0] if len(rest) == 1 else rest) for owner, _position, *rest in cells)
        return defaultdict(tuple, {owner: tuple(each) for owner, each in found.items()})

    def aliases(self, kind: str, ids: list[str] | None = None) -> defaultdict[str, tuple[str, ...]]:
        """Return the other names of the records of a kind, or of those with *ids*, by id."""
        among = "" if ids is None else "and id in (select value from json_each(:ids))"
        query = f"select id, name from alias where kind = :kind {among} order by id, position"
        rows = self.rows(query, kind=kind, ids=ids)
        return defaultdict(tuple, {id_: tuple(names) for id_, names in grouped_by_key(map(tuple, rows)).items()})


def record_of(kind: type[Made], row: sqlite3.Row, **others: Any) -> Made:
    """Return a record with the columns of a *row* that are fields of it, and with *others*."""
    columns = row.keys()
    fields: tuple[str, ...] = kind.__struct_fields__  # type: ignore[attr-defined]
    return kind(**{name: row[name] for name in fields if name in columns and name not in others}, **others)


def grouped_by_key(pairs: Iterable[Any]) -> defaultdict[Any, list[Any]]:
    """Return the values of *pairs* by key, in their order; none for a key that none has."""
    return defaultdict(list, grouped(pairs))


def _text(row: sqlite3.Row) -> Texts:
    if row["plain"] is not None:
        return row["plain"]
    return {language: row[language] for language in LANGUAGES if row[language] is not None}
