"""Writes a result as JSON: the record as it is, two spaces of indent; or one record a line."""

from __future__ import annotations

import msgspec

from govmap.queries.records import Result


def to_json(result: Result | tuple[Result, ...]) -> str:
    """Return *result* as JSON text that ends in a line break."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def to_jsonl(result: Result | tuple[Result, ...]) -> str:
    """Return the records of a list, or the one record of another answer, as one line of JSON each (jsonlines.org)."""
    records = result if isinstance(result, tuple) else (result,)
    return "".join(msgspec.json.encode(record).decode() + "\n" for record in records)
