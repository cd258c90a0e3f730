"""The one place that prints: answers to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from govmap.errors import DataError, GovmapError
from govmap.queries.records import Result

if TYPE_CHECKING:
    from govmap.cli.answers import Answer
    from govmap.pages.page import Page


def emit(
    result: Result | tuple[Result, ...],
    page: Callable[[], Page],
    *,
    as_json: bool,
    failure: GovmapError | None = None,
) -> None:
    """Print *result* as JSON, or the *page* made of it as a table.

    A *failure* is raised instead of a page; with JSON the result, which tells what was understood, comes first.
    """
    if as_json:
        emit_json(result)
    if failure is not None:
        raise failure
    if as_json:
        return
    from govmap.render.table import to_text  # noqa: PLC0415 - rich is heavy, and not for scripts

    use_readable_characters()
    out = sys.stdout
    write(to_text(page(), terminal=out.isatty(), columns=_columns(), encoding=out.encoding or "utf-8"))


def emit_answer(answer: Answer, *, as_json: bool) -> None:
    """Print the *answer* of a command that takes names."""
    emit(answer.result, answer.page, as_json=as_json, failure=answer.failure)


def emit_json(result: Result | tuple[Result, ...]) -> None:
    """Print *result* as JSON."""
    from govmap.render.json import to_json  # noqa: PLC0415 - each format loads its own writer

    write(_escaped(to_json(result)))


def write(text: str) -> None:
    """Write *text* to standard output, whole or not at all as far as the system lets us."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        raise write_failed(error) from error


def write_failed(error: OSError) -> Exception:
    """Return what to raise when standard output refuses text; a closed pipe stays itself."""
    if isinstance(error, BrokenPipeError):
        return error
    return DataError(f"Cannot write the answer: {error.strerror or error}")


def report(error: GovmapError, *, as_json: bool) -> None:
    """Print *error* to standard error, as one message or as JSON."""
    if sys.stderr is None:
        return
    if as_json:
        body = {"kind": error.kind, "message": error.message, "suggestions": list(error.suggestions)}
        text = _escaped(msgspec.json.encode({"error": body}).decode(), sys.stderr.encoding)
    else:
        text = f"Error: {error.message}{_offered(error.suggestions)}"
    with suppress(OSError):  # nobody reads standard error; the exit code still tells
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the place that prints


def _offered(suggestions: tuple[str, ...]) -> str:
    if not suggestions:
        return ""
    if suggestions[0].startswith(("govmap ", "pip ", "--")):
        return f". Try: {'; '.join(suggestions)}"
    *first, last = suggestions
    return f". Did you mean {', '.join(first)} or {last}?" if first else f". Did you mean {last}?"


def _columns() -> int | None:
    """Return the width that COLUMNS asks for, or None to let the terminal decide."""
    asked = os.environ.get("COLUMNS", "")
    return max(int(asked), 20) if asked.isdecimal() and len(asked) < 6 and int(asked) else None


def _escaped(text: str, encoding: str | None = None) -> str:
    r"""Return JSON *text* with `\u` escapes for what the output's encoding does not have, still the same JSON."""
    encoding = encoding or getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        escaped = (char if ord(char) < 128 else _json_escape(char) for char in text)
        return "".join(escaped)
    return text


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _without_accents(error: UnicodeError) -> tuple[str, int]:
    """Replace what an encoding does not have by its plain letters, else by a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    plain = unicodedata.normalize("NFKD", missing.replace("’", "'").replace("…", "...").replace("–", "-"))
    return "".join(char if ord(char) < 128 else "" if unicodedata.combining(char) else "?" for char in plain), error.end


def use_readable_characters() -> None:
    """Let standard output write Peru for Perú where its encoding has no ú, instead of failing."""
    codecs.register_error("govmap", _without_accents)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="govmap")
