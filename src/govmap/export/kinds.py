"""What `export` can write: each kind with its ending, its writer and the extra that it needs.

A writer is a function of an atlas and the path to write to. A new kind is one line here and one function.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import NamedTuple, Protocol

from govmap.atlas import Atlas
from govmap.errors import UsageError


class Writer(Protocol):
    """Writes the dataset of an atlas to a path that does not exist yet; raises OSError where it cannot."""

    def __call__(self, atlas: Atlas, path: Path) -> None:
        """Write it."""


class Kind(NamedTuple):
    """A kind of export.

    Attributes:
        summary: What it is, and for whom, in a few words.
        ending: What its files end in; nothing for a folder.
        writer: The module and the function that write it.
        extra: The extra of the package that brings the libraries which the writer imports.
        text: Whether it is text, which can go to standard output.

    """

    summary: str
    ending: str
    writer: tuple[str, str]
    extra: str | None = None
    text: bool = False

    @property
    def folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.ending


KINDS = {
    "json": Kind("the dataset as one record", ".json", ("govmap.export.record", "write_json"), text=True),
    "sqlite": Kind("a database that answers in SQL", ".sqlite", ("govmap.export.sqlite", "write_sqlite")),
    "csv": Kind("a folder of CSV files, a Frictionless data package", "", ("govmap.export.csv_package", "write_csv")),
    "xlsx": Kind("a workbook, one sheet a table", ".xlsx", ("govmap.export.workbook", "write_xlsx"), "excel"),
    "duckdb": Kind("a database for analysis", ".duckdb", ("govmap.export.duckdb", "write_duckdb"), "duckdb"),
    "parquet": Kind("a folder of Parquet files", "", ("govmap.export.duckdb", "write_parquet"), "duckdb"),
}


def load_writer(name: str) -> Writer:
    """Return the writer of the kind *name*; raise UsageError where its libraries are not installed."""
    kind = KINDS[name]
    module, function = kind.writer
    try:
        writer: Writer = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as error:
        if kind.extra is None:
            raise
        message = f"export {name} needs {error.name}, which is not installed"
        raise UsageError(message, (f"pip install 'govmap[{kind.extra}]'",)) from error
    return writer
