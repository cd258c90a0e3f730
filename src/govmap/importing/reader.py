"""The base of the readers of tables and their options: it goes through the rows, and collects what they say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from govmap.facts.database import Database
from govmap.importing.cells import RefusedError
from govmap.importing.columns import Columns
from govmap.importing.countries import CountryResolver
from govmap.importing.organisations import Organisation, Organisations
from govmap.importing.report import CellCounts, Merger, RowLog
from govmap.importing.spells import find_conflicts, join
from govmap.importing.table import NAMIBIA, Row, are_codes
from govmap.importing.themes import ThemeResolver
from govmap.language import _
from govmap.texts import quoted


class ImportOptions(NamedTuple):
    """How to read a table, and how to describe the dataset.

    Attributes:
        roles: The columns, each as ROLE=NAME.
        wide: Whether the table is a matrix.
        codes: Which codes of countries it has, a key of `countries.CODES`; by default as its header suggests.
        delimiter: The sign between cells; by default as the first line suggests.
        sheet: The sheet of a workbook; by default the only one that is not empty.
        ignore: The names of columns of a matrix that are neither organisations nor countries.
        title: The title of the dataset; by default the name of the file.
        kind: What kind of bodies its organisations are.
        reference_date: The date for which the dataset answers; by default the latest in the table, or today.
        source: The title of the source of the table.
        url: The address of that source.
        skip_bad_rows: Whether to make a dataset even if rows are refused.

    """

    roles: tuple[str, ...] = ()
    wide: bool = False
    codes: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    ignore: tuple[str, ...] = ()
    title: str | None = None
    kind: str = "organisation"
    reference_date: str | None = None
    source: str | None = None
    url: str | None = None
    skip_bad_rows: bool = False


class TableReader(ABC):
    """Reads the rows of one table.

    Attributes:
        columns: The columns of the table.
        column_roles: What each column is read as, by its index.
        organisations: The organisations in the rows read so far, with their memberships.
        countries: Resolves the names of countries.
        themes: Resolves the names of themes.
        dates: The dates in the rows; the latest becomes the reference date.
        log: What became of each row.
        layout: What the rows and the columns of the table are, for the report.
        cells: What the cells of a matrix say.
        notes: What else the user should know.

    """

    layout: str
    cells: CellCounts | None = None
    notes: tuple[str, ...] = ()

    def __init__(self, columns: Columns, where: str, options: ImportOptions, bundled: Database) -> None:
        """Prepare for a table that is called *where* in messages; its countries are those of *bundled* data."""
        self.columns, self.where, self.options = columns, where, options
        self.column_roles = {index: role for role, index in columns.roles.items()}
        self.organisations = Organisations()
        self.countries = CountryResolver(bundled, options.codes or columns.codes())
        self.themes = ThemeResolver(bundled)
        self.dates: set[str] = set()
        self.log = RowLog()

    def read(self, rows: Iterable[Row]) -> tuple[Organisation, ...]:
        """Read all *rows*, log what became of each, and return the organisations of the dataset."""
        self.prepare()
        at = self.columns.roles.get("country") if self.countries.codes == "name" else None
        namibian: list[Row] = []  # read last, when all other names are known
        others: set[str] = set()
        for row in rows:
            if not any(row.cells):
                self.log.empty += 1
                continue
            self.log.read += 1
            name = row.cells[at] if at is not None and at < len(row.cells) else ""
            if name.upper() == NAMIBIA:
                namibian.append(row)
                continue
            others.add(name)
            self._take(row)
        is_code = are_codes(others)
        for row in namibian:
            if is_code:
                self._take(row)
            else:
                message = _("{name} may say that the value is missing; write NAM for Namibia")
                self.log.refuse(row.line, message.format(name=quoted(NAMIBIA)))
        return self.finish()

    def _take(self, row: Row) -> None:
        """Read a row, or log why it is refused."""
        width = len(self.columns.header)
        message = _("has {n} cells where the first line has {m}; a text with a delimiter in it must stand in quotes")
        try:
            if len(row.cells) != width:
                raise RefusedError(message.format(n=len(row.cells), m=width))
            self.read_row(row)
        except RefusedError as error:
            self.log.refuse(row.line, str(error))

    @abstractmethod
    def prepare(self) -> None:
        """Check the columns; raise DataError if the table cannot be read."""

    @abstractmethod
    def read_row(self, row: Row) -> None:
        """Collect what a row says; raise RefusedError if the row cannot be taken."""

    @abstractmethod
    def finish(self) -> tuple[Organisation, ...]:
        """Join what the rows say, and return the organisations of the dataset."""

    def join_spells(self) -> set[int]:
        """Refuse rows that contradict earlier ones, and join the spells of the others where they overlap.

        Return the lines of the rows whose spells all became part of those of other rows.
        """
        lists = [(o, code, spells) for o in self.organisations.values() for code, spells in o.spells.items()]
        refused: set[int] = set()
        message = _("{country} in {organisation}: another relation at the same time as on line {line}")
        for organisation, code, spells in lists:
            for line, earlier in find_conflicts(spells).items():
                if line not in refused:
                    name = self.countries.name(code)
                    self.log.refuse(line, message.format(country=name, organisation=organisation.id, line=earlier))
                refused.add(line)
        kept: set[int] = set()
        joined: set[int] = set()
        for organisation, code, spells in lists:
            groups = join(spell for spell in spells if spell.line not in refused)
            organisation.spells[code] = [spell for spell, _parts in groups]
            kept.update(spell.line for spell, _parts in groups)
            for _spell, parts in groups:
                lines = sorted({part.line for part in parts})
                if len(lines) > 1:
                    kind = "overlap" if len({part._replace(line=0) for part in parts}) > 1 else "duplicate"
                    self.log.mergers.append(Merger(organisation.id, code, kind, tuple(lines)))
                    joined.update(lines)
        for organisation in self.organisations.values():
            organisation.spells = {code: spells for code, spells in organisation.spells.items() if spells}
        return joined - kept
