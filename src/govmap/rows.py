"""Rows: an answer or a part of the dataset as one flat table of plain values, for spreadsheets and databases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

Cell = str | int | float | bool | None


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
