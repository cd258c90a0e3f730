"""`--sources`: the numbered sources of an answer, in every format."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from tests.conftest import Call
from tests.examples import DECLARATIONS, FIRST

pytestmark = pytest.mark.once  # on what the answers say, so that one Python is enough

FEW = [words for words in FIRST if DECLARATIONS[words[0]].asks_atlas and not DECLARATIONS[words[0]].has_all_sources]
SOURCE = {"id", "title", "publisher", "date", "url", "kind", "looked_up", "language"}
NUMBERED = re.compile(r"^\[(\d+)\] ", re.MULTILINE)


@pytest.mark.parametrize("arguments", FEW, ids=" ".join)
def test_the_record_gets_its_sources_and_is_else_as_it_was(call: Call, arguments: tuple[str, ...]) -> None:
    bare = call(*arguments, "--json").json()
    told = call(*arguments, "--json", "--sources").json()
    pairs = list(zip(bare, told, strict=True)) if isinstance(bare, list) else [(bare, told)]
    for before, after in pairs:
        sources = after.pop("sources")
        own = before.pop("sources", [])
        assert sources[: len(own)] == own, "those that it had keep their places"
        if arguments[1:2] not in (("themes",), ("secretariats",)):  # on some no group works
            assert sources
        assert [set(source) for source in sources] == [SOURCE] * len(sources)
        assert len({source["id"] for source in sources}) == len(sources)
        assert after == before


@pytest.mark.parametrize("arguments", FEW, ids=" ".join)
def test_the_page_numbers_every_source_once(call: Call, arguments: tuple[str, ...]) -> None:
    record = call(*arguments, "--json", "--sources").json()
    sources = [s for one in (record if isinstance(record, list) else [record]) for s in one["sources"]]
    known = {source["id"]: source for source in sources}
    page = call(*arguments, "--sources").out
    head, block = re.split(r"\nSources(?: \(looked up [0-9-]+\))?\n", page)
    assert NUMBERED.findall(block) == [str(n) for n in range(1, len(known) + 1)]
    entries = {" ".join(entry.split()) for entry in re.split(r"^\[\d+\] ", block, flags=re.MULTILINE)[1:]}
    for source in known.values():
        title = " ".join(source["title"].split())
        shown = (source["publisher"], f"({source['kind']}", source["url"] or "No address")
        assert [entry for entry in entries if entry.startswith(title) and all(part in entry for part in shown)]
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", head)}
    assert marks == set(range(1, len(marks) + 1)), "numbered as the page cites them"
    assert "--sources" not in page, "no hint where the sources are, when they are here"
    assert not re.search(r"\[\d+\]", call(*arguments).out), "no number without its source"


@pytest.mark.parametrize("arguments", FEW, ids=" ".join)
def test_rows_of_sources_follow_the_rows_of_the_answer(call: Call, arguments: tuple[str, ...], tmp_path: Path) -> None:
    before = list(csv.DictReader(io.StringIO(call(*arguments, "-f", "csv").out, newline="")))
    after = list(csv.DictReader(io.StringIO(call(*arguments, "-f", "csv", "--sources").out, newline="")))
    sources = [row for row in after if row["fact"] == "source"]
    answers = after[: len(after) - len(sources)]
    assert [{key: row[key] for key in before[0]} for row in answers] == before
    numbers = [int(row["source_number"]) for row in sources]
    assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))
    assert all(row["source_id"] and row["source_looked_up"] for row in sources)
    assert {row["as_of"] for row in after} == {"2023-04"}
    assert len({tuple(row.values()) for row in after}) == len(after)
    path = tmp_path / "a.xlsx"
    assert call(*arguments, "--sources", "-o", str(path)) == (0, "", "")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet.max_row == len(after) + 1


def test_a_picture_has_them_below_it(call: Call) -> None:
    out = call("map", "SACM", "-f", "svg", "--sources").out
    assert re.findall(r">\[(\d)\] ", out) == [*"1234567"]  # four of the list, three more of Guyana and Suriname
    assert "csmigraciones.org" in out


def test_a_citation_to_be_copied_becomes_a_page_with_its_sources(call: Call) -> None:
    out = call("cite", "CMC", "--sources").out
    assert out.startswith("How to cite CMC ")
    assert "https://caribbeanmigration.org/what-cmc" in out


def test_what_rests_on_nothing_says_so(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        "about: {title: T, version: '1', reference_date: '2020'}\nmechanisms:\n"
        "  - {id: A, names: {en: A}, kind: forum, relation: member, members: [PER]}\n",
        encoding="utf-8",
    )
    assert call("map", "--data", str(tmp_path), "--sources").out.endswith(
        "\nSources\nNone: no fact with a source is shown\n"
    )
    assert call("map", "--data", str(tmp_path), "--sources", "--json").json()["sources"] == []


def test_an_answer_that_is_not_from_a_dataset_has_no_sources(call: Call) -> None:
    answer = call("validate", "tests/data/invented", "--sources")
    assert (answer.code, answer.out) == (2, "")
