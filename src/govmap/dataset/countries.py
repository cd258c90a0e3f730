"""Reads countries.csv and country_aliases.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from govmap.dataset.problems import START, Position, Problem
from govmap.grouping import grouped
from govmap.language import LANGUAGES, _
from govmap.model import Country

NAME_COLUMNS = {f"name_{language}": language for language in LANGUAGES}
COLUMNS = ("alpha2", "alpha3", "numeric", "kind", "sovereign", "region", *NAME_COLUMNS, "other_names")
NOT_A_COUNTRY = "-"  # in the place of a code
MAX_CELL = 20_000  # characters; names have a few dozen
Row = tuple[int, dict[str, str]]  # its line and its cells by column


def _read_rows(content: bytes, file: str, columns: tuple[str, ...], problems: list[Problem]) -> list[Row]:
    """Return the rows of a table, none where it cannot be read as a whole."""
    position, rows = START, csv.DictReader(io.StringIO(""))
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        lacking = [column for column in columns if column not in (rows.fieldnames or ())]
        if not lacking:
            return list(_rows(rows, columns))
        text = _("lacks the columns {columns}; add them to the first line").format(columns=", ".join(lacking))
    except UnicodeDecodeError:
        text = _("this is not UTF-8 text; save the file as UTF-8")
    except csv.Error as error:
        position, text = Position(rows.reader.line_num, 1), _("this is not CSV: {reason}").format(reason=error)
    problems.append(Problem(file, position, text))
    return []


def _rows(reader: csv.DictReader[str], columns: tuple[str, ...]) -> Iterator[Row]:
    for row in reader:
        cells = {name: row[name] or "" for name in columns}
        too_long = next((name for name, cell in cells.items() if len(cell) > MAX_CELL), None)
        if too_long:  # the limit of the csv module is one for the whole process, and may have been raised
            raise csv.Error(_("`{key}` has more than {n} characters").format(key=too_long, n=MAX_CELL))
        yield reader.line_num, cells


def read_countries(content: bytes, file: str, problems: list[Problem]) -> tuple[Country, ...]:
    """Return the countries in *content*, adding rows that are not one to *problems*."""
    countries: list[Country] = []
    first_lines: dict[str, int] = {}
    for line, row in _read_rows(content, file, COLUMNS, problems):
        country = _country(row)
        if country is None:
            text = _("needs an alpha-3 code in capitals, an English name, and a kind: state, territory or historical")
            problems.append(Problem(file, Position(line, 1), text))
            continue
        first = first_lines.setdefault(country.alpha3, line)
        if first != line:
            template = _("{code} is repeated here (first on line {line}); keep one")
            problems.append(Problem(file, Position(line, 1), template.format(code=country.alpha3, line=first)))
        countries.append(country)
    return tuple(countries)


def _country(row: dict[str, str]) -> Country | None:
    """Return the country in a *row*, or None where there is none."""
    names = {language: row[column] for column, language in NAME_COLUMNS.items() if row[column]}
    other_names = [name for name in row["other_names"].split("|") if name]
    optional = {"sovereign": row["sovereign"] or None, "region": row["region"] or None}
    try:
        country = msgspec.convert({**row, **optional, "names": names, "other_names": other_names}, Country)
    except msgspec.ValidationError:
        return None
    return None if any(country.flaws()) else country


def read_aliases(content: bytes, file: str, problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Return line, alpha-3 code and alias of each row; the code `-` marks what is no country's name."""
    rows = _read_rows(content, file, ("alpha3", "alias"), problems)
    return [(line, row["alpha3"], row["alias"]) for line, row in rows]


def with_aliases(countries: tuple[Country, ...], aliases: list[tuple[str, str]]) -> tuple[Country, ...]:
    """Return *countries* with *aliases*, pairs of a code and a name, among their other names."""
    by_code = grouped(aliases)
    return tuple(
        msgspec.structs.replace(c, other_names=(*c.other_names, *by_code.get(c.alpha3, ()))) for c in countries
    )
