"""The page that ranks pairs by their likeness, and its rows."""

from __future__ import annotations

from govmap.analysis.seats import Limit
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout import blocks
from govmap.layout.cells import PAIR_KEYS, pair_cells
from govmap.layout.page import Lines, Page
from govmap.layout.pairs import no_seats, pair_table, relation_sentences
from govmap.layout.words import counted, limit_words
from govmap.questions.compare import Likeness
from govmap.rows import Rows, tidy

MEANING = N_("Jaccard: what both have over what either has, from 0 to 1; of 1st, of 2nd: its share of each")


def page(likeness: Likeness, atlas: Atlas) -> Page:
    """Return the page on what is most like one thing, or on all pairs."""
    of_mechanisms = likeness.kind == "mechanism"
    names = {item.id: item.id if of_mechanisms else item.name for item in likeness.items}
    limit = Limit(likeness.relation, likeness.theme)
    head = (_title(likeness, names), _subtitle(likeness, limit, atlas))
    in_words = _in_words(likeness, names, limit, atlas) if of_mechanisms else _left_out(likeness, limit, atlas)
    relations = blocks.relations(atlas, [item.id for item in likeness.items if item.size]) if of_mechanisms else None
    if likeness.pairs:
        pairs = pair_table(likeness.pairs, names)
        return blocks.make_page(
            *head, pairs, in_words, relations, *blocks.caution_and_changes(likeness), _notes(likeness)
        )
    alone = _("There is no other mechanism to compare") if of_mechanisms else _("There is no other country to compare")
    return blocks.make_page(*head, in_words or Lines(_("Note"), (alone,)), relations)


def _title(likeness: Likeness, names: dict[str, str]) -> str:
    if likeness.of:
        return _("Likeness to {name}").format(name=names[likeness.of])
    if len(likeness.pairs) < likeness.pair_count:
        return _("The likest pairs of {n}").format(n=likeness.pair_count)
    return counted("The only pair by its likeness", "All {n} pairs by their likeness", likeness.pair_count)


def _subtitle(likeness: Likeness, limit: Limit, atlas: Atlas) -> str:
    number, date, within = likeness.pair_count, as_of(likeness.as_of), limit_words(atlas, limit)
    if likeness.kind == "mechanism":
        return counted(
            "{n} pair, by the countries that both list, {as_of}{limit}",
            "{n} pairs, by the countries that both list, {as_of}{limit}",
            number,
            as_of=date,
            limit=within,
        )
    return counted(
        "{n} pair, by the mechanisms that list both, {as_of}{limit}",
        "{n} pairs, by the mechanisms that list both, {as_of}{limit}",
        number,
        as_of=date,
        limit=within,
    )


def _in_words(likeness: Likeness, names: dict[str, str], limit: Limit, atlas: Atlas) -> Lines:
    """Return how the sets of mechanisms relate, and which mechanisms are in no pair."""
    sentences = relation_sentences(likeness.pairs, names, "mechanism", likeness.relation)
    left_out = (
        no_seats(item.id, names[item.id], "mechanism", limit, atlas) for item in likeness.items if not item.size
    )
    return Lines(_("In words"), (*sentences, *left_out))


def _left_out(likeness: Likeness, limit: Limit, atlas: Atlas) -> Lines | None:
    """Return why the country that was asked for is in no pair, where it is in none."""
    empty = [item for item in likeness.items if item.id == likeness.of and not item.size]
    return blocks.lines(_("In words"), [no_seats(item.id, item.name, "country", limit, atlas) for item in empty])


def _notes(likeness: Likeness) -> Lines:
    shown, total = len(likeness.pairs), likeness.pair_count
    only = counted(
        "Only the likest of {all} pairs is shown", "Only the {n} likest of {all} pairs are shown", shown, all=total
    )
    first = likeness.pairs[0]
    example = _("Two of them side by side: {call}").format(call=Call("compare", first.left, first.right))
    return Lines(_("Note"), (*((only,) if shown < total else ()), _(MEANING), example))


def rows(likeness: Likeness, _atlas: Atlas) -> Rows:
    """Return each pair, one a row."""
    limit = " ".join(filter(None, (likeness.relation, likeness.theme))) or None
    facts = ({"rank": rank, **cells} for rank, cells in enumerate(pair_cells(likeness.pairs), 1))
    columns = f"asked as_of limit fact rank item other {PAIR_KEYS}"
    return tidy(columns, facts, asked=likeness.of or "all pairs", as_of=likeness.as_of, limit=limit)
