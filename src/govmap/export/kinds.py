"""What `export` can write: each kind with its ending, its writer and the extra that it needs.

A writer is a function of an atlas and the path to write to. A new kind is one line here and one function.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.errors import UsageError
from govmap.extras import load_function
from govmap.files import replacing, scratch_folder, temporary
from govmap.language import N_, _, current, speaking
from govmap.texts import quoted

Writer = Callable[[Atlas, Path], None]  # writes to a path that does not exist yet; raises OSError where it cannot


class Kind(NamedTuple):
    """A kind of export.

    Attributes:
        summary: What it is, and for whom, in a few words.
        ending: What its files end in; nothing for a folder.
        module: The module of this package with its writer, a function called `write_` and the name of the kind.
        extra: The extra of the package that brings the libraries which the writer imports.
        text: Whether it is text, which can go to standard output.
        projects: Whether it is a network, which can be projected on one kind of its nodes.

    """

    summary: str
    ending: str
    module: str
    extra: str | None = None
    text: bool = False
    projects: bool = False

    @property
    def folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.ending


PROJECTIONS = ("countries", "mechanisms")
KINDS = {
    "json": Kind(N_("the dataset as a record, of one date or all"), ".json", "record", text=True),
    "sqlite": Kind(N_("a database that answers in SQL"), ".sqlite", "sqlite"),
    "csv": Kind(N_("CSV files, a Frictionless data package"), "", "csv_package"),
    "xlsx": Kind(N_("a workbook, one sheet a table"), ".xlsx", "workbook"),
    "duckdb": Kind(N_("a database for analysis"), ".duckdb", "duckdb", extra="duckdb"),
    "parquet": Kind(N_("a folder of Parquet files"), "", "duckdb", extra="duckdb"),
    "jsonld": Kind(N_("the dataset as linked data"), ".jsonld", "linked", text=True),
    "skos": Kind(N_("the themes alone, in Turtle"), ".ttl", "skos", text=True),
    "graphml": Kind(N_("a network for Cytoscape or networkx"), ".graphml", "xml_graphs", text=True, projects=True),
    "gexf": Kind(N_("a network for Gephi"), ".gexf", "xml_graphs", text=True, projects=True),
    "dot": Kind(N_("the network, drawn by Graphviz"), ".dot", "text_graphs", text=True, projects=True),
    "site": Kind(N_("a web site in four languages"), "", "govmap.site"),
    "mermaid": Kind(N_("the network, drawn in Markdown"), ".mmd", "text_graphs", text=True, projects=True),
}


def require_kind(name: str, project: str | None = None) -> Kind:
    """Return the kind called *name*; raise UsageError where there is none, or none with such a projection."""
    kind = KINDS.get(name)
    if kind is None:
        import difflib  # noqa: PLC0415 - only for a wrong word

        near = difflib.get_close_matches(name.casefold(), KINDS, n=2)
        raise UsageError(_("There is no kind of export {kind}").format(kind=quoted(name)), tuple(near or KINDS))
    if project is not None and project not in PROJECTIONS:
        raise UsageError(_("There is no projection on {nodes}").format(nodes=quoted(project)), PROJECTIONS)
    if project is not None and not kind.projects:
        network = next(name for name, other in KINDS.items() if other.projects)
        message = _("{kind} is not a network and takes no --project").format(kind=name)
        raise UsageError(message, (Call("export", network, project=project),))
    return kind


def write(atlas: Atlas, name: str, path: str | os.PathLike[str], project: str | None = None) -> None:
    """Write the dataset of an *atlas* as the kind called *name* to a *path*, whole or not at all.

    Raises:
        UsageError: There is no such kind, its libraries are not installed, or something else is at the path.
        DataError: It cannot be written.

    """
    kind = require_kind(name, project)
    writer = load_writer(name, project)
    # People read the labels of networks; the others hold the names of every language, and are the same for everybody.
    language = current() if kind.projects else "en"
    with replacing(Path(path), folder=kind.folder) as new, speaking(language):
        writer(atlas, new)


def as_bytes(atlas: Atlas, name: str, project: str | None = None) -> bytes:
    """Return what `write` writes of a kind that is text."""
    with scratch_folder(temporary(), "govmap") as folder:
        path = folder / default_name(name)
        write(atlas, name, path, project)
        return path.read_bytes()


def default_name(name: str) -> str:
    """Return what to call an export of the kind called *name*."""
    return f"govmap{KINDS[name].ending or f'-{name}'}"


def load_writer(name: str, project: str | None = None) -> Writer:
    """Return the writer of the kind *name*, or of its projection *project*.

    Raises:
        UsageError: Its libraries are not installed.

    """
    kind = KINDS[name]
    module = kind.module if "." in kind.module else f"govmap.export.{kind.module}"
    writer: Callable[..., None] = load_function(module, f"write_{name}", purpose=f"export {name}", extra=kind.extra)
    return partial(writer, project=project) if project else writer
