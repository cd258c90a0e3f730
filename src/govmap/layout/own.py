"""Adds to the page, the rows and the picture of an answer what own data change in the bundled data."""

from __future__ import annotations

from msgspec.structs import replace

from govmap.language import _
from govmap.layout.cells import add_facts, pick
from govmap.layout.page import Lines, Page
from govmap.layout.picture import Picture
from govmap.layout.sources import with_credits
from govmap.layout.words import term
from govmap.parts.own_data import OwnFact
from govmap.rows import Rows
from govmap.texts import in_series, labelled

KEYS = "mechanism part item change"


def with_own_facts(page: Page, facts: tuple[OwnFact, ...]) -> Page:
    """Return *page* with a block of the *facts* at its end."""
    lines = Lines(_("From your data"), tuple(map(_sentence, facts)))
    return replace(page, blocks=(*page.blocks, lines)) if facts else page


def picture_with_own_facts(picture: Picture, facts: tuple[OwnFact, ...]) -> Picture:
    """Return *picture* with the *facts* at the end of its credits."""
    return with_credits(picture, labelled(_("From your data"), in_series(map(_sentence, facts)))) if facts else picture


def _sentence(fact: OwnFact) -> str:
    templates = {"added": _("{what} added"), "changed": _("{what} changed"), "withdrawn": _("{what} withdrawn")}
    what = ", ".join(filter(None, (fact.mechanism, term(fact.part or ""), fact.item)))
    return templates[fact.change].format(what=what)


def rows_with_own_facts(rows: Rows, facts: tuple[OwnFact, ...]) -> Rows:
    """Return *rows* with one more for each of the *facts*."""
    added = [{"fact": "own data", **pick(fact, KEYS)} for fact in facts]
    return add_facts(rows, ("fact", *KEYS.split()), added) if facts else rows
