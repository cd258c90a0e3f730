"""The page of a search, and its rows."""

from __future__ import annotations

from govmap.language import _, ngettext
from govmap.layout.page import Page, Table, View, columns
from govmap.layout.words import of_data
from govmap.questions.search import SearchResult
from govmap.rows import Rows, tidy
from govmap.texts import quoted


def search_view(result: SearchResult) -> View:
    """Return the page and the rows of a search."""
    return View(lambda: search_page(result), lambda: search_rows(result))


def search_page(result: SearchResult) -> Page:
    """Return the page on what was found, with the call that opens each."""
    rows = tuple(
        (of_data(hit.kind), hit.name, hit.matched if hit.matched != hit.name else "", str(hit.command))
        for hit in result.hits
    )
    headings = columns(_("What"), _("Name"), _("Found by"), _("Open with"))
    return Page(
        _("Search: {query}").format(query=quoted(result.query)),
        ngettext("{n} record", "{n} records", len(rows)).format(n=len(rows)),
        (Table(_("Found"), headings, rows),),
    )


def search_rows(result: SearchResult) -> Rows:
    """Return what was found, one record a row."""
    keys = ("kind", "id", "name", "matched", "score", "command")
    hits = ({**{key: getattr(hit, key) for key in keys}, "command": str(hit.command)} for hit in result.hits)
    return tidy(f"asked as_of {' '.join(keys)}", hits, asked=result.query, as_of=result.as_of)
