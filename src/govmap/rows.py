"""Rows: an answer or a part of the dataset as one flat table of plain values, for spreadsheets and databases."""

from __future__ import annotations

from msgspec import Struct

Cell = str | int | float | bool | None


class Rows(Struct, frozen=True):
    """One fact a row; `columns` are their names, in the words of the JSON. None is a value that is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
