"""The page on who works on a theme, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout.page import Block, Lines, Page, Table, columns
from govmap.layout.words import (
    alphabetical,
    as_in_data,
    caution_lines,
    change_cells,
    change_lines,
    evidence_in,
    known_as,
    mechanisms,
    name_lines,
    theme_labels,
)
from govmap.names.folding import fold
from govmap.questions.overlap import Duplication, Overlap
from govmap.rows import Cell, Rows, tidy
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
    labels = enumerated(match.label for match in overlap.themes)
    number = sum(hit.relevance == overlap.basis for hit in overlap.groups)
    found = (
        ngettext("{n} group in {mechanisms}, {as_of}", "{n} groups in {mechanisms}, {as_of}", number)
        if overlap.basis == "direct"
        else ngettext(
            "{n} group in {mechanisms}, {as_of}; none works on it directly, these work on a neighbouring theme",
            "{n} groups in {mechanisms}, {as_of}; none works on it directly, these work on a neighbouring theme",
            number,
        )
    ).format(n=number, mechanisms=mechanisms(len(overlap.mechanisms)), as_of=as_of(overlap.as_of))
    blocks: tuple[Block, ...] = (
        *_read_as(overlap),
        *_groups(overlap, atlas),
        _mechanisms(overlap, atlas),
        _countries(overlap),
        _left_out(overlap),
        *caution_lines(overlap.caution),
        *change_lines(overlap.as_of, overlap.changes),
        *((_explanation(overlap, atlas),) if explain else ()),
        *name_lines(atlas, [hit.id for hit in overlap.mechanisms]),
        evidence_in(*(Call("mechanism", hit.id) for hit in overlap.mechanisms)),
    )
    return Page(_("Who works on {themes}").format(themes=labels), found, blocks)


def _read_as(overlap: Overlap) -> tuple[Lines, ...]:
    """Return which words were read as which theme and which were left aside, where the title does not show it."""
    if fold(overlap.query) == fold(enumerated(match.label for match in overlap.themes)):
        return ()
    found = {match.id for match in overlap.themes}
    aside = [
        s.words
        for s in overlap.explanation
        if s.role == "too broad" or (s.role != "neutral" and found.isdisjoint(s.themes))
    ]
    lines = [f"{quoted(match.matched)}: {match.label}" for match in overlap.themes]
    if aside:
        lines.append(_("left aside: {words}").format(words=", ".join(map(quoted, aside))))
    return (Lines(_("Read as"), tuple(lines)),)


def _explanation(overlap: Overlap, atlas: Atlas) -> Table:
    rows = tuple(
        (step.words, _(ROLES.get(step.role, step.role)), theme_labels(atlas, step.themes), decimal(step.weight))
        for step in overlap.explanation
    )
    scores = in_series(f"{match.label}: {decimal(match.score)}" for match in overlap.themes)
    headings = columns(_("Words"), _("Counted as"), _("Led to"), _("Weight"), numbers=(_("Weight"),))
    title = _("How the words were understood (score of each theme: {scores})").format(scores=scores)
    return Table(title, headings, rows)


def _groups(overlap: Overlap, atlas: Atlas) -> tuple[Table, ...]:
    """Return the groups that work on the theme, and those that work on a neighbour of it."""
    tables = []
    titles = (("direct", _("Groups that work on it")), ("related", _("Groups on a neighbouring theme")))
    headings = columns(_("In"), _("No."), as_in_data(_("Group")), _("Themes"), numbers=(_("No."),))
    for relevance, title in titles:
        hits = [hit for hit in overlap.groups if hit.relevance == relevance]
        rows = tuple((hit.mechanism, str(hit.number), hit.name, theme_labels(atlas, hit.themes)) for hit in hits)
        if rows:
            tables.append(Table(title, headings, rows))
    return tuple(tables)


def _mechanisms(overlap: Overlap, atlas: Atlas) -> Table:
    rows = tuple((hit.id, known_as(atlas, hit.id, hit.name), str(hit.members)) for hit in overlap.mechanisms)
    headings = columns(_("Id"), _("Mechanism"), _("Countries"), numbers=(_("Countries"),))
    return Table(_("Mechanisms of these groups"), headings, rows)


def _countries(overlap: Overlap) -> Table:
    together: dict[tuple[str, ...], list[str]] = {}
    for hit in overlap.countries:
        together.setdefault(hit.mechanisms, []).append(hit.name)
    ordered = sorted(together.items(), key=lambda item: (-len(item[0]), item[0]))
    rows = tuple((str(len(ids)), ", ".join(ids), ", ".join(alphabetical(names))) for ids, names in ordered)
    headings = columns(_("Count"), _("Listed in"), _("Countries"), numbers=(_("Count"),))
    return Table(_("Countries by how many of these mechanisms list them"), headings, rows)


def _left_out(overlap: Overlap) -> Lines:
    names = ", ".join(alphabetical(ref.name for ref in overlap.uncovered))
    title = _("In none of them ({n})").format(n=len(overlap.uncovered))
    return Lines(title, (names or _("No country of the dataset is left out"),))


def rows(overlap: Overlap | Duplication, atlas: Atlas) -> Rows:
    """Return each theme found, group, country in a mechanism, country in none and change, one a row."""
    if isinstance(overlap, Duplication):
        return overlap_ranking.rows(overlap)
    return tidy(COLUMNS, _cells(overlap, atlas), asked=overlap.query, as_of=overlap.as_of)


def _cells(overlap: Overlap, atlas: Atlas) -> Iterator[dict[str, Cell]]:
    for match in overlap.themes:
        cells: dict[str, Cell] = {
            "theme": match.id,
            "theme_label": match.label,
            "matched": match.matched,
            "score": match.score,
        }
        yield {"fact": "theme", **cells}
    for hit in overlap.groups:
        where = {"mechanism": hit.mechanism, "mechanism_name": atlas.mechanisms[hit.mechanism].name}
        yield {**where, "fact": "group", "number": hit.number, "group": hit.name, "relevance": hit.relevance}
    for country in overlap.countries:
        for id_ in country.mechanisms:
            where = {"mechanism": id_, "mechanism_name": atlas.mechanisms[id_].name}
            yield {**where, "fact": "listed", "code": country.code, "country": country.name}
    for ref in overlap.uncovered:
        yield {"fact": "in none of them", "code": ref.code, "country": ref.name}
    yield from change_cells(overlap.changes)
