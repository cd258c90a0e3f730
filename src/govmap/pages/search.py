"""The page of a search."""

from __future__ import annotations

from govmap.pages.page import Page, Table, columns
from govmap.pages.words import count
from govmap.queries.search import SearchResult
from govmap.texts import quoted


def search_page(result: SearchResult) -> Page:
    """Return the page on what was found, with the call that opens each."""
    rows = tuple(
        (hit.kind, hit.name, hit.matched if hit.matched != hit.name else "", hit.command) for hit in result.hits
    )
    headings = columns("What", "Name", "Found by", "Open with")
    return Page(
        f"Search: {quoted(result.query)}", count(len(rows), "record", "records"), (Table("Found", headings, rows),)
    )
