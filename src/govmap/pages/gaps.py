"""The page of gaps and its rows: countries and the themes on which they sit in no group."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Block, Lines, Page, Table, View, columns
from govmap.pages.words import caution_lines, count
from govmap.queries.gaps import CountryGaps, Gaps
from govmap.rows import Cell, Rows, tidy

ONE_BY_ONE = "The themes of one country: govmap gaps --country NAME"
MEANING = "A country sits in a group when a mechanism with a group on the theme lists it; not every one attends each."


def gaps_view(gaps: Gaps, atlas: Atlas) -> View:
    """Return the page and the rows of gaps."""
    return View(lambda: gaps_page(gaps, atlas), lambda: gaps_rows(gaps))


def gaps_page(gaps: Gaps, atlas: Atlas) -> Page:
    """Return the page on one country, on few themes, or on all of both in numbers."""
    subtitle = f"{count(len(gaps.themes), 'theme', 'themes')} asked for, as of {spoken(gaps.as_of)}"
    block: Block
    hints: tuple[str, ...] = ()
    if len(gaps.countries) == 1:
        title, block = f"Themes on which {gaps.countries[0].name} sits in no group", _of_country(gaps.countries[0])
    elif len(gaps.themes) < len(atlas.groups_by_theme):
        labels = sorted((atlas.themes[id_].label for id_ in gaps.themes), key=str.casefold)
        title, block = f"Countries that no group reaches on {' or on '.join(labels)}", _of_theme(gaps)
    else:
        title, block = "On how many themes each country sits in no group", _in_numbers(gaps)
        hints = (ONE_BY_ONE,)
    return Page(
        title, subtitle, (block, *caution_lines(gaps.caution), Lines("Note", (*hints, MEANING, *_silent(atlas))))
    )


def _of_country(country: CountryGaps) -> Table:
    rows = tuple(
        (gap.label, ", ".join(gap.mechanisms) or "no group works on it")
        for gap in sorted(country.gaps, key=lambda gap: gap.label.casefold())
    )
    title = f"{count(len(rows), 'gap', 'gaps')}; it sits in a group on {country.seated}"
    return Table(title, columns("Theme", "Would be seated by"), rows, "It sits in a group on each of them")


def _of_theme(gaps: Gaps) -> Table:
    lacking = [country for country in gaps.countries if country.gaps]
    rows = tuple((c.code, c.name, ", ".join(gap.label for gap in c.gaps)) for c in lacking)
    return Table(f"Countries ({len(rows)})", columns("Code", "Country", "Theme"), rows, "Each country is reached")


def _in_numbers(gaps: Gaps) -> Table:
    rows = tuple((c.code, c.name, str(c.seated), str(len(c.gaps))) for c in gaps.countries)
    headings = columns("Code", "Country", "In a group", "In none", numbers=("In a group", "In none"))
    return Table("Countries, most gaps first", headings, rows)


def _silent(atlas: Atlas) -> tuple[str, ...]:
    """Return which mechanisms have no group listed, so that nothing of theirs counts."""
    ids = ", ".join(mechanism.id for mechanism in atlas.covered if not mechanism.groups)
    return (f"The source lists no groups for {ids}: silence, not a statement that there are none.",) if ids else ()


def gaps_rows(gaps: Gaps) -> Rows:
    """Return each theme on which a country sits in no group, with each mechanism that would seat it, one a row."""
    return tidy("as_of code country theme theme_label mechanism", _cells(gaps), as_of=gaps.as_of)


def _cells(gaps: Gaps) -> Iterator[dict[str, Cell]]:
    for country in gaps.countries:
        for gap in country.gaps:
            cells = {"code": country.code, "country": country.name, "theme": gap.id, "theme_label": gap.label}
            for id_ in gap.mechanisms or (None,):
                yield {**cells, "mechanism": id_}
