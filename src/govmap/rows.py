"""Rows: a flat table of plain values, for spreadsheets and databases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import overload

from msgspec import Struct

from govmap.texts import printable

Cell = str | int | float | bool | None

# What spreadsheets run as a formula (OWASP, "CSV Injection"). It includes leading apostrophes, so that removing one
# restores every text.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
SHOWN = 60  # rows of a table in a notebook, as pandas shows
QUOTED = re.compile(r'[",\t\r\n]')


class Rows(Struct, frozen=True):
    """A table with one fact in each row; column names are the keys of the JSON, and None is an unknown value.

    It is used as a sequence of its rows; a slice is a table with the same columns.

    >>> rows = Rows(("country", "since"), (("PER", "2022"), ("CHL", None)))
    >>> len(rows), rows[1], rows[:1].rows
    (2, ('CHL', None), (('PER', '2022'),))
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Iterate over the rows."""
        return iter(self.rows)

    @overload
    def __getitem__(self, at: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> tuple[Cell, ...] | Rows:
        """Return a row by its place from 0, or the table of some of them."""
        return Rows(self.columns, self.rows[at]) if isinstance(at, slice) else self.rows[at]

    def __repr__(self) -> str:
        """Return one line: the columns, and how many rows there are."""
        return f"Rows({self.columns!r}, <{len(self)}>)"

    def _repr_html_(self) -> str:
        """Return the table, as notebooks show it: its first rows, and a last one that stands for the others."""
        from html import escape  # for notebooks alone

        lines = [map(_shown, cells) for cells in self[:SHOWN]]
        if len(self) > SHOWN:
            lines.append(map(str, ("…", *[""] * (len(self.columns) - 1))))
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>" for line in lines)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


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


def _shown(cell: Cell) -> str:
    """Return a cell as people read it, with nothing that a page would obey."""
    return "" if cell is None else printable(str(cell))


def _csv(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "true", False: "false"}[cell]
    text = str(cell).replace("\0", "\\x00")
    if isinstance(cell, str) and FORMULA.match(text):
        text = f"'{text}"
    # Not the csv module: where lines end in LF it does not quote a lone CR, which no reader accepts.
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text
