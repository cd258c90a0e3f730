"""Renders rows as an Excel workbook with one sheet."""

from __future__ import annotations

from io import BytesIO

from govmap.rows import Rows
from govmap.workbook import Sheet, write_workbook


def to_xlsx(rows: Rows) -> bytes:
    """Return *rows* as a workbook; raise UsageError if a sheet cannot hold them."""
    content = BytesIO()
    write_workbook(content, "govmap", [Sheet("answer", rows.columns, rows.rows)])
    return content.getvalue()
