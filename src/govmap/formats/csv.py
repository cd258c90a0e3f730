"""Renders rows as CSV (RFC 4180) or TSV: a header, one fact in each row, lines that end in CR LF.

A text that a spreadsheet would run as a formula gets an apostrophe in front (see `govmap.rows`).
"""

from __future__ import annotations

from govmap.rows import Rows, csv_line


def to_csv(rows: Rows, delimiter: str = ",") -> str:
    """Return *rows* as CSV."""
    return "".join(csv_line(cells, delimiter) for cells in (rows.columns, *rows.rows))


def to_tsv(rows: Rows) -> str:
    """Return *rows* as TSV, with quotes around cells that hold a tab."""
    return to_csv(rows, "\t")
