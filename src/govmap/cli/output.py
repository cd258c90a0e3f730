"""The one place that prints: answers to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from govmap.calls import Action, Call, Option, Suggestion, in_document, in_one_piece
from govmap.cli.options import OutputOptions
from govmap.errors import DataError, GovmapError, UsageError
from govmap.formats.json import to_json, to_json_failure
from govmap.formats.registry import FORMATS, load_writer
from govmap.formats.text import plain
from govmap.language import _, ngettext
from govmap.presentation import Presentation
from govmap.texts import OR, enumerated, in_series, labelled, printable, quoted

if TYPE_CHECKING:
    import threading

    from govmap.layout.page import Page
    from govmap.records import Result


MOST_ALTERNATIVES = 4
PATIENCE = 1.0  # seconds
LONGEST = 300  # characters of what quotes the words of a call
KEPT = "\n\u00a0"  # of a message: its line breaks, and the space that French sets before a colon
PLAINER = str.maketrans({"’": "'", "…": "...", "–": "-", "●": "x", "·": ".", "«": '"', "»": '"'})


def emit(answer: Any, options: OutputOptions, full_call: Call, *, sources: bool = False, full: bool = False) -> None:
    """Write *answer* as the *options* ask for; *full_call* is the call that shows all of it.

    A failure is raised instead of a page or rows; its record, which says what was understood, comes first.
    """
    presentation = Presentation(answer, sources=sources, full=full)
    _print_warnings(presentation, options)
    failure = presentation.failure
    if options.format == "json" and failure is None:  # the plain call of a script, which loads no other format
        _deliver(to_json(presentation.record()), options)
        return
    shape = FORMATS[options.format].shape
    if failure is not None and shape != "record" and not presentation.declaration.shows_failures:
        raise failure
    text = presentation.text() if options.format == "table" else None
    if text is not None:
        _warn(answer.caution)
        _deliver(plain(text), options, to_copy=True)
    else:
        writer = load_writer(options.format)
        if options.path is None and not FORMATS[options.format].is_text and sys.stdout.isatty():
            message = _("{format} is not text; name a file").format(format=options.format)
            raise UsageError(message, (Option("output", f"answer.{options.format}"),))
        if options.format == "table":
            writer = partial(writer, **_screen(sys.stdout if options.path is None else None))
        with in_one_piece() if options.format == "table" else in_document(full_call):
            shaped = getattr(presentation, shape)()
        if shaped is None:
            pictures = (Call("matrix", format="svg"), Call("map", format="svg"))
            raise UsageError(_("There is no picture of this answer"), pictures)
        _deliver(writer(shaped), options)
    if failure is not None:
        raise failure


def _print_warnings(presentation: Presentation, options: OutputOptions) -> None:
    """Write to standard error what an answer cannot hold itself: JSON has slips, but not the caution of a list."""
    if options.format == "json":
        _warn(presentation.atlas.caution if isinstance(presentation.answer, tuple) else None)
        return
    for slip in presentation.slips:
        say(_("{typed} is read as {name}").format(typed=quoted(slip.typed), name=printable(slip.name)))


def _warn(caution: str | None) -> None:
    """Say beside an answer that cannot hold it why it is less sure than others, if it is."""
    if caution:
        say(labelled(_("Caution"), printable(caution)))


def say(note: str) -> None:
    """Write a *note*, in which every text of data is printable, to standard error, beside an answer."""
    _write_to_stderr(f"{note}\n")


def emit_record(result: Result) -> None:
    """Write *result* to standard output as JSON, for a command whose pages go elsewhere."""
    _deliver(to_json(result), OutputOptions("json"))


def print_page(page: Page) -> None:
    """Write *page* to standard output, for what is no answer."""
    from govmap.formats.table import to_text  # not for JSON

    write(to_text(page, **_screen(sys.stdout)))


def screen_width() -> int | None:
    """Return how wide a line of standard output may be; None where there is no limit."""
    return _columns(sys.stdout if sys.stdout.isatty() else None)


def print_to_stderr(page: Page) -> None:
    """Write *page* to standard error, for what is said beside an answer."""
    from govmap.formats.table import to_text  # not for `--help`, and not for JSON

    _write_to_stderr(to_text(page, **_screen(sys.stderr)))


def _write_to_stderr(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)  # nobody reads standard error; the exit code still tells


@contextmanager
def progress(what: str, patience: float = PATIENCE) -> Iterator[None]:
    """Say on standard error, where that is a terminal, for how long the block has been at *what*; wiped at its end."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    import threading  # only where somebody looks on

    done = threading.Event()
    thread = threading.Thread(target=_tell_seconds, args=(printable(what), patience, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tell_seconds(what: str, patience: float, done: threading.Event) -> None:
    """Write one line again and again until *done* is set."""
    seconds = longest = 0
    while not done.wait(patience):
        seconds += 1
        line = ngettext("{what}: {n} second", "{what}: {n} seconds", seconds).format(what=what, n=seconds)
        longest = max(longest, len(line))
        sys.stderr.write(f"\r{line.ljust(longest)}")
        sys.stderr.flush()
    if longest:
        sys.stderr.write(f"\r{' ' * longest}\r")
        sys.stderr.flush()


@contextmanager
def writing(options: OutputOptions) -> Iterator[Callable[[bytes], object]]:
    """Give what writes an answer piece by piece: to the file that is wanted, whole or not at all, or to the output."""
    mark = codecs.BOM_UTF8 if options.bom else b""
    if options.path is None:
        write_bytes(mark)
        yield write_bytes
        return
    from govmap.files import replacing

    with replacing(options.path) as new, new.open("wb") as file:
        file.write(mark)
        yield file.write


def _deliver(written: str | bytes, options: OutputOptions, *, to_copy: bool = False) -> None:
    """Write an answer to the file that is wanted, or to standard output, in UTF-8 unless a person reads it.

    A table may be read through a pipe too; a text *to_copy* is for a program there, with all its letters.
    """
    if isinstance(written, str):
        if options.path is None and options.format == "json":
            write(_escaped(written, sys.stdout.encoding or "utf-8"))
            return
        if options.path is None and options.format == "table" and not to_copy:
            _show(written, options)
            return
        written = written.encode("utf-8", "replace")
    with writing(options) as write_piece:
        write_piece(written)


def _show(text: str, options: OutputOptions) -> None:
    """Write a text to standard output; on a terminal that is too small for it, through a pager."""
    if options.paged and sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty():
        from govmap.cli.pager import page  # for a terminal alone

        if page(text):
            return
    write(text)


def _screen(stream: TextIO | None) -> dict[str, Any]:
    """Return what a table must know of the *stream* that it is written to; None stands for a file."""
    terminal = stream if stream is not None and stream.isatty() else None
    return {"terminal": terminal is not None, "columns": _columns(terminal)}


def write(text: str) -> None:
    """Write *text* to standard output and see that it leaves the process; raise OSError where it cannot."""
    sys.stdout.write(text)
    sys.stdout.flush()


def write_bytes(content: bytes) -> None:
    """Write a file's *content*, in UTF-8, to standard output: to a pipe as it is.

    A terminal gets it in its encoding, and what it would obey spelled out, but for tabs.
    """
    if sys.stdout.isatty():
        text = content.decode("utf-8").replace("\r\n", "\n")
        write("\t".join(map(plain, text.split("\t"))))
        return
    if not hasattr(sys.stdout, "buffer"):
        write(content.decode("utf-8"))
        return
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def report(error: GovmapError, *, as_json: bool) -> None:
    """Print *error* to standard error, as one message or as JSON; nothing in it is a control character."""
    if sys.stderr is None:
        return
    message = "".join(char if char in KEPT else printable(char) for char in error.message)
    suggestions = tuple(shortened(printable(str(suggestion))) for suggestion in error.suggestions)
    if as_json:
        shown = error.reworded(message, suggestions)
        text = _escaped(to_json_failure(shown), sys.stderr.encoding or "utf-8")
    else:
        text = _("Error: {message}").format(message=_with_suggestions(message, suggestions, error.suggestions))
    _write_to_stderr(f"{text}\n")


def shortened(text: str) -> str:
    """Return *text*, cut where it repeats more of what was typed than anybody reads."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _with_suggestions(message: str, shown: tuple[str, ...], suggestions: tuple[Suggestion, ...]) -> str:
    """Return *message* with what to type instead."""
    calls = [text for text, suggestion in zip(shown, suggestions, strict=True) if isinstance(suggestion, Action)]
    names = [text for text, suggestion in zip(shown, suggestions, strict=True) if not isinstance(suggestion, Action)]
    if len(names) > MOST_ALTERNATIVES:
        return _("{message}. Choose one of: {words}").format(message=message, words=", ".join(names))
    if names:
        message = _("{message}. Did you mean {words}?").format(message=message, words=enumerated(names, by=OR))
    if names and calls:
        return _("{message} Or try: {calls}").format(message=message, calls=in_series(calls))
    return _("{message}. Try: {calls}").format(message=message, calls=in_series(calls)) if calls else message


def prepare_output() -> None:
    """Let standard output write Peru for Perú where its encoding has no ú; raise DataError where it is closed.

    Without a buffer, as with PYTHONUNBUFFERED, Python takes for written what a full disk has no room for: it gets one.
    """
    if sys.stdout is None:
        raise DataError(_("Cannot write the answer: standard output is closed"))
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), sys.stdout.encoding)
    codecs.register_error("govmap", _without_accents)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="govmap")


def silence(stream: TextIO) -> None:
    """Send what a *stream* still holds to nowhere, so that Python ends without a word."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _columns(terminal: TextIO | None) -> int | None:
    """Return how wide a line may be: what COLUMNS asks for, else the width of the *terminal*, else no limit."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 100_000:
        return max(int(asked), 20)
    if terminal is None:
        return None
    try:
        return max(os.get_terminal_size(terminal.fileno()).columns, 20)
    except OSError:
        return 80


def _escaped(text: str, encoding: str) -> str:
    r"""Return JSON *text* with `\u` escapes for what the output's encoding does not have, still the same JSON."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        import json  # not for UTF-8

        return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)
    return text


def _without_accents(error: UnicodeError) -> tuple[str, int]:
    """Replace what an encoding does not have by its plain letters, else by a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    plain = unicodedata.normalize("NFKD", missing.translate(PLAINER))
    return "".join(char if ord(char) < 128 else "" if unicodedata.combining(char) else "?" for char in plain), error.end
