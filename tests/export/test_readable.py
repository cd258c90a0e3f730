"""Spreadsheets have names beside codes, and tell what each column holds."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from tests.export.conftest import readable_tables_of, tables_of

import govmap


def rows(atlas: govmap.Atlas, folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table as `export csv` writes it."""
    if not (folder / "csv").exists():
        atlas.export("csv", folder / "csv")
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_code_stands_before_its_name(atlas: govmap.Atlas, tmp_path: Path) -> None:
    seat = next(row for row in rows(atlas, tmp_path, "memberships") if row["id"] == "RCM/PAN/1996-03-13")
    assert list(seat)[:5] == ["id", "mechanism", "mechanism_name", "country", "country_name"]
    assert (seat["mechanism_name"], seat["country_name"]) == ("Regional Conference on Migration", "Panama")
    served = {row["agency"]: row["agency_name"] for row in rows(atlas, tmp_path, "secretariats")}
    assert served["IOM"] == "International Organization for Migration"
    (theme,) = (row for row in rows(atlas, tmp_path, "group_themes") if row["group_id"] == "LAD/5")
    assert (theme["group_name"], theme["theme_label"]) == ("Investing in asylum", "asylum")
    named = {row["event"]: row["event_text"] for row in rows(atlas, tmp_path, "event_countries")}
    assert named == {row["number"]: row["text"] for row in rows(atlas, tmp_path, "events") if row["number"] in named}
    assert {row["source_title"] for row in rows(atlas, tmp_path, "evidence_sources")} > {
        "Technical Note: Regional Migration Governance in the Americas"
    }
    aruba = next(row for row in rows(atlas, tmp_path, "countries") if row["alpha3"] == "ABW")
    assert (aruba["sovereign"], aruba["sovereign_name"]) == ("NLD", "Netherlands")


@pytest.mark.parametrize("name", ["atlas", "invented", "hostile"])
def test_the_other_cells_are_those_of_the_databases(request: pytest.FixtureRequest, name: str) -> None:
    atlas = request.getfixturevalue(name)
    stored = {table.name: (table, rows) for table, rows in tables_of(atlas)}
    readable = readable_tables_of(atlas)
    assert [table.name for table, _rows in readable] == list(stored)
    for table, rows in readable:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        kept = [names.index(column.name) for column in stored[table.name][0].columns]
        if table.name != "columns":
            assert [tuple(row[at] for at in kept) for row in rows] == stored[table.name][1]


def test_the_second_sheet_tells_what_every_column_holds(atlas: govmap.Atlas, tmp_path: Path) -> None:
    atlas.export("xlsx", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    headers = {(s.title, cell) for s in book for cell in next(s.iter_rows(values_only=True))}
    told = list(book["columns"].iter_rows(min_row=2, values_only=True))
    assert book.sheetnames[1] == "columns"
    assert {row[:2] for row in told} == headers
    assert all(row[3] for row in told)
    assert ("memberships", "country_name", "text", "Name in English of the country", None) in told
