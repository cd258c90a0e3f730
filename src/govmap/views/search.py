"""The page of a search, and its rows."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout.blocks import make_page
from govmap.layout.cells import pick
from govmap.layout.page import Page
from govmap.layout.tables import column, table
from govmap.layout.words import counted, term
from govmap.questions.search import SearchResult
from govmap.rows import Rows, tidy
from govmap.texts import quoted

KEYS = "kind id name matched score"


def page(result: SearchResult, _atlas: Atlas) -> Page:
    """Return the page on what was found, with the call that opens each."""
    hits = table(
        _("Found"),
        result.hits,
        column(_("What"), lambda hit: term(hit.kind)),
        column(_("Name"), lambda hit: hit.name),
        column(_("Found by"), lambda hit: hit.matched if hit.matched != hit.name else ""),
        column(_("Open with"), lambda hit: str(hit.command)),
    )
    title = _("Search: {query}").format(query=quoted(result.query))
    return make_page(title, counted("{n} record", "{n} records", len(result.hits)), hits)


def rows(result: SearchResult, _atlas: Atlas) -> Rows:
    """Return what was found, one record a row."""
    facts = ({**pick(hit, KEYS), "command": str(hit.command)} for hit in result.hits)
    return tidy(f"asked as_of {KEYS} command", facts, asked=result.query, as_of=result.as_of)
