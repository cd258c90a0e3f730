"""The page of all themes by how much is done twice, and its rows."""

from __future__ import annotations

from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout.page import Lines, Page, Table, columns
from govmap.layout.words import caution_lines, change_lines
from govmap.questions.overlap import Duplication
from govmap.rows import Rows, tidy
from govmap.texts import decimal

DEFINITION = (
    N_("Seats: each country counted once for each mechanism with a group on the theme that lists it"),
    N_("Repeated: seats beyond a country's first, so seats less countries"),
    N_("Index: repeated seats divided by seats; 0 where no country meets the theme twice"),
)


def page(duplication: Duplication) -> Page:
    """Return the page that ranks all themes."""
    cells = tuple(
        (
            row.label,
            str(row.groups),
            ", ".join(row.mechanisms),
            str(row.seats),
            str(row.countries),
            str(row.repeated_seats),
            decimal(row.duplication),
        )
        for row in duplication.themes
    )
    groups, *numbers = (_("Groups"), _("Seats"), _("Countries"), _("Repeated"), _("Index"))
    headings = columns(_("Theme"), groups, _("Mechanisms"), *numbers, numbers=(groups, *numbers))
    several = sum(len(row.mechanisms) > 1 for row in duplication.themes)
    subtitle = ngettext(
        "{n} theme with a group, {several} in more than one mechanism, {as_of}",
        "{n} themes with a group, {several} of them in more than one mechanism, {as_of}",
        len(cells),
    )
    return Page(
        _("Themes by how much is done twice"),
        subtitle.format(n=len(cells), several=several, as_of=as_of(duplication.as_of)),
        (
            Table(_("Themes"), headings, cells),
            *caution_lines(duplication.caution),
            *change_lines(duplication.as_of, duplication.changes),
            Lines(_("What the columns count"), tuple(map(_, DEFINITION))),
        ),
    )


def rows(duplication: Duplication) -> Rows:
    """Return the numbers of each theme, one theme a row."""
    numbers = ("groups", "seats", "countries", "repeated_seats", "duplication")
    facts = (
        {
            "theme": row.id,
            "theme_label": row.label,
            "mechanisms": len(row.mechanisms),
            **{key: getattr(row, key) for key in numbers},
        }
        for row in duplication.themes
    )
    names = "as_of theme theme_label groups mechanisms seats countries repeated_seats duplication"
    return tidy(names, facts, as_of=duplication.as_of)
