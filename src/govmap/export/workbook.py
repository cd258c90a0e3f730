"""The dataset as an Excel workbook: one sheet a table."""

from __future__ import annotations

from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.readable import readable_tables
from govmap.export.sqlite import dated_copy
from govmap.workbook import Sheet, write_workbook


def write_xlsx(atlas: Atlas, path: Path) -> None:
    """Write the workbook to *path*.

    Raises:
        UsageError: A sheet cannot hold a text, or so many rows.
        OSError: The file cannot be written.

    """
    with dated_copy(atlas) as database:
        tables = readable_tables(database)
        sheets = (Sheet(table.name, tuple(column.name for column in table.columns), rows()) for table, rows in tables)
        write_workbook(path, atlas.context.about.title, sheets)
