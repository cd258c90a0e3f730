"""Reads tiles.csv: where on a tile map each country stands, one equal cell for each."""

from __future__ import annotations

import csv
import io

from govmap.dataset.loader import bundled_file


def load_tiles() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each country's tile, both from 0, by alpha-3 code.

    Raises:
        DataError: The installation lacks the file.

    """
    text = bundled_file("tiles.csv").decode()
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(io.StringIO(text))}
