"""The JSON Schema of the data files, made from the records: what an editor completes and checks them with."""

from __future__ import annotations

from typing import Any

import msgspec

from govmap.dataset.layout import YAML_FILES, CountriesPart
from govmap.dataset.merge import KEYS
from govmap.fields import Record
from govmap.model import About, Mechanism, Member

FILES: tuple[type[Record], ...] = (*YAML_FILES.values(), CountriesPart)
WITHDRAW = {"const": True, "description": "Takes out a record of the bundled data; only with `extends: bundled`."}


def dataset_schema(template: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the schema of a dataset in one file, which also fits each file of a folder, and the parts it refers to.

    *template* is what refers to a part, with its `{name}`. What a record must have is asked for only where the file
    does not extend the bundled data.
    """
    _, parts = msgspec.json.schema_components(FILES, ref_template=template)
    properties: dict[str, Any] = {}
    for file in FILES:
        properties.update(parts.pop(file.__name__)["properties"])
    for part in parts.values():
        part["additionalProperties"] = False
    for key in KEYS:
        holder = properties if key in properties else parts[Mechanism.__name__]["properties"]
        record = parts[_named(holder[key])]
        record["properties"]["withdraw"] = WITHDRAW
        record["required"] = [name for name in record["required"] if name == KEYS[key]]
    parts[About.__name__]["required"] = []
    parts[Member.__name__] = {"anyOf": [{"type": "string"}, parts[Member.__name__]]}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "additionalProperties": False,
        "if": {"required": ["mechanisms"], "not": {"required": ["extends"]}},
        "then": {
            "required": ["about"],
            "properties": {"about": _whole(About), "mechanisms": {"items": _whole(Mechanism)}},
        },
    }, parts


def _named(list_: dict[str, Any]) -> str:
    """Return the name of the part that a list holds."""
    return str(list_["items"]["$ref"]).rpartition("/")[2]


def _whole(record: type[Record]) -> dict[str, Any]:
    """Return the schema that asks for all that a *record* must have."""
    required = [field.name for field in msgspec.structs.fields(record) if field.required]
    return {"required": required}
