"""The page of a search, and its rows."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.language import _, ngettext
from govmap.layout.page import Page, Table, columns
from govmap.layout.words import of_data
from govmap.questions.search import SearchResult
from govmap.rows import Rows, tidy
from govmap.texts import quoted


def page(result: SearchResult, _atlas: Atlas) -> Page:
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


def rows(result: SearchResult, _atlas: Atlas) -> Rows:
    """Return what was found, one record a row."""
    keys = ("kind", "id", "name", "matched", "score", "command")
    hits = ({**{key: getattr(hit, key) for key in keys}, "command": str(hit.command)} for hit in result.hits)
    return tidy(f"asked as_of {' '.join(keys)}", hits, asked=result.query, as_of=result.as_of)
