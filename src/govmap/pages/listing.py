"""The pages of lists, one table each, and their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Block, Column, Lines, Page, Table, View, columns
from govmap.pages.words import caution_lines, count, theme_labels
from govmap.queries.listing import Filters, Listed
from govmap.rows import Cell, Rows, tidy

Row = tuple[str, ...]


def _mechanism(item: Any, _atlas: Atlas) -> Row:
    known = (
        str(item.members) if item.members is not None else "not given",
        str(item.groups or "none listed"),
    )
    return (item.id, item.name, item.kind, *known, ", ".join(item.secretariat) or "not stated")


def _country(item: Any, _atlas: Atlas) -> Row:
    return item.code, item.name, item.kind, str(len(item.mechanisms)), ", ".join(item.mechanisms)


def _theme(item: Any, _atlas: Atlas) -> Row:
    return (
        item.id,
        item.label,
        str(item.groups),
        ", ".join(item.mechanisms),
        " ".join(item.proposed),
    )


def _group(item: Any, atlas: Atlas) -> Row:
    return item.mechanism, str(item.number), item.name, theme_labels(atlas, item.themes)


def _secretariat(item: Any, _atlas: Atlas) -> Row:
    return item.agency, item.name, ", ".join(item.mechanisms)


def _source(item: Any, _atlas: Atlas) -> Row:
    return item.id, item.title, item.publisher, item.date or "", item.kind, item.url or ""


ROWS: dict[str, tuple[tuple[Column, ...], Callable[[Any, Atlas], Row]]] = {
    "mechanisms": (
        columns("Id", "Mechanism", "Kind", "Countries", "Groups", "Secretariat", numbers=("Countries", "Groups")),
        _mechanism,
    ),
    "countries": (columns("Code", "Country", "Kind", "Count", "Listed in", numbers=("Count",)), _country),
    "themes": (columns("Id", "Theme", "Groups", "Mechanisms", "Own", numbers=("Groups",)), _theme),
    "groups": (columns("In", "No.", "Group", "Themes", numbers=("No.",)), _group),
    "secretariats": (columns("Id", "Agency", "Serves"), _secretariat),
    "sources": (columns("Id", "Title", "Publisher", "Date", "Kind", "Address"), _source),
}
ONE = {"countries": "country"}


def list_view(what: str, items: Listed, atlas: Atlas, filters: Filters) -> View:
    """Return the page and the rows of a list; the arguments are those of `list_page`."""
    return View(lambda: list_page(what, items, atlas, filters), lambda: list_rows(what, items, atlas, filters))


def list_page(what: str, items: Listed, atlas: Atlas, filters: Filters) -> Page:
    """Return the page of a list.

    Args:
        what: Which of the lists.
        items: The records in it.
        atlas: Where labels are looked up.
        filters: What the list was narrowed to.

    """
    narrowed = _in_words(filters)
    headings, row = ROWS[what]
    rows = tuple(row(item, atlas) for item in items)
    number = count(len(rows), ONE.get(what, what[:-1]), what)
    blocks: list[Block] = [Table("", headings, rows, "Nothing fits all of these filters")]
    if what == "themes":
        blocks.append(Lines("Own", ("The languages in which the preferred label is a proposal of this dataset",)))
    if what == "mechanisms" and all(item.coverage == "full" for item in items):  # type: ignore[union-attr]  # by `what`
        mentioned = sum(m.coverage == "mentioned" for m in atlas.mechanisms.values())
        if mentioned and not narrowed:
            bodies = count(mentioned, "more body", "more bodies")
            text = f"The source names {bodies} without members: govmap list mechanisms --coverage mentioned"
            blocks.append(Lines("Not in this list", (text,)))
    blocks += caution_lines(atlas.caution)
    return Page(f"{what.capitalize()}{narrowed}", f"{number}, as of {spoken(atlas.as_of)}", tuple(blocks))


def _in_words(filters: Filters) -> str:
    """Return what a list was narrowed to; nothing for a whole one."""
    given = (
        ("member", filters.member),
        ("theme", " or ".join(filters.themes)),
        ("secretariat", filters.secretariat),
        ("kind", filters.kind),
        ("coverage", filters.coverage if filters.coverage != "full" else None),
    )
    words = [f"{name} {value}" for name, value in given if value]
    return f" with {', '.join(words)}" if words else ""


RECORDS = {
    "mechanisms": "id name kind coverage relation founded website members groups secretariat",
    "countries": "code alpha2 name kind mechanisms",
    "themes": "id label broader groups mechanisms proposed",
    "groups": "mechanism number name as_written pillar themes",
    "secretariats": "agency name mechanisms",
    "sources": "id title publisher date url kind looked_up",
}


def list_rows(what: str, items: Listed, atlas: Atlas, filters: Filters) -> Rows:
    """Return the records of a list, one a row; ids of which a record has several stand in one cell, a space apart."""
    keys = RECORDS[what].split()
    records = ({key: _cell(getattr(item, key)) for key in keys} for item in items)
    return tidy(f"asked as_of {RECORDS[what]}", records, asked=f"{what}{_in_words(filters)}", as_of=atlas.as_of)


def _cell(value: Any) -> Cell:
    return " ".join(value) or None if isinstance(value, tuple) else value
