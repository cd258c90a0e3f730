"""Reads tiles.csv: the cell of each country on a tile map, on which all countries are of one size."""

from __future__ import annotations

from govmap.dataset.bundled import bundled_file


def load_tiles() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each country's tile, both from 0, by alpha-3 code.

    Raises:
        DataError: The installation lacks the file.

    """
    lines = bundled_file("tiles.csv").decode().splitlines()[1:]  # the csv module costs start-up
    return {code: (int(column), int(row)) for code, column, row in (line.split(",") for line in lines)}
