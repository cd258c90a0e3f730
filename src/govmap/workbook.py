"""Writes tables as an Excel workbook in which a text is never read as a formula, a number or a link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govmap.calls import Call, Option
from govmap.errors import UsageError
from govmap.language import _
from govmap.rows import Cell

MAX_WIDTH = 60  # of a column, in characters
# A workbook holds its date of creation; a fixed one makes the same rows the same bytes.
CREATED = datetime(2000, 1, 1)


class Sheet(NamedTuple):
    """A sheet: what it and its columns are called, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def write_workbook(to: BytesIO | Path, title: str, sheets: Iterable[Sheet]) -> None:
    """Write a workbook whose header rows stay visible; where it goes to a path, no row is kept in memory.

    Raises:
        OSError: The file cannot be written.
        UsageError: A text is too long for a cell, or a sheet has too many rows.

    """
    how = {"constant_memory": True, "tmpdir": str(to.parent)} if isinstance(to, Path) else {"in_memory": True}
    try:
        with xlsxwriter.Workbook(to, how) as book:
            book.set_properties({"title": title, "created": CREATED})
            bold = book.add_format({"bold": True})
            for sheet in sheets:
                _write_sheet(book.add_worksheet(sheet.name), sheet, bold)
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _write_sheet(sheet: Worksheet, table: Sheet, bold: Format) -> None:
    widths, last_row = list(map(len, table.columns)), 0
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
    for last_row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            widths[column] = max(widths[column], len(str(cell)))
            if _write(sheet, last_row, column, cell) != 0:
                message = _("A sheet of Excel cannot hold row {row} of {sheet}: too many rows, or too long a text")
                instead = (Option("format", "csv"), Call("export", "csv", "govmap-csv"))
                raise UsageError(message.format(row=last_row, sheet=sheet.name), instead)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + 2, MAX_WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, len(table.columns) - 1)
    # Numeric country codes are texts because of their leading zeros; Excel would flag each cell.
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last_row + 1}"})


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> int:
    """Write *cell* by its type; return 0 unless the sheet cannot hold it."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        return int(sheet.write_boolean(row, column, cell))
    if isinstance(cell, str):
        if cell.startswith("<r>") and cell.endswith("</r>"):  # which XlsxWriter would write as XML of its own
            cell = f"<r><t>{escape(cell)}</t></r>"
        return int(sheet.write_string(row, column, cell))
    return int(sheet.write_number(row, column, cell))
