"""The report on an import: what became of each row of the table, so that none is lost without a word.

Field names of the records are the keys of the JSON.
"""

from __future__ import annotations

from array import array

from govmap.records import CountryRef, Result


class ColumnUse(Result, frozen=True):
    """A column of the table and the role it was read in; null if it was not read."""

    column: str
    role: str | None


class RowCounts(Result, frozen=True):
    """The totals: `read` is `taken` + `merged` + `refused`. Rows without any text count as `empty` only."""

    read: int
    taken: int
    merged: int
    refused: int
    empty: int


class CellCounts(Result, frozen=True):
    """The cells of a matrix in the rows that were taken, by what they say; `listed` is a membership of any kind."""

    listed: int
    not_listed: int
    not_in_system: int
    missing: int


class Refusal(Result, frozen=True):
    """A reason for which rows were refused, and the lines on which those rows begin."""

    reason: str
    lines: tuple[int, ...]


class Merger(Result, frozen=True):
    """Rows that became one: `kind` is `duplicate` if they say the same, `overlap` if their spells overlap.

    `organisation` or `country` is null if the row of a matrix covers all of them.
    """

    organisation: str | None
    country: str | None
    kind: str
    lines: tuple[int, ...]


class ImportReport(Result, frozen=True):
    """The answer to `import`.

    `output` is null and `written` false if nothing was written: in a dry run, or because rows were refused.
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


class RowLog:
    """What became of the rows of one table.

    Attributes:
        read: The number of rows that are not empty.
        empty: The number of rows without any text.
        merged: The lines of rows that add nothing to earlier rows.
        mergers: Which rows became one membership.

    """

    def __init__(self) -> None:
        """Start with no row read."""
        self.read = self.empty = 0
        self.merged: set[int] = set()
        self.mergers: list[Merger] = []
        self._refused: dict[str, array[int]] = {}

    def refuse(self, line: int, reason: str) -> None:
        """Log that the row on *line* is refused."""
        self._refused.setdefault(reason, array("q")).append(line)

    def refusals(self) -> tuple[Refusal, ...]:
        """Return each reason with the lines it applies to, in the order of the first line."""
        refusals = (Refusal(reason, tuple(sorted(lines))) for reason, lines in self._refused.items())
        return tuple(sorted(refusals, key=lambda refusal: (refusal.lines[0], refusal.reason)))

    def counts(self) -> RowCounts:
        """Return the totals: every row that was read is taken, merged or refused."""
        refused, merged = sum(map(len, self._refused.values())), len(self.merged)
        return RowCounts(self.read, self.read - refused - merged, merged, refused, self.empty)
