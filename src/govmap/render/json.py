"""Writes a result as JSON: the record as it is, two spaces of indent, UTF-8."""

from __future__ import annotations

import msgspec

from govmap.queries.records import Result


def to_json(result: Result | tuple[Result, ...]) -> str:
    """Return *result* as JSON text that ends in a line break."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"
