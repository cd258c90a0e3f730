"""The page of gaps and its rows: countries and the themes on which they sit in no group."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout.blocks import caution_and_changes, make_page
from govmap.layout.cells import Cells, country_cells
from govmap.layout.page import Lines, Page, Table
from govmap.layout.tables import column, number, table
from govmap.layout.words import alphabetical, counted
from govmap.names.resolver import fold
from govmap.questions.gaps import CountryGaps, Gaps
from govmap.rows import Rows, tidy
from govmap.texts import OR, enumerated

ONE_BY_ONE = N_("The themes of one country: {call}")
MEANING = N_(
    "A country sits in a group when a mechanism with a group on the theme lists it; not every one attends each."
)


def page(gaps: Gaps, atlas: Atlas) -> Page:
    """Return the page on one country, on few themes, or on all of both in numbers."""
    example: tuple[str, ...] = ()
    if len(gaps.countries) == 1:
        title = _("Themes on which {country} sits in no group").format(country=gaps.countries[0].name)
        gap_table = _of_country(gaps.countries[0])
    elif len(gaps.themes) < len(atlas.groups_by_theme):
        labels = alphabetical(atlas.themes[id_].label for id_ in gaps.themes)
        title = _("Countries that no group reaches on {themes}").format(themes=enumerated(labels, by=OR))
        gap_table = _of_theme(gaps)
    else:
        title, gap_table = _("On how many themes each country sits in no group"), _in_numbers(gaps)
        example = tuple(_(ONE_BY_ONE).format(call=Call("gaps", country=c.name)) for c in gaps.countries[:1])
    return make_page(
        title,
        counted(
            "{n} theme asked for, {as_of}", "{n} themes asked for, {as_of}", len(gaps.themes), as_of=as_of(gaps.as_of)
        ),
        gap_table,
        *caution_and_changes(gaps),
        Lines(_("Note"), (*example, _(MEANING), *_silent(atlas))),
    )


def _of_country(country: CountryGaps) -> Table:
    return table(
        counted(
            "{n} gap; it sits in a group on {seated}",
            "{n} gaps; it sits in a group on {seated}",
            len(country.gaps),
            seated=country.seated,
        ),
        sorted(country.gaps, key=lambda gap: fold(gap.label)),
        column(_("Theme"), lambda gap: gap.label),
        column(_("Would be seated by"), lambda gap: ", ".join(gap.mechanisms) or _("no group works on it")),
        empty=_("It sits in a group on each of them"),
    )


def _of_theme(gaps: Gaps) -> Table:
    countries = [country for country in gaps.countries if country.gaps]
    return table(
        _("Countries ({n})").format(n=len(countries)),
        countries,
        column(_("Code"), lambda country: country.code),
        column(_("Country"), lambda country: country.name),
        column(_("Theme"), lambda country: ", ".join(gap.label for gap in country.gaps)),
        empty=_("Each country is reached"),
    )


def _in_numbers(gaps: Gaps) -> Table:
    return table(
        _("Countries, most gaps first"),
        gaps.countries,
        column(_("Code"), lambda country: country.code),
        column(_("Country"), lambda country: country.name),
        number(_("In a group"), lambda country: country.seated),
        number(_("In none"), lambda country: len(country.gaps)),
    )


def _silent(atlas: Atlas) -> Iterator[str]:
    """Yield which mechanisms have no group listed, so that no group of theirs counts."""
    ids = ", ".join(mechanism.id for mechanism in atlas.covered if atlas.is_silent(mechanism, "groups"))
    if ids:
        yield _("The source lists no groups for {ids}: silence, not a statement that there are none.").format(ids=ids)


def rows(gaps: Gaps, _atlas: Atlas) -> Rows:
    """Return each theme on which a country sits in no group, with each mechanism that would seat it, one a row."""
    return tidy("as_of code country theme theme_label mechanism", _cells(gaps), as_of=gaps.as_of)


def _cells(gaps: Gaps) -> Iterator[Cells]:
    for country in gaps.countries:
        for gap in country.gaps:
            for id_ in gap.mechanisms or (None,):
                yield {**country_cells(country), "theme": gap.id, "theme_label": gap.label, "mechanism": id_}
