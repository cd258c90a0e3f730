"""The page of a search, and its rows."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Page, table
from govmap.questions.search import SearchResult
from govmap.rows import Rows, tidy
from govmap.texts import quoted

KEYS = "kind id name matched score"


def page(result: SearchResult, _atlas: Atlas) -> Page:
    """Return the page on what was found, with the call that opens each."""
    rows = [
        (words.term(hit.kind), hit.name, hit.matched if hit.matched != hit.name else "", str(hit.command))
        for hit in result.hits
    ]
    title = _("Search: {query}").format(query=quoted(result.query))
    subtitle = words.counted("{n} record", "{n} records", len(rows))
    found = table("", (_("What"), _("Name"), _("Found by"), _("Open with")), rows)
    return blocks.make_page(title, subtitle, found, of=result)


def rows(result: SearchResult, _atlas: Atlas) -> Rows:
    """Return what was found, one record a row."""
    facts = ({**cells.pick(hit, KEYS), "command": str(hit.command)} for hit in result.hits)
    return tidy(f"asked as_of {KEYS} command", facts, asked=result.query, as_of=result.as_of)
