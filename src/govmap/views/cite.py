"""The page of a citation, and its rows. A terminal gets the text alone, to be copied whole."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout import blocks, cells
from govmap.layout.page import Lines, Page
from govmap.questions.cite import Citation
from govmap.rows import Rows, tidy

KEYS = "id kind title container author issued version url isbn note text"


def page(citation: Citation, _atlas: Atlas) -> Page:
    """Return the page with the entries in the style that was asked for."""
    title = _("How to cite {what}").format(what=citation.of.id if citation.of else citation.entries[0].title)
    entries = Lines("", tuple(entry.text for entry in citation.entries))
    style = _("Style: {style}").format(style=citation.style)
    return blocks.make_page(title, style, entries, of=citation)


def rows(citation: Citation, _atlas: Atlas) -> Rows:
    """Return each entry, one a row."""
    facts = (cells.pick(entry, KEYS) for entry in citation.entries)
    asked = citation.of.id if citation.of else "all"
    return tidy(f"asked as_of style {KEYS}", facts, asked=asked, as_of=citation.as_of, style=citation.style)
