"""The pages of a comparison and of a ranking by likeness, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.analysis.neighbours import none_lists
from govmap.analysis.seats import Limit
from govmap.analysis.similarity import Pair
from govmap.atlas import Atlas
from govmap.calls import Option
from govmap.fields import short_name
from govmap.grouping import grouped
from govmap.language import N_, _
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Block, Lines, Page, Table, Value, number, table
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.questions.compare import Comparison, Likeness, LinksOfPair, ThemesCompared, call_on
from govmap.questions.membership import Membership
from govmap.records import CountryRef
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, decimal, enumerated, labelled, percent
from govmap.views import membership

Found = Comparison[Any] | Likeness | Membership

# translators: {things} is one of members, observers, endorsers, countries …: all masculine plurals
SET_RELATION = {
    "equal": N_("{left} and {right} have the same {things}"),
    "contains": N_("{right} is within {left}: every one of its {things} is also in {left}"),
    "within": N_("{left} is within {right}: every one of its {things} is also in {right}"),
    "overlapping": N_("{left} and {right} overlap; neither contains the other"),
    "disjoint": N_("{left} and {right} share no {things}"),
}
LISTING_RELATION = {
    "equal": N_("{left} and {right} are listed by the same mechanisms"),
    "contains": N_("Every mechanism that lists {right} also lists {left}"),
    "within": N_("Every mechanism that lists {left} also lists {right}"),
    "overlapping": N_("Some mechanisms list both {left} and {right}, others only one of them"),
    "disjoint": N_("No mechanism lists both {left} and {right}"),
}
FEW = 3  # pairs that get a sentence each; of more, only those whose relation says something
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
    if isinstance(found, Membership):
        return membership.rows(found, atlas)
    limit = " ".join(filter(None, (found.relation, found.theme))) or None
    if isinstance(found, Likeness):
        facts = ({"rank": rank, **fact} for rank, fact in enumerate(cells.pairs(found.pairs), 1))
        columns = f"asked as_of limit fact rank item other {cells.PAIR_KEYS}"
        return tidy(columns, facts, asked=found.of or "all pairs", as_of=found.as_of, limit=limit)
    asked = " ".join(item.id for item in found.items)
    return tidy(COLUMNS, _cells(found, atlas), asked=asked, as_of=found.as_of, limit=limit)


def _comparison(comparison: Comparison[Any], atlas: Atlas, mode: str, *, full: bool) -> Page:
    names, limit = _names(comparison), Limit(comparison.relation, comparison.theme)
    measures: list[tuple[str, str]] = []
    if len(names) == 2:
        measures.append(("Jaccard", jaccard(comparison.pairs[0])))
        measures += [(_("Links"), parts.years_of(pair.links) or _("none known")) for pair in comparison.links[:1]]
    return blocks.make_page(
        enumerated(names.values()) + words.limit_words(atlas, limit),
        blocks.sentences(*_in_words(comparison, names, limit, atlas), blocks.since_then(comparison, full=full)),
        _pairs(comparison.pairs, names) if len(names) > 2 else None,
        blocks.facts(*_seats(comparison, names, mode)),
        blocks.lines("", _unclear(comparison, atlas)),
        blocks.facts(*measures, *_themes(comparison, names, atlas, full=full)),
        *(_details(comparison, names, atlas) if full else ()),
        of=comparison,
        more=blocks.more(_("changes"), _("what being listed means")),
    )


def _details(comparison: Comparison[Any], names: dict[str, str], atlas: Atlas) -> Iterator[Block | None]:
    """Yield what the whole page has beside the short one."""
    of_mechanisms = comparison.kind == "mechanism"
    yield _pairs(comparison.pairs, names) if len(names) == 2 else None
    yield _links(comparison.links)
    yield from blocks.changes(comparison)
    yield blocks.relations(atlas, names if of_mechanisms else [ref.id for ref in comparison.union])
    yield blocks.names(atlas, names) if of_mechanisms else None


def _in_words(found: Comparison[Any] | Likeness, names: dict[str, str], limit: Limit, atlas: Atlas) -> Iterator[str]:
    """Yield how the sets of each pair relate, and which of the things compared have nothing to compare."""
    empty = [item.id for item in found.items if not item.size]
    pairs = tuple(pair for pair in found.pairs if not {pair.left, pair.right}.intersection(empty))
    if isinstance(found, Likeness) and found.kind == "country":  # of which there are too many to be read
        pairs, empty = (), [id_ for id_ in empty if id_ == found.of]
    if isinstance(found, Comparison):
        empty += found.left_out
        names = names | {id_: short_name(id_, atlas.mechanisms[id_].name) for id_ in found.left_out}
    sentences = _relations(pairs, names, found.kind, limit.relation) if pairs else []
    for sentence in (*sentences, *(_nothing_to_compare(id_, names[id_], found.kind, limit, atlas) for id_ in empty)):
        yield f"{sentence}."


def _nothing_to_compare(id_: str, name: str, kind: str, limit: Limit, atlas: Atlas) -> str:
    """Return why a mechanism or a country has nothing to compare within *limit*."""
    if kind == "country":
        return none_lists(atlas, name, words.limit_words(atlas, limit))
    if limit.theme and atlas.is_unknown(atlas.mechanisms[id_], "groups"):
        return _("{name} is left out: its groups are not known").format(name=name)
    if limit.theme and limit.theme not in atlas.themes_of(atlas.mechanisms[id_]):
        theme = atlas.themes[limit.theme].label
        return _("{name} is left out: it has no group on {theme}").format(name=name, theme=theme)
    return _("{name} is left out: it lists no {things}").format(name=name, things=words.things(limit.relation))


def _relations(pairs: tuple[Pair, ...], names: dict[str, str], kind: str, relation: str | None) -> list[str]:
    """Return in words how the sets of each pair relate, limited to what is listed as *relation*.

    Of many pairs of mechanisms only those get a sentence that do more than overlap, of many countries only those that
    the same mechanisms list.
    """
    if kind == "country" and len(pairs) > FEW:
        return _listed_by_the_same(pairs, names)
    described = [pair for pair in pairs if len(pairs) <= FEW or pair.relation != "overlapping"]
    templates, things = LISTING_RELATION if kind == "country" else SET_RELATION, words.things(relation)
    sentences = [
        _(templates[pair.relation]).format(left=names[pair.left], right=names[pair.right], things=things)
        for pair in described
    ]
    if not described:
        sentences.append(_("All pairs overlap; neither contains the other"))
    elif len(described) < len(pairs):
        sentences.append(_("The other pairs overlap; neither contains the other"))
    return sentences


def _listed_by_the_same(pairs: tuple[Pair, ...], names: dict[str, str]) -> list[str]:
    """Return which of many countries are listed by the same mechanisms, a sentence for each such set."""
    equal = grouped((pair.left, pair.right) for pair in pairs if pair.relation == "equal")
    later = {id_ for others in equal.values() for id_ in others}  # than another one of their set
    sets = ([first, *others] for first, others in equal.items() if first not in later)
    sentence = _("{names} are listed by the same mechanisms")
    sentences = [sentence.format(names=enumerated(names[id_] for id_ in ids)) for ids in sets]
    return sentences or [_("No two of them are listed by the same mechanisms")]


def _pairs(pairs: tuple[Pair, ...], names: dict[str, str]) -> Table:
    """Return how each pair overlaps, in numbers."""
    rows = [
        (
            f"{names[pair.left]}, {names[pair.right]}",
            *overlap_in_numbers(pair),
            *("" if share is None else percent(share) for share in (pair.containment_left, pair.containment_right)),
            common_themes(pair),
        )
        for pair in pairs
    ]
    numbers = (_("Shared"), _("Only 1st"), _("Only 2nd"), "Jaccard", _("of 1st"), _("of 2nd"), _("Common themes"))
    return table("", (_("Pair"), *map(number, numbers)), rows)


def overlap_in_numbers(pair: Pair) -> tuple[Value, ...]:
    """Return what both of a pair have, what only the first and only the second has, and the Jaccard index."""
    return pair.shared, pair.only_left, pair.only_right, jaccard(pair)


def jaccard(pair: Pair) -> str:
    """Return the Jaccard index of a pair; a dash where there is nothing that it could be of."""
    return "–" if pair.jaccard is None else decimal(pair.jaccard)


def common_themes(pair: Pair) -> str:
    """Return on how many themes both of a pair have a group."""
    return str(len(pair.themes.shared)) if pair.themes else _("not known")


def _links(pairs: tuple[LinksOfPair, ...]) -> Lines:
    """Return of each two mechanisms whether they are known to have met, and who serves both."""
    both = _("Both have {agencies} as secretariat, which does not count as a link")
    texts = []
    for pair in pairs:
        of_pair = [parts.link(row) for row in pair.links] or [_("No link between the two is known")]
        if pair.shared_secretariat:
            of_pair.append(both.format(agencies=enumerated(parts.served(pair.contradicted_by_agency))))
        texts += of_pair if len(pairs) == 1 else [labelled(f"{pair.left}, {pair.right}", text) for text in of_pair]
    return blocks.lines(_("Links"), texts)


def _names(found: Comparison[Any] | Likeness) -> dict[str, str]:
    """Return what is shown for each of the things compared, by id: of a mechanism its acronym, if it has one."""
    if found.kind == "mechanism":
        return {item.id: short_name(item.id, item.name) for item in found.items}
    return {item.id: item.name for item in found.items}


def _in_some(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return _("In {names}").format(names=comma_list(names[id_] for id_ in ids))


def _in_one(id_: str, names: dict[str, str]) -> str:
    template = _("Only {name}") if len(names) == 2 else _("Of these only {name}")
    return template.format(name=names[id_])


def _seats(comparison: Comparison[Any], names: dict[str, str], mode: str) -> Iterator[tuple[str, str]]:
    """Yield what is in all of the things compared, in some and in one; or the one set that *mode* names."""
    in_all, sets = words.in_all(len(names)), []
    if mode == "distinct":
        of_mechanisms = comparison.kind == "mechanism"
        where = _("{where}, and in no other mechanism") if of_mechanisms else _("{where}, and in no other country")
        sets.append((where.format(where=in_all), comparison.distinct))
    elif mode == "union":
        sets.append((_("In at least one"), comparison.union))
    else:
        limited = comparison.relation or comparison.theme
        left = [item.id for item in comparison.items if item.size or not limited]
        if len(left) == len(names):  # what a limit leaves out has nothing in common with others, nor by itself
            sets.append((in_all, comparison.shared))
        sets += [(_in_some(part.items, names), part.shared) for part in comparison.partly]
        sets += [
            (names[id_] if left == [id_] else _in_one(id_, names), refs)
            for id_, refs in comparison.only.items()
            if id_ in left
        ]
    for title, refs in sets:
        yield blocks.names_of(title, (ref.name if isinstance(ref, CountryRef) else ref.id for ref in refs))


def _unclear(comparison: Comparison[Any], atlas: Atlas) -> Iterator[str]:
    """Yield the countries of which it is left open whether a mechanism lists them."""
    if comparison.kind == "country":
        return blocks.unclear(comparison.unclear, atlas)
    by_country = grouped((code, id_) for id_, codes in comparison.unclear.items() for code in codes)
    return blocks.unclear(by_country, atlas)


def _themes(
    comparison: Comparison[Any], names: dict[str, str], atlas: Atlas, *, full: bool
) -> Iterator[tuple[str, str]]:
    """Yield the themes of the groups of all of the things compared, of some and of one, as far as they are known."""
    themes, unknown = comparison.themes, comparison.themes_unknown
    in_sets, of_one = _("Themes: {where}"), _("Themes of {name}")
    sets = [] if unknown else [(words.in_all(len(names)), themes.shared)]
    sets += [(_in_some(part.items, names), part.shared) for part in themes.partly]
    titled = [(in_sets.format(where=where[:1].lower() + where[1:]), ids) for where, ids in sets]
    for id_, ids in themes.only.items():
        if ids and unknown and len(names) == 2:  # the other may have them too
            titled.append((of_one.format(name=names[id_]), ids))
        elif ids and id_ not in unknown:
            where = _in_one(id_, names)
            titled.append((in_sets.format(where=where[:1].lower() + where[1:]), ids))
    for title, ids in titled:
        title_, labels = blocks.names_of(title, (atlas.themes[id_].label for id_ in ids))
        yield title_, labels if full or len(ids) <= MANY else str(blocks.WHOLE)
    for id_ in unknown:
        yield of_one.format(name=names[id_]), words.no_groups()


def _cells(comparison: Comparison[Any], atlas: Atlas) -> Iterator[cells.Cells]:
    for item in comparison.items:
        for ref in sorted(_of_item(comparison, item.id), key=lambda ref: ref.name):
            named = cells.country(ref) if isinstance(ref, CountryRef) else cells.mechanism(ref)
            yield {"fact": "listed", "item": item.id, **named}
        for theme in sorted(_of_item(comparison.themes, item.id)):
            yield {"fact": "theme", "item": item.id, **cells.theme(atlas.themes[theme])}
    yield from cells.pairs(comparison.pairs)
    for link in (link for pair in comparison.links for link in pair.links):
        values = {**cells.pick(link, "item=left other=right date"), **cells.pick(link.evidence, "sources")}
        yield {"fact": "link", **values, "text": link.note or link.kind}
    yield from cells.changes(comparison.changes)


def _of_item(sets: Comparison[Any] | ThemesCompared, id_: str) -> list[Any]:
    """Return everything in *sets* that one of the things compared has."""
    return [*sets.shared, *sets.only[id_], *(x for part in sets.partly if id_ in part.items for x in part.shared)]


def _ranking(likeness: Likeness, atlas: Atlas, *, full: bool) -> Page:
    """Return the page on what is most like one thing, or on all pairs."""
    of_mechanisms = likeness.kind == "mechanism"
    names, limit = _names(likeness), Limit(likeness.relation, likeness.theme)
    sized = [item.id for item in likeness.items if item.size]
    is_whole = not of_mechanisms or all(map(atlas.in_scope, atlas.heads_of_any_date))
    beyond = None if is_whole else Option("scope", "all", _("with other bodies"))
    return blocks.make_page(
        _ranking_title(likeness, names) + words.limit_words(atlas, limit),
        blocks.sentences(*_in_words(likeness, names, limit, atlas), blocks.since_then(likeness, full=full)),
        _pairs(likeness.pairs, names),
        blocks.lines("", _notes(likeness, atlas, limit, full=full)),
        blocks.relations(atlas, sized) if full and of_mechanisms else None,
        *(blocks.changes(likeness) if full else ()),
        of=likeness,
        more=blocks.more(_("changes"), _("what being listed means"), call=beyond),
    )


def _ranking_title(likeness: Likeness, names: dict[str, str]) -> str:
    shown, total = len(likeness.pairs), likeness.pair_count
    if likeness.of:
        return _("Most similar to {name}").format(name=names[likeness.of])
    if shown < total:
        return _("Top {n} of {total} pairs by similarity").format(n=shown, total=total)
    return words.counted("The only pair by similarity", "All {n} pairs by similarity", total)


def _notes(likeness: Likeness, atlas: Atlas, limit: Limit, *, full: bool) -> Iterator[str]:
    """Yield what the columns are, and the call that compares the two that are most alike."""
    for pair in likeness.pairs[:1]:
        if full:
            yield _(MEANING)
        records = atlas.mechanisms if likeness.kind == "mechanism" else atlas.countries
        given = {name: value for name, value in limit._asdict().items() if value}
        if call := call_on(atlas, (records[pair.left], records[pair.right]), **given):
            yield _("Two of them side by side: {call}").format(call=call)
