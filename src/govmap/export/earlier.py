"""Tells what an earlier export wrote, which the next one may replace, from what it must not touch.

A text is known by how it begins; all else by the names of its tables, and by there being nothing more:
where somebody added a table, a sheet or a file of their own, it is theirs.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

import msgspec

from govmap.export.sql import CREATED
from govmap.language import LANGUAGES

HEAD_BYTES = 8192
# What stands near the beginning of each kind that is text.
BEGINNINGS = {
    "jsonld": b'{\n  "@context": {\n    "agency": ',
    "skos": b"vocabulary:themes a skos:ConceptScheme",
    "graphml": b'<graph id="govmap"',
    "gexf": b"<creator>govmap</creator>",
    "dot": b"graph govmap {\n",
    "mermaid": b"flowchart LR\n  %% title: ",
    "datasette": b"# Written by `govmap export sqlite --datasette`",
}
# Every export has these; a dataset that somebody writes as JSON borrows the last two from the bundled data.
REQUIRED = {"about", "mechanisms", "countries", "themes"}
PACKAGE, VIEWS = "datapackage.json", "views.sql"
BESIDE = {"csv": PACKAGE, "parquet": VIEWS}  # the file beside those of the tables
SITE = {"index.html", "assets/", "data/", *(f"{language}/" for language in LANGUAGES)}
SITE_ENDINGS = {".html", ".json", ".csv", ".js", ".css"}
UNCHANGED = b">2000-01-01T00:00:00Z</dcterms:modified>"  # a program that saves a workbook sets another day


def is_taken(path: Path) -> bool:
    """Return whether something is at *path* that could be lost: a file or a folder that is not empty."""
    if path.is_dir():
        return any(path.iterdir())
    return path.is_file() and path.stat().st_size > 0


def wrote(kind: str, path: Path, tables: Collection[str] = ()) -> bool:
    """Return whether an export of a *kind* wrote what is at *path*, with no more in it than the *tables* of exports."""
    try:
        if kind == "site":
            files = (file for file in path.rglob("*") if file.is_file())
            return b'content="govmap"' in _head(path / "index.html") and {file.suffix for file in files} <= SITE_ENDINGS
        if kind in BEGINNINGS:
            return BEGINNINGS[kind] in _head(path)
        return REQUIRED <= READERS[kind](path) <= set(tables)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, sqlite3.Error):
        return False  # it is not even of this kind


def file_names(kind: str, tables: Collection[str]) -> set[str]:
    """Return what the files in a folder of a *kind* are called."""
    if kind == "site":
        return SITE
    return {f"{name}.{kind}" for name in tables} | ({BESIDE[kind]} if kind in BESIDE else set())


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _in_json(path: Path) -> set[str]:
    content = path.read_bytes()
    as_written = msgspec.json.format(content, indent=2).strip() == content.strip()
    return set(msgspec.json.decode(content, type=dict[str, msgspec.Raw])) if as_written else set()


def _in_csv(path: Path) -> set[str]:
    if b'"name": "govmap"' not in _head(path / PACKAGE):
        return set()
    return {file.stem for file in path.iterdir() if file.name != PACKAGE}


def _in_parquet(path: Path) -> set[str]:
    views = path / VIEWS
    made = set(CREATED.findall(views.read_text(encoding="utf-8"))) if views.exists() else set()
    return made | {file.stem for file in path.iterdir() if file != views}


def _in_sqlite(path: Path) -> set[str]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        # `search` brings tables whose names begin as it does.
        names = database.execute("SELECT name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'search%'")
        return {name for (name,) in names}


def _in_duckdb(path: Path) -> set[str]:
    from govmap.export.duckdb import names_of_tables  # its library comes with an extra

    return names_of_tables(path)


def _in_workbook(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as book:
        if UNCHANGED not in book.read("docProps/core.xml"):
            return set()
        return set(re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode()))


READERS: dict[str, Callable[[Path], set[str]]] = {
    "json": _in_json,
    "sqlite": _in_sqlite,
    "csv": _in_csv,
    "xlsx": _in_workbook,
    "duckdb": _in_duckdb,
    "parquet": _in_parquet,
}
