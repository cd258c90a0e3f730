"""Reads a table: of separated values (RFC 4180), a sheet of a workbook, or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govmap.errors import DataError, UsageError
from govmap.extras import load_function
from govmap.language import _
from govmap.rows import FORMULA
from govmap.texts import quoted, repeated

MAX_BYTES = 256 * 1024 * 1024
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how an xlsx begins, and an xls
PARQUET = b"PAR1"
NAMIBIA = "NA"  # its code, and what R and pandas write for a missing value
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def are_codes(names: Iterable[str]) -> bool:
    """Return whether *names* of countries are codes of two letters, of which at least one is not NA.

    Only among these is NA Namibia.
    """
    others = {name.upper() for name in names} - {"", NAMIBIA}
    return bool(others) and all(len(name) == len(NAMIBIA) and name.isalpha() for name in others)


class Row(NamedTuple):
    """A row: the line on which it begins, from 1, and its cells without surrounding space."""

    line: int
    cells: list[str]


class Table(NamedTuple):
    """A table: the names of its columns, each once, and its rows, which can be read once."""

    header: tuple[str, ...]
    rows: Iterator[Row]


def read_table(content: bytes, where: str, delimiter: str | None = None, sheet: str | None = None) -> Table:
    """Return the table in *content*.

    Args:
        content: The bytes of the file: an Excel workbook, Parquet, or text in UTF-8, with or without a byte order mark.
        where: The name of the file, for messages.
        delimiter: The sign between cells; by default the one of comma, semicolon and tab that the first line has most.
        sheet: The sheet of a workbook; by default the only one that is not empty.

    Raises:
        DataError: It is no such table. This may be found only while the rows are read.
        UsageError: A library that reads it is not installed; or a sheet is asked for where there are none.

    """
    if len(content) > MAX_BYTES:
        raise DataError(_("{where} is larger than {n} MB; split it").format(where=where, n=MAX_BYTES // 1024**2))
    if sheet is not None and not content.startswith(WORKBOOKS):
        raise UsageError(_("--sheet is for a workbook of Excel"))
    if content.startswith((*WORKBOOKS, PARQUET)):
        lines = enumerate(_lines(content, where, sheet), 1)
        rows: Iterator[Row] = (Row(line, list(map(_clean, cells))) for line, cells in lines)
    else:
        text = _decode(content, where)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _find_delimiter(text), strict=True)
        rows = _rows(reader, where)
    first = next((row for row in rows if any(row.cells)), None)
    if first is None:
        raise DataError(_("{where} is empty; its first line must name the columns").format(where=where))
    header = tuple(name or f"column {number}" for number, name in enumerate(first.cells, 1))
    twice = repeated(header)
    if twice:
        raise DataError(_("{where} has two columns called {name}").format(where=where, name=quoted(twice[0])))
    return Table(header, rows)


def _lines(content: bytes, where: str, sheet: str | None) -> list[list[str]]:
    """Return the lines of a file that is no text, from the names of its columns on."""
    lines: list[list[str]]
    if content.startswith(PARQUET):
        read = load_function("govmap.importing.parquet", "read_parquet", purpose=where, extra="duckdb")
        lines = read(content, where)
    else:
        read = load_function("govmap.importing.workbooks", "read_workbook", purpose=where, extra="excel")
        lines = read(content, where, sheet)
    return lines


def _decode(content: bytes, where: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:1000]:
        raise DataError(_("{where} is neither UTF-8 text nor a workbook; save it as CSV in UTF-8").format(where=where))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _(
            "{where}, line {line}: this is not UTF-8, perhaps Windows-1252; save it as CSV in UTF-8,"
            " or convert it: iconv -f WINDOWS-1252 -t UTF-8"
        )
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(message.format(where=where, line=line)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(_("{where}, line {line}: a NUL is not text; remove it").format(where=where, line=line))
    return text


def _find_delimiter(text: str) -> str:
    """Return the delimiter that the first line has most outside quotes; a comma if it has none."""
    first = next((line for line in text[:1_000_000].splitlines() if line.strip()), "")
    unquoted = "".join(first.split('"')[::2])
    return max(DELIMITERS.values(), key=unquoted.count)


def _rows(reader: csv._reader, where: str) -> Iterator[Row]:  # type: ignore[name-defined]  # the class has no public name
    line = 1
    try:
        for cells in reader:
            yield Row(line, [cell if len(cell) < 3 and cell.isalnum() else _clean(cell) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("{where}, line {line}: this is not CSV: {error}; check the quotes")
        raise DataError(message.format(where=where, line=line, error=error)) from error


def _clean(cell: str) -> str:
    """Return the text of a cell, without the apostrophe that `export csv` puts before what looks like a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
