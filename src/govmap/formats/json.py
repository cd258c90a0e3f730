"""Renders a record as JSON with two spaces of indent, or as JSON lines.

Characters that would control a terminal are written as JSON escapes.
"""

from __future__ import annotations

import msgspec

from govmap.errors import GovmapError
from govmap.records import Result, Writable
from govmap.texts import escaped


class ErrorBody(Result, frozen=True):
    """A stable `kind`, a message, and suggestions of what to type instead, best first."""

    kind: str
    message: str
    suggestions: tuple[str, ...]


class Failure(Result, frozen=True):
    """What a failed call writes to standard error when its format is JSON."""

    error: ErrorBody


def error_body(error: GovmapError) -> ErrorBody:
    """Return *error* as its record."""
    return ErrorBody(error.kind, error.message, tuple(map(str, error.suggestions)))


def to_json_failure(error: GovmapError) -> str:
    """Return *error* as one line of JSON."""
    return msgspec.json.encode(Failure(error_body(error))).decode()


def to_json(result: Writable | tuple[Writable, ...]) -> str:
    """Return *result* as JSON text that ends in a line break."""
    return escaped(msgspec.json.format(msgspec.json.encode(result, enc_hook=str), indent=2).decode()) + "\n"


def to_jsonl(result: Writable | tuple[Writable, ...]) -> str:
    """Return each record of a list, or a single record, as one line of JSON (jsonlines.org)."""
    records = result if isinstance(result, tuple) else (result,)
    return "".join(escaped(msgspec.json.encode(record, enc_hook=str).decode()) + "\n" for record in records)
