"""Workbooks and Parquet are read as the same table would be from CSV, own exports too; or the error says why not."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import govmap
from govmap.errors import DataError, UsageError
from govmap.importing.table import read_table

workbooks = pytest.importorskip("govmap.importing.workbooks", reason="its library is in the extra `excel`")

Sheets = dict[str, list[Any]]


def workbook(sheets: Sheets) -> bytes:
    """Return a workbook with these cells, as XlsxWriter writes them."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(line, column, cell, date)
                    else:
                        sheet.write(line, column, cell)
    return content.getvalue()


def test_a_sheet_is_a_table(tmp_path: Path) -> None:
    day = datetime.date(2020, 5, 6)
    rows = [
        [None],
        ["organisation", "country", "from", "to"],
        ["UN", "Perú", 1945, day],
        ["=1+1", "Chile", 1945.5, True],
    ]
    table = read_table(workbook({"First": rows, "Empty": []}), "t.xlsx")
    assert table.header == ("organisation", "country", "from", "to")
    assert [(row.line, row.cells) for row in table.rows] == [
        (3, ["UN", "Perú", "1945", "2020-05-06"]),
        (4, ["=1+1", "Chile", "1945.5", "true"]),
    ]


def test_a_sheet_is_named_where_there_are_several() -> None:
    content = workbook({"One": [["a", "b"]], "Two": [["c", "d"]]})
    assert read_table(content, "t.xlsx", sheet="Two").header == ("c", "d")
    with pytest.raises(DataError, match=r"t.xlsx has several sheets; name one") as caught:
        read_table(content, "t.xlsx")
    assert list(map(str, caught.value.suggestions)) == ["sheet='One'", "sheet='Two'"]
    with pytest.raises(DataError, match=r't.xlsx has no sheet "Three"') as caught:
        read_table(content, "t.xlsx", sheet="Three")
    assert list(map(str, caught.value.suggestions)) == ["sheet='One'", "sheet='Two'"]
    with pytest.raises(UsageError, match="`sheet` is for a workbook"):
        read_table(b"a,b\n", "t.csv", sheet="One")


@pytest.mark.parametrize("content", [b"PK\x03\x04x", b"\xd0\xcf\x11\xe0" + b"x" * 600, workbook({"a": []})[:-90]])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    with pytest.raises(
        DataError, match=r"t.xlsx cannot be read as a workbook: (?!None).*; save the sheet as xlsx, or as CSV"
    ):
        read_table(content, "t.xlsx")


@pytest.mark.parametrize("chunk", [workbooks.CHUNK, 33])
def test_a_cell_far_out_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """The reader holds all cells between two corners, and ends the process where there is no memory for them."""
    monkeypatch.setattr(workbooks, "CHUNK", chunk)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "organisation")
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(
        DataError, match=r"^t.xlsx has a sheet of 1048576 rows and 16384 columns; remove cells far from the table$"
    ):
        read_table(content.getvalue(), "t.xlsx")


def test_an_empty_workbook_is_an_empty_table() -> None:
    with pytest.raises(DataError, match=r"t.xlsx is empty"):
        read_table(workbook({"a": []}), "t.xlsx")


def test_parquet_is_a_table(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "t.parquet"
    query = "SELECT 'UN' AS organisation, 'Perú' AS country, 1945 AS since, DATE '2020-05-06' AS until, NULL::TEXT AS x"
    with duckdb.connect() as database:
        database.query(query).write_parquet(str(path))
    table = read_table(path.read_bytes(), "t.parquet")
    assert table.header == ("organisation", "country", "since", "until", "x")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["UN", "Perú", "1945", "2020-05-06", ""])]
    with pytest.raises(DataError, match=r"^t.parquet cannot be read as Parquet: "):
        read_table(path.read_bytes()[:-20], "t.parquet")


def members(folder: str) -> list[tuple[Any, ...]]:
    """Return the names and memberships of a dataset."""
    every = govmap.load(folder).dataset.mechanisms
    return [
        (m.id, m.name, e.code, e.relation or m.relation, e.since, e.until, e.joined_by)
        for m in every
        for e in m.members
    ]


def test_what_was_exported_is_imported_from_every_kind_alike(
    call: Callable[..., Any], atlas: govmap.Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    files = {"csv": "csv/memberships.csv", "xlsx": "xlsx"}
    for kind, file in files.items():
        atlas.export(kind, kind)
        answer = call("import", file, "-o", f"of-{kind}", "--json")
        assert (answer.code, answer.err) == (0, "")
        assert json.loads(answer.out)["rows"]["taken"] == sum(len(m.members) for m in govmap.load().dataset.mechanisms)
    found = members("of-csv")
    assert len(found) == sum(len(m.members) for m in govmap.load().dataset.mechanisms)
    assert {(id_, name) for id_, name, *_ in found} == {(m.id, m.name) for m in atlas.dataset.mechanisms if m.members}
    assert members("of-xlsx") == found
