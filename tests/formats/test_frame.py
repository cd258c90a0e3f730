"""Data frames hold the rows of an answer, with the library that is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

import govmap
from govmap.calls import Install, Option
from govmap.formats.frame import BACKENDS, to_frame
from govmap.rows import Rows

INSTALLED = [name for name in BACKENDS if find_spec(name)]


@pytest.mark.parametrize("backend", INSTALLED)
def test_a_frame_has_the_columns_and_the_cells_of_the_rows(atlas: govmap.Atlas, backend: str) -> None:
    found = govmap.country(atlas, "Peru")
    frame, rows = found.to_frame(backend), found.rows()
    assert type(frame).__module__.startswith(backend)
    assert tuple(frame.columns) == rows.columns
    for at, name in enumerate(rows.columns):
        column = frame[name]
        cells = [None if unknown else cell for cell, unknown in zip(column, _unknown(column), strict=True)]
        assert cells == [row[at] for row in rows.rows], name


@pytest.mark.parametrize("backend", INSTALLED)
def test_an_integer_stays_one_beside_an_unknown_value_and_a_column_of_several_types_is_text(backend: str) -> None:
    frame = to_frame(Rows(("year", "mixed"), ((2020, True), (None, 1), (2021, None))), backend)
    assert [str(cell) for cell in frame["year"]][::2] == ["2020", "2021"]
    assert list(frame["mixed"])[:2] == ["true", "1"]


needs_a_library = pytest.mark.skipif(not INSTALLED, reason="neither pandas nor polars is installed")


@needs_a_library
def test_a_list_and_an_empty_answer_have_frames_too(atlas: govmap.Atlas) -> None:
    assert len(govmap.list(atlas, "mechanisms").to_frame()) == 8
    assert len(govmap.list(atlas, "mechanisms", member="Cuba").to_frame()) == 0


@needs_a_library
def test_the_first_library_that_is_installed_is_taken_and_none_is_an_error(
    atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = govmap.gaps(atlas, country="Belize")
    assert type(found.to_frame()).__module__.startswith(INSTALLED[0])
    with pytest.raises(govmap.UsageError) as caught:
        found.to_frame("excel")
    assert caught.value.suggestions == (Option("backend", "pandas"), Option("backend", "polars"))
    for name in BACKENDS:
        monkeypatch.setitem(sys.modules, name, None)  # as where it is not installed
    with pytest.raises(govmap.UsageError, match="needs polars, which is not installed") as caught:
        found.to_frame("polars")
    assert caught.value.suggestions == (Install("frames"),)
    with pytest.raises(govmap.UsageError, match="needs pandas or polars, which is not installed"):
        found.to_frame()


def test_without_narwhals_the_extra_is_named_and_nothing_else_asks_for_it() -> None:
    script = """\
import sys
sys.modules["narwhals"] = None  # as where it is not installed
import govmap
found = govmap.country(govmap.load(), "Peru")
assert found.rows() and found._repr_html_()
try:
    found.to_frame()
except govmap.UsageError as error:
    print(error.message, error.suggestions)
assert not {"pandas", "polars"} & set(sys.modules)
"""
    done = subprocess.run((sys.executable, "-c", script), capture_output=True, text=True, timeout=50, check=True)
    assert done.stdout == "to_frame needs narwhals, which is not installed (install('frames'),)\n"


def _unknown(column: object) -> list[bool]:
    """Return for each cell of a column whether it holds nothing."""
    isna = getattr(column, "isna", None) or getattr(column, "is_null")  # noqa: B009 - pandas' or polars'
    return list(isna())
