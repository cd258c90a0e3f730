"""What `export` can write: each kind with its ending, its writer and the extra that it needs.

A writer is a function of an atlas and the path to write to. A new kind is one line here and one function.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from govmap.atlas import Atlas
from govmap.calls import Call, Option
from govmap.errors import UsageError
from govmap.export.earlier import file_names, is_taken, wrote
from govmap.export.sql import names_made
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
        option: The option that it takes, if any: `project` a network, which can be projected on one kind of its nodes;
            `base_url` linked data and the site; `datasette` a database, beside which it puts what Datasette reads.

    """

    summary: str
    ending: str
    module: str
    extra: str | None = None
    text: bool = False
    option: str = ""

    @property
    def projects(self) -> bool:
        """Whether it is a network."""
        return self.option == "project"

    @property
    def folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.ending


# An address of RFC 3986 without a question, below which others can be made.
WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*#?)?")
PROJECTIONS = ("countries", "mechanisms")
KINDS = {
    "json": Kind(N_("the dataset as a record, of one date or all"), ".json", "record", text=True),
    "sqlite": Kind(N_("a database that answers in SQL"), ".sqlite", "sqlite", option="datasette"),
    "csv": Kind(N_("CSV files, a Frictionless data package"), "", "csv_package"),
    "xlsx": Kind(N_("a workbook, one sheet a table"), ".xlsx", "workbook"),
    "duckdb": Kind(N_("a database for analysis"), ".duckdb", "duckdb", extra="duckdb"),
    "parquet": Kind(N_("a folder of Parquet files"), "", "duckdb", extra="duckdb"),
    "jsonld": Kind(N_("the dataset as linked data"), ".jsonld", "linked", text=True, option="base_url"),
    "skos": Kind(N_("only the themes, in Turtle"), ".ttl", "skos", text=True, option="base_url"),
    "graphml": Kind(N_("a network for Cytoscape or networkx"), ".graphml", "xml_graphs", text=True, option="project"),
    "gexf": Kind(N_("a network for Gephi"), ".gexf", "xml_graphs", text=True, option="project"),
    "dot": Kind(N_("the network, drawn by Graphviz"), ".dot", "text_graphs", text=True, option="project"),
    "site": Kind(N_("a web site in four languages"), "", "govmap.site", option="base_url"),
    "mermaid": Kind(N_("the network, drawn in Markdown"), ".mmd", "text_graphs", text=True, option="project"),
}


def require_kind(name: str, **options: Any) -> Kind:
    """Return the kind called *name*; raise UsageError where there is none, or it does not take one of the *options*."""
    kind = KINDS.get(name)
    if kind is None:
        import difflib  # only for a wrong word

        near = difflib.get_close_matches(name.casefold(), KINDS, n=2)
        raise UsageError(_("There is no kind of export {kind}").format(kind=quoted(name)), tuple(near or KINDS))
    for option, value in given(options).items():
        if option == "project" and value not in PROJECTIONS:
            raise UsageError(_("There is no projection on {nodes}").format(nodes=quoted(value)), PROJECTIONS)
        if option == "base_url" and not WEB_ADDRESS.fullmatch(value):
            message = _("--base-url takes a web address, not {typed}").format(typed=quoted(value))
            raise UsageError(message, (Option("base_url", "https://example.org/govmap/"),))
        if option != kind.option:
            message = _("{kind} takes no {option}").format(kind=name, option=str(Option(option)))
            other = next(name for name, each in KINDS.items() if each.option == option)
            place = () if KINDS[other].text else (default_name(other),)
            raise UsageError(message, (Call("export", other, *place, **{option: value}),))
    return kind


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the *options* that are given."""
    return {name: value for name, value in options.items() if value is not None and value is not False}


def write(atlas: Atlas, name: str, path: str | os.PathLike[str], *, force: bool = False, **options: Any) -> None:
    """Write the dataset of an *atlas* as the kind called *name* to a *path*, whole or not at all.

    It replaces what an export of this kind wrote; anything else only with *force*, and a folder that holds other files
    not even then.

    Raises:
        UsageError: There is no such kind, it does not take one of the *options*, its libraries are not installed, or
            something else is at the path.
        DataError: It cannot be written, or is read-only.

    """
    kind = require_kind(name, **options)
    for_datasette = options.pop("datasette", False)
    writer = load_writer(name, **options)
    place = Path(path)
    names = names_made() if is_taken(place) else set()
    # People read the labels of networks; the others hold the names of every language, and are the same for everybody.
    language = current() if kind.projects else "en"
    with replacing(place, folder=kind.folder, over=file_names(name, names)) as new, speaking(language):
        if names and not force and not wrote(name, place, names):
            raise _not_ours(name, place)
        if for_datasette:
            _write_metadata(atlas, place, force=force)
        writer(atlas, new)


def _write_metadata(atlas: Atlas, database: Path, *, force: bool) -> None:
    """Write what Datasette reads on a *database* beside it."""
    from govmap.export.datasette import ENDING, write_metadata  # only where asked for

    place = database.with_suffix(ENDING)
    with replacing(place) as new:
        if is_taken(place) and not force and not wrote("datasette", place):
            raise _not_ours("sqlite", place)
        write_metadata(atlas, new, database.stem)


def _not_ours(name: str, path: Path) -> UsageError:
    message = _("{path} exists already, and `export {kind}` did not write it")
    replace = Option("force", about=_("which replaces it"))
    return UsageError(message.format(path=quoted(str(path), 200), kind=name), (replace,))


def as_bytes(atlas: Atlas, name: str, **options: Any) -> bytes:
    """Return what `write` writes of a kind that is text."""
    with scratch_folder(temporary(), "govmap") as folder:
        path = folder / default_name(name)
        write(atlas, name, path, **options)
        return path.read_bytes()


def default_name(name: str) -> str:
    """Return what to call an export of the kind called *name*."""
    return f"govmap{KINDS[name].ending or f'-{name}'}"


def load_writer(name: str, **options: Any) -> Writer:
    """Return the writer of the kind *name*, with these *options*.

    Raises:
        UsageError: Its libraries are not installed.

    """
    kind = KINDS[name]
    module = kind.module if "." in kind.module else f"govmap.export.{kind.module}"
    writer: Callable[..., None] = load_function(module, f"write_{name}", purpose=f"export {name}", extra=kind.extra)
    return partial(writer, **given(options))
