"""The page that ranks pairs by their likeness, and its rows."""

from __future__ import annotations

from govmap.analysis.seats import Limit
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout.page import Lines, Page
from govmap.layout.pairs import PAIR_KEYS, nothing_of, pair_cells, pair_table, relation_sentences
from govmap.layout.words import caution_lines, change_lines, limit_words, relation_notes
from govmap.questions.compare import Likeness
from govmap.rows import Rows, tidy

MEANING = N_("Jaccard: what both have over what either has, from 0 to 1; of 1st, of 2nd: its share of each")


def page(likeness: Likeness, atlas: Atlas) -> Page:
    """Return the page on what is most like one thing, or on all pairs."""
    mechanisms = likeness.kind == "mechanism"
    names = {item.id: item.id if mechanisms else item.name for item in likeness.items}
    number = likeness.pair_count
    shown = len(likeness.pairs)
    title = ngettext("The only pair by its likeness", "All {n} pairs by their likeness", number)
    if shown < number:
        title = _("The likest pairs of {n}")
    if likeness.of:
        title = _("Likeness to {name}").format(name=names[likeness.of])
    limit = Limit(likeness.relation, likeness.theme)
    subtitle = (
        ngettext(
            "{n} pair, by the countries that both list, {as_of}{limit}",
            "{n} pairs, by the countries that both list, {as_of}{limit}",
            number,
        )
        if mechanisms
        else ngettext(
            "{n} pair, by the mechanisms that list both, {as_of}{limit}",
            "{n} pairs, by the mechanisms that list both, {as_of}{limit}",
            number,
        )
    )
    alone = _("There is no other mechanism to compare") if mechanisms else _("There is no other country to compare")
    return Page(
        title.format(n=number),
        subtitle.format(n=number, as_of=as_of(likeness.as_of), limit=limit_words(atlas, limit)),
        (
            pair_table(likeness.pairs, names),
            *_in_words(likeness, names, limit, atlas),
            *caution_lines(likeness.caution),
            *change_lines(likeness.as_of, likeness.changes),
            Lines(_("Note"), _notes(likeness)),
        )
        if likeness.pairs
        else (_in_words(likeness, names, limit, atlas) or (Lines(_("Note"), (alone,)),)),
    )


def _in_words(likeness: Likeness, names: dict[str, str], limit: Limit, atlas: Atlas) -> tuple[Lines, ...]:
    """Return the relations of sets that hold, and what is in no pair; of countries there are too many to be read."""
    if likeness.kind == "country":
        lost = next((item for item in likeness.items if item.id == likeness.of and not item.size), None)
        return (Lines(_("In words"), (nothing_of(lost.id, lost.name, "country", limit, atlas),)),) if lost else ()
    told = relation_sentences(likeness.pairs, names, "mechanism", likeness.relation)
    empty = [item.id for item in likeness.items if not item.size]
    left_out = tuple(nothing_of(id_, names[id_], "mechanism", limit, atlas) for id_ in empty)
    notes = relation_notes(atlas, [item.id for item in likeness.items if item.size])
    return (Lines(_("In words"), (*told, *left_out)), *((Lines(_("What a listing means"), notes),) if notes else ()))


def _notes(likeness: Likeness) -> tuple[str, ...]:
    shown, there_are = len(likeness.pairs), likeness.pair_count
    told = ngettext("Only the likest of {all} pairs is shown", "Only the {n} likest of {all} pairs are shown", shown)
    left_out = (told.format(n=shown, all=there_are),) if shown < there_are else ()
    return (*left_out, _(MEANING), _("Two of them side by side: {call}").format(call=_example(likeness)))


def _example(likeness: Likeness) -> Call:
    return Call("compare", likeness.pairs[0].left, likeness.pairs[0].right)


def rows(likeness: Likeness, _atlas: Atlas) -> Rows:
    """Return each pair, one a row."""
    limit = " ".join(word for word in (likeness.relation, likeness.theme) if word) or None
    columns = f"asked as_of limit fact rank item other {' '.join(PAIR_KEYS)}"
    facts = ({"rank": rank, **cells} for rank, cells in enumerate(pair_cells(likeness.pairs), 1))
    return tidy(columns, facts, asked=likeness.of or "all pairs", as_of=likeness.as_of, limit=limit)
