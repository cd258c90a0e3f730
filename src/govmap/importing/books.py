"""The books of an import: what became of every row, so that none disappears without a word."""

from __future__ import annotations

from array import array

from govmap.importing.report import CellCounts, Merger, Refusal, RowCounts


class RefusedError(Exception):
    """A row is not taken; the text says why, and what to write instead."""


class Books:
    """What became of the rows of one table.

    Attributes:
        read: How many rows were read, but for empty ones.
        empty: How many rows have no text at all.
        merged: The lines of rows that add nothing to earlier ones.
        added: The lines of rows that add a name or a group.
        mergers: Which rows tell one membership.
        dates: The dates that the rows tell.
        cells: What the cells of a matrix say, by kind; empty for a table of listings.

    """

    def __init__(self) -> None:
        """Start with nothing read."""
        self.read = self.empty = 0
        self.merged: set[int] = set()
        self.added: set[int] = set()
        self.dates: set[str] = set()
        self.mergers: list[Merger] = []
        self.cells: dict[str, int] = {}
        self._refused: dict[str, array[int]] = {}

    def refuse(self, line: int, reason: str) -> None:
        """Note that the row on *line* is not taken."""
        self._refused.setdefault(reason, array("q")).append(line)

    def refused_rows(self) -> int:
        """Return how many rows were not taken."""
        return sum(map(len, self._refused.values()))

    def refusals(self) -> tuple[Refusal, ...]:
        """Return why rows were not taken, and their lines, in the order of the first of them."""
        every = (Refusal(reason, tuple(sorted(lines))) for reason, lines in self._refused.items())
        return tuple(sorted(every, key=lambda refusal: (refusal.lines[0], refusal.reason)))

    def rows(self) -> RowCounts:
        """Return the books: every row that was read is taken, merged or refused."""
        refused, merged = self.refused_rows(), len(self.merged)
        return RowCounts(self.read, self.read - refused - merged, merged, refused, self.empty)

    def cell_counts(self) -> CellCounts | None:
        """Return what the cells of a matrix say; none for a table of listings."""
        return CellCounts(**self.cells) if self.cells else None
