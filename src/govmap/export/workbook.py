"""The dataset as an Excel workbook: one sheet a table, every text a text."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govmap.atlas import Atlas
from govmap.errors import UsageError
from govmap.export.columns import Table
from govmap.export.tables import tables_of
from govmap.rows import Cell

WIDEST = 60  # characters
# Excel keeps when a workbook was made; a fixed day makes the same dataset the same file.
MADE = datetime(2000, 1, 1)


def write_xlsx(atlas: Atlas, path: Path) -> None:
    """Write the workbook to *path*.

    Raises:
        UsageError: A sheet cannot hold a text, or so many rows.
        OSError: The file cannot be written.

    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": atlas.dataset.about.title, "created": MADE})
        bold = book.add_format({"bold": True})
        for table in tables_of(atlas):
            _write_sheet(book.add_worksheet(table.name), table, bold)
    path.write_bytes(content.getvalue())


def _write_sheet(sheet: Worksheet, table: Table, bold: Format) -> None:
    names = tuple(column.name for column in table.columns)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            if _write(sheet, row, column, cell) != 0:
                message = f"A sheet of Excel cannot hold row {row} of {table.name}: too many rows, or too long a text"
                raise UsageError(message, ("govmap export csv",))
    for column, cells in enumerate(zip(names, *table.rows, strict=True)):
        sheet.set_column(column, column, min(max(len(str(cell)) for cell in cells) + 2, WIDEST))
    last_row, last_column = len(table.rows), len(names) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    # Numeric codes of countries are texts, for their zeros; Excel would mark each as a mistake.
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last_row + 1}"})


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> int:
    """Write *cell* as what it is, never as what it looks like; return 0 where the sheet can hold it."""
    if cell is None:
        return 0
    if isinstance(cell, bool):
        return int(sheet.write_boolean(row, column, cell))
    if isinstance(cell, str):
        return int(sheet.write_string(row, column, cell))
    return int(sheet.write_number(row, column, cell))
