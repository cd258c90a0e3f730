"""The names in a table of somebody else's."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Call

import govmap
from govmap.matching import match_table

TABLE = "id,pais,x\n1,Perú,-5\n2,Ecuadr,=1+1\n3,Atlantis,007\n4,,b\n5,CONGO\n"
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=10).map(str.strip)


@pytest.fixture(name="table")
def _table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_each_name_has_its_record_beside_it_and_none_is_guessed(call: Call, table: Path) -> None:
    answer = call("match", str(table), "--column", "pais")
    assert list(csv.reader(io.StringIO(answer.out))) == [
        ["id", "pais", "match", "code", "name", "mechanisms", "could_be", "x"],
        ["1", "Perú", "exact", "PER", "Peru", "CAM LAD QUITO R4V RIAM SACM", "", "-5"],
        ["2", "Ecuadr", "slip", "ECU", "Ecuador", "CAM LAD QUITO R4V RIAM SACM", "", "'=1+1"],
        ["3", "Atlantis", "unknown", "", "", "", "", "007"],
        ["4", "", "", "", "", "", "", "b"],
        ["5", "CONGO", "several", "", "", "", "COD COG", ""],
    ]
    assert answer.code == 1
    assert answer.err == "Error: 2 of 4 names were not identified: 1 ambiguous, 1 unknown\n"


@pytest.mark.parametrize(
    ("cells", "namibia"),
    [
        (["Peru", "NA", "Chile"], ("unknown", None, "NAM")),  # for "not available"
        (["PE", "NA", "", "cl"], ("exact", "NAM", None)),
        (["PE", "NA", "CHL"], ("unknown", None, "NAM")),
        (["na", "NA"], ("unknown", None, "NAM")),
        (["Peru", "Namibia", "NAM"], ("exact", "NAM", None)),
    ],
)
def test_na_is_namibia_among_codes_of_two_letters_alone(
    atlas: govmap.Atlas, cells: list[str], namibia: tuple[str | None, ...]
) -> None:
    table = match_table(
        atlas, "\n".join(["where,", *(f"{cell},x" for cell in cells)]).encode(), "t.csv", column="where"
    )
    found = {cell: row.match for cell, row in zip(cells, table.rows, strict=True)}
    row = found.get("NA") or found["Namibia"]
    assert (row.match, row.code, row.could_be) == namibia


def test_n_a_is_no_name(atlas: govmap.Atlas) -> None:
    rows = match_table(atlas, b"where\nPeru\nN/A\nn.a.\n", "t.csv").rows
    assert [row.match.match for row in rows] == ["exact", None, None]


def test_a_table_of_several_columns_needs_the_name_of_one(call: Call, table: Path) -> None:
    answer = call("match", str(table))
    assert (answer.code, answer.out) == (2, "")
    assert "--column pais" in answer.err
    assert call("match", str(table), "--column", "país").err.startswith('Error: There is no column "país"')


@pytest.mark.parametrize(("content", "heading"), [("Peru\nChile\n", "asked"), ("country\nPeru\nChile\n", "country")])
def test_a_list_has_a_heading_unless_its_first_line_is_a_name(
    call: Call, tmp_path: Path, content: str, heading: str
) -> None:
    (tmp_path / "list.txt").write_text(content, encoding="utf-8")
    answer = call("match", str(tmp_path / "list.txt"), "--format", "jsonl")
    records = [json.loads(line) for line in answer.out.splitlines()]
    assert json.loads(call("match", str(tmp_path / "list.txt"), "--json").out) == records
    assert [(record[heading], record["code"]) for record in records] == [("Peru", "PER"), ("Chile", "CHL")]
    assert answer.code == 0
    said = 'The first line, "country", is taken as the heading, not as a name\n'
    assert answer.err == (said if heading == "country" else "")
    assert call("match", str(tmp_path / "list.txt"), "--column", content.partition("\n")[0]).err == ""


@pytest.mark.parametrize(
    ("kind", "name", "how", "code"),
    [
        ("mechanism", "Proceso de Quito", "exact", "QUITO"),
        ("agency", "ACNUR", "exact", "UNHCR"),
        ("theme", "trata de personas", "exact", "trafficking"),
        ("theme", "rent", "words", "shelter"),
        ("theme", "tráfico", "several", None),  # which questions refuse too
    ],
)
def test_other_kinds_of_names(atlas: govmap.Atlas, kind: str, name: str, how: str, code: str | None) -> None:
    (row,) = match_table(atlas, f'words\n"{name}"\n'.encode(), "here", kind=kind).rows
    assert row.match[:2] == (how, code)


def test_a_workbook_comes_back_as_one_whose_columns_do_not_clash(call: Call, table: Path, tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.csv"
    assert call("match", str(table), "--column", "pais", "--output", str(once)).code == 1
    assert call("match", str(once), "--column", "pais", "--output", str(twice)).code == 1
    head, first, *_ = csv.reader(io.StringIO(twice.read_text(encoding="utf-8")))
    assert head[:8] == [
        "id",
        "pais",
        "pais match",
        "pais code",
        "pais name",
        "pais mechanisms",
        "pais could_be",
        "match",
    ]
    assert first[2:4] == ["exact", "PER"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "-f html",
            "A table can be written as csv, tsv, json, jsonl or xlsx. Try: "
            + "; ".join(f"--format {form}" for form in ("csv", "tsv", "json", "jsonl", "xlsx")),
        ),
        ("-f xlsx", "xlsx is not text; name a file. Try: --output matched.xlsx"),
        (
            "--kind planet",
            '--kind cannot be "planet". Try: --kind country; --kind mechanism; --kind theme; --kind agency\n',
        ),
        ("-o table.csv", "The result would replace the table that it is made from; name another file. Try: --output"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_type(
    call: Call, table: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, message: str
) -> None:
    monkeypatch.chdir(table.parent)
    answer = call("match", "table.csv", "--column", "pais", *arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"Error: {message}")
    assert table.read_text(encoding="utf-8") == TABLE


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_cells_come_back_as_they_were_but_for_what_a_spreadsheet_would_run(
    call: Call, tmp_path: Path, form: str, delimiter: str
) -> None:
    cells = ["-5", "-5.5", "-05", "-x", "-", "=1", "5", ""]
    table = "\n".join(["country;x", *(f"Peru;{cell}" for cell in cells)])
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    answer = call("match", str(tmp_path / "t.csv"), "--column", "country", "-f", form)
    rows = list(csv.reader(io.StringIO(answer.out), delimiter=delimiter))
    assert [row[-1] for row in rows] == ["x", "-5", "-5.5", "'-05", "'-x", "'-", "'=1", "5", ""]
    assert answer.code == 0


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_lines_end_in_cr_lf_as_those_of_other_answers(call: Call, table: Path, form: str) -> None:
    lines = call("match", str(table), "--column", "pais", "-f", form).out.split("\r\n")
    assert len(lines) == len(TABLE.split("\n"))
    assert not any("\n" in line for line in lines)


def test_a_row_longer_than_the_header_keeps_its_cells_as_csv(call: Call, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("country,x\nPeru,1,more\nChile\n", encoding="utf-8")
    arguments = ("match", str(tmp_path / "t.csv"), "--column", "country")
    rows = list(csv.reader(io.StringIO(call(*arguments).out, newline="")))
    assert [row[6:] for row in rows] == [["x"], ["1", "more"], [""]]
    assert [record["x"] for record in call(*arguments, "-f", "json").json()] == ["1", ""]


def test_a_table_that_is_none_in_its_last_line_writes_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('country\nPeru\n"Chile\n', encoding="utf-8")
    answer = call("match", str(tmp_path / "t.csv"))
    assert (answer.code, answer.out) == (3, "")


@given(rows=st.lists(st.tuples(CELLS, CELLS | st.sampled_from(["Peru", "Ecuadr"])), max_size=6))
def test_every_row_comes_back_in_its_place(atlas: govmap.Atlas, rows: list[tuple[str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("key", "land"), *(("k" + key, land) for key, land in rows)])
    found = list(match_table(atlas, text.getvalue().encode(), "here", column="land").rows)
    assert [(row.cells[0], row.cells[1]) for row in found] == [(("k" + key).strip(), land) for key, land in rows]
    for row in found:
        ids = atlas.country_names.look_up(str(row.cells[1]))[1] if str(row.cells[1]).strip() else ()
        assert row.match.code == (ids[0] if len(ids) == 1 else None)


def test_a_table_as_json_is_a_list_and_one_without_rows_an_empty_one(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("country\nPeru\nChile\n", encoding="utf-8")
    answer = call("match", str(path), "-f", "json")
    assert [row["code"] for row in answer.json()] == ["PER", "CHL"]
    assert answer.out.startswith('[\n  {\n    "country": "Peru",\n')
    path.write_text("country\n", encoding="utf-8")
    assert call("match", str(path), "-f", "json").out == "[]\n"
    assert call("match", str(path), "-f", "jsonl").out == ""
