"""The pages on who works on a theme and on what is done twice, and their rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout import around, blocks, cells, words
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.names.folding import fold
from govmap.questions.overlap import Duplication, Overlap
from govmap.rows import Rows, tidy
from govmap.texts import decimal, enumerated, in_series, quoted

ROLES = {
    "label": N_("label"),
    "slip": N_("slip"),
    "neutral": N_("neutral"),
    "too broad": N_("too broad"),
    "unknown": N_("unknown"),
}
DEFINITIONS = (
    N_("Seats: each country counted once for each mechanism with a group on the theme that lists it"),
    N_("Repeated: seats beyond a country's first, so seats less countries"),
    N_("Index: repeated seats divided by seats; 0 where no country meets the theme twice"),
)
COLUMNS = (
    "asked as_of fact theme theme_label matched score mechanism mechanism_name number group relevance code country"
    " date text sources"
)


def page(overlap: Overlap | Duplication, atlas: Atlas, *, explain: bool = False) -> Page:
    """Return the page on the groups of a theme, the countries in them, and those left out; or on all themes.

    With *explain* it also says what each word of the query counted for.
    """
    if isinstance(overlap, Duplication):
        return _ranking(overlap)
    if not overlap.groups:
        return _only_elsewhere(overlap, atlas)
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
        around.other_bodies_on(overlap.other_bodies, atlas),
        *blocks.caution_and_changes(overlap),
        _explanation(overlap, atlas) if explain else None,
        blocks.names(atlas, ids),
        blocks.evidence_calls(*(Call("mechanism", id_) for id_ in ids)),
    )


def _only_elsewhere(overlap: Overlap, atlas: Atlas) -> Page:
    """Return the page on a theme on which only other bodies work."""
    return blocks.make_page(
        _("Who works on {themes}").format(themes=_theme_names(overlap)),
        _("No group of the mechanisms works on it, {as_of}").format(as_of=as_of(overlap.as_of)),
        _interpretation(overlap),
        around.other_bodies_on(overlap.other_bodies, atlas),
        blocks.caution(overlap.caution),
    )


def _theme_names(overlap: Overlap) -> str:
    return enumerated(match.label for match in overlap.themes)


def _subtitle(overlap: Overlap) -> str:
    count = sum(hit.relevance == overlap.basis for hit in overlap.groups)
    if overlap.basis == "direct":
        template = ngettext("{n} group in {mechanisms}, {as_of}", "{n} groups in {mechanisms}, {as_of}", count)
    else:
        template = ngettext(
            "{n} group in {mechanisms}, {as_of}; none works on it directly, these work on a neighbouring theme",
            "{n} groups in {mechanisms}, {as_of}; none works on it directly, these work on a neighbouring theme",
            count,
        )
    where = words.mechanisms(len(overlap.mechanisms))
    return template.format(n=count, mechanisms=where, as_of=as_of(overlap.as_of))


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
    hits = [(hit.mechanism, hit) for hit in overlap.groups if hit.relevance == relevance]
    return blocks.groups(title, hits, atlas) if hits else None


def _mechanisms(overlap: Overlap, atlas: Atlas) -> Table:
    rows = [(hit.id, words.name_and_acronym(atlas, hit), hit.members) for hit in overlap.mechanisms]
    return table(_("Mechanisms of these groups"), (_("Id"), _("Mechanism"), number(_("Countries"))), rows)


def _countries(overlap: Overlap) -> Table:
    rows = [(len(ids), ", ".join(ids), names) for ids, names in words.names_by_seats(overlap.countries)]
    headings = (number(_("Count")), _("Listed in"), _("Countries"))
    return table(_("Countries by how many of these mechanisms list them"), headings, rows)


def _left_out(overlap: Overlap) -> Lines:
    names = words.name_list(ref.name for ref in overlap.uncovered)
    title = _("In none of them ({n})").format(n=len(overlap.uncovered))
    return Lines(title, (names or _("No country of the dataset is left out"),))


def _explanation(overlap: Overlap, atlas: Atlas) -> Table:
    rows = [
        (step.words, _(ROLES.get(step.role, step.role)), words.theme_labels(atlas, step.themes), decimal(step.weight))
        for step in overlap.explanation
    ]
    scores = in_series(f"{match.label}: {decimal(match.score)}" for match in overlap.themes)
    title = _("How the words were understood (score of each theme: {scores})").format(scores=scores)
    return table(title, (_("Words"), _("Counted as"), _("Led to"), number(_("Weight"))), rows)


def rows(overlap: Overlap | Duplication, atlas: Atlas) -> Rows:
    """Return each theme found, group, country in a mechanism, country in none and change, one a row."""
    if isinstance(overlap, Duplication):
        return _ranking_rows(overlap)
    return tidy(COLUMNS, _cells(overlap, atlas), asked=overlap.query, as_of=overlap.as_of)


def _cells(overlap: Overlap, atlas: Atlas) -> Iterator[cells.Cells]:
    for match in overlap.themes:
        yield {"fact": "theme", **cells.theme(match), **cells.pick(match, "matched score")}
    for hit in overlap.groups:
        where = cells.mechanism(atlas.mechanisms[hit.mechanism])
        yield {"fact": "group", **where, **cells.pick(hit, "number relevance"), "group": hit.name}
    for country in overlap.countries:
        for id_ in country.mechanisms:
            yield {"fact": "listed", **cells.mechanism(atlas.mechanisms[id_]), **cells.country(country)}
    for ref in overlap.uncovered:
        yield {"fact": "in none of them", **cells.country(ref)}
    yield from cells.changes(overlap.changes)


def _ranking(duplication: Duplication) -> Page:
    """Return the page that ranks all themes by how much is done twice."""
    subtitle = words.counted(
        "{n} theme with a group, {several} in more than one mechanism, {as_of}",
        "{n} themes with a group, {several} of them in more than one mechanism, {as_of}",
        len(duplication.themes),
        several=sum(len(theme.mechanisms) > 1 for theme in duplication.themes),
        as_of=as_of(duplication.as_of),
    )
    return blocks.make_page(
        _("Themes by how much is done twice"),
        subtitle,
        _ranked_themes(duplication),
        *blocks.caution_and_changes(duplication),
        Lines(_("What the columns count"), tuple(map(_, DEFINITIONS))),
    )


def _ranked_themes(duplication: Duplication) -> Table:
    rows = [
        (
            *(row.label, row.groups, ", ".join(row.mechanisms)),
            *(row.seats, row.countries, row.repeated_seats, decimal(row.duplication)),
        )
        for row in duplication.themes
    ]
    numbers = map(number, (_("Seats"), _("Countries"), _("Repeated"), _("Index")))
    return table(_("Themes"), (_("Theme"), number(_("Groups")), _("Mechanisms"), *numbers), rows)


def _ranking_rows(duplication: Duplication) -> Rows:
    """Return the numbers of each theme, one theme a row."""
    numbers = "seats countries repeated_seats duplication"
    facts = (
        {**cells.theme(theme), **cells.pick(theme, f"groups {numbers}"), "mechanisms": len(theme.mechanisms)}
        for theme in duplication.themes
    )
    return tidy(f"as_of theme theme_label groups mechanisms {numbers}", facts, as_of=duplication.as_of)
