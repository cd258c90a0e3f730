"""Writes rows as an Excel workbook of one sheet."""

from __future__ import annotations

from govmap.rows import Rows
from govmap.workbook import to_workbook


def to_xlsx(rows: Rows) -> bytes:
    """Return *rows* as the content of a workbook; raise UsageError where a sheet cannot hold them."""
    return to_workbook("govmap", [("answer", rows)])
