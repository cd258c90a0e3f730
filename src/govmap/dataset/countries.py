"""Reads countries.csv and country_aliases.csv."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from govmap.dataset.problems import START, Position, Problem
from govmap.language import LANGUAGES, _
from govmap.model import Country

COLUMNS = (
    "alpha2",
    "alpha3",
    "numeric",
    "kind",
    "sovereign",
    "region",
    *(f"name_{x}" for x in LANGUAGES),
    "other_names",
)
NOT_A_COUNTRY = "-"  # in the place of a code
KINDS: dict[str, Literal["state", "territory", "historical"]] = {
    "state": "state",
    "territory": "territory",
    "historical": "historical",
}
MAX_CELL = 20_000  # characters; names have a few dozen
Row = tuple[int, dict[str, str]]  # its line and its cells by column


def _read_rows(content: bytes, file: str, columns: tuple[str, ...], problems: list[Problem]) -> list[Row]:
    """Return the rows of a table, none where it cannot be read as a whole."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(file, START, _("this is not UTF-8 text; save the file as UTF-8")))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        lacking = [column for column in columns if column not in (reader.fieldnames or ())]
        if not lacking:
            return list(_rows(reader, columns))
        template = _("lacks the columns {columns}; add them to the first line")
        problems.append(Problem(file, START, template.format(columns=", ".join(lacking))))
    except csv.Error as error:
        text = _("this is not CSV: {reason}").format(reason=error)
        problems.append(Problem(file, Position(reader.reader.line_num, 1), text))
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
        code, kind = row["alpha3"], KINDS.get(row["kind"])
        if not (re.fullmatch("[A-Z]{3}", code) and row["name_en"] and kind):
            text = _("needs an alpha-3 code in capitals, an English name, and a kind: state, territory or historical")
            problems.append(Problem(file, Position(line, 1), text))
            continue
        if first_lines.setdefault(code, line) != line:
            template = _("{code} stands here again (first on line {line}); keep one")
            problems.append(Problem(file, Position(line, 1), template.format(code=code, line=first_lines[code])))
        countries.append(
            Country(
                alpha2=row["alpha2"],
                alpha3=code,
                numeric=row["numeric"],
                kind=kind,
                sovereign=row["sovereign"] or None,
                region=row["region"] or None,
                names={language: row[f"name_{language}"] for language in LANGUAGES if row[f"name_{language}"]},
                other_names=tuple(name for name in row["other_names"].split("|") if name),
            )
        )
    return tuple(countries)


def read_aliases(content: bytes, file: str, problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Return line, alpha-3 code and alias of each row; the code `-` marks what is no country's name."""
    rows = _read_rows(content, file, ("alpha3", "alias"), problems)
    return [(line, row["alpha3"], row["alias"]) for line, row in rows]


def with_aliases(countries: tuple[Country, ...], aliases: list[tuple[str, str]]) -> tuple[Country, ...]:
    """Return *countries* with *aliases*, pairs of a code and a name, among their other names."""
    by_code: dict[str, list[str]] = {}
    for code, alias in aliases:
        by_code.setdefault(code, []).append(alias)
    return tuple(
        replace(country, other_names=(*country.other_names, *by_code[country.alpha3]))
        if country.alpha3 in by_code
        else country
        for country in countries
    )
