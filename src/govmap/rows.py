"""Rows: an answer or a part of the dataset as one flat table of plain values, for spreadsheets and databases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

Cell = str | int | float | bool | None

# What spreadsheets take for a formula (OWASP, "CSV Injection"). Apostrophes before it count as part of it, so that
# taking one away brings back every text as it was.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED = re.compile(r'[",\t\r\n]')


class Rows(Struct, frozen=True):
    """One fact a row; `columns` are their names, in the words of the JSON. None is a value that is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tidy(columns: str, facts: Iterable[Mapping[str, Cell]], **everywhere: Cell) -> Rows:
    """Return *facts* as rows under *columns*, names a space apart; a value that a fact lacks is None.

    *everywhere* are the values that stand in every row, as what was asked.

    >>> tidy("asked code since", [{"code": "PER"}], asked="RCM").rows
    (('RCM', 'PER', None),)

    Raises:
        KeyError: A fact has a value for which there is no column.

    """
    names = tuple(columns.split())
    place = {name: i for i, name in enumerate(names)}
    rows = []
    for fact in facts:
        cells: list[Cell] = [None] * len(names)
        for name, value in (*everywhere.items(), *fact.items()):
            cells[place[name]] = value
        rows.append(tuple(cells))
    return Rows(names, tuple(rows))


def csv_line(cells: Iterable[Cell], delimiter: str = ",", end: str = "\n") -> str:
    r"""Return *cells* as a line of a CSV file (RFC 4180), texts like formulas after an apostrophe.

    NUL, which no reader takes, is spelled out.

    >>> csv_line(("=1+1", -5, None, True, "a, b"), end="")
    '\'=1+1,-5,,true,"a, b"'
    """
    return delimiter.join(map(_csv, cells)) + end


def _csv(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "true", False: "false"}[cell]
    text = str(cell).replace("\0", "\\x00")
    if isinstance(cell, str) and FORMULA.match(text):
        text = f"'{text}"
    # The csv module leaves a lone CR bare where lines end in LF, and no reader takes that.
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text
