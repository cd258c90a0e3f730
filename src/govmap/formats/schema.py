"""The JSON Schemas of what `--json` writes and of the data files, made from the types of the records."""

from __future__ import annotations

import importlib
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import msgspec

from govmap.calls import Call
from govmap.dataset.schema import dataset_schema
from govmap.errors import NotFoundError
from govmap.kinds import usage
from govmap.language import N_, _
from govmap.model import Dataset
from govmap.questions import NAMES, declaration_of
from govmap.texts import quoted

TEMPLATE = "#/$defs/{name}"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = {"type": "string"}  # of a call to make, which is written as its text
VERSION = 1  # of all schemas together; it grows only if a key ever loses its meaning, which is not meant to happen


# Records that are no answers of questions, by module and class.
OTHERS = {
    "import": ("import FILE --output DIR", "govmap.importing", "ImportReport"),
    "dataset": (N_("the data files, and govmap export json"), "govmap.model", "Dataset"),
    "error": (N_("every failure, on standard error"), "govmap.formats.json", "Failure"),
}


class Schema(NamedTuple):
    """A schema: what is written in its shape, and the type of that."""

    usage: str
    type: Any


def shapes() -> dict[str, Schema]:
    """Return what is written in each shape, by the name of its schema: what questions declare, and the others."""
    found: dict[str, Schema] = {}
    for name in NAMES:
        declaration = declaration_of(name)
        for shape in declaration.shapes:
            call = f"govmap {shape.usage or usage(declaration)}"
            if shape.name in found:
                call = f"{found[shape.name].usage}; {call}"
            # The text of an annotation of our own, read as Python reads it.
            found[shape.name] = Schema(call, eval(shape.record, vars(declaration.module)))  # noqa: S307
    for name, (what, module, class_) in OTHERS.items():
        call = f"govmap {what}" if name == "import" else _(what)
        found[name] = Schema(call, getattr(importlib.import_module(module), class_))
    return found


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) called *name*; raise NotFoundError where there is none."""
    key = name.strip().casefold()
    schema = shapes().get(key)
    if schema is None:
        raise NotFoundError(_("There is no schema {name}").format(name=quoted(name)), (Call("schema"),))
    if schema.type is Dataset:
        body, parts = dataset_schema(TEMPLATE)
    else:
        types = get_args(schema.type) if get_origin(schema.type) in (Union, UnionType) else (schema.type,)
        tops, parts = msgspec.json.schema_components(types, ref_template=TEMPLATE, schema_hook=lambda _type: TEXT)
        body = tops[0] if len(tops) == 1 else {"anyOf": list(tops)}
    return {
        "$schema": DIALECT,
        "$id": f"urn:govmap:schema:{key}:{VERSION}",
        "title": schema.usage,
        **body,
        "$defs": parts,
    }
