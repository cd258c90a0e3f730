"""Pairs of things compared: in words, as a table, and as rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.seats import Limit
from govmap.analysis.similarity import Pair
from govmap.atlas import Atlas
from govmap.language import N_, _
from govmap.layout.page import Table, columns
from govmap.layout.words import limit_words
from govmap.rows import Cell
from govmap.texts import decimal, enumerated, percent

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
THINGS = {
    None: N_("countries"),
    "member": N_("members"),
    "associate": N_("associate members"),
    "observer": N_("observers"),
    "endorser": N_("endorsers"),
    "covered": N_("countries covered"),
}
FEW = 3  # of so many things each pair gets its sentence; of more, those whose relation says something
PAIR_KEYS = ("shared", "only_left", "only_right", "jaccard", "containment_left", "containment_right", "relation")


def nothing_of(id_: str, name: str, kind: str, limit: Limit, atlas: Atlas) -> str:
    """Return why a mechanism or a country has nothing to compare, within *limit*."""
    if kind == "country":
        within = limit_words(atlas, limit)
        return _("No mechanism of the dataset lists {country}{limit}").format(country=name, limit=within)
    if limit.theme and atlas.is_silent(atlas.mechanisms[id_], "groups"):
        told = _("{name} is left out: its groups are not known, so neither is whether one works on the theme")
        return told.format(name=name)
    if limit.theme and limit.theme not in atlas.themes_of(atlas.mechanisms[id_]):
        theme = atlas.themes[limit.theme].label
        return _("{name} is left out: it has no group on {theme}").format(name=name, theme=theme)
    return _("{name} is left out: it lists no {things}").format(name=name, things=_(THINGS[limit.relation]))


def pair_table(pairs: tuple[Pair, ...], names: dict[str, str]) -> Table:
    """Return how each pair overlaps, in numbers."""
    rows = tuple(
        (
            f"{names[p.left]}, {names[p.right]}",
            str(p.shared),
            str(p.only_left),
            str(p.only_right),
            decimal(p.jaccard),
            _share(p.containment_left),
            _share(p.containment_right),
            str(len(p.themes.shared)) if p.themes else _("not known"),
        )
        for p in pairs
    )
    only = (_("Only 1st"), _("Only 2nd"))
    headings = (_("Shared"), *only, "Jaccard", _("of 1st"), _("of 2nd"), _("Common themes"))
    return Table(_("Overlap of each pair"), columns(_("Pair"), *headings, numbers=headings), rows)


def _share(containment: float | None) -> str:
    return "" if containment is None else percent(containment)


def relation_sentences(
    pairs: tuple[Pair, ...], names: dict[str, str], kind: str, relation: str | None = None
) -> tuple[str, ...]:
    """Return in words how the sets of each pair stand.

    Of many pairs of mechanisms only what is more than that they overlap is told, of many countries only which are
    listed by the same. *relation* is what the sets were limited to.
    """
    if kind == "country" and len(pairs) > FEW:
        return _alike(pairs, names)
    told = [pair for pair in pairs if len(pairs) <= FEW or pair.relation != "overlapping"]
    phrases = LISTING_RELATION if kind == "country" else SET_RELATION
    things = _(THINGS[relation])
    sentences = [
        _(phrases[pair.relation]).format(left=names[pair.left], right=names[pair.right], things=things) for pair in told
    ]
    if not told:
        sentences.append(_("All pairs overlap; neither contains the other"))
    elif len(told) < len(pairs):
        sentences.append(_("The other pairs overlap; neither contains the other"))
    return tuple(sentences)


def _alike(pairs: tuple[Pair, ...], names: dict[str, str]) -> tuple[str, ...]:
    """Return which of many countries are listed by the same mechanisms, each such set of them in one sentence."""
    together: list[list[str]] = []
    for pair in pairs:
        if pair.relation == "equal":
            known = next((alike for alike in together if pair.left in alike or pair.right in alike), None)
            if known is None:
                together.append([pair.left, pair.right])
            else:
                known.extend(id_ for id_ in (pair.left, pair.right) if id_ not in known)
    told = _("{names} are listed by the same mechanisms")
    sentences = tuple(told.format(names=enumerated(names[id_] for id_ in alike)) for alike in together)
    return sentences or (_("No two of them are listed by the same mechanisms"),)


def pair_cells(pairs: tuple[Pair, ...]) -> Iterator[dict[str, Cell]]:
    """Yield the cells of each pair."""
    for pair in pairs:
        yield {"fact": "pair", "item": pair.left, "other": pair.right, **{k: getattr(pair, k) for k in PAIR_KEYS}}
