"""The brief on a country or a mechanism: the page that goes into a note, its rows and its picture."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout.page import Block, Lines, Page
from govmap.layout.pairs import pair_cells
from govmap.layout.picture import Picture
from govmap.layout.sources import rows_with_sources, with_sources
from govmap.layout.words import (
    DISCLAIMER,
    EVIDENCE_MEANS,
    SourceNumbers,
    caution_lines,
    change_lines,
    name_lines,
    of_data,
)
from govmap.parts.provenance import sources_of
from govmap.questions.brief import Brief, rests_on
from govmap.records import Change
from govmap.rows import Cell, Rows
from govmap.views.brief_country import country_drawing, on_country, trust_in_seats
from govmap.views.brief_mechanism import mechanism_drawing, on_mechanism, title_of_mechanism, trust_in_parts
from govmap.views.country import heading
from govmap.views.country import rows as country_rows
from govmap.views.mechanism import rows as mechanism_rows

UNSHOWN = ("names", "observers", "platforms")  # parts that the record of a mechanism has and the page leaves out
JACCARD = {
    "country": N_("Jaccard: the mechanisms that list both over those that list either, from 0 to 1"),
    "mechanism": N_("Jaccard: the countries that both list over those that either lists, from 0 to 1"),
}


def page(brief: Brief, atlas: Atlas) -> Page:
    """Return the page, with all sources that it rests on and the way to cite it."""
    numbers = SourceNumbers(brief.sources)
    blocks: list[Block] = []
    if brief.country:
        title = _("Brief: {name}").format(name=heading(brief.country, atlas))
        blocks += on_country(brief, brief.country, atlas, numbers)
        blocks += [*_times(brief, brief.country.changes, numbers), *trust_in_seats(brief.country, numbers)]
    if brief.mechanism:
        title = title_of_mechanism(brief.mechanism)
        blocks += on_mechanism(brief, brief.mechanism, atlas)
        blocks += [*_times(brief, brief.mechanism.changes, numbers), *trust_in_parts(brief.mechanism, numbers)]
    blocks += [
        *name_lines(atlas, _named_in(brief)),
        _how_to_read(brief),
        Lines(_("Cite as"), (brief.citation.entries[0].text,)),
        *numbers.block(),
    ]
    subtitle = f"{of_data(atlas.dataset.about.title)}, {as_of(brief.as_of)}"
    cited = (
        one
        for one in sources_of(atlas, brief, rests_on(brief, atlas))
        if not one.on or any(ref.part not in UNSHOWN for ref in one.on)
    )
    return with_sources(Page(title, subtitle, tuple(blocks)), cited)


def _times(brief: Brief, changes: tuple[Change, ...], numbers: SourceNumbers) -> tuple[Lines, ...]:
    """Return what the date of the answer leaves open."""
    return (*caution_lines(brief.caution), *change_lines(brief.as_of, changes, numbers))


def _named_in(brief: Brief) -> list[str]:
    """Return the ids of the mechanisms that a brief calls by their names."""
    if brief.country:
        return [*(seat.id for seat in brief.country.mechanisms), *(absence.id for absence in brief.country.not_in)]
    return [brief.of.id, *(neighbour.id for neighbour in brief.neighbours)]


def _how_to_read(brief: Brief) -> Lines:
    graded = brief.mechanism or (brief.country and brief.country.mechanisms)
    notes = (_(DISCLAIMER), _(EVIDENCE_MEANS) if graded else "", _(JACCARD[brief.of.kind]) if brief.neighbours else "")
    return Lines(_("How to read this"), tuple(note for note in notes if note))


def rows(brief: Brief, atlas: Atlas) -> Rows:
    """Return the rows of the country or the mechanism, then those of its neighbours and of all sources."""
    if brief.country:
        rows = country_rows(brief.country, atlas)
    else:
        assert brief.mechanism  # noqa: S101 - a brief is on one of the two
        rows = mechanism_rows(brief.mechanism, atlas)
    asked: dict[str, Cell] = {"asked": brief.of.id, "name": brief.of.name, "as_of": brief.as_of}
    told = [dict(zip(rows.columns, cells, strict=True)) for cells in rows.rows]
    for cells in pair_cells(tuple(neighbour.pair for neighbour in brief.neighbours)):
        del cells["relation"]  # that of sets; in these rows it is that of a country to a mechanism
        told.append({**asked, **cells})
    names = tuple(dict.fromkeys((*rows.columns, *(name for cells in told for name in cells))))
    every = tuple(tuple(cells.get(name) for name in names) for cells in told)
    return rows_with_sources(Rows(names, every), sources_of(atlas, brief, rests_on(brief, atlas)))


def picture(brief: Brief, atlas: Atlas) -> Picture | None:
    """Return the picture, where there is one."""
    drawings = (*country_drawing(brief, atlas), *mechanism_drawing(brief, atlas))
    return drawings[0].picture if drawings else None
