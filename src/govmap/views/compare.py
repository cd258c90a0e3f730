"""The pages of a comparison and of a ranking by likeness, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.analysis.seats import NO_LIMIT, Limit
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout import around, blocks, cells, words
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.layout.pairs import no_seats, pair_table, relation_sentences
from govmap.questions.compare import Comparison, Likeness, ThemesCompared
from govmap.questions.membership import Membership
from govmap.records import CountryRef, MechanismRef
from govmap.rows import Rows, tidy
from govmap.texts import enumerated, in_series
from govmap.views import membership

Found = Comparison[Any] | Likeness | Membership
Ref = CountryRef | MechanismRef

SHOWN = {
    "distinct": N_("shown is what these share and no other has"),
    "union": N_("shown is what at least one has"),
}
MEANING = N_("Jaccard: what both have over what either has, from 0 to 1; of 1st, of 2nd: its share of each")
COLUMNS = (
    f"asked as_of limit fact item other {cells.PAIR_KEYS} code country mechanism mechanism_name theme theme_label"
    " date text sources"
)


def page(found: Found, atlas: Atlas, *, mode: str = "intersect") -> Page:
    """Return the page that compares mechanisms or countries, in the sets that *mode* names, or ranks them."""
    if isinstance(found, Likeness):
        return _ranking(found, atlas)
    return membership.page(found, atlas) if isinstance(found, Membership) else _comparison(found, atlas, mode)


def rows(found: Found, atlas: Atlas) -> Rows:
    """Return what each thing compared has, each theme of it, each pair and each change, one a row."""
    if isinstance(found, Likeness):
        return _ranking_rows(found)
    return membership.rows(found, atlas) if isinstance(found, Membership) else _comparison_rows(found, atlas)


def _comparison(comparison: Comparison[Any], atlas: Atlas, mode: str) -> Page:
    of_mechanisms = comparison.kind == "mechanism"
    ids = [item.id for item in comparison.items]
    names = {item.id: item.id if of_mechanisms else item.name for item in comparison.items}
    limit = Limit(comparison.relation, comparison.theme)
    title = (
        _("{names}, by the countries they list") if of_mechanisms else _("{names}, by the mechanisms that list them")
    )
    return blocks.make_page(
        title.format(names=enumerated(names.values())),
        _subtitle(comparison, limit, atlas, mode),
        _in_words(comparison, names, limit, atlas),
        _seats(comparison, names, mode),
        pair_table(comparison.pairs, names),
        _themes(comparison, names, atlas),
        around.links_among(comparison.links),
        *blocks.caution_and_changes(comparison),
        blocks.relations(atlas, ids if of_mechanisms else [ref.id for ref in comparison.union]),
        blocks.names(atlas, ids) if of_mechanisms else None,
        blocks.evidence_calls(*(Call(comparison.kind, id_) for id_ in ids)),
    )


def _subtitle(comparison: Comparison[Any], limit: Limit, atlas: Atlas, mode: str) -> str:
    """Return the size of each thing compared and of all together, and which sets are shown."""
    nothing = "0" if limit == NO_LIMIT else _("left out")
    sizes = [_("{name}: {size}").format(name=item.name, size=item.size or nothing) for item in comparison.items]
    total = (words.countries if comparison.kind == "mechanism" else words.mechanisms)(comparison.union_size)
    within = words.limit_words(atlas, limit)
    in_all = _("{total} in all, {as_of}{limit}").format(total=total, as_of=as_of(comparison.as_of), limit=within)
    return in_series([*sizes, in_all, *([_(SHOWN[mode])] if mode in SHOWN else [])])


def _in_words(found: Comparison[Any] | Likeness, names: dict[str, str], limit: Limit, atlas: Atlas) -> Lines | None:
    """Return how the sets of each pair relate, and which of the things compared have nothing to compare."""
    empty = [item.id for item in found.items if not item.size]
    pairs = tuple(pair for pair in found.pairs if not {pair.left, pair.right}.intersection(empty))
    if isinstance(found, Likeness) and found.kind == "country":  # of which there are too many to be read
        pairs, empty = (), [id_ for id_ in empty if id_ == found.of]
    sentences = relation_sentences(pairs, names, found.kind, limit.relation) if pairs else ()
    left_out = (no_seats(id_, names[id_], found.kind, limit, atlas) for id_ in empty)
    return blocks.lines(_("In words"), (*sentences, *left_out))


def _in_all(comparison: Comparison[Any]) -> str:
    size = len(comparison.items)
    return _("In both") if size == 2 else _("In all {n}").format(n=size)


def _in_some(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return _("In {names}").format(names=", ".join(names[id_] for id_ in ids))


def _in_one(comparison: Comparison[Any], name: str) -> str:
    template = _("Only {name}") if len(comparison.items) == 2 else _("Of these only {name}")
    return template.format(name=name)


def _seats(comparison: Comparison[Any], names: dict[str, str], mode: str) -> Table:
    of_mechanisms = comparison.kind == "mechanism"
    things = _("Countries") if of_mechanisms else _("Mechanisms")
    sets: list[tuple[str, tuple[Ref, ...]]] = [(_in_all(comparison), comparison.shared)]
    if mode == "distinct":
        where = _("{where}, and in no other mechanism") if of_mechanisms else _("{where}, and in no other country")
        sets = [(where.format(where=_in_all(comparison)), comparison.distinct)]
    elif mode == "union":
        sets = [(_("In at least one"), comparison.union)]
    else:
        sets += [(_in_some(part.items, names), part.shared) for part in comparison.partly]
        sets += [(_in_one(comparison, names[id_]), refs) for id_, refs in comparison.only.items()]
    rows = [(where, len(refs), words.name_list(map(_short_name, refs)) or _("none")) for where, refs in sets]
    return table(things, (_("Where"), number(_("Count")), things), rows)


def _short_name(ref: Ref) -> str:
    return ref.name if isinstance(ref, CountryRef) else ref.id


def _themes(comparison: Comparison[Any], names: dict[str, str], atlas: Atlas) -> Table:
    themes = comparison.themes
    sets: list[tuple[str, tuple[str, ...] | None]] = [(_in_all(comparison), themes.shared)]
    sets += [(_in_some(part.items, names), part.shared) for part in themes.partly]
    for id_, ids in themes.only.items():
        sets.append((_in_one(comparison, names[id_]), None if id_ in comparison.themes_unknown else ids))
    unknown = ("", _("not known: the source lists no groups, which is not the same as none"))
    rows = [
        (where, *(unknown if ids is None else (len(ids), words.theme_labels(atlas, ids) or _("none"))))
        for where, ids in sets
    ]
    return table(_("Themes of their groups"), (_("Where"), number(_("Count")), _("Themes")), rows)


def _comparison_rows(comparison: Comparison[Any], atlas: Atlas) -> Rows:
    asked = " ".join(item.id for item in comparison.items)
    return tidy(COLUMNS, _cells(comparison, atlas), asked=asked, as_of=comparison.as_of, limit=_limit_cell(comparison))


def _limit_cell(found: Comparison[Any] | Likeness) -> str | None:
    return " ".join(filter(None, (found.relation, found.theme))) or None


def _cells(comparison: Comparison[Any], atlas: Atlas) -> Iterator[cells.Cells]:
    for item in comparison.items:
        for ref in sorted(_of_item(comparison, item.id), key=lambda ref: ref.name):
            named = cells.country(ref) if isinstance(ref, CountryRef) else cells.mechanism(ref)
            yield {"fact": "listed", "item": item.id, **named}
        for theme in sorted(_of_item(comparison.themes, item.id)):
            yield {"fact": "theme", "item": item.id, **cells.theme(atlas.themes[theme])}
    yield from cells.pairs(comparison.pairs)
    for pair in comparison.links:
        for link in pair.links:
            values = {"item": link.left, "other": link.right, "date": link.date, "text": link.note or link.kind}
            yield {"fact": "link", **values, "sources": " ".join(link.evidence.sources)}
    yield from cells.changes(comparison.changes)


def _of_item(sets: Comparison[Any] | ThemesCompared, id_: str) -> list[Any]:
    """Return everything in *sets* that one of the things compared has."""
    return [*sets.shared, *sets.only[id_], *(x for part in sets.partly if id_ in part.items for x in part.shared)]


def _ranking(likeness: Likeness, atlas: Atlas) -> Page:
    """Return the page on what is most like one thing, or on all pairs."""
    of_mechanisms = likeness.kind == "mechanism"
    names = {item.id: item.id if of_mechanisms else item.name for item in likeness.items}
    limit = Limit(likeness.relation, likeness.theme)
    head = (_ranking_title(likeness, names), _ranking_subtitle(likeness, limit, atlas))
    in_words = _in_words(likeness, names, limit, atlas)
    relations = blocks.relations(atlas, [item.id for item in likeness.items if item.size]) if of_mechanisms else None
    if not likeness.pairs:
        return blocks.make_page(*head, in_words or _nothing_to_compare(likeness), relations)
    return blocks.make_page(
        *head,
        pair_table(likeness.pairs, names),
        in_words,
        relations,
        *blocks.caution_and_changes(likeness),
        _notes(likeness),
    )


def _nothing_to_compare(likeness: Likeness) -> Lines:
    if likeness.kind == "mechanism":
        return Lines(_("Note"), (_("There is no other mechanism to compare"),))
    return Lines(_("Note"), (_("There is no other country to compare"),))


def _ranking_title(likeness: Likeness, names: dict[str, str]) -> str:
    if likeness.of:
        return _("Likeness to {name}").format(name=names[likeness.of])
    if not likeness.pairs:
        return _("No pair to compare")
    if len(likeness.pairs) < likeness.pair_count:
        return _("The likest pairs of {n}").format(n=likeness.pair_count)
    return words.counted("The only pair by its likeness", "All {n} pairs by their likeness", likeness.pair_count)


def _ranking_subtitle(likeness: Likeness, limit: Limit, atlas: Atlas) -> str:
    fields = {"as_of": as_of(likeness.as_of), "limit": words.limit_words(atlas, limit)}
    if likeness.kind == "mechanism":
        return words.counted(
            "{n} pair, by the countries that both list, {as_of}{limit}",
            "{n} pairs, by the countries that both list, {as_of}{limit}",
            likeness.pair_count,
            **fields,
        )
    return words.counted(
        "{n} pair, by the mechanisms that list both, {as_of}{limit}",
        "{n} pairs, by the mechanisms that list both, {as_of}{limit}",
        likeness.pair_count,
        **fields,
    )


def _notes(likeness: Likeness) -> Lines:
    shown, total = len(likeness.pairs), likeness.pair_count
    only = words.counted(
        "Only the likest of {all} pairs is shown", "Only the {n} likest of {all} pairs are shown", shown, all=total
    )
    first = likeness.pairs[0]
    example = _("Two of them side by side: {call}").format(call=Call("compare", first.left, first.right))
    return Lines(_("Note"), (*((only,) if shown < total else ()), _(MEANING), example))


def _ranking_rows(likeness: Likeness) -> Rows:
    """Return each pair, one a row."""
    facts = ({"rank": rank, **fact} for rank, fact in enumerate(cells.pairs(likeness.pairs), 1))
    columns = f"asked as_of limit fact rank item other {cells.PAIR_KEYS}"
    return tidy(columns, facts, asked=likeness.of or "all pairs", as_of=likeness.as_of, limit=_limit_cell(likeness))
