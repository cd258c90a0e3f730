"""Reads countries.csv and country_aliases.csv."""

from __future__ import annotations

import csv
import io
import re
from typing import Literal

from msgspec.structs import replace

from govmap.dataset.problems import Place, Problem
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
NOT_A_COUNTRY = "-"
KINDS: dict[str, Literal["state", "territory", "historical"]] = {
    "state": "state",
    "territory": "territory",
    "historical": "historical",
}
LONGEST_CELL = 20_000  # characters; names have a few dozen


def _rows(
    content: bytes, file: str, columns: tuple[str, ...], problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(file, Place(1, 1), _("this is not UTF-8 text; save the file as UTF-8")))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return _checked_rows(reader, file, columns, problems)
    except csv.Error as error:
        problems.append(
            Problem(file, Place(reader.reader.line_num, 1), _("this is not CSV: {reason}").format(reason=error))
        )
        return []


def _checked_rows(
    reader: csv.DictReader[str], file: str, columns: tuple[str, ...], problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    lacking = [column for column in columns if column not in (reader.fieldnames or ())]
    if lacking:
        what = _("lacks the columns {columns}; add them to the first line").format(columns=", ".join(lacking))
        problems.append(Problem(file, Place(1, 1), what))
        return []
    rows = []
    for row in reader:
        cells = {name: row[name] or "" for name in columns}
        too_long = next((name for name, cell in cells.items() if len(cell) > LONGEST_CELL), None)
        if too_long:  # the limit of the csv module is one for the whole process, and may have been raised
            raise csv.Error(_("`{key}` has more than {n} characters").format(key=too_long, n=LONGEST_CELL))
        rows.append((reader.line_num, cells))
    return rows


def read_countries(content: bytes, file: str, problems: list[Problem]) -> tuple[Country, ...]:
    """Return the territories in *content*, noting rows that are not one in *problems*."""
    countries: list[Country] = []
    seen: dict[str, int] = {}
    for line, row in _rows(content, file, COLUMNS, problems):
        kind = KINDS.get(row["kind"])
        if not (re.fullmatch("[A-Z]{3}", row["alpha3"]) and row["name_en"] and kind):
            what = _("needs an alpha-3 code in capitals, an English name, and a kind: state, territory or historical")
            problems.append(Problem(file, Place(line, 1), what))
            continue
        if seen.setdefault(row["alpha3"], line) != line:
            what = _("{code} stands here again (first on line {line}); keep one")
            what = what.format(code=row["alpha3"], line=seen[row["alpha3"]])
            problems.append(Problem(file, Place(line, 1), what))
        names = {language: row[f"name_{language}"] for language in LANGUAGES if row[f"name_{language}"]}
        others = tuple(name for name in row["other_names"].split("|") if name)
        countries.append(
            Country(
                alpha2=row["alpha2"],
                alpha3=row["alpha3"],
                numeric=row["numeric"],
                kind=kind,
                sovereign=row["sovereign"] or None,
                region=row["region"] or None,
                names=names,
                other_names=others,
            )
        )
    return tuple(countries)


def read_aliases(content: bytes, file: str, problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Return line, alpha-3 code and alias of each row; the code `-` marks what is no country's name."""
    rows = _rows(content, file, ("alpha3", "alias"), problems)
    return [(line, row["alpha3"], row["alias"]) for line, row in rows]


def with_aliases(countries: tuple[Country, ...], aliases: list[tuple[str, str]]) -> tuple[Country, ...]:
    """Return *countries*, each with its *aliases* among its other names."""
    by_code: dict[str, list[str]] = {}
    for code, alias in aliases:
        by_code.setdefault(code, []).append(alias)
    return tuple(
        replace(country, other_names=(*country.other_names, *by_code[country.alpha3]))
        if country.alpha3 in by_code
        else country
        for country in countries
    )
