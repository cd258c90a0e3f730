"""The dataset as a folder of CSV files with a description of them: a Frictionless data package (version 1)."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import msgspec

from govmap.atlas import Atlas
from govmap.export.readable import readable_tables
from govmap.export.sqlite import dated_copy
from govmap.facts.tables import Column, Table
from govmap.rows import csv_line

TYPES = {"text": "string", "date": "string", "integer": "integer", "boolean": "boolean"}
PART_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
APOSTROPHE = (
    "A text that a spreadsheet could take for a formula stands after an apostrophe; where a text matches"
    " ^'+[=+\\-@\\t\\r], take the first apostrophe away to have it as it was."
)


def write_csv(atlas: Atlas, path: Path) -> None:
    """Write a folder with one CSV file a table, and datapackage.json, to *path*."""
    path.mkdir()
    with dated_copy(atlas) as database:
        tables = readable_tables(database)
        for table, rows in tables:
            with (path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                header = (column.name for column in table.columns)
                file.writelines(csv_line(cells, end="\n") for cells in chain([header], rows()))
    package = _package(atlas, [table for table, _rows in tables])
    described = msgspec.json.format(msgspec.json.encode(package), indent=2)
    (path / "datapackage.json").write_bytes(described + b"\n")


def _package(atlas: Atlas, tables: list[Table]) -> dict[str, object]:
    about, keys = atlas.context.about, {table.name: table.key[0] for table in tables}
    package: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": "govmap",
        "title": about.title,
        "version": about.version,
        "description": " ".join(filter(None, (about.statement, APOSTROPHE))),
        "resources": [_resource(table, keys) for table in tables],
    }
    if about.licence:
        package["licenses"] = [{"name": about.licence}]
    if about.source:
        source = atlas.sources[about.source]
        package["sources"] = [{"title": source.title} | ({"path": source.url} if source.url else {})]
    return package


def _resource(table: Table, keys: dict[str, str]) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    references = [
        # An empty name stands for the same table, as the specification asks.
        {
            "fields": [c.name],
            "reference": {"resource": c.refers if c.refers != table.name else "", "fields": [keys[c.refers]]},
        }
        for c in table.columns
        if c.refers
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": TYPES[column.type], "description": column.about}
    constraints: dict[str, object] = {} if column.optional else {"required": True}
    if column.type == "date":
        constraints["pattern"] = PART_DATE
    return field | {"constraints": constraints} if constraints else field
