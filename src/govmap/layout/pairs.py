"""Pairs of things compared, in words and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govmap.analysis.neighbours import none_lists
from govmap.atlas import Atlas
from govmap.grouping import group_by
from govmap.language import N_, _
from govmap.layout.page import Table, Value, number, table
from govmap.layout.words import limit_words, things
from govmap.texts import decimal, enumerated, percent

if TYPE_CHECKING:
    from govmap.analysis.seats import Limit
    from govmap.analysis.similarity import Pair

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


def no_seats(id_: str, name: str, kind: str, limit: Limit, atlas: Atlas) -> str:
    """Return why a mechanism or a country has nothing to compare within *limit*."""
    if kind == "country":
        return none_lists(atlas, name, limit_words(atlas, limit))
    if limit.theme and atlas.is_unknown(atlas.mechanisms[id_], "groups"):
        sentence = _("{name} is left out: its groups are not known")
        return sentence.format(name=name)
    if limit.theme and limit.theme not in atlas.themes_of(atlas.mechanisms[id_]):
        theme = atlas.themes[limit.theme].label
        return _("{name} is left out: it has no group on {theme}").format(name=name, theme=theme)
    return _("{name} is left out: it lists no {things}").format(name=name, things=things(limit.relation))


def pair_table(pairs: tuple[Pair, ...], names: dict[str, str]) -> Table:
    """Return how each pair overlaps, in numbers."""
    rows = [
        (
            f"{names[pair.left]}, {names[pair.right]}",
            *overlap_in_numbers(pair),
            _share(pair.containment_left),
            _share(pair.containment_right),
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


def _share(containment: float | None) -> str:
    return "" if containment is None else percent(containment)


def common_themes(pair: Pair) -> str:
    """Return on how many themes both of a pair have a group."""
    return str(len(pair.themes.shared)) if pair.themes else _("not known")


def relation_sentences(
    pairs: tuple[Pair, ...], names: dict[str, str], kind: str, relation: str | None = None
) -> tuple[str, ...]:
    """Return in words how the sets of each pair relate, limited to what is listed as *relation*.

    Of many pairs of mechanisms only those get a sentence that do more than overlap, of many countries only those that
    the same mechanisms list.
    """
    if kind == "country" and len(pairs) > FEW:
        return _listed_by_the_same(pairs, names)
    described = [pair for pair in pairs if len(pairs) <= FEW or pair.relation != "overlapping"]
    templates = LISTING_RELATION if kind == "country" else SET_RELATION
    sentences = [
        _(templates[pair.relation]).format(left=names[pair.left], right=names[pair.right], things=things(relation))
        for pair in described
    ]
    if not described:
        sentences.append(_("All pairs overlap; neither contains the other"))
    elif len(described) < len(pairs):
        sentences.append(_("The other pairs overlap; neither contains the other"))
    return tuple(sentences)


def _listed_by_the_same(pairs: tuple[Pair, ...], names: dict[str, str]) -> tuple[str, ...]:
    """Return which of many countries are listed by the same mechanisms, a sentence for each such set."""
    equal = [pair for pair in pairs if pair.relation == "equal"]
    later = {pair.right for pair in equal}  # than another one of their set
    sets = group_by((pair for pair in equal if pair.left not in later), lambda pair: pair.left)
    sentence = _("{names} are listed by the same mechanisms")
    alike = ([first, *(pair.right for pair in of_first)] for first, of_first in sets.items())
    sentences = tuple(sentence.format(names=enumerated(names[id_] for id_ in ids)) for ids in alike)
    return sentences or (_("No two of them are listed by the same mechanisms"),)
