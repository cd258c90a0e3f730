"""The JSON Schemas of what `--json` writes and of the data files, made from the types of the records."""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

import msgspec

from govmap.dataset.schema import dataset_schema
from govmap.errors import NotFoundError
from govmap.language import _, marked
from govmap.model import Dataset
from govmap.texts import quoted

TEMPLATE = "#/$defs/{name}"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1  # of all schemas together; it grows only if a key ever loses its meaning, which is not meant to happen


class Shape(NamedTuple):
    """What one kind of call writes.

    Attributes:
        call: The call.
        record: The module and the class of the record.
        listed: Whether an array of such records is written.
        of: The classes in `govmap.records`, of one of which its sets are.

    """

    call: str
    record: tuple[str, str]
    listed: bool = False
    of: tuple[str, ...] = ()


def _list(what: str, record: str) -> Shape:
    return Shape(f"govmap list {what}", ("govmap.questions.list", record), listed=True)


REFS = ("CountryRef", "MechanismRef")
SHAPES = {
    "country": Shape("govmap country NAME", ("govmap.questions.country", "CountryProfile")),
    "mechanism": Shape("govmap mechanism NAME", ("govmap.questions.mechanism", "MechanismProfile")),
    "list-mechanisms": _list("mechanisms", "MechanismItem"),
    "list-countries": _list("countries", "CountryItem"),
    "list-themes": _list("themes", "ThemeItem"),
    "list-groups": _list("groups", "GroupItem"),
    "list-secretariats": _list("secretariats", "SecretariatItem"),
    "list-sources": Shape("govmap list sources", ("govmap.records", "SourceRef"), listed=True),
    "search": Shape("govmap search TEXT", ("govmap.questions.search", "SearchResult")),
    "compare": Shape("govmap compare A B …", ("govmap.questions.compare", "Comparison"), of=REFS),
    "likeness": Shape("govmap compare NAME; govmap compare --all", ("govmap.questions.likeness", "Likeness")),
    "overlap": Shape("govmap overlap THEME", ("govmap.questions.overlap", "Overlap")),
    "duplication": Shape("govmap overlap", ("govmap.questions.duplication", "Duplication")),
    "matrix": Shape("govmap matrix", ("govmap.questions.matrix", "Matrix")),
    "combinations": Shape("govmap matrix --upset", ("govmap.questions.matrix", "Combinations")),
    "map": Shape("govmap map", ("govmap.questions.map", "TileMap")),
    "history": Shape("govmap history", ("govmap.questions.history", "History")),
    "evidence": Shape("govmap evidence", ("govmap.questions.evidence", "Findings")),
    "cite": Shape("govmap cite", ("govmap.questions.cite", "Citation")),
    "brief": Shape("govmap brief NAME", ("govmap.questions.brief", "Brief")),
    "gaps": Shape("govmap gaps", ("govmap.questions.gaps", "Gaps")),
    "cover": Shape("govmap cover", ("govmap.questions.cover", "Cover")),
    "validate": Shape("govmap validate PATH", ("govmap.questions.validate", "Validation")),
    "diff": Shape("govmap diff A B; govmap diff --from DATE --to DATE", ("govmap.questions.diff", "Diff")),
    "import": Shape("govmap import FILE --output DIR", ("govmap.importing.report", "ImportReport")),
    "dataset": Shape(marked("the data files, and govmap export json"), ("govmap.model", "Dataset")),
    "error": Shape(marked("every failure, on standard error"), ("govmap.formats.json", "Failure")),
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) called *name*; raise NotFoundError where there is none."""
    shape = SHAPES.get(name.strip().casefold())
    if shape is None:
        raise NotFoundError(_("There is no schema {name}").format(name=quoted(name)), ("govmap schema",))
    schema, parts = _schema_of(shape)
    return {
        "$schema": DIALECT,
        "$id": f"urn:govmap:schema:{name.strip().casefold()}:{VERSION}",
        "title": shape.call,
        **({"type": "array", "items": schema} if shape.listed else schema),
        "$defs": parts,
    }


def _schema_of(shape: Shape) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the schema of one record of a *shape*, and the parts that it refers to."""
    module, class_ = shape.record
    record = getattr(importlib.import_module(module), class_)
    if record is Dataset:
        return dataset_schema(TEMPLATE)
    tops, parts = msgspec.json.schema_components(_records(record, shape), ref_template=TEMPLATE, schema_hook=_as_text)
    return tops[0] if len(tops) == 1 else {"anyOf": list(tops)}, parts


def _as_text(type_: type) -> dict[str, str]:
    """Return the schema of what is written as its text: a call to make."""
    return {"type": "string"}


def _records(record: Any, shape: Shape) -> tuple[Any, ...]:
    records = importlib.import_module("govmap.records")
    return tuple(record[getattr(records, name)] for name in shape.of) or (record,)
