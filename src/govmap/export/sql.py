"""The SQL of the database that every engine understands: its tables, and the views that people ask."""

from __future__ import annotations

import re
from importlib.resources import files

from govmap.facts.build import VIEWS
from govmap.facts.tables import read_text

CREATED = re.compile(r"^create (?:table|view) (\w+)", re.MULTILINE | re.IGNORECASE)
FOR_SEARCH = "search.sql"


def read_views() -> str:
    """Return the statements that make the views, each after those that it builds on."""
    return "\n".join(map(read_text, VIEWS))


def read_search() -> str:
    """Return the statements that make the table of names and its index."""
    return files("govmap.export").joinpath(FOR_SEARCH).read_text(encoding="utf-8")


def names_made() -> set[str]:
    """Return what the tables and views of a database are called."""
    return set(CREATED.findall("\n".join((read_text("schema.sql"), read_views(), read_search()))))
