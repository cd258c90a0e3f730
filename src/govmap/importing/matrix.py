"""Reads a matrix of countries and organisations: a cell says whether, and as what, one is in the other.

With a column of years each row is a year of a country, or of an organisation, as in the files of the Correlates of
War; memberships are then the runs of years in which a cell says the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govmap.calls import Option
from govmap.errors import DataError
from govmap.fields import Relation
from govmap.importing.books import Books, RefusedError
from govmap.importing.columns import BESIDE_ORGANISATIONS, BESIDE_STATES, Columns
from govmap.importing.listings import YEAR_AS_NUMBER, Names, find_date, find_place, require_cells
from govmap.importing.organisations import require_length
from govmap.importing.places import Place, UnknownPlaceError
from govmap.importing.report import Merger
from govmap.importing.spells import Spell, parted
from govmap.importing.table import Row
from govmap.language import _
from govmap.texts import quoted

# What a cell may say, in the words of the Correlates of War: 0 no member, 1 full, 2 associate, 3 observer, -9 missing,
# -1 not in the system of states.
RELATIONS: tuple[Relation, ...] = ("member", "associate", "observer")
MISSING = 9
NOT_LISTED, NOT_IN_SYSTEM = 0, -1
SAYS: dict[str, int] = {
    **dict.fromkeys(("1", "1.0", "x", "X", "✓", "yes", "Yes", "YES", "true", "True", "TRUE", "member"), 1),
    **dict.fromkeys(("2", "2.0", "associate"), 2),
    **dict.fromkeys(("3", "3.0", "observer"), 3),
    **dict.fromkeys(("", "-9", "-9.0", "NA", "NaN", "nan", "."), MISSING),
    **dict.fromkeys(("0", "0.0", "no", "No", "NO", "false", "False", "FALSE"), NOT_LISTED),
    **dict.fromkeys(("-1", "-1.0"), NOT_IN_SYSTEM),
}
COUNTED = {NOT_LISTED: "not_listed", NOT_IN_SYSTEM: "not_in_system", MISSING: "missing"}
SIXTEEN = 16  # a year and what it says are kept as one number: sixteen years apart from the next


PLAYED = ("country", "organisation", "year", "name", "founded")


class Layout(NamedTuple):
    """How a matrix stands.

    Attributes:
        by_country: Whether a row is a country, and a column an organisation, and not the other way round.
        entities: The place of each column that is one, and what it is called.
        ignored: The names of the columns that are neither that nor play a role.

    """

    by_country: bool
    entities: dict[int, str]
    ignored: tuple[str, ...]


def lay_out(columns: Columns, ignore: tuple[str, ...], where: str) -> Layout:
    """Return how the matrix with these *columns* stands, leaving out the columns to *ignore*.

    Raises:
        DataError: It has both a column of organisations and one of countries, or neither; or nothing beside them.

    """
    by_country, by_organisation = "country" in columns.roles, "organisation" in columns.roles
    if by_country and by_organisation:
        raise DataError(
            _(
                "{where} has a column of organisations and one of countries, so it is no matrix; leave --wide out"
            ).format(where=where)
        )
    if not by_country and not by_organisation:
        raise DataError(
            _("{where}: no column is called country or organisation; say which holds them").format(where=where),
            tuple(Option("column", f"{role}={columns.header[0]}") for role in ("country", "organisation")),
        )
    beside: set[str] = set()
    if by_country and columns.codes() == "cown":
        beside = set(BESIDE_STATES)
    elif columns.codes() == "igo":
        beside = set(BESIDE_ORGANISATIONS)
    played = {columns.roles[role] for role in PLAYED if role in columns.roles}
    left = [place for place in range(len(columns.header)) if place not in played]
    ignored = [p for p in left if columns.header[p] in ignore or columns.header[p].casefold() in beside]
    entities = {place: columns.header[place] for place in left if place not in ignored}
    if not entities:
        raise DataError(_("{where} has no column of countries or organisations beside its first").format(where=where))
    return Layout(by_country, entities, tuple(columns.header[place] for place in ignored))


class Saying(NamedTuple):
    """What a row of a matrix says: in which columns more than no, and how many of its cells say what."""

    cells: list[tuple[str, int]]
    counts: dict[str, int]
    mark: int


class Matrix:
    """Reads the rows of one matrix.

    Args:
        columns: Its columns.
        layout: How it stands.
        names: Where its organisations and countries go.
        books: Where it is noted what became of each row.

    Attributes:
        years: The years of its rows.
        open_ends: How many memberships end in a year after which it is not known whether they went on.

    """

    def __init__(self, columns: Columns, layout: Layout, names: Names, books: Books) -> None:
        """Find what heads the columns; raise DataError where one of them is no country, though it should be."""
        self.columns, self.layout, self.names, self.books = columns, layout, names, books
        self.open_ends = 0
        self.years: set[int] = set()
        self._seen: dict[tuple[object, int], tuple[int, int]] = {}
        self._said: dict[tuple[str, Place], array[int]] = {}
        self._lines: dict[tuple[str, Place], int] = {}
        self._of_cow = names.places.codes in ("cown", "cowc", "igo")
        self._headings: dict[str, Place] = {} if layout.by_country else self._find_headings()
        books.cells = {"listed": 0, "not_listed": 0, "not_in_system": 0, "missing": 0}

    def _find_headings(self) -> dict[str, Place]:
        found: dict[str, Place] = {}
        wrong: list[str] = []
        for name in self.layout.entities.values():
            try:
                place = self.names.places.find(name)
            except UnknownPlaceError as error:
                wrong.append(name)
                reason = str(error)
                continue
            other = next((known for known, at in found.items() if at == place), None)
            if other is not None and not self._of_cow:
                raise DataError(
                    _("The columns {one} and {other} are the same country; leave one out").format(
                        one=quoted(other), other=quoted(name)
                    ),
                    (Option("ignore", name),),
                )
            found[name] = place
        if len(wrong) == 1:
            raise DataError(_("A column is no country: {reason}").format(reason=reason), (Option("ignore", wrong[0]),))
        if wrong:
            raise DataError(
                _("{n} columns are no countries: {names}").format(
                    n=len(wrong), names=", ".join(map(quoted, wrong[:20]))
                ),
                tuple(Option("ignore", name) for name in wrong[:3]),
            )
        return found

    def read(self, rows: Iterable[Row]) -> None:
        """Read *rows*, and add the memberships that they tell to the organisations."""
        if self.layout.by_country:
            for name in self.layout.entities.values():
                self._require_heading(name)
        for row in rows:
            if not any(row.cells):
                self.books.empty += 1
                continue
            self.books.read += 1
            try:
                self._take(row)
            except RefusedError as error:
                self.books.refuse(row.line, str(error))
        years = sorted(self.years)
        for (organisation, place), said in self._said.items():
            for spell in self._runs(sorted(said), years, self._lines[organisation, place]):
                self._add(organisation, place, spell)

    def _require_heading(self, name: str) -> None:
        try:
            self.names.organisations.get(name)
        except RefusedError as error:
            raise DataError(_("A column cannot be read: {reason}").format(reason=error)) from error

    def _take(self, row: Row) -> None:
        require_cells(row, self.columns)
        year = self._year(row)
        saying = self._saying(row, dated=bool(year))
        unit = row.cells[self.columns.roles["country" if self.layout.by_country else "organisation"]]
        name, founded = self._description(row)
        place = self._find_unit(unit)
        if self._is_repeat(row, unit if place is None or self._of_cow else place, year, saying, place):
            return
        told = self.names.organisations.get(unit) if place is None else None
        if told and name:
            told.call(name)
        if told and founded:
            told.found(founded)
        if year:
            self.years.add(year)
            self.books.dates.add(f"{year:04d}")
        for column, said in saying.cells:
            organisation, at = (column, place) if place is not None else (unit, self._headings[column])
            if year:
                self._lines.setdefault((organisation, at), row.line)
                self._said.setdefault((organisation, at), array("l")).append(year * SIXTEEN + said)
            elif said != MISSING:
                spell = _plain_spell(said, row.line)
                self.books.dates.update(filter(None, (spell.since,)))
                self._add(organisation, at, spell)

    def _description(self, row: Row) -> tuple[str, str | None]:
        """Return the name of the organisation of a row, and when it was founded, as far as the row tells."""
        name, founded = (
            row.cells[self.columns.roles[role]] if role in self.columns.roles else "" for role in ("name", "founded")
        )
        require_length(name, "name")
        return name, find_date(founded, "founded")

    def _find_unit(self, unit: str) -> Place | None:
        """Return the country of a row; none where it is an organisation, which is made known."""
        if self.layout.by_country:
            if not unit:
                raise RefusedError(_("no country is named"))
            return find_place(self.names.places, unit)
        self.names.organisations.get(unit)
        return None

    def _year(self, row: Row) -> int:
        """Return the year of a row, 0 where the matrix has no years."""
        if "year" not in self.columns.roles:
            return 0
        typed = row.cells[self.columns.roles["year"]]
        year = _as_year(typed)
        if year is None:
            raise RefusedError(_("`year`: {typed} is not a year; write 1945").format(typed=quoted(typed)))
        return year

    def _saying(self, row: Row, *, dated: bool) -> Saying:
        """Return what a row says; a cell may be the year of joining where the matrix is not *dated* by a column."""
        cells = [row.cells[place] for place in self.layout.entities]
        found: list[tuple[str, int]] = []
        counts = {"listed": 0, "not_listed": cells.count("0"), "not_in_system": cells.count("-1"), "missing": 0}
        for name, cell in zip(self.layout.entities.values(), cells, strict=True):
            if cell in ("0", "-1"):
                continue
            said = 1 if cell == name else SAYS.get(cell)  # some lists mark the members of the EU with EU
            if said is None and not dated and (year := _as_year(cell)):
                said = year * SIXTEEN + 1
            if said is None:
                raise RefusedError(
                    _("{column}: {cell} is not one of 0, 1, 2, 3, -1 and -9").format(
                        column=quoted(name), cell=quoted(cell)
                    )
                )
            counts[COUNTED.get(said, "listed")] += 1
            if said > 0:
                found.append((name, said))
        return Saying(found, counts, hash(tuple(cells)))

    def _is_repeat(self, row: Row, key: object, year: int, saying: Saying, place: Place | None) -> bool:
        """Return whether an earlier row says the same of this row's subject and year; count its cells if not.

        Raises:
            RefusedError: An earlier row says otherwise.

        """
        line, mark = self._seen.setdefault((key, year), (row.line, saying.mark))
        if line == row.line:
            for kind, number in saying.counts.items():
                self.books.cells[kind] += number
            return False
        if mark != saying.mark:
            raise RefusedError(_("says otherwise than line {line} of the same; keep one").format(line=line))
        self.books.merged.add(row.line)
        organisation, country = (None, place[-1].alpha3) if place else (str(key), None)
        self.books.mergers.append(Merger(organisation, country, "duplicate", (line, row.line)))
        return True

    def _add(self, organisation: str, place: Place, spell: Spell) -> None:
        spells = self.names.organisations.get(organisation).spells
        for alpha3, part in parted(place, spell, max(self.years, default=None)):
            spells.setdefault(alpha3, []).append(part)

    def _runs(self, said: list[int], years: list[int], line: int) -> Iterator[Spell]:
        """Yield a membership for each run of years that say the same.

        Args:
            said: The years in which the cell does not say no, in order, each with what it says.
            years: All years of the table, in order: what is between two of them is not known.
            line: The line of the first row that tells it.

        """
        by_year: dict[int, int] = {}
        for number in said:  # where two codes are one country, the fuller membership comes first and counts
            by_year.setdefault(number // SIXTEEN, number % SIXTEEN)
        places = {year: place for place, year in enumerate(years)}
        begun = 0
        for year, value in by_year.items():
            place = places[year]
            if value == MISSING:
                continue
            if not place or by_year.get(years[place - 1], 0) != value:
                begun = place
            last = place + 1 == len(years)
            after = value if last else by_year.get(years[place + 1], 0)
            if after == value and not last:
                continue
            self.open_ends += after == MISSING
            until = None if last else f"{years[place + 1]:04d}"
            yield Spell(RELATIONS[value - 1], line, *_start(begun, years, by_year))._replace(until=until)


def _as_year(text: str) -> int | None:
    """Return the year that a cell holds, also where a program wrote it as 1945.0; None where it is none."""
    number = YEAR_AS_NUMBER.fullmatch(text)
    digits = number[1] if number else text
    return int(digits) or None if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def _plain_spell(said: int, line: int) -> Spell:
    """Return the membership that a cell of a matrix without years tells."""
    year, relation = divmod(said, SIXTEEN)
    return Spell(RELATIONS[relation - 1], line, since=f"{year:04d}" if year else None)


def _start(begun: int, years: list[int], by_year: dict[int, int]) -> tuple[str | None, None, str | None, str | None]:
    """Return since, no until, joined_after and joined_by of a run that begins at the place *begun* of *years*."""
    first = years[begun]
    if begun and years[begun - 1] == first - 1 and by_year.get(first - 1) != MISSING:
        return f"{first:04d}", None, None, None
    known = begun - 1
    while known >= 0 and by_year.get(years[known]) == MISSING:
        known -= 1
    was_out = known >= 0 and by_year.get(years[known]) != by_year[first]
    return None, None, f"{years[known]:04d}" if was_out else None, f"{first:04d}"
