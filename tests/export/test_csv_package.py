"""The folder of CSV files: a valid data package, safe in a spreadsheet, and the dataset once it is undone."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.export.conftest import HOSTILE, LIKE_FORMULAS, readable_tables_of, with_aliases

import govmap
from govmap.export.csv_package import write_csv
from govmap.rows import csv_line

# As docs/reference/exports.md says it.
PREFIXED = re.compile(r"^'+[=+\-@\t\r]")


@pytest.fixture(name="field_limit")
def _field_limit() -> Iterator[None]:
    """Let the csv module read a megabyte in one cell."""
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


def read(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file, without its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def undone(cell: str) -> str:
    """Return *cell* without the apostrophe that keeps it from being a formula."""
    return cell[1:] if PREFIXED.match(cell) else cell


@pytest.mark.weekly
def test_it_is_a_valid_data_package(atlas: govmap.Atlas, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_csv(with_aliases(atlas, HOSTILE), tmp_path / "csv")
    report = frictionless.validate(str(tmp_path / "csv" / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.stats["tasks"] == len(readable_tables_of(atlas))


@pytest.mark.weekly
def test_the_validator_sees_a_broken_reference(atlas: govmap.Atlas, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_csv(atlas, tmp_path / "csv")
    with (tmp_path / "csv" / "group_themes.csv").open("a", encoding="utf-8") as file:
        file.write("SACM/4,a group,no such theme,a theme\n")
    report = frictionless.validate(str(tmp_path / "csv" / "datapackage.json"))
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_the_package_names_its_licence_version_and_source(atlas: govmap.Atlas, tmp_path: Path) -> None:
    write_csv(atlas, tmp_path / "csv")
    package = json.loads((tmp_path / "csv" / "datapackage.json").read_bytes())
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["version"] == atlas.dataset.about.version
    assert package["sources"] == [{"title": "Technical Note: Regional Migration Governance in the Americas"}]
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    assert schemas["memberships"]["primaryKey"] == ["id"]
    reference = {"fields": ["country"], "reference": {"resource": "countries", "fields": ["alpha3"]}}
    assert reference in schemas["memberships"]["foreignKeys"]
    broader = {"fields": ["broader"], "reference": {"resource": "", "fields": ["id"]}}  # "" is the same table
    assert broader in schemas["themes"]["foreignKeys"]


@pytest.mark.parametrize("name", ["invented", "hostile"])
def test_every_cell_comes_back(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    atlas = request.getfixturevalue(name)
    write_csv(atlas, tmp_path / "csv")
    for table, rows in readable_tables_of(atlas):
        expected = [[as_text(cell) for cell in row] for row in rows]
        assert [[undone(cell) for cell in row] for row in read(tmp_path / "csv" / f"{table.name}.csv")] == expected


def as_text(cell: Any) -> str:
    """Return *cell* as a reader of CSV gets it: NUL, which none takes, is spelled out."""
    return str(cell).lower() if isinstance(cell, bool) else "" if cell is None else str(cell).replace("\0", "\\x00")


def test_hostile_texts_survive(invented: govmap.Atlas, tmp_path: Path, field_limit: None) -> None:
    texts = (*HOSTILE, "=x" * 500_000)
    write_csv(with_aliases(invented, texts), tmp_path / "csv")
    cells = [row[2] for row in read(tmp_path / "csv" / "mechanism_aliases.csv")]
    assert tuple(map(undone, cells)) == tuple(map(as_text, texts))
    assert [cell for cell in cells if cell[0] in "=+-@\t\r"] == []


def test_hostile_texts_are_written_as_they_are_but_for_the_apostrophe(hostile: govmap.Atlas, tmp_path: Path) -> None:
    write_csv(hostile, tmp_path / "csv")
    text = (tmp_path / "csv" / "mechanism_aliases.csv").read_bytes().decode("utf-8")
    for alias in HOSTILE:
        written = f"'{alias}" if alias in LIKE_FORMULAS else alias
        assert as_text(written).replace('"', '""') in text


@pytest.mark.parametrize("text", LIKE_FORMULAS)
def test_a_text_like_a_formula_stands_after_an_apostrophe(text: str) -> None:
    assert csv_line((text,)).lstrip('"').startswith("'")


def test_codes_numbers_and_plain_texts_stay_as_they_are() -> None:
    assert csv_line(("PER", "004", "a=b", "O'Higgins", "'quoted'", "")) == "PER,004,a=b,O'Higgins,'quoted',\r\n"
    assert csv_line((-5, 3, -1.5, None, True, False)) == "-5,3,-1.5,,true,false\r\n"
