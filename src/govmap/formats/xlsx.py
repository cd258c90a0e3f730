"""Renders rows as an Excel workbook with one sheet."""

from __future__ import annotations

from govmap.rows import Rows
from govmap.workbook import to_workbook


def to_xlsx(rows: Rows) -> bytes:
    """Return *rows* as a workbook; raise UsageError if a sheet cannot hold them."""
    return to_workbook("govmap", [("answer", rows)])
