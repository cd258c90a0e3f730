"""Reads a Parquet file as lines of texts (DuckDB, in its extra)."""

from __future__ import annotations

import duckdb

from govmap.errors import DataError
from govmap.files import scratch_folder, temporary
from govmap.language import _


def read_parquet(content: bytes, where: str) -> list[list[str]]:
    """Return the names of the columns and the rows of a table; raise DataError where it is none."""
    with scratch_folder(temporary(), "govmap") as folder, duckdb.connect() as database:
        path = folder / "table.parquet"
        path.write_bytes(content)
        try:
            table = database.read_parquet(str(path))
            rows = table.project("coalesce(CAST(COLUMNS(*) AS VARCHAR), '')").fetchall()
        except duckdb.Error as error:
            message = _("{where} cannot be read as Parquet: {reason}")
            reason = str(error).partition("\n")[0].replace(str(path), where)[:200]
            raise DataError(message.format(where=where, reason=reason)) from error
        return [list(table.columns), *map(list, rows)]
