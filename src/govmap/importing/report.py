"""What became of each row of a table that was imported. Field names are the keys of the JSON."""

from __future__ import annotations

from govmap.records import CountryRef, Result


class ColumnUse(Result, frozen=True):
    """A column of the table, and what it was read as (null where it was not read)."""

    column: str
    role: str | None


class RowCounts(Result, frozen=True):
    """The books: `read` is `taken` + `merged` + `refused`; rows without any text are no rows, and counted apart."""

    read: int
    taken: int
    merged: int
    refused: int
    empty: int


class CellCounts(Result, frozen=True):
    """The cells of a matrix, in the rows that were taken: `listed` say that a country is in."""

    listed: int
    not_listed: int
    not_in_system: int
    missing: int


class Refusal(Result, frozen=True):
    """Why rows were not taken, and the lines on which they begin."""

    reason: str
    lines: tuple[int, ...]


class Merger(Result, frozen=True):
    """Rows that have become one: `kind` is `duplicate` where they say the same, `overlap` where their spells overlap.

    `organisation` or `country` is null where the row of a matrix is about all of them.
    """

    organisation: str | None
    country: str | None
    kind: str
    lines: tuple[int, ...]


class Import(Result, frozen=True):
    """The answer to `import`: the report on a table.

    `output` is null, and `written` false, where nothing was written: rows were refused, or none was to be written.
    """

    file: str
    output: str | None
    written: bool
    layout: str
    codes: str
    columns: tuple[ColumnUse, ...]
    rows: RowCounts
    cells: CellCounts | None
    refused: tuple[Refusal, ...]
    merged: tuple[Merger, ...]
    reference_date: str
    organisations: int
    countries: int
    memberships: int
    groups: int
    new_countries: tuple[CountryRef, ...]
    new_themes: tuple[str, ...]
    notes: tuple[str, ...]
