"""The workbook: read back, every text is a text, and nothing is a formula."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape
from tests.export.conftest import readable_tables_of, with_aliases

import govmap
from govmap.calls import Call, Option
from govmap.errors import UsageError
from govmap.export.workbook import write_xlsx


def rows(path: Path, sheet: str) -> list[list[Any]]:
    """Return the cells of a sheet of the workbook at *path*."""
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


@pytest.mark.parametrize("name", ["invented", "hostile"])
def test_a_sheet_holds_a_table_as_it_is(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    atlas = request.getfixturevalue(name)
    write_xlsx(atlas, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.properties.created == datetime(2000, 1, 1)
    tables = readable_tables_of(atlas)
    assert book.sheetnames == [table.name for table, _rows in tables]
    for table, expected in tables:
        header, *read = book[table.name].iter_rows()
        assert [cell.value for cell in header] == [column.name for column in table.columns]
        assert book[table.name].freeze_panes == "A2"
        assert {cell.data_type for row in read for cell in row if cell.value is not None} <= {"s", "n", "b"}
        # A control character, and what looks like its escape, are escaped as Excel does it.
        found = [[unescape(cell.value) if cell.data_type == "s" else cell.value for cell in row] for row in read]
        assert found == [list(row) for row in expected]


def test_codes_keep_their_zeros_and_numbers_are_numbers(atlas: govmap.Atlas, tmp_path: Path) -> None:
    write_xlsx(atlas, tmp_path / "a.xlsx")
    (afghanistan,) = [row for row in rows(tmp_path / "a.xlsx", "countries") if row[0].value == "AFG"]
    assert (afghanistan[2].value, afghanistan[2].data_type) == ("004", "s")
    (group,) = [row for row in rows(tmp_path / "a.xlsx", "groups") if row[0].value == "LAD/5"]
    assert (group[3].value, group[3].data_type) == (5, "n")


def test_a_text_that_no_cell_can_hold_is_refused_not_cut(invented: govmap.Atlas, tmp_path: Path) -> None:
    write_xlsx(with_aliases(invented, ("A", "x" * 32_767)), tmp_path / "a.xlsx")
    assert rows(tmp_path / "a.xlsx", "mechanism_aliases")[2][2].value == "x" * 32_767
    with pytest.raises(UsageError, match="cannot hold row 2 of mechanism_aliases") as caught:
        write_xlsx(with_aliases(invented, ("A", "x" * 32_768)), tmp_path / "b.xlsx")
    assert caught.value.suggestions == (Option("format", "csv"), Call("export", "csv", "govmap-csv"))
