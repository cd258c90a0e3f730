"""Reads a sheet of an Excel workbook as lines of texts (python-calamine, in the extra `excel`)."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime, time
from io import BytesIO
from typing import Any

import python_calamine

from govmap.calls import Option
from govmap.errors import DataError
from govmap.language import _
from govmap.texts import quoted

OWN_SHEET = "memberships"  # what an import takes of a workbook that `export xlsx` wrote
MAX_CELLS = 20_000_000  # between the corners of a sheet, which its reader holds in memory whole
CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
CHUNK = 1 << 20


def read_workbook(content: bytes, where: str, sheet: str | None) -> list[list[str]]:
    """Return the lines of a sheet, from its first on: the one called *sheet*, or else the only one that is not empty.

    Raises:
        DataError: It is no workbook that can be read, or it is not clear which sheet is meant.

    """
    try:
        _check_extent(content, where)
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            names = book.sheet_names
            wanted = sheet or (OWN_SHEET if OWN_SHEET in names else None)
            if wanted is not None and wanted not in names:
                message = _("{where} has no sheet {name}").format(where=where, name=quoted(wanted))
                raise DataError(message, _offers(names))
            chosen = names if wanted is None else [wanted]
            read = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in chosen}
    except (python_calamine.CalamineError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
        message = _("{where} cannot be read as a workbook: {reason}; save the sheet as xlsx, or as CSV in UTF-8")
        raise DataError(message.format(where=where, reason=str(error)[:200])) from error
    filled = {name: rows for name, rows in read.items() if rows}
    if len(filled) > 1:
        raise DataError(_("{where} has several sheets; name one").format(where=where), _offers(list(filled)))
    return [list(map(_text, row)) for rows in filled.values() for row in rows]


def _offers(names: list[str]) -> tuple[Option, ...]:
    return tuple(Option("sheet", name) for name in names[:3])


def _check_extent(content: bytes, where: str) -> None:
    """Raise DataError for a sheet with a cell so far out that a reader would fill the memory with empty ones."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return
    with zipfile.ZipFile(BytesIO(content)) as book:
        for part in book.infolist():
            if part.filename.startswith("xl/worksheets/"):
                with book.open(part) as sheet:
                    _check_sheet(sheet, where)


def _check_sheet(sheet: Any, where: str) -> None:
    rows, columns, rest = 0, 0, b""
    while chunk := sheet.read(CHUNK):
        for column, row in CELL.findall(rest + chunk):
            rows, columns = max(rows, int(row)), max(columns, _number(column))
        rest = chunk[-32:]
        if rows * columns > MAX_CELLS:
            message = _("{where} has a sheet of {rows} rows and {columns} columns; remove cells far from the table")
            raise DataError(message.format(where=where, rows=rows, columns=columns))


def _number(letters: bytes) -> int:
    """Return the number of a column, from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(cell: Any) -> str:
    """Return what stands in a cell as a table of texts would have it: 1945 for 1945.0, a date as 2020-05-06."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
