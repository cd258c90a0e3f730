"""Writes a result as JSON: the record as it is, two spaces of indent; or one record a line.

Characters that a terminal would obey stand as escapes, which JSON allows and every reader undoes.
"""

from __future__ import annotations

import msgspec

from govmap.errors import GovmapError
from govmap.records import Record, Result
from govmap.texts import escaped


class ErrorBody(Result, frozen=True):
    """What is wrong (a stable `kind`, and a message), and what to type instead, best first."""

    kind: str
    message: str
    suggestions: tuple[str, ...]


class Failure(Result, frozen=True):
    """What a call that fails writes to standard error where JSON is asked for."""

    error: ErrorBody


def to_json_failure(error: GovmapError) -> str:
    """Return *error* as one line of JSON."""
    return msgspec.json.encode(
        Failure(ErrorBody(error.kind, error.message, tuple(map(str, error.suggestions))))
    ).decode()


def to_json(result: Record | tuple[Record, ...]) -> str:
    """Return *result* as JSON text that ends in a line break."""
    return escaped(msgspec.json.format(msgspec.json.encode(result, enc_hook=str), indent=2).decode()) + "\n"


def to_jsonl(result: Record | tuple[Record, ...]) -> str:
    """Return the records of a list, or the one record of another answer, as one line of JSON each (jsonlines.org)."""
    records = result if isinstance(result, tuple) else (result,)
    return "".join(escaped(msgspec.json.encode(record, enc_hook=str).decode()) + "\n" for record in records)
