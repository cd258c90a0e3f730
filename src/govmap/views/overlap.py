"""The page on who works on a theme, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout import blocks
from govmap.layout.cells import Cells, change_cells, country_cells, mechanism_cells, pick
from govmap.layout.page import Lines, Page, Table
from govmap.layout.tables import column, group_by, number, table
from govmap.layout.words import counted, mechanisms, name_and_acronym, name_list, theme_labels, untranslated
from govmap.names.resolver import fold
from govmap.questions.overlap import Duplication, Overlap
from govmap.rows import Rows, tidy
from govmap.texts import decimal, enumerated, in_series, quoted
from govmap.views import overlap_ranking

ROLES = {
    "label": N_("label"),
    "slip": N_("slip"),
    "neutral": N_("neutral"),
    "too broad": N_("too broad"),
    "unknown": N_("unknown"),
}
COLUMNS = (
    "asked as_of fact theme theme_label matched score mechanism mechanism_name number group relevance code country"
    " date text sources"
)


def page(overlap: Overlap | Duplication, atlas: Atlas, *, explain: bool = False) -> Page:
    """Return the page on the groups of a theme, the countries in them, and those left out; or on all themes.

    With *explain* it also says what each word of the query counted for.
    """
    if isinstance(overlap, Duplication):
        return overlap_ranking.page(overlap)
    ids = [hit.id for hit in overlap.mechanisms]
    return blocks.make_page(
        _("Who works on {themes}").format(themes=_theme_names(overlap)),
        _subtitle(overlap),
        _interpretation(overlap),
        _groups(overlap, atlas, "direct", _("Groups that work on it")),
        _groups(overlap, atlas, "related", _("Groups on a neighbouring theme")),
        _mechanisms(overlap, atlas),
        _countries(overlap),
        _left_out(overlap),
        *blocks.caution_and_changes(overlap),
        _explanation(overlap, atlas) if explain else None,
        blocks.names(atlas, ids),
        blocks.evidence_calls(*(Call("mechanism", id_) for id_ in ids)),
    )


def _theme_names(overlap: Overlap) -> str:
    return enumerated(match.label for match in overlap.themes)


def _subtitle(overlap: Overlap) -> str:
    count = sum(hit.relevance == overlap.basis for hit in overlap.groups)
    where, date = mechanisms(len(overlap.mechanisms)), as_of(overlap.as_of)
    if overlap.basis == "direct":
        return counted(
            "{n} group in {mechanisms}, {as_of}",
            "{n} groups in {mechanisms}, {as_of}",
            count,
            mechanisms=where,
            as_of=date,
        )
    return counted(
        "{n} group in {mechanisms}, {as_of}; none works on it directly, these work on a neighbouring theme",
        "{n} groups in {mechanisms}, {as_of}; none works on it directly, these work on a neighbouring theme",
        count,
        mechanisms=where,
        as_of=date,
    )


def _interpretation(overlap: Overlap) -> Lines | None:
    """Return which words were read as which theme and which were left aside, unless the title says it."""
    if fold(overlap.query) == fold(_theme_names(overlap)):
        return None
    themes = {match.id for match in overlap.themes}
    ignored = [
        quoted(step.words)
        for step in overlap.explanation
        if step.role == "too broad" or (step.role != "neutral" and themes.isdisjoint(step.themes))
    ]
    texts = [f"{quoted(match.matched)}: {match.label}" for match in overlap.themes]
    if ignored:
        texts.append(_("left aside: {words}").format(words=", ".join(ignored)))
    return Lines(_("Read as"), tuple(texts))


def _groups(overlap: Overlap, atlas: Atlas, relevance: str, title: str) -> Table | None:
    hits = [hit for hit in overlap.groups if hit.relevance == relevance]
    groups = table(
        title,
        hits,
        column(_("In"), lambda hit: hit.mechanism),
        number(_("No."), lambda hit: hit.number),
        column(untranslated(_("Group")), lambda hit: hit.name),
        column(_("Themes"), lambda hit: theme_labels(atlas, hit.themes)),
    )
    return groups if hits else None


def _mechanisms(overlap: Overlap, atlas: Atlas) -> Table:
    return table(
        _("Mechanisms of these groups"),
        overlap.mechanisms,
        column(_("Id"), lambda hit: hit.id),
        column(_("Mechanism"), lambda hit: name_and_acronym(atlas, hit.id, hit.name)),
        number(_("Countries"), lambda hit: hit.members),
    )


def _countries(overlap: Overlap) -> Table:
    by_seats = group_by(overlap.countries, lambda hit: hit.mechanisms)
    return table(
        _("Countries by how many of these mechanisms list them"),
        sorted(by_seats.items(), key=lambda item: (-len(item[0]), item[0])),
        number(_("Count"), lambda item: len(item[0])),
        column(_("Listed in"), lambda item: ", ".join(item[0])),
        column(_("Countries"), lambda item: name_list(hit.name for hit in item[1])),
    )


def _left_out(overlap: Overlap) -> Lines:
    names = name_list(ref.name for ref in overlap.uncovered)
    title = _("In none of them ({n})").format(n=len(overlap.uncovered))
    return Lines(title, (names or _("No country of the dataset is left out"),))


def _explanation(overlap: Overlap, atlas: Atlas) -> Table:
    scores = in_series(f"{match.label}: {decimal(match.score)}" for match in overlap.themes)
    return table(
        _("How the words were understood (score of each theme: {scores})").format(scores=scores),
        overlap.explanation,
        column(_("Words"), lambda step: step.words),
        column(_("Counted as"), lambda step: _(ROLES.get(step.role, step.role))),
        column(_("Led to"), lambda step: theme_labels(atlas, step.themes)),
        number(_("Weight"), lambda step: decimal(step.weight)),
    )


def rows(overlap: Overlap | Duplication, atlas: Atlas) -> Rows:
    """Return each theme found, group, country in a mechanism, country in none and change, one a row."""
    if isinstance(overlap, Duplication):
        return overlap_ranking.rows(overlap)
    return tidy(COLUMNS, _cells(overlap, atlas), asked=overlap.query, as_of=overlap.as_of)


def _cells(overlap: Overlap, atlas: Atlas) -> Iterator[Cells]:
    for match in overlap.themes:
        yield {"fact": "theme", "theme": match.id, "theme_label": match.label, **pick(match, "matched score")}
    for hit in overlap.groups:
        where = mechanism_cells(atlas.mechanisms[hit.mechanism])
        yield {"fact": "group", **where, **pick(hit, "number relevance"), "group": hit.name}
    for country in overlap.countries:
        for id_ in country.mechanisms:
            yield {"fact": "listed", **mechanism_cells(atlas.mechanisms[id_]), **country_cells(country)}
    for ref in overlap.uncovered:
        yield {"fact": "in none of them", **country_cells(ref)}
    yield from change_cells(overlap.changes)
