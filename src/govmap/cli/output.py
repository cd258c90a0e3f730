"""The one place that prints: answers to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from govmap.errors import DataError, GovmapError
from govmap.texts import printable

if TYPE_CHECKING:
    from govmap.cli.answers import Answer


MOST_ALTERNATIVES = 4


def emit(answer: Answer, *, as_json: bool) -> None:
    """Print the result of *answer* as JSON, or its page as a table.

    A failure is raised instead of a page; with JSON the result, which tells what was understood, comes first.
    """
    if as_json:
        from govmap.render.json import to_json  # noqa: PLC0415 - each format loads its own writer

        write(_escaped(to_json(answer.result), sys.stdout.encoding or "utf-8"))
    if answer.failure is not None:
        raise answer.failure
    if not as_json:
        from govmap.render.table import to_text  # noqa: PLC0415 - rich is heavy, and not for scripts

        terminal, encoding = sys.stdout.isatty(), sys.stdout.encoding or "utf-8"
        write(to_text(answer.page(), terminal=terminal, columns=_columns(terminal), encoding=encoding))


def write(text: str) -> None:
    """Write *text* to standard output and see that it leaves the process; raise OSError where it cannot."""
    sys.stdout.write(text)
    sys.stdout.flush()


def write_failed(error: OSError) -> DataError:
    """Return what to tell when standard output refuses the answer."""
    return DataError(f"Cannot write the answer: {error.strerror or error}")


def report(error: GovmapError, *, as_json: bool) -> None:
    """Print *error* to standard error, as one message or as JSON; nothing in it is a control character."""
    if sys.stderr is None:
        return
    message = "\n".join(map(printable, error.message.split("\n")))
    suggestions = tuple(map(printable, error.suggestions))
    if as_json:
        import msgspec  # noqa: PLC0415 - so that `--help` does not load it

        body = {"kind": error.kind, "message": message, "suggestions": suggestions}
        text = _escaped(msgspec.json.encode({"error": body}).decode(), sys.stderr.encoding or "utf-8")
    else:
        text = f"Error: {message}{_offered(suggestions)}"
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the place that prints
    except OSError:
        silence(sys.stderr)  # nobody reads standard error; the exit code still tells


def _offered(suggestions: tuple[str, ...]) -> str:
    if not suggestions:
        return ""
    if suggestions[0].startswith(("govmap ", "pip ", "--")):
        return f". Try: {'; '.join(suggestions)}"
    if len(suggestions) > MOST_ALTERNATIVES:
        return f". Choose one of: {', '.join(suggestions)}"
    *first, last = suggestions
    return f". Did you mean {', '.join(first)} or {last}?" if first else f". Did you mean {last}?"


def prepare_output() -> None:
    """Let standard output write Peru for Perú where its encoding has no ú; raise DataError where it is closed."""
    if sys.stdout is None:
        raise DataError("Cannot write the answer: standard output is closed")
    codecs.register_error("govmap", _without_accents)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="govmap")


def silence(stream: TextIO | None = None) -> None:
    """Send what a stream (standard output by default) still holds to nowhere, so that Python ends without a word."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


def _columns(terminal: bool) -> int | None:
    """Return how wide a line may be: what COLUMNS asks for, else the terminal's width, else no limit."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 100_000:
        return max(int(asked), 20)
    if not terminal:
        return None
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, 20)
    except OSError:
        return 80


def _escaped(text: str, encoding: str) -> str:
    r"""Return JSON *text* with `\u` escapes for what the output's encoding does not have, still the same JSON."""
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
