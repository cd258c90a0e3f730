"""Rows: an answer or a part of the dataset as one flat table of plain values, for spreadsheets and databases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

Cell = str | int | float | bool | None

# What spreadsheets take for a formula (OWASP, "CSV Injection"). Apostrophes before it count as part of it, so that
# taking one away brings back every text as it was.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED = re.compile(r'[",\r\n]')


class Rows(Struct, frozen=True):
    """One fact a row; `columns` are their names, in the words of the JSON. None is a value that is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_line(cells: Iterable[Cell]) -> str:
    """Return *cells* as a line of a CSV file (RFC 4180 with LF), texts like formulas after an apostrophe."""
    return ",".join(map(_csv, cells)) + "\n"


def _csv(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "true", False: "false"}[cell]
    text = f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else str(cell)
    # The csv module leaves a lone CR bare where lines end in LF, and no reader takes that.
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text
