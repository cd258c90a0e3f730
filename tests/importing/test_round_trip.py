"""What is imported, exported and imported again is the same; no bytes bring a fault, and the books add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importing.conftest import Take

from govmap.atlas import Atlas
from govmap.dataset import Loaded
from govmap.errors import DataError
from govmap.export.csv_package import write_csv
from govmap.importing import Import
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


def check_books(report: Import) -> None:
    """Every row is in the books once: those refused and merged by their lines."""
    rows = report.rows
    refused = [line for refusal in report.refused for line in refusal.lines]
    assert rows.read == rows.taken + rows.merged + rows.refused
    assert len(refused) == len(set(refused)) == rows.refused
    assert min(rows.taken, rows.merged, rows.refused, rows.empty) >= 0


@settings(deadline=None, max_examples=40)
@given(ROWS)
def test_an_export_that_is_imported_is_the_same_set(
    take: Take, bundled: Loaded, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    text = "".join(map(csv_line, (HEAD, *rows)))
    first = take(text, skip_bad_rows=True)
    check_books(first.report)
    assert first.report.rows.read == sum(any(row) for row in rows)
    if first.dataset is None:
        return
    folder = tmp_path_factory.mktemp("export") / "csv"
    write_csv(Atlas(Loaded(first.dataset, bundled.names)), folder)
    again = take((folder / "memberships.csv").read_bytes())
    check_books(again.report)
    assert (again.report.rows.refused, again.report.rows.merged) == (0, 0)
    assert again.dataset is not None
    assert memberships(again.dataset) == memberships(first.dataset)


def memberships(dataset: object) -> set[tuple[str | None, ...]]:
    """Return every membership of a dataset: who, in what, as what, from when to when."""
    mechanisms = dataset.mechanisms  # type: ignore[attr-defined]  # a Dataset
    return {
        (m.id, one.code, one.relation or m.relation, one.since, one.until, one.joined_after, one.joined_by)
        for m in mechanisms
        for one in m.members
    }


def test_the_bundled_memberships_come_back_as_they_are(take: Take, bundled: Loaded, tmp_path: Path) -> None:
    write_csv(Atlas(bundled), tmp_path / "csv")
    got = take((tmp_path / "csv" / "memberships.csv").read_bytes())
    assert got.dataset is not None
    assert memberships(got.dataset) == memberships(bundled.dataset)
    assert got.report.rows.taken == got.report.rows.read == 132


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)), st.booleans())
def test_any_bytes_are_a_dataset_or_a_clean_error(take: Take, content: bytes, wide: bool) -> None:
    try:
        check_books(take(content, wide=wide, skip_bad_rows=True).report)
    except DataError as error:
        assert error.message


CELLS = st.sampled_from(("0", "1", "2", "3", "-1", "-9", "", "1995", "x", "7", "Peru", "DDR", "1950", "1951", "UN"))
SHAPES = st.sampled_from(
    ("country,UN,EU", "organisation,Peru,DDR", "ccode,year,UN", "ioname,year,usa", "country,year,UN", "a,b,c")
)


@settings(deadline=None, max_examples=150)
@given(SHAPES, st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=8))
def test_any_matrix_is_a_dataset_or_a_clean_error(take: Take, head: str, rows: list[list[str]]) -> None:
    text = "\n".join((head, *map(",".join, rows)))
    try:
        check_books(take(text, wide=True, skip_bad_rows=True).report)
    except DataError as error:
        assert error.message
