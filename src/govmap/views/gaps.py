"""The page of gaps and its rows: countries and the themes on which they sit in no group."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.names.folding import fold
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
        labels = words.alphabetical(atlas.themes[id_].label for id_ in gaps.themes)
        title = _("Countries that no group reaches on {themes}").format(themes=enumerated(labels, by=OR))
        gap_table = _of_theme(gaps)
    else:
        title, gap_table = _("On how many themes each country sits in no group"), _in_numbers(gaps)
        example = tuple(_(ONE_BY_ONE).format(call=Call("gaps", country=c.name)) for c in gaps.countries[:1])
    return blocks.make_page(
        title,
        words.counted(
            "{n} theme asked for, {as_of}", "{n} themes asked for, {as_of}", len(gaps.themes), as_of=as_of(gaps.as_of)
        ),
        gap_table,
        *blocks.caution_and_changes(gaps),
        Lines(_("Note"), (*example, _(MEANING), *_silent(atlas))),
    )


def _of_country(country: CountryGaps) -> Table:
    title = words.counted(
        "{n} gap; it sits in a group on {seated}",
        "{n} gaps; it sits in a group on {seated}",
        len(country.gaps),
        seated=country.seated,
    )
    gaps = sorted(country.gaps, key=lambda gap: fold(gap.label))
    rows = [(gap.label, ", ".join(gap.mechanisms) or _("no group works on it")) for gap in gaps]
    return table(title, (_("Theme"), _("Would be seated by")), rows, empty=_("It sits in a group on each of them"))


def _of_theme(gaps: Gaps) -> Table:
    rows = [(c.code, c.name, ", ".join(gap.label for gap in c.gaps)) for c in gaps.countries if c.gaps]
    title = _("Countries ({n})").format(n=len(rows))
    return table(title, (_("Code"), _("Country"), _("Theme")), rows, empty=_("Each country is reached"))


def _in_numbers(gaps: Gaps) -> Table:
    rows = [(country.code, country.name, country.seated, len(country.gaps)) for country in gaps.countries]
    headings = (_("Code"), _("Country"), number(_("In a group")), number(_("In none")))
    return table(_("Countries, most gaps first"), headings, rows)


def _silent(atlas: Atlas) -> Iterator[str]:
    """Yield which mechanisms have no group listed, so that no group of theirs counts."""
    ids = ", ".join(mechanism.id for mechanism in atlas.covered if atlas.is_silent(mechanism, "groups"))
    if ids:
        yield _("The source lists no groups for {ids}: silence, not a statement that there are none.").format(ids=ids)


def rows(gaps: Gaps, _atlas: Atlas) -> Rows:
    """Return each theme on which a country sits in no group, with each mechanism that would seat it, one a row."""
    return tidy("as_of code country theme theme_label mechanism", _cells(gaps), as_of=gaps.as_of)


def _cells(gaps: Gaps) -> Iterator[cells.Cells]:
    for country in gaps.countries:
        for gap in country.gaps:
            for id_ in gap.mechanisms or (None,):
                yield {**cells.country(country), **cells.theme(gap), "mechanism": id_}
