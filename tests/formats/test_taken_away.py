"""What is taken to a meeting: pictures as PNG, Word documents, a matrix as a workbook; and maps on small screens."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import govmap
from govmap.formats.text import tile_lines
from govmap.views.map import map_tiles


def test_a_png_is_as_wide_as_a_slide(call: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    path = tmp_path / "matrix.png"
    assert call("matrix", "-o", str(path)) == (0, "", "")
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 1920


def test_a_brief_as_a_document_has_real_headings_tables_links_and_the_picture(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    docx = pytest.importorskip("docx")
    path = tmp_path / "peru.docx"
    assert call("brief", "Peru", "--sources", "-o", str(path)) == (0, "", "")
    document = docx.Document(io.BytesIO(path.read_bytes()))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == "Brief: Peru (PE, PER)"
    assert {
        "Where it is",
        "Where it is not",
        "Groups and themes (not every country attends every group)",
    } <= set(headings)
    seats = document.tables[0]
    assert [cell.text for cell in seats.rows[0].cells][:4] == ["Id", "Mechanism", "Role", "Since"]
    assert [row.cells[0].text for row in seats.rows][1:] == ["CAM", "LAD", "QUITO", "R4V", "RIAM", "SACM"]
    assert len(document.inline_shapes) == 1
    links = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    assert "https://crmsv.org/en/about-us" in links


def test_text_of_the_data_is_no_markup_of_a_document(call: Callable[..., Any], tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    name = "<w:b/>&amp;\\x01 =1+1"
    about = "about: {title: T, version: '1', reference_date: '2020'}\n"
    record = f"{{id: A, names: {{en: '{name}'}}, kind: forum, relation: member, members: [PER]}}"
    (tmp_path / "mechanisms.yaml").write_text(f"{about}mechanisms:\n  - {record}\n", encoding="utf-8")
    path = tmp_path / "a.docx"
    assert call("country", "Peru", "--data", str(tmp_path), "-o", str(path)).code == 0
    document = docx.Document(io.BytesIO(path.read_bytes()))
    assert name in [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_a_matrix_is_a_matrix_in_a_workbook(call: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "matrix.xlsx"
    assert call("matrix", "-o", str(path)) == (0, "", "")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    record = call("matrix", "--json").json()
    assert list(header) == ["code", "country", *(column["id"] for column in record["columns"]), "count"]
    assert [row[0] for row in rows] == [row["id"] for row in record["rows"]]
    assert [list(row[2:-1]) for row in rows] == [row["cells"] for row in record["rows"]]
    assert call("matrix", "--upset", "-o", str(path)) == (0, "", "")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    record = call("matrix", "--upset", "--json").json()
    assert list(header) == ["size", *(column["id"] for column in record["columns"]), "countries"]
    assert [(row[0], sorted(str(row[-1]).split(", "))) for row in rows] == [
        (each["size"], sorted(ref["name"] for ref in each["countries"])) for each in record["combinations"]
    ]


@pytest.mark.parametrize("width", [80, 60, 40])
def test_the_map_stays_a_map_on_a_narrow_screen(atlas: govmap.Atlas, width: int) -> None:
    found = govmap.map(atlas)
    lines = tile_lines(map_tiles(found), width)
    assert max(len(line.rstrip()) for line in lines) <= width
    placed = [tile.code for tile in found.tiles if tile.column is not None]
    assert sorted(code for code in placed if code in "".join(lines)) == sorted(placed)
    assert tile_lines(map_tiles(found), 20) == [], "there the table beside it says the same"


def test_a_table_of_a_document_has_room_for_its_words_and_is_as_wide_as_the_page(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    docx = pytest.importorskip("docx")
    path, letter, page = tmp_path / "peru.docx", 72_000, 17 * 360_000
    call("brief", "Peru", "-o", str(path))
    for table in docx.Document(str(path)).tables[:3]:
        widths = [column.width for column in table.columns]
        assert widths == [cell.width for cell in table.rows[0].cells], "Word goes by the cells, LibreOffice by these"
        assert abs(sum(widths) - page) < letter
        for at, width in enumerate(widths):
            words = [word for row in table.rows for word in row.cells[at].text.split()]
            assert width >= letter * max(map(len, words))
