"""What `export` can write: each kind with its ending, its writer and the extra that it needs.

A writer is a function of an atlas and the path to write to. A new kind is one line here and one function.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from govmap.atlas import Atlas
from govmap.extras import load_function
from govmap.language import marked


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
        projects: Whether it is a network, which can be projected on one kind of its nodes.

    """

    summary: str
    ending: str
    writer: tuple[str, str]
    extra: str | None = None
    text: bool = False
    projects: bool = False

    @property
    def folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.ending


PROJECTIONS = ("countries", "mechanisms")
KINDS = {
    "json": Kind(
        marked("the dataset as a record, of one date or all"),
        ".json",
        ("govmap.export.record", "write_json"),
        text=True,
    ),
    "sqlite": Kind(marked("a database that answers in SQL"), ".sqlite", ("govmap.export.sqlite", "write_sqlite")),
    "csv": Kind(marked("CSV files, a Frictionless data package"), "", ("govmap.export.csv_package", "write_csv")),
    "xlsx": Kind(marked("a workbook, one sheet a table"), ".xlsx", ("govmap.export.workbook", "write_xlsx")),
    "duckdb": Kind(marked("a database for analysis"), ".duckdb", ("govmap.export.duckdb", "write_duckdb"), "duckdb"),
    "parquet": Kind(marked("a folder of Parquet files"), "", ("govmap.export.duckdb", "write_parquet"), "duckdb"),
    "jsonld": Kind(
        marked("the dataset as linked data"), ".jsonld", ("govmap.export.linked", "write_jsonld"), text=True
    ),
    "skos": Kind(marked("the themes alone, in Turtle"), ".ttl", ("govmap.export.skos", "write_skos"), text=True),
    "graphml": Kind(
        marked("a network for Cytoscape or networkx"),
        ".graphml",
        ("govmap.export.xml_graphs", "write_graphml"),
        text=True,
        projects=True,
    ),
    "gexf": Kind(
        marked("a network for Gephi"), ".gexf", ("govmap.export.xml_graphs", "write_gexf"), text=True, projects=True
    ),
    "dot": Kind(
        marked("the network, drawn by Graphviz"),
        ".dot",
        ("govmap.export.text_graphs", "write_dot"),
        text=True,
        projects=True,
    ),
    "mermaid": Kind(
        marked("the network, drawn in Markdown"),
        ".mmd",
        ("govmap.export.text_graphs", "write_mermaid"),
        text=True,
        projects=True,
    ),
}


def load_writer(name: str, project: str | None = None) -> Writer:
    """Return the writer of the kind *name*, or of its projection *project*.

    Raises:
        UsageError: Its libraries are not installed.

    """
    module, function = KINDS[name].writer
    writer: Callable[..., None] = load_function(module, function, purpose=f"export {name}", extra=KINDS[name].extra)
    return partial(writer, project=project) if project else writer
