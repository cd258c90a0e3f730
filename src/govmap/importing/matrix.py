"""Reads a matrix of countries and organisations: a cell says whether, and as what, one is in the other.

With a column of years each row is one year of a country or of an organisation, as in the files of the Correlates of
War.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise

from govmap.calls import Option
from govmap.dates import first_day
from govmap.errors import DataError
from govmap.fields import Relation
from govmap.importing.cells import RefusedError, check_length, parse_date, parse_year, relations_by_word
from govmap.importing.countries import COW_CODES, State
from govmap.importing.organisations import Organisation
from govmap.importing.reader import TableReader
from govmap.importing.report import CellCounts, Merger
from govmap.importing.spells import Spell
from govmap.importing.table import Row
from govmap.language import _, ngettext
from govmap.texts import quoted

# What a cell may say, in small letters and beside the words for relations, in the codes of the Correlates of War, but
# for MISSING, which is -9 there and sorts last here.
NOT_IN_SYSTEM, NOT_LISTED, MISSING = -1, 0, 9
RELATIONS: dict[int, Relation] = {1: "member", 2: "associate", 3: "observer"}
CELL_CODES: dict[str, int] = {
    **dict.fromkeys(("1.0", "x", "✓", "yes", "sí", "si", "sim", "oui", "true"), 1),
    "2.0": 2,
    "3.0": 3,
    **dict.fromkeys(("", "-9", "-9.0", "na", "nan", "."), MISSING),
    **dict.fromkeys(("0", "0.0", "no", "não", "nao", "non", "false"), NOT_LISTED),
    **dict.fromkeys(("-1", "-1.0"), NOT_IN_SYSTEM),
}
YEAR_UNIT = 16  # a year and a code are kept as one number, year * 16 + code, as large tables have millions of them
ROLES = ("country", "organisation", "year", "name", "founded")
# What the files of the Correlates of War by organisation, and those by state, hold beside the memberships, by `codes`.
BESIDE = {
    "igo": "orgname longorgname deaddate dead integrated replaced ionum igocode version"
    " accuracyofpre1965membershipdates sourcesandnotes imputed political social economic",
    "cown": "state stateabb statenme version",
}

Pair = tuple[str, State]  # an organisation, by the text that identifies it in the table, and a country


class MatrixReader(TableReader):
    """Reads a matrix whose rows are countries and whose columns are organisations, or the other way round."""

    def prepare(self) -> None:
        """Resolve the headings of the columns.

        Raises:
            DataError: The table has columns of both countries and organisations, or of neither, or nothing beside
                them; or a heading is not what it should be.

        """
        roles = self.columns.roles
        self._by_country = "country" in roles
        self._of_cow = self.countries.codes in COW_CODES
        self._headings = self._find_headings()
        heading_role = "an organisation" if self._by_country else "a country"
        self.column_roles = self.column_roles | dict.fromkeys(self._headings, heading_role)
        self._states: dict[str, State] = {} if self._by_country else self._find_states()
        for heading in self._headings.values() if self._by_country else ():
            try:
                self.organisations[heading]
            except RefusedError as error:
                raise DataError(_("A column cannot be read: {reason}").format(reason=error)) from error
        self._rows: dict[tuple[object, int], tuple[int, int]] = {}  # line and hash, by country or organisation and year
        self._codes: dict[Pair, tuple[int, array[int]]] = {}  # the line of the first row, and codes with their years
        self._counts: Counter[int] = Counter()  # of cells, by code
        rows, columns = ("countries", "organisations") if self._by_country else ("organisations", "countries")
        self.layout = f"{rows}{' and years' if 'year' in roles else ''} by {columns}"

    def _find_headings(self) -> dict[int, str]:
        """Return the headings that are countries or organisations, by index; raise DataError if this is no matrix."""
        header, roles = self.columns.header, self.columns.roles
        rows = [role for role in ("country", "organisation") if role in roles]
        if len(rows) > 1:
            message = _(
                "{where} has a column of organisations and one of countries, so it is not a matrix; omit --wide"
            )
            raise DataError(message.format(where=self.where))
        if not rows:
            message = _("{where}: no column is called country or organisation; say which holds them")
            options = (Option("column", f"{role}={header[0]}") for role in ("country", "organisation"))
            raise DataError(message.format(where=self.where), tuple(options))
        read = {roles[role] for role in ROLES if role in roles}
        beside = BESIDE.get(self.columns.codes(), "").split()
        headings = {
            index: name
            for index, name in enumerate(header)
            if index not in read and name not in self.options.ignore and name.casefold() not in beside
        }
        if not headings:
            message = _("{where} has no column of countries or organisations after its first")
            raise DataError(message.format(where=self.where))
        return headings

    def _find_states(self) -> dict[str, State]:
        """Return the state that each heading names."""
        headings: dict[State, str] = {}
        states: dict[str, State] = {}
        reasons: dict[str, str] = {}
        for heading in self._headings.values():
            try:
                state = states[heading] = self.countries.find(heading)
            except RefusedError as error:
                reasons[heading] = str(error)
                continue
            first = headings.setdefault(state, heading)
            if first != heading and not self._of_cow:
                message = _("The columns {one} and {other} are the same country; remove one")
                message = message.format(one=quoted(first), other=quoted(heading))
                raise DataError(message, (Option("ignore", heading),))
        if reasons:
            message = _("A column is not a country: {reason}").format(reason=next(iter(reasons.values())))
            if len(reasons) > 1:
                names = ", ".join(map(quoted, list(reasons)[:20]))
                message = _("{n} columns are not countries: {names}").format(n=len(reasons), names=names)
            raise DataError(message, tuple(Option("ignore", heading) for heading in list(reasons)[:3]))
        return states

    def read_row(self, row: Row) -> None:
        """Add the memberships in a row; those of a year are kept for `finish`."""
        cells = self.columns.by_role(row.cells)
        year = self._parse_year(cells["year"])
        memberships = [row.cells[index] for index in self._headings]
        codes, counts = self._parse_codes(memberships, year)
        check_length(cells["name"], "name")
        founded = parse_date(cells["founded"], "founded")
        if self._by_country and not cells["country"]:
            raise RefusedError(_("the country is missing"))
        state = self.countries.find(cells["country"]) if self._by_country else None
        organisation = None if state else self.organisations[cells["organisation"]]
        unit = cells["country" if state else "organisation"]
        if self._is_repeat(row.line, unit, state, year, hash(tuple(memberships))):
            return
        self._counts.update(counts)
        if organisation and cells["name"]:
            organisation.add_name(cells["name"])
        if organisation and founded:
            organisation.add_founding(founded)
        self.dates.update(joined for _heading, _code, joined in codes if joined)
        if year:
            self.dates.add(f"{year:04d}")
        for heading, code, joined in codes:
            pair = (heading, state) if state else (unit, self._states[heading])
            if year:
                _line, numbers = self._codes.setdefault(pair, (row.line, array("l")))
                numbers.append(year * YEAR_UNIT + code)
            elif code != MISSING:
                self.organisations[pair[0]].add_spell(pair[1], Spell(RELATIONS[code], row.line, since=joined))

    def _parse_year(self, text: str) -> int:
        """Return the year of a row; 0 if the matrix has no years."""
        if "year" not in self.columns.roles:
            return 0
        year = parse_year(text)
        if year is None:
            raise RefusedError(_("`year`: {typed} is not a year; write 1945").format(typed=quoted(text)))
        return year

    def _parse_codes(self, cells: list[str], year: int) -> tuple[list[tuple[str, int, str | None]], Counter[int]]:
        """Return each heading whose cell does not say no, with the code and the year of joining, and count all codes.

        A cell may be the year of joining if the row has no *year*.
        """
        known = cell_codes()
        codes: list[tuple[str, int, str | None]] = []
        counts = Counter({NOT_LISTED: cells.count("0"), NOT_IN_SYSTEM: cells.count("-1")})
        for heading, cell in zip(self._headings.values(), cells, strict=True):
            if cell in ("0", "-1"):  # nearly all cells of a large table; they are counted above
                continue
            # Some lists mark the members of the EU with EU.
            code = 1 if cell == heading else known.get(cell.casefold())
            joined = parse_year(cell) if code is None and not year else None
            if joined:
                code = 1
            if code is None:
                message = _("{column}: {cell} is not one of 0, 1, 2, 3, -1, -9, x, yes and no")
                raise RefusedError(message.format(column=quoted(heading), cell=quoted(cell)))
            counts[code] += 1
            if code > NOT_LISTED:
                codes.append((heading, code, f"{joined:04d}" if joined else None))
        return codes, counts

    def _is_repeat(self, line: int, unit: str, state: State | None, year: int, digest: int) -> bool:
        """Return whether an earlier row says the same of the same country or organisation, and year.

        Raises:
            RefusedError: An earlier row says something else of them.

        """
        subject = state if state and not self._of_cow else unit  # several codes of the project may be one country
        first_line, first_digest = self._rows.setdefault((subject, year), (line, digest))
        if first_line == line:
            return False
        if first_digest != digest:
            raise RefusedError(_("contradicts line {line}; keep one").format(line=first_line))
        organisation, country = (None, state[-1].alpha3) if state else (unit, None)
        self.log.merged.add(line)
        self.log.mergers.append(Merger(organisation, country, "duplicate", (first_line, line)))
        return True

    def finish(self) -> tuple[Organisation, ...]:
        """Add the runs of years as memberships, and return all organisations, also those without members."""
        years = sorted({year for _unit, year in self._rows})
        open_ends = 0
        for (organisation, state), (line, numbers) in self._codes.items():
            by_year: dict[int, int] = {}
            for number in sorted(numbers):  # if two codes are one country, its fuller membership counts
                year, code = divmod(number, YEAR_UNIT)
                by_year.setdefault(year, code)
            codes = [by_year.get(year, NOT_LISTED) for year in years]
            open_ends += sum(code in RELATIONS and following == MISSING for code, following in pairwise(codes))
            for spell in find_runs(codes, years, line):
                self.organisations[organisation].add_spell(state, spell, years[-1])
        if open_ends:
            message = ngettext(
                "{n} membership ends before a year that is missing (-9): whether it went on is not known",
                "{n} memberships end before a year that is missing (-9): whether they went on is not known",
                open_ends,
            )
            self.notes = (message.format(n=open_ends),)
        listed = sum(self._counts[code] for code in RELATIONS)
        self.cells = CellCounts(listed, self._counts[NOT_LISTED], self._counts[NOT_IN_SYSTEM], self._counts[MISSING])
        self.join_spells()
        return tuple(self.organisations.values())


@cache
def cell_codes() -> dict[str, int]:
    """Return the code that each text of a cell stands for."""
    relations = relations_by_word()
    return {word: code for code, is_ in RELATIONS.items() for word in relations if relations[word] == is_} | CELL_CODES


def find_runs(codes: list[int], years: list[int], line: int) -> Iterator[Spell]:
    """Yield a membership for each run of years with the same relation.

    A run ends on the first day of the first year that says otherwise; where another relation begins in that year, the
    change came in it. One that lasts to the last year has no end.

    Args:
        codes: The code of each year.
        years: The years of the table, in order. Those between two of them are not known.
        line: The line of the first row that says so.

    """
    end = 0
    for code, run in groupby(codes):
        begin, end = end, end + len(list(run))
        if code not in RELATIONS:
            continue
        until = f"{years[end]:04d}" if end < len(years) else None
        if until and codes[end] not in RELATIONS:
            until = first_day(until)
        spell, first = Spell(RELATIONS[code], line, until=until), f"{years[begin]:04d}"
        if begin and years[begin - 1] == years[begin] - 1 and codes[begin - 1] != MISSING:
            yield spell._replace(since=first)
            continue
        known = next((index for index in reversed(range(begin)) if codes[index] != MISSING), -1)
        was_out = known >= 0 and codes[known] != code
        yield spell._replace(joined_after=f"{years[known]:04d}" if was_out else None, joined_by=first)
