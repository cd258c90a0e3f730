"""An import, its export and the import of that are the same; no bytes bring a fault, and every row is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importing.conftest import ImportText

from govmap.atlas import Atlas
from govmap.dataset import LoadedDataset
from govmap.errors import DataError
from govmap.export.csv_package import write_csv
from govmap.importing import ImportReport
from govmap.model import Dataset
from govmap.rows import csv_line

NAMES = st.sampled_from(("UN", "NATO", "Unión: Africana", "=1+1", "NO", "1945", "a, b"))
COUNTRIES = st.sampled_from(("PER", "Chile", "Yugoslavia", "SUN", "West Germany", "Brasil", "Nowhere", ""))
DATES = st.one_of(
    st.just(""),
    st.integers(1990, 1994).map(str),
    st.sampled_from(("1991-06", "1992-02-29", "1993-02-29", "9999", "1990-13")),
)
RELATIONS = st.sampled_from(("", "member", "observer", "2", "friend"))
ROWS = st.lists(st.tuples(NAMES, COUNTRIES, DATES, DATES, RELATIONS), max_size=8)
HEAD = ("organisation", "country", "from", "to", "relation")


def check_counts(report: ImportReport) -> None:
    """Check that every row is counted once, and those refused by their lines."""
    rows = report.rows
    refused = [line for refusal in report.refused for line in refusal.lines]
    assert rows.read == rows.taken + rows.merged + rows.refused
    assert len(refused) == len(set(refused)) == rows.refused
    assert min(rows.taken, rows.merged, rows.refused, rows.empty) >= 0


def memberships(dataset: Dataset) -> set[tuple[str | None, ...]]:
    """Return every membership of a dataset: who, in what, as what, from when to when."""
    return {
        (m.id, each.code, each.relation or m.relation, each.since, each.until, each.joined_after, each.joined_by)
        for m in dataset.mechanisms
        for each in m.members
    }


@given(ROWS)
def test_an_export_that_is_imported_is_the_same_set(
    import_text: ImportText,
    bundled: LoadedDataset,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
) -> None:
    first = import_text("".join(map(csv_line, (HEAD, *rows))), skip_bad_rows=True)
    check_counts(first.report)
    assert first.report.rows.read == sum(any(row) for row in rows)
    if first.written is None:
        return
    folder = tmp_path_factory.mktemp("export") / "csv"
    write_csv(Atlas(LoadedDataset(first.dataset, bundled.names)), folder)
    again = import_text((folder / "memberships.csv").read_bytes())
    check_counts(again.report)
    assert (again.report.rows.refused, again.report.rows.merged) == (0, 0)
    assert memberships(again.dataset) == memberships(first.dataset)


def test_the_bundled_memberships_come_back_as_they_are(
    import_text: ImportText, bundled: LoadedDataset, tmp_path: Path
) -> None:
    write_csv(Atlas(bundled), tmp_path / "csv")
    result = import_text((tmp_path / "csv" / "memberships.csv").read_bytes())
    assert memberships(result.dataset) == memberships(bundled.dataset)
    assert (
        result.report.rows.taken == result.report.rows.read == sum(len(m.members) for m in bundled.dataset.mechanisms)
    )


CELLS = st.sampled_from(("0", "1", "2", "3", "-1", "-9", "", "1995", "x", "7", "Peru", "DDR", "1950", "1951", "UN"))
HEADERS = st.sampled_from(
    ("country,UN,EU", "organisation,Peru,DDR", "ccode,year,UN", "ioname,year,usa", "country,year,UN", "a,b,c")
)
LINES = st.lists(st.lists(CELLS, min_size=2, max_size=4).map(",".join), max_size=8)
MATRICES = st.tuples(HEADERS, LINES).map(lambda matrix: "\n".join((matrix[0], *matrix[1])).encode())


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode), MATRICES), st.booleans())
def test_any_bytes_become_a_dataset_or_a_clean_error(import_text: ImportText, content: bytes, wide: bool) -> None:
    try:
        check_counts(import_text(content, wide=wide, skip_bad_rows=True).report)
    except DataError as error:
        assert error.message
