"""Writes rows as CSV (RFC 4180) or TSV: one header, then one fact a row.

A text that a spreadsheet would take for a formula, since it begins with = + - @, a tab or a carriage return, gets a
single quote before it, as OWASP advises ("CSV Injection"). Numbers are numbers, and stay as they are.
"""

from __future__ import annotations

import csv
import io

from govmap.rows import Cell, Rows

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Rows) -> str:
    """Return *rows* with commas between cells, and lines that end in CR LF."""
    return _delimited(rows, ",")


def to_tsv(rows: Rows) -> str:
    """Return *rows* with tabs between cells, quoted where they must be, and lines that end in CR LF."""
    return _delimited(rows, "\t")


def _delimited(rows: Rows, delimiter: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(rows.columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows.rows)
    return text.getvalue()


def neutral(cell: Cell) -> Cell:
    """Return *cell* so that no spreadsheet runs it; an unknown value is empty, a truth value true or false.

    >>> neutral("=1+1"), neutral(-5), neutral(None)
    ("'=1+1", -5, '')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        clean = cell.replace("\0", "\\x00")
        return f"'{clean}" if clean.startswith(FORMULA) else clean
    return "" if cell is None else cell
