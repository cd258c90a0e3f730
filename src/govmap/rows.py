"""Rows: a flat table of plain values, for spreadsheets and databases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

Cell = str | int | float | bool | None

# What spreadsheets run as a formula (OWASP, "CSV Injection"). It includes leading apostrophes, so that removing one
# restores every text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED = re.compile(r'[",\t\r\n]')


class Rows(Struct, frozen=True):
    """A table with one fact in each row; column names are the keys of the JSON, and None is an unknown value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tidy(columns: str, facts: Iterable[Mapping[str, Cell]], **constants: Cell) -> Rows:
    """Return *facts* as rows; a value that a fact lacks is None.

    *columns* are names separated by spaces. *constants* are values that every row repeats.

    >>> tidy("asked code since", [{"code": "PER"}], asked="RCM").rows
    (('RCM', 'PER', None),)

    Raises:
        KeyError: A fact has a value without a column.

    """
    names, rows = tuple(columns.split()), []
    for fact in facts:
        cells: dict[str, Cell] = {**dict.fromkeys(names), **constants, **fact}
        if len(cells) > len(names):
            raise KeyError(*cells.keys() - names)
        rows.append(tuple(cells.values()))
    return Rows(names, tuple(rows))


def csv_line(cells: Iterable[Cell], delimiter: str = ",", end: str = "\r\n") -> str:
    r"""Return *cells* as a line of CSV (RFC 4180), with an apostrophe before texts that look like formulas.

    NUL, which no reader accepts, is spelled out.

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
    # Not the csv module: where lines end in LF it does not quote a lone CR, which no reader accepts.
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text
