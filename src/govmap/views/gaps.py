"""The page of gaps and its rows: countries and the themes on which they sit in no group."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout.page import Block, Lines, Page, Table, columns
from govmap.layout.words import alphabetical, caution_lines, change_lines
from govmap.names.folding import fold
from govmap.questions.gaps import CountryGaps, Gaps
from govmap.rows import Cell, Rows, tidy
from govmap.texts import OR, enumerated

ONE_BY_ONE = N_("The themes of one country: {call}")
MEANING = N_(
    "A country sits in a group when a mechanism with a group on the theme lists it; not every one attends each."
)


def page(gaps: Gaps, atlas: Atlas) -> Page:
    """Return the page on one country, on few themes, or on all of both in numbers."""
    number = len(gaps.themes)
    subtitle = ngettext("{n} theme asked for, {as_of}", "{n} themes asked for, {as_of}", number)
    block: Block
    hints: tuple[str, ...] = ()
    if len(gaps.countries) == 1:
        title = _("Themes on which {country} sits in no group").format(country=gaps.countries[0].name)
        block = _of_country(gaps.countries[0])
    elif len(gaps.themes) < len(atlas.groups_by_theme):
        labels = alphabetical(atlas.themes[id_].label for id_ in gaps.themes)
        title = _("Countries that no group reaches on {themes}").format(themes=enumerated(labels, by=OR))
        block = _of_theme(gaps)
    else:
        title, block = _("On how many themes each country sits in no group"), _in_numbers(gaps)
        first = next((country.name for country in gaps.countries), None)
        hints = (_(ONE_BY_ONE).format(call=Call("gaps", country=first)),) if first else ()
    note = Lines(_("Note"), (*hints, _(MEANING), *_silent(atlas)))
    told = subtitle.format(n=number, as_of=as_of(gaps.as_of))
    return Page(title, told, (block, *caution_lines(gaps.caution), *change_lines(gaps.as_of, gaps.changes), note))


def _of_country(country: CountryGaps) -> Table:
    rows = tuple(
        (gap.label, ", ".join(gap.mechanisms) or _("no group works on it"))
        for gap in sorted(country.gaps, key=lambda gap: fold(gap.label))
    )
    title = ngettext(
        "{n} gap; it sits in a group on {seated}", "{n} gaps; it sits in a group on {seated}", len(rows)
    ).format(n=len(rows), seated=country.seated)
    headings = columns(_("Theme"), _("Would be seated by"))
    return Table(title, headings, rows, _("It sits in a group on each of them"))


def _of_theme(gaps: Gaps) -> Table:
    lacking = [country for country in gaps.countries if country.gaps]
    rows = tuple((c.code, c.name, ", ".join(gap.label for gap in c.gaps)) for c in lacking)
    title, headings = _("Countries ({n})").format(n=len(rows)), columns(_("Code"), _("Country"), _("Theme"))
    return Table(title, headings, rows, _("Each country is reached"))


def _in_numbers(gaps: Gaps) -> Table:
    rows = tuple((c.code, c.name, str(c.seated), str(len(c.gaps))) for c in gaps.countries)
    numbers = (_("In a group"), _("In none"))
    headings = columns(_("Code"), _("Country"), *numbers, numbers=numbers)
    return Table(_("Countries, most gaps first"), headings, rows)


def _silent(atlas: Atlas) -> tuple[str, ...]:
    """Return which mechanisms have no group listed, so that nothing of theirs counts."""
    ids = ", ".join(mechanism.id for mechanism in atlas.covered if atlas.is_silent(mechanism, "groups"))
    told = _("The source lists no groups for {ids}: silence, not a statement that there are none.")
    return (told.format(ids=ids),) if ids else ()


def rows(gaps: Gaps, _atlas: Atlas) -> Rows:
    """Return each theme on which a country sits in no group, with each mechanism that would seat it, one a row."""
    return tidy("as_of code country theme theme_label mechanism", _cells(gaps), as_of=gaps.as_of)


def _cells(gaps: Gaps) -> Iterator[dict[str, Cell]]:
    for country in gaps.countries:
        for gap in country.gaps:
            cells = {"code": country.code, "country": country.name, "theme": gap.id, "theme_label": gap.label}
            for id_ in gap.mechanisms or (None,):
                yield {**cells, "mechanism": id_}
