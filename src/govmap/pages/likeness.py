"""The page that ranks pairs by their likeness, and its rows."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.compare import PAIR_KEYS, nothing_of, pair_cells, pair_table, relation_sentences
from govmap.pages.page import Lines, Page, View
from govmap.pages.words import caution_lines, count, limit_words, relation_notes
from govmap.queries.likeness import Likeness
from govmap.queries.seats import Limit
from govmap.rows import Rows, tidy

MEANING = "Jaccard: what both have over what either has, from 0 to 1; of 1st, of 2nd: its share of each"


def likeness_view(likeness: Likeness, atlas: Atlas) -> View:
    """Return the page and the rows of a ranking."""
    return View(lambda: likeness_page(likeness, atlas), lambda: likeness_rows(likeness))


def likeness_page(likeness: Likeness, atlas: Atlas) -> Page:
    """Return the page on what is most like one thing, or on all pairs."""
    mechanisms = likeness.kind == "mechanism"
    names = {item.id: item.id if mechanisms else item.name for item in likeness.items}
    pairs = count(len(likeness.pairs), "pair", "pairs")
    title = f"Likeness to {names[likeness.of]}" if likeness.of else f"All {pairs} by their likeness"
    limit = Limit(likeness.relation, likeness.theme)
    one = "mechanism" if mechanisms else "country"
    by = "the countries that both list" if mechanisms else "the mechanisms that list both"
    subtitle = f"{pairs}, by {by}, as of {spoken(likeness.as_of)}{limit_words(atlas, limit)}"
    return Page(
        title,
        subtitle,
        (
            pair_table(likeness.pairs, names),
            *_in_words(likeness, names, limit, atlas),
            *caution_lines(likeness.caution),
            Lines("Note", (MEANING, f"Two of them side by side: govmap compare {' '.join(_example(likeness))}")),
        )
        if likeness.pairs
        else (_in_words(likeness, names, limit, atlas) or (Lines("Note", (f"There is no other {one} to compare",)),)),
    )


def _in_words(likeness: Likeness, names: dict[str, str], limit: Limit, atlas: Atlas) -> tuple[Lines, ...]:
    """Return the relations of sets that hold, and what is in no pair; of countries there are too many to be read."""
    if likeness.kind == "country":
        lost = next((item for item in likeness.items if item.id == likeness.of and not item.size), None)
        return (Lines("In words", (nothing_of(lost.id, lost.name, "country", limit, atlas),)),) if lost else ()
    told = relation_sentences(likeness.pairs, names, "mechanism", likeness.relation)
    empty = [item.id for item in likeness.items if not item.size]
    left_out = tuple(nothing_of(id_, names[id_], "mechanism", limit, atlas) for id_ in empty)
    notes = relation_notes(atlas, [item.id for item in likeness.items if item.size])
    return (Lines("In words", (*told, *left_out)), *((Lines("What a listing means", notes),) if notes else ()))


def _example(likeness: Likeness) -> tuple[str, str]:
    return likeness.pairs[0].left, likeness.pairs[0].right


def likeness_rows(likeness: Likeness) -> Rows:
    """Return each pair, one a row."""
    limit = " ".join(word for word in (likeness.relation, likeness.theme) if word) or None
    columns = f"asked as_of limit fact rank item other {' '.join(PAIR_KEYS)}"
    facts = ({"rank": rank, **cells} for rank, cells in enumerate(pair_cells(likeness.pairs), 1))
    return tidy(columns, facts, asked=likeness.of or "all pairs", as_of=likeness.as_of, limit=limit)
