"""Makes the JSON Schema of the data files from the records, for editors that complete and check them."""

from __future__ import annotations

from typing import Any

import msgspec

from govmap.dataset.file_records import RECORDS
from govmap.dataset.merge import KEYS
from govmap.fields import Record
from govmap.model import About, Mechanism, Member

WITHDRAW = {"const": True, "description": "Takes out a record of the bundled data; only with `extends: bundled`."}

OWN_FILE = "The id of a mechanism that has a file of its own, mechanisms/ID.yaml."


def dataset_schema(template: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the schema of a dataset in one file, which also fits each file of a folder, and its definitions.

    *template* is the reference to a definition, with its `{name}`. Required keys are asked for only where the file
    does not extend the bundled data.
    """
    _, definitions = msgspec.json.schema_components(RECORDS.values(), ref_template=template)
    properties: dict[str, Any] = {}
    for file in RECORDS.values():
        properties.update(definitions.pop(file.__name__)["properties"])
    for definition in definitions.values():
        definition["additionalProperties"] = False
    for key in KEYS:
        holder = properties if key in properties else definitions[Mechanism.__name__]["properties"]
        record = definitions[holder[key]["items"]["$ref"].rpartition("/")[2]]
        record["properties"]["withdraw"] = WITHDRAW
        record["required"] = [name for name in record["required"] if name == KEYS[key]]
    definitions[About.__name__]["required"] = []
    definitions[Member.__name__] = {"anyOf": [{"type": "string"}, definitions[Member.__name__]]}
    mechanisms = properties["mechanisms"]
    definitions[Mechanism.__name__]["properties"]["events"] = properties["events"]
    mechanisms["items"] = {"anyOf": [{"type": "string", "description": OWN_FILE}, mechanisms["items"]]}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": properties,
        "additionalProperties": False,
        "if": {"required": ["mechanisms"], "not": {"required": ["extends"]}},
        "then": {
            "required": ["about"],
            "properties": {"about": _required(About), "mechanisms": {"items": _required(Mechanism)}},
        },
    }, definitions


def _required(record: type[Record]) -> dict[str, Any]:
    """Return the schema that asks for all the keys that a *record* must have."""
    return {"required": [field.encode_name for field in msgspec.structs.fields(record) if field.required]}
