"""The one place that prints: answers to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from govmap.calls import Action, Call, Option, Suggestion
from govmap.cli.options import OutputOptions
from govmap.errors import DataError, GovmapError, UsageError
from govmap.language import _
from govmap.texts import OR, enumerated, in_series, printable

if TYPE_CHECKING:
    from pathlib import Path

    from govmap.layout.page import Page
    from govmap.presentation import Presentation
    from govmap.records import Result


MOST_ALTERNATIVES = 4
LONGEST = 300  # characters of a suggestion
KEPT = "\n\u00a0"  # of a message: its line breaks, and the space that French sets before a colon
PLAINER = str.maketrans({"’": "'", "…": "...", "–": "-", "●": "x", "·": "."})


def emit(answer: Any, options: OutputOptions, *, sources: bool = False) -> None:
    """Write *answer* as the *options* ask for.

    A failure is raised instead of a page or rows; its record, which says what was understood, comes first.
    """
    from govmap.presentation import Presentation  # noqa: PLC0415 - not for `--help`

    presentation = Presentation(answer, sources=sources)
    failure = presentation.failure
    if options.format == "json" and failure is None:  # the plain call of a script, which loads no other format
        _deliver(_to_json(presentation.record()), options)
        return
    from govmap.formats.registry import FORMATS, load_writer  # noqa: PLC0415 - as above

    shape = FORMATS[options.format].shape
    if failure is not None and shape != "result" and not presentation.declaration.shows_failures:
        raise failure
    text = presentation.text() if options.format == "table" else None
    if text is not None:
        from govmap.formats.text import plain  # noqa: PLC0415 - for this alone

        _deliver(plain(text), options, to_copy=True)
    else:
        writer = load_writer(options.format)
        _require_place(options)
        if options.format == "table":
            writer = partial(writer, **_screen(options.path))
        _deliver(writer(_shaped(presentation, shape)), options)
    if failure is not None:
        raise failure


def emit_record(result: Result) -> None:
    """Write *result* to standard output as JSON, for a command whose pages go elsewhere."""
    _deliver(_to_json(result), OutputOptions("json"))


def _to_json(record: Any) -> str:
    from govmap.formats.json import to_json  # noqa: PLC0415 - not for `--help`

    return to_json(record)


def print_to_stderr(page: Page) -> None:
    """Write *page* to standard error, for what is said beside an answer."""
    if sys.stderr is None:
        return
    from govmap.formats.table import to_text  # noqa: PLC0415 - not for `--help`, and not for JSON

    terminal = sys.stderr.isatty()
    encoding = sys.stderr.encoding or "utf-8"
    text = to_text(page, terminal=terminal, columns=_columns(terminal, sys.stderr), encoding=encoding)
    try:
        print(text, file=sys.stderr, end="", flush=True)  # noqa: T201 - this is the place that prints
    except OSError:
        silence(sys.stderr)  # nobody reads standard error


def _shaped(presentation: Presentation, shape: str) -> Any:
    """Return an answer in a *shape*; raise UsageError where it has no picture."""
    if shape == "result":
        return presentation.record()
    shaped = getattr(presentation, shape)()
    if shaped is None:
        raise UsageError(
            _("There is no picture of this answer"), (Call("matrix", format="svg"), Call("map", format="svg"))
        )
    return shaped


def _require_place(options: OutputOptions) -> None:
    """Refuse to write what is no text to a terminal."""
    from govmap.formats.registry import FORMATS  # noqa: PLC0415 - not for `--help`

    if not FORMATS[options.format].is_text and options.path is None and sys.stdout.isatty():
        raise UsageError(
            _("{format} is not text; name a file").format(format=options.format),
            (Option("output", f"answer.{options.format}"),),
        )


def _deliver(written: str | bytes, options: OutputOptions, *, to_copy: bool = False) -> None:
    """Write an answer to the file that is wanted, or to standard output, in UTF-8 unless a person reads it.

    A table may be read through a pipe too; a text *to_copy* is for a program there, with all its letters.
    """
    text = "" if isinstance(written, bytes) else written
    content = written if isinstance(written, bytes) else _encoded(written, bom=options.bom)
    if options.path is not None:
        from govmap.files import replacing  # noqa: PLC0415 - for this alone

        with replacing(options.path) as new:
            new.write_bytes(content)
    elif options.format == "json":
        write(_escaped(text, sys.stdout.encoding or "utf-8"))
    elif options.format == "table" and not to_copy:
        write(text)
    else:
        write_bytes(content)


def _encoded(text: str, *, bom: bool) -> bytes:
    return text.encode("utf-8-sig" if bom else "utf-8", "replace")


def _screen(path: Path | None) -> dict[str, Any]:
    """Return what a table must know of where it is shown: a person's terminal, its width, its encoding."""
    terminal = path is None and sys.stdout.isatty()
    encoding = "utf-8" if path else sys.stdout.encoding or "utf-8"
    return {"terminal": terminal, "columns": _columns(terminal), "encoding": encoding}


def write(text: str) -> None:
    """Write *text* to standard output and see that it leaves the process; raise OSError where it cannot."""
    sys.stdout.write(text)
    sys.stdout.flush()


def write_bytes(content: bytes) -> None:
    """Write a file's *content*, in UTF-8, to standard output: to a pipe as it is.

    A terminal gets it in its encoding, and what it would obey spelled out, but for tabs.
    """
    if sys.stdout.isatty():
        from govmap.formats.text import plain  # noqa: PLC0415 - for this alone

        text = content.decode("utf-8").replace("\r\n", "\n")
        write("\t".join(map(plain, text.split("\t"))))
        return
    if not hasattr(sys.stdout, "buffer"):
        write(content.decode("utf-8"))
        return
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def write_failed(error: OSError) -> DataError:
    """Return what to tell when standard output refuses the answer."""
    return DataError(_("Cannot write the answer: {reason}").format(reason=error.strerror or error))


def report(error: GovmapError, *, as_json: bool) -> None:
    """Print *error* to standard error, as one message or as JSON; nothing in it is a control character."""
    if sys.stderr is None:
        return
    message = "".join(char if char in KEPT else printable(char) for char in error.message)
    suggestions = tuple(_cut(printable(str(suggestion))) for suggestion in error.suggestions)
    if as_json:
        from govmap.formats.json import to_json_failure  # noqa: PLC0415 - so that `--help` does not load it

        shown = type(error)(message, suggestions)
        text = _escaped(to_json_failure(shown), sys.stderr.encoding or "utf-8")
    else:
        text = _("Error: {message}").format(message=_with_suggestions(message, suggestions, error.suggestions))
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the place that prints
    except OSError:
        silence(sys.stderr)  # nobody reads standard error; the exit code still tells


def _cut(suggestion: str) -> str:
    """Return a suggestion, cut where it repeats more of what was typed than anybody reads."""
    return suggestion if len(suggestion) <= LONGEST else f"{suggestion[:LONGEST]}…"


def _with_suggestions(message: str, shown: tuple[str, ...], suggestions: tuple[Suggestion, ...]) -> str:
    """Return *message* with what to type instead."""
    if not shown:
        return message
    if isinstance(suggestions[0], Action):
        return _("{message}. Try: {calls}").format(message=message, calls=in_series(shown))
    if len(shown) > MOST_ALTERNATIVES:
        return _("{message}. Choose one of: {words}").format(message=message, words=", ".join(shown))
    return _("{message}. Did you mean {words}?").format(message=message, words=enumerated(shown, by=OR))


def prepare_output() -> None:
    """Let standard output write Peru for Perú where its encoding has no ú; raise DataError where it is closed."""
    if sys.stdout is None:
        raise DataError(_("Cannot write the answer: standard output is closed"))
    codecs.register_error("govmap", _without_accents)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="govmap")


def silence(stream: TextIO | None = None) -> None:
    """Send what a stream (standard output by default) still holds to nowhere, so that Python ends without a word."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


def _columns(terminal: bool, stream: TextIO | None = None) -> int | None:
    """Return how wide a line may be: what COLUMNS asks for, else the terminal's width, else no limit."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 100_000:
        return max(int(asked), 20)
    if not terminal:
        return None
    try:
        return max(os.get_terminal_size((stream or sys.stdout).fileno()).columns, 20)
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
    plain = unicodedata.normalize("NFKD", missing.translate(PLAINER))
    return "".join(char if ord(char) < 128 else "" if unicodedata.combining(char) else "?" for char in plain), error.end
