"""The SQL that both databases understand: the tables, and the views of views.sql."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from govmap.export.columns import Table

TYPES = {"text": "TEXT", "date": "TEXT", "integer": "BIGINT", "boolean": "BOOLEAN"}


def create_table(table: Table, keys: dict[str, str] | None = None, *, may_refer_to_itself: bool = True) -> str:
    """Return the statement that makes *table*.

    Args:
        table: The table.
        keys: By the name of each table, the first column of its key, which others refer to; none for no keys.
        may_refer_to_itself: Whether to write the foreign keys that lead back into the same table.

    """
    parts = [f'"{c.name}" {TYPES[c.type]}{"" if c.optional else " NOT NULL"}' for c in table.columns]
    if keys:
        parts.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    for column in table.columns:
        if keys and column.refers and (may_refer_to_itself or column.refers != table.name):
            target = f"{_quoted(column.refers)} ({_quoted(keys[column.refers])})"
            parts.append(f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {target}")
    return f"CREATE TABLE {_quoted(table.name)} (\n    " + ",\n    ".join(parts) + "\n)"


def comments_on(table: Table) -> Iterator[str]:
    """Yield the statements that say what *table* and each of its columns hold."""
    yield f"COMMENT ON TABLE {_quoted(table.name)} IS {_literal(table.about)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {_quoted(table.name)}.{_quoted(column.name)} IS {_literal(column.about)}"


def read_statements(name: str) -> list[str]:
    """Return the statements of a file of SQL beside this module."""
    text = files("govmap.export").joinpath(name).read_text(encoding="utf-8")
    statements = re.sub("(?m)^--.*\n", "", text).split(";")
    return [statement.strip() for statement in statements if statement.strip()]


def names_of_views() -> set[str]:
    """Return what the views of views.sql are called."""
    return {statement.split()[2] for statement in read_statements("views.sql")}


def parents_first(tables: tuple[Table, ...]) -> list[Table]:
    """Return *tables* in an order in which each stands after those that it refers to."""
    ordered: dict[str, Table] = {}
    while len(ordered) < len(tables):
        for table in tables:
            if {column.refers for column in table.columns} <= {None, table.name, *ordered}:
                ordered.setdefault(table.name, table)
    return list(ordered.values())


def _quoted(name: str) -> str:
    return f'"{name}"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
