"""The brief on a country or a mechanism: the page that goes into a note, its rows and its picture."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.language import N_, _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page
from govmap.layout.picture import Picture
from govmap.layout.sources import UNNUMBERED, SourceNumbers, rows_with_sources
from govmap.parts.provenance import sources_of
from govmap.questions.brief import Brief, rests_on
from govmap.rows import Rows
from govmap.texts import labelled
from govmap.views.brief_country import country_blocks, country_drawing
from govmap.views.brief_mechanism import mechanism_blocks, mechanism_drawing
from govmap.views.country import heading
from govmap.views.country import rows as country_rows
from govmap.views.mechanism import rows as mechanism_rows

HIDDEN = ("names", "observers", "platforms")  # parts that the record of a mechanism has and the page leaves out
JACCARD = {
    "country": N_("Jaccard: the mechanisms that list both divided by those that list either, from 0 to 1"),
    "mechanism": N_("Jaccard: the countries that both list divided by those that either lists, from 0 to 1"),
}


def page(brief: Brief, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED) -> Page:
    """Return the page, with the way to cite it; *full* with all its lists."""
    if brief.country:
        answer, found = country_blocks(brief, brief.country, atlas, numbers, full=full)
    else:
        assert brief.mechanism  # noqa: S101 - a brief is on one of the two
        answer, found = mechanism_blocks(brief, brief.mechanism, atlas, numbers, full=full)
    return blocks.make_page(
        _title(brief, atlas),
        answer,
        *found,
        _how_to_read(brief) if full else None,
        Lines(_("Cite as"), tuple(_to_cite(brief))),
        of=brief,
        more=blocks.more(_("all lists"), _("evidence")),
    )


def _title(brief: Brief, atlas: Atlas) -> str:
    name = heading(brief.country, atlas) if brief.country else words.subject_name_after(brief.of)
    return _("Brief: {name}").format(name=name)


def _to_cite(brief: Brief) -> Iterator[str]:
    """Yield the page as it is cited, and the publication that its lists rest on."""
    page, *works = brief.citation.entries
    ids = {source.id for source in brief.sources}
    yield page.text
    for work in works:
        if work.id in ids:
            published = ", ".join(filter(None, (work.author, work.issued)))
            yield labelled(_("The lists rest on"), f"{work.title}. {published}")


def _how_to_read(brief: Brief) -> Lines:
    has_evidence = brief.mechanism or (brief.country and brief.country.mechanisms)
    notes = [_(words.DISCLAIMER)]
    notes += [_(words.EVIDENCE_MEANS)] if has_evidence else []
    notes += [_(JACCARD[brief.of.kind])] if brief.neighbours else []
    return Lines(_("How to read this"), tuple(notes))


def rows(brief: Brief, atlas: Atlas) -> Rows:
    """Return the rows of the country or the mechanism, then those of its neighbours and of all sources."""
    if brief.country:
        rows = country_rows(brief.country, atlas)
    else:
        assert brief.mechanism  # noqa: S101 - as above
        rows = mechanism_rows(brief.mechanism, atlas)
    pairs = [
        {"asked": brief.of.id, "name": brief.of.name, "as_of": brief.as_of, **fact}
        for fact in cells.pairs(neighbour.pair for neighbour in brief.neighbours)
    ]
    for fact in pairs:
        del fact["relation"]  # that of sets; in these rows it is that of a country to a mechanism
    columns = pairs[0] if pairs else ()
    cited = sources_of(atlas, brief, rests_on(brief, atlas))
    return rows_with_sources(cells.add_facts(rows, columns, pairs), cited)


def picture(brief: Brief, atlas: Atlas) -> Picture | None:
    """Return the picture, where there is one."""
    drawing = country_drawing(brief, atlas) or mechanism_drawing(brief, atlas)
    return drawing.picture if drawing else None
