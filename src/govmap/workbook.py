"""Writes tables as an Excel workbook in which a text is never read as a formula, a number or a link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govmap.calls import Call, Option
from govmap.errors import UsageError
from govmap.language import _
from govmap.rows import Cell, Rows

MAX_WIDTH = 60  # of a column, in characters
# A workbook holds its date of creation; a fixed one makes the same rows the same bytes.
CREATED = datetime(2000, 1, 1)


def to_workbook(title: str, sheets: Iterable[tuple[str, Rows]]) -> bytes:
    """Return a workbook with one sheet for each name and its rows; the header row stays visible.

    Raises:
        UsageError: A text is too long for a cell, or a sheet has too many rows.

    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": CREATED})
        bold = book.add_format({"bold": True})
        for name, rows in sheets:
            _write_sheet(book.add_worksheet(name), rows, bold)
    return content.getvalue()


def _write_sheet(sheet: Worksheet, rows: Rows, bold: Format) -> None:
    for column, name in enumerate(rows.columns):
        sheet.write_string(0, column, name, bold)
    for row, cells in enumerate(rows.rows, 1):
        for column, cell in enumerate(cells):
            if _write(sheet, row, column, cell) != 0:
                message = _("A sheet of Excel cannot hold row {row} of {sheet}: too many rows, or too long a text")
                raise UsageError(
                    message.format(row=row, sheet=sheet.name),
                    (Option("format", "csv"), Call("export", "csv", "govmap-csv")),
                )
    for column, cells in enumerate(zip(rows.columns, *rows.rows, strict=True)):
        sheet.set_column(column, column, min(max(len(str(cell)) for cell in cells) + 2, MAX_WIDTH))
    last_row, last_column = len(rows.rows), len(rows.columns) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    # Numeric country codes are texts because of their leading zeros; Excel would flag each cell.
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last_row + 1}"})


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> int:
    """Write *cell* by its type; return 0 unless the sheet cannot hold it."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        return int(sheet.write_boolean(row, column, cell))
    if isinstance(cell, str):
        return int(sheet.write_string(row, column, cell))
    return int(sheet.write_number(row, column, cell))
