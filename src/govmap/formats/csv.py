"""Writes rows as CSV (RFC 4180) or TSV: one header, then one fact a row, in lines that end in CR LF.

A text that a spreadsheet would take for a formula stands after an apostrophe (see `govmap.rows`).
"""

from __future__ import annotations

from govmap.rows import Rows, csv_line


def to_csv(rows: Rows) -> str:
    """Return *rows* with commas between cells."""
    return _delimited(rows, ",")


def to_tsv(rows: Rows) -> str:
    """Return *rows* with tabs between cells, quoted where they must be."""
    return _delimited(rows, "\t")


def _delimited(rows: Rows, delimiter: str) -> str:
    return "".join(csv_line(cells, delimiter, "\r\n") for cells in (rows.columns, *rows.rows))
