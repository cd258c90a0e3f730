"""Makes a data frame of rows, for notebooks: of pandas or polars, through narwhals."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Literal

import narwhals

from govmap.calls import Install
from govmap.choices import one_of
from govmap.errors import UsageError
from govmap.language import _
from govmap.rows import Cell, Rows
from govmap.texts import OR, enumerated

Backend = Literal["pandas", "polars"]
BACKENDS: tuple[Backend, ...] = ("pandas", "polars")  # the first that is installed is the default


def to_frame(rows: Rows, backend: str | None = None) -> Any:
    """Return *rows* as a frame of the library *backend*, by default the first of BACKENDS that is installed.

    Raises:
        UsageError: There is no such backend, or it is not installed.

    """
    chosen = BACKENDS if backend is None else (one_of("backend", backend, BACKENDS),)
    library = next((name for name in chosen if find_spec(name)), None)
    if library is None:
        message = _("A data frame needs {library}, which is not installed")
        raise UsageError(message.format(library=enumerated(chosen, by=OR)), (Install("frames"),))
    columns = {name: _of_one_type([row[at] for row in rows.rows]) for at, name in enumerate(rows.columns)}
    frame: Any = narwhals.from_dict(columns, backend=library).to_native()
    # pandas would turn integers into floats where one is unknown.
    return frame.convert_dtypes() if library == "pandas" else frame


def _of_one_type(cells: list[Cell]) -> list[Cell]:
    """Return a column; where its cells are of several types, as the texts that CSV has."""
    types = {type(cell) for cell in cells if cell is not None}
    if len(types) < 2 or types == {int, float}:
        return cells
    return [None if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell) for cell in cells]
