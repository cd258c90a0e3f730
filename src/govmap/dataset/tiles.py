"""Reads tiles.csv: the cell of each country on a tile map, on which all countries are of one size."""

from __future__ import annotations

import csv
import io

from govmap.dataset.bundled import bundled_file


def load_tiles() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each country's tile, both from 0, by alpha-3 code.

    Raises:
        DataError: The installation lacks the file.

    """
    text = bundled_file("tiles.csv").decode()
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(io.StringIO(text))}
