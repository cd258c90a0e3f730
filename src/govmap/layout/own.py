"""Adds to an answer what of it own data have other than the bundled."""

from __future__ import annotations

from msgspec.structs import replace

from govmap.language import _
from govmap.layout.page import Lines, Page, Sources
from govmap.layout.words import of_data
from govmap.parts.own_data import OwnFact
from govmap.rows import Rows

KEYS = ("mechanism", "part", "item", "change")
OWN = "own data"


def with_own_facts(page: Page, facts: tuple[OwnFact, ...]) -> Page:
    """Return *page* with a block of the *facts*, before the sources if these stand at its end."""
    if not facts:
        return page
    lines = Lines(_("From own data, not from the bundled"), tuple(_sentence(fact) for fact in facts))
    sources = tuple(block for block in page.blocks if isinstance(block, Sources))
    others = tuple(block for block in page.blocks if not isinstance(block, Sources))
    return replace(page, blocks=(*others, lines, *sources))


def _sentence(fact: OwnFact) -> str:
    told = {"added": _("{what} added"), "changed": _("{what} changed"), "withdrawn": _("{what} withdrawn")}[fact.change]
    what = ", ".join(
        [
            *([fact.mechanism] if fact.mechanism else []),
            *([of_data(fact.part)] if fact.part else []),
            *([fact.item] if fact.item else []),
        ]
    )
    return told.format(what=what)


def rows_with_own_facts(rows: Rows, facts: tuple[OwnFact, ...]) -> Rows:
    """Return *rows* with one more for each of the *facts*; a column `fact` tells them from the others."""
    if not facts:
        return rows
    names = (*rows.columns, *(name for name in ("fact", *KEYS) if name not in rows.columns))
    told = [dict(zip(rows.columns, cells, strict=True)) for cells in rows.rows]
    if "fact" not in rows.columns:
        told = [{**cells, "fact": "answer"} for cells in told]
    more = [{"fact": OWN, **{key: getattr(fact, key) for key in KEYS}} for fact in facts]
    return Rows(names, tuple(tuple(cells.get(name) for name in names) for cells in [*told, *more]))
