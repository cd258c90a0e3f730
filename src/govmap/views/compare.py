"""The pages of a comparison and of a ranking by likeness, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.analysis.seats import Limit
from govmap.atlas import Atlas
from govmap.calls import Option
from govmap.fields import short_name
from govmap.grouping import group_by
from govmap.language import N_, _
from govmap.layout import blocks, cells, links, words
from govmap.layout.page import Block, Lines, Page
from govmap.layout.pairs import jaccard, no_seats, pair_table, relation_sentences
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.questions.compare import Comparison, Likeness, ThemesCompared, call_on
from govmap.questions.membership import Membership
from govmap.records import CountryRef, MechanismRef
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, enumerated
from govmap.views import membership

Found = Comparison[Any] | Likeness | Membership
Ref = CountryRef | MechanismRef

MANY = 20  # themes of a set that a short page names
MEANING = N_("Jaccard: what both have divided by what either has, from 0 to 1; of 1st, of 2nd: its share of each")
COLUMNS = (
    f"asked as_of limit fact item other {cells.PAIR_KEYS} code country mechanism mechanism_name theme theme_label"
    " date text sources"
)


def page(
    found: Found, atlas: Atlas, *, mode: str = "intersect", full: bool = False, numbers: SourceNumbers = UNNUMBERED
) -> Page:
    """Return the page that compares mechanisms or countries, in the sets that *mode* names, or ranks them."""
    if isinstance(found, Likeness):
        return _ranking(found, atlas, full=full)
    if isinstance(found, Membership):
        return membership.page(found, atlas, full=full, numbers=numbers)
    return _comparison(found, atlas, mode, full=full)


def rows(found: Found, atlas: Atlas) -> Rows:
    """Return what each thing compared has, each theme of it, each pair and each change, one a row."""
    if isinstance(found, Likeness):
        return _ranking_rows(found)
    if isinstance(found, Membership):
        return membership.rows(found, atlas)
    asked = " ".join(item.id for item in found.items)
    return tidy(COLUMNS, _cells(found, atlas), asked=asked, as_of=found.as_of, limit=_limit_cell(found))


def _comparison(comparison: Comparison[Any], atlas: Atlas, mode: str, *, full: bool) -> Page:
    names = _names(comparison)
    limit = Limit(comparison.relation, comparison.theme)
    return blocks.make_page(
        enumerated(names.values()) + words.limit_words(atlas, limit),
        blocks.sentences(*_in_words(comparison, names, limit, atlas), blocks.since_then(comparison, full=full)),
        pair_table(comparison.pairs, names) if len(names) > 2 else None,
        blocks.facts(*_seats(comparison, names, mode)),
        blocks.lines("", _unclear(comparison, atlas)),
        blocks.facts(*_measures(comparison, names, atlas, full=full)),
        *(_details(comparison, names, atlas) if full else ()),
        of=comparison,
        more=blocks.more(_("changes"), _("what being listed means")),
    )


def _details(comparison: Comparison[Any], names: dict[str, str], atlas: Atlas) -> Iterator[Block | None]:
    """Yield what the whole page has beside the short one."""
    of_mechanisms = comparison.kind == "mechanism"
    yield pair_table(comparison.pairs, names) if len(names) == 2 else None
    yield links.links_among(comparison.links)
    yield from blocks.changes(comparison)
    yield blocks.relations(atlas, names if of_mechanisms else [ref.id for ref in comparison.union])
    yield blocks.names(atlas, names) if of_mechanisms else None


def _measures(
    comparison: Comparison[Any], names: dict[str, str], atlas: Atlas, *, full: bool
) -> Iterator[tuple[str, str]]:
    """Yield the likeness of two, and the themes of all."""
    if len(names) == 2:
        yield "Jaccard", jaccard(comparison.pairs[0])
        if comparison.links:
            yield _("Links"), links.years_of(comparison.links[0].links) or _("none known")
    yield from _themes(comparison, names, atlas, full=full)


def _in_words(found: Comparison[Any] | Likeness, names: dict[str, str], limit: Limit, atlas: Atlas) -> tuple[str, ...]:
    """Return how the sets of each pair relate, and which of the things compared have nothing to compare."""
    empty = [item.id for item in found.items if not item.size]
    pairs = tuple(pair for pair in found.pairs if not {pair.left, pair.right}.intersection(empty))
    if isinstance(found, Likeness) and found.kind == "country":  # of which there are too many to be read
        pairs, empty = (), [id_ for id_ in empty if id_ == found.of]
    sentences = relation_sentences(pairs, names, found.kind, limit.relation) if pairs else ()
    if isinstance(found, Comparison):
        empty += found.left_out
        names = names | {id_: short_name(id_, atlas.mechanisms[id_].name) for id_ in found.left_out}
    left_out = (no_seats(id_, names[id_], found.kind, limit, atlas) for id_ in empty)
    return tuple(f"{sentence}." for sentence in (*sentences, *left_out))


def _names(found: Comparison[Any] | Likeness) -> dict[str, str]:
    """Return what is shown for each of the things compared, by id: of a mechanism its acronym, if it has one."""
    if found.kind == "mechanism":
        return {item.id: short_name(item.id, item.name) for item in found.items}
    return {item.id: item.name for item in found.items}


def _in_all(comparison: Comparison[Any]) -> str:
    return words.in_all(len(comparison.items))


def _in_some(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return _("In {names}").format(names=comma_list(names[id_] for id_ in ids))


def _in_one(comparison: Comparison[Any], name: str) -> str:
    template = _("Only {name}") if len(comparison.items) == 2 else _("Of these only {name}")
    return template.format(name=name)


def _seats(comparison: Comparison[Any], names: dict[str, str], mode: str) -> Iterator[tuple[str, str]]:
    """Yield what is in all of the things compared, in some and in one; or the one set that *mode* names."""
    of_mechanisms = comparison.kind == "mechanism"
    sets: list[tuple[str, tuple[Ref, ...]]] = [(_in_all(comparison), comparison.shared)]
    if mode == "distinct":
        where = _("{where}, and in no other mechanism") if of_mechanisms else _("{where}, and in no other country")
        sets = [(where.format(where=_in_all(comparison)), comparison.distinct)]
    elif mode == "union":
        sets = [(_("In at least one"), comparison.union)]
    else:
        left_out = {item.id for item in comparison.items if not item.size and (comparison.relation or comparison.theme)}
        sets = [] if left_out else sets  # what a limit leaves out has nothing in common with others, nor by itself
        sets += [(_in_some(part.items, names), part.shared) for part in comparison.partly]
        is_alone = len(comparison.items) - len(left_out) == 1
        sets += [
            (names[id_] if is_alone else _in_one(comparison, names[id_]), refs)
            for id_, refs in comparison.only.items()
            if id_ not in left_out
        ]
    for title, refs in sets:
        yield blocks.names_of(title, (ref.name if isinstance(ref, CountryRef) else ref.id for ref in refs))


def _unclear(comparison: Comparison[Any], atlas: Atlas) -> Iterator[str]:
    """Yield the countries of which it is left open whether a mechanism lists them."""
    if comparison.kind == "country":
        return blocks.unclear(comparison.unclear, atlas)
    pairs = [(id_, code) for id_, codes in comparison.unclear.items() for code in codes]
    by_country = group_by(pairs, lambda pair: pair[1])
    return blocks.unclear({code: [id_ for id_, _code in of] for code, of in by_country.items()}, atlas)


def _themes(
    comparison: Comparison[Any], names: dict[str, str], atlas: Atlas, *, full: bool
) -> Iterator[tuple[str, str]]:
    """Yield the themes of the groups of all of the things compared, of some and of one, as far as they are known."""
    themes, unknown = comparison.themes, comparison.themes_unknown
    in_sets, of_one = _("Themes: {where}"), _("Themes of {name}")
    sets = [] if unknown else [(_in_all(comparison), themes.shared)]
    sets += [(_in_some(part.items, names), part.shared) for part in themes.partly]
    titled = [(in_sets.format(where=where[:1].lower() + where[1:]), ids) for where, ids in sets]
    for id_, ids in themes.only.items():
        if ids and unknown and len(names) == 2:  # the other may have them too
            titled.append((of_one.format(name=names[id_]), ids))
        elif ids and id_ not in unknown:
            where = _in_one(comparison, names[id_])
            titled.append((in_sets.format(where=where[:1].lower() + where[1:]), ids))
    for title, ids in titled:
        title_, labels = blocks.names_of(title, (atlas.themes[id_].label for id_ in ids))
        yield title_, labels if full or len(ids) <= MANY else str(blocks.WHOLE)
    for id_ in unknown:
        yield of_one.format(name=names[id_]), words.no_groups()


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


def _ranking(likeness: Likeness, atlas: Atlas, *, full: bool) -> Page:
    """Return the page on what is most like one thing, or on all pairs."""
    of_mechanisms = likeness.kind == "mechanism"
    names = _names(likeness)
    limit = Limit(likeness.relation, likeness.theme)
    in_words = _in_words(likeness, names, limit, atlas)
    sized = [item.id for item in likeness.items if item.size]
    is_whole = not of_mechanisms or all(map(atlas.in_scope, atlas.heads_of_any_date))
    return blocks.make_page(
        _ranking_title(likeness, names) + words.limit_words(atlas, limit),
        blocks.sentences(*in_words, blocks.since_then(likeness, full=full)),
        *((pair_table(likeness.pairs, names), _notes(likeness, atlas, limit, full=full)) if likeness.pairs else ()),
        blocks.relations(atlas, sized) if full and of_mechanisms else None,
        *(blocks.changes(likeness) if full else ()),
        of=likeness,
        more=blocks.more(
            _("changes"),
            _("what being listed means"),
            call=None if is_whole else Option("scope", "all", _("with other bodies")),
        ),
    )


def _ranking_title(likeness: Likeness, names: dict[str, str]) -> str:
    shown, total = len(likeness.pairs), likeness.pair_count
    if likeness.of:
        return _("Most similar to {name}").format(name=names[likeness.of])
    if shown < total:
        return _("Top {n} of {total} pairs by similarity").format(n=shown, total=total)
    return words.counted("The only pair by similarity", "All {n} pairs by similarity", total)


def _notes(likeness: Likeness, atlas: Atlas, limit: Limit, *, full: bool) -> Lines:
    first, records = likeness.pairs[0], atlas.mechanisms if likeness.kind == "mechanism" else atlas.countries
    given = {name: value for name, value in limit._asdict().items() if value}
    call = call_on(atlas, (records[first.left], records[first.right]), **given)
    example = (_("Two of them side by side: {call}").format(call=call),) if call else ()
    return Lines("", (*((_(MEANING),) if full else ()), *example))


def _ranking_rows(likeness: Likeness) -> Rows:
    """Return each pair, one a row."""
    facts = ({"rank": rank, **fact} for rank, fact in enumerate(cells.pairs(likeness.pairs), 1))
    columns = f"asked as_of limit fact rank item other {cells.PAIR_KEYS}"
    return tidy(columns, facts, asked=likeness.of or "all pairs", as_of=likeness.as_of, limit=_limit_cell(likeness))
