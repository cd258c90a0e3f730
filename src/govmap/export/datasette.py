"""The metadata of the SQLite database for Datasette, a file beside it: title, licence, labels, facets and queries.

This is the metadata that Datasette 0.65 reads (`-m`): https://docs.datasette.io/en/stable/metadata.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from govmap.atlas import Atlas
from govmap.facts.tables import described_tables, read_text
from govmap.formats.yaml import to_yaml

HEAD = "# Written by `govmap export sqlite --datasette`, for `datasette DATABASE -m` and this file.\n"
ENDING = ".metadata.yaml"
CC_BY = {"license": "CC BY 4.0", "license_url": "https://creativecommons.org/licenses/by/4.0/"}
# The tables that views are made from, which stay out of the way, and what their rows are called there.
LABELS = {"agency": "id", "country": "id", "mechanism": "id", "source": "id", "theme": "id"}
FACETS = {
    "country_gaps": "country_name mechanism",
    "country_profile": "mechanism seated relation",
    "countries": "kind",
    "events": "kind",
    "evidence": "mechanism part status",
    "groups": "mechanism scope in_force",
    "mechanisms": "coverage kind scope",
    "memberships": "mechanism relation scope in_force",
    "names": "kind",
    "secretariats": "agency in_force",
    "sources": "kind",
    "theme_groups": "mechanism relevance",
}
CREATED_TABLE = re.compile(r"^create table (\w+)", re.MULTILINE)
NAMES_OF_ALL = "Every name in four languages, searched without accents and case, and what has it"
START = "The queries answer the main questions. The table names finds any record by a name of it."


def metadata(atlas: Atlas, database: str) -> dict[str, Any]:
    """Return the metadata of a *database*, given by the name of its file without the ending."""
    about = atlas.context.about
    source = atlas.sources.get(about.source or "")
    described: dict[str, Any] = {
        "title": about.title,
        "description": " ".join(filter(None, (f"As of {atlas.as_of}.", about.statement))),
        **(CC_BY if about.licence == "CC-BY-4.0" else {"license": about.licence} if about.licence else {}),
        "about": f"govmap, version {about.version} of the data",
    }
    if source is not None:
        described["source"] = f"{source.publisher}, {source.title}"
        described |= {"source_url": source.url} if source.url else {}
    tables: dict[str, dict[str, Any]] = {
        table.name: {"description": table.about, "columns": {column.name: column.about for column in table.columns}}
        for table in described_tables()
    }
    for name, facets in FACETS.items():
        tables.setdefault(name, {})["facets"] = facets.split()
    for name in CREATED_TABLE.findall(read_text("schema.sql")):
        tables.setdefault(name, {"hidden": True})
    for name, label in LABELS.items():
        tables[name]["label_column"] = label
    tables["names"]["description"] = NAMES_OF_ALL
    of_database = {"description": START, "tables": tables, "queries": dict(_queries())}
    return {**described, "databases": {database: of_database}}


def _queries() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name of each question of queries.sql, its title and its SQL."""
    text = files("govmap.export").joinpath("queries.sql").read_text(encoding="utf-8")
    for name, title, sql in re.findall(r"^-- (\w+): ([^\n]*)\n(.*?);$", text, re.MULTILINE | re.DOTALL):
        yield name, {"title": title, "sql": " ".join(sql.split())}


def write_metadata(atlas: Atlas, path: Path, database: str) -> None:
    """Write the metadata of a *database* to *path*."""
    path.write_text(HEAD + to_yaml(metadata(atlas, database)), encoding="utf-8", newline="\n")
