"""Answers many questions in one call: one a line from standard input, one record a line in their order.

Answers are written as they are found, so that nothing grows with their number. What fails has its error in its place,
and the call then ends with exit code 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import to_builtins

from govmap.calls import Option
from govmap.cli.answer import open_atlas_of
from govmap.cli.input import standard_input
from govmap.cli.options import STANDARD_INPUT, OutputOptions
from govmap.cli.output import progress, writing
from govmap.declaration import Declaration
from govmap.errors import DataError, GovmapError, NotFoundError, UsageError
from govmap.formats.json import error_body, to_jsonl
from govmap.language import _, ngettext
from govmap.presentation import Presentation
from govmap.rows import csv_line

LONGEST_LINE = 100_000  # bytes
KEPT = 512  # answers, for questions that come again
UTF_8_MARK, UTF_16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")

Ask = Callable[[str], Presentation]
Lines = Iterator[tuple[str, int]]  # a text to write, and the number of questions in it that failed


def answer_each(declaration: Declaration, values: dict[str, Any]) -> None:
    """Answer the question of each line of standard input, which gives the arguments that are `-`, with tabs between.

    Raises:
        GovmapError: The call is wrong, standard input cannot be read, or a question has no answer.

    """
    arguments = (parameter.name for parameter in declaration.parameters if parameter.positional)
    places = [name for name in arguments if values.get(name) == STANDARD_INPUT]
    options = OutputOptions.of(values)
    form = "jsonl" if options.format == "table" and values.get("format") is None else options.format
    if form not in WRITERS:
        message = _("Several answers can only be written as jsonl, csv or tsv")
        raise UsageError(message, tuple(Option("format", name) for name in WRITERS))
    atlas = open_atlas_of(values)

    def ask(line: str) -> Presentation:
        names = line.split("\t") if len(places) > 1 else [line]
        if len(names) != len(places):
            message = _("A line has {n} names, separated by tabs")
            raise UsageError(message.format(n=len(places)))
        found = declaration.ask(atlas, {**values, **dict(zip(places, names, strict=True))})
        presentation = Presentation(found, sources=bool(values.get("sources")))
        if presentation.failure is not None:
            raise presentation.failure
        return presentation

    failed = total = 0

    def count(question: str) -> str:
        nonlocal total
        total += 1
        return question

    with progress(_("Working out the answers")), writing(options) as write:
        for text, failures in WRITERS[form](ask, map(count, _questions())):
            failed += failures
            write(text.encode())
    if failed:
        message = ngettext(
            "{n} of {total} questions has no answer; `error` says why",
            "{n} of {total} questions have no answer; `error` says why",
            failed,
        )
        raise NotFoundError(message.format(n=failed, total=total))


def _questions() -> Iterator[str]:
    """Yield the lines of standard input that are not blank; raise DataError where it cannot be read as UTF-8 text."""
    stream, number = standard_input(), 0
    try:
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            line = line.removeprefix(UTF_8_MARK) if number == 1 else line
            if len(line) > LONGEST_LINE or line.startswith(UTF_16_MARKS) or b"\0" in line:
                message = _("standard input, line {line}: this is not UTF-8 text")
                raise DataError(message.format(line=number))
            text = line.decode("utf-8", "replace").strip("\r\n ")
            if text.strip():
                yield text
    except OSError as error:
        message = _("Cannot read standard input: {reason}").format(reason=error.strerror or error)
        raise DataError(message) from error


def _json_lines(ask: Ask, questions: Iterator[str]) -> Lines:
    """Yield each answer as JSON, with what was `asked` in front."""

    @lru_cache(KEPT)
    def answered(question: str) -> tuple[str, int]:
        try:
            record = to_builtins(ask(question).record(), enc_hook=str)
        except GovmapError as error:
            return to_jsonl({"asked": question, "error": error_body(error).to_dict()}), 1
        return to_jsonl({"asked": question, **record}), 0

    return map(answered, questions)


def _separated(ask: Ask, questions: Iterator[str], delimiter: str) -> Lines:
    """Yield the rows of each answer, with the `question` in front and the `error`, if it failed, at the end."""

    @lru_cache(KEPT)
    def answered(question: str) -> tuple[tuple[str, ...], str, GovmapError | None]:
        try:
            rows = ask(question).rows()
        except GovmapError as error:
            return (), "", error
        return rows.columns, "".join(csv_line((question, *cells, None), delimiter) for cells in rows.rows), None

    columns: tuple[str, ...] = ()
    waiting: list[tuple[str, GovmapError]] = []  # what failed before the first answer, which tells the columns
    for question in questions:
        known, text, error = answered(question)
        if error is not None and not columns:
            waiting.append((question, error))
            continue
        if not columns:
            columns = known
            yield _head(columns, waiting, delimiter)
        yield (text, 0) if error is None else (_failed(question, error, columns, delimiter), 1)
    if not columns:
        yield _head(columns, waiting, delimiter)


def _head(columns: tuple[str, ...], failures: list[tuple[str, GovmapError]], delimiter: str) -> tuple[str, int]:
    """Return the heading and the failures before the first answer."""
    heading = csv_line(("question", *columns, "error"), delimiter)
    lines = (_failed(question, error, columns, delimiter) for question, error in failures)
    return heading + "".join(lines), len(failures)


def _failed(question: str, error: GovmapError, columns: tuple[str, ...], delimiter: str) -> str:
    return csv_line((question, *(None for _column in columns), error.message), delimiter)


WRITERS: dict[str, Callable[[Ask, Iterator[str]], Lines]] = {
    "jsonl": _json_lines,
    "csv": lambda ask, questions: _separated(ask, questions, ","),
    "tsv": lambda ask, questions: _separated(ask, questions, "\t"),
}
