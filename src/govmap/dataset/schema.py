"""Makes the JSON Schema of the data files from the records, for editors that complete and check them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from govmap.dataset.file_records import RECORDS
from govmap.dataset.merge import KEYS
from govmap.fields import Record
from govmap.model import About, Mechanism, Member, Observer

WITHDRAW = {"const": True, "description": "Takes out a record of the bundled data; only with `extends: bundled`."}

OWN_FILE = "The id of a mechanism that has a file of its own, mechanisms/ID.yaml."


class Key(NamedTuple):
    """What keys.tsv says of a key: what it holds, and a value of it as it stands in YAML."""

    description: str
    example: str


@cache
def described_keys() -> dict[str, Key]:
    """Return what keys.tsv holds: a name such as `Member.until` is for one record, any other for all others."""
    text = files("govmap.dataset").joinpath("keys.tsv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return {name: Key(description, example) for name, description, example in rows}


def find_key(record: str, name: str) -> Key | None:
    """Return what is said of a key of a record; none where it is not described."""
    return described_keys().get(f"{record}.{name}") or described_keys().get(name)


def dataset_schema(template: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the schema of a dataset in one file, which also fits each file of a folder, and its definitions.

    *template* is the reference to a definition, with its `{name}`. Required keys are asked for only where the file
    does not extend the bundled data.
    """
    _, definitions = msgspec.json.schema_components(RECORDS.values(), ref_template=template)
    properties: dict[str, Any] = {}
    for file in RECORDS.values():
        properties.update(_described(file.__name__, definitions.pop(file.__name__)["properties"]))
    for name, definition in definitions.items():
        _described(name, definition["properties"])
        definition["additionalProperties"] = False
    for key in KEYS:
        holder = properties if key in properties else definitions[Mechanism.__name__]["properties"]
        record = definitions[holder[key]["items"]["$ref"].rpartition("/")[2]]
        record["properties"]["withdraw"] = WITHDRAW
        record["required"] = [name for name in record["required"] if name == KEYS[key]]
    definitions[About.__name__]["required"] = []
    for record in (Member, Observer):  # which may be written as their code alone
        definitions[record.__name__] = {"anyOf": [{"type": "string"}, definitions[record.__name__]]}
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


def _described(record: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Add to the *properties* of a record what they hold, which editors show beside a key."""
    for name, schema in properties.items():
        if key := find_key(record, name):
            schema["description"] = key.description
    return properties


def _required(record: type[Record]) -> dict[str, Any]:
    """Return the schema that asks for all the keys that a *record* must have."""
    return {"required": [field.encode_name for field in msgspec.structs.fields(record) if field.required]}
