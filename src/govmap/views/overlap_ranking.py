"""The page that ranks all themes by how much is done twice, and its rows."""

from __future__ import annotations

from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout.blocks import caution_and_changes, make_page
from govmap.layout.cells import pick
from govmap.layout.page import Lines, Page
from govmap.layout.tables import column, number, table
from govmap.layout.words import counted
from govmap.questions.overlap import Duplication
from govmap.rows import Rows, tidy
from govmap.texts import decimal

DEFINITIONS = (
    N_("Seats: each country counted once for each mechanism with a group on the theme that lists it"),
    N_("Repeated: seats beyond a country's first, so seats less countries"),
    N_("Index: repeated seats divided by seats; 0 where no country meets the theme twice"),
)


def page(duplication: Duplication) -> Page:
    """Return the page that ranks all themes."""
    subtitle = counted(
        "{n} theme with a group, {several} in more than one mechanism, {as_of}",
        "{n} themes with a group, {several} of them in more than one mechanism, {as_of}",
        len(duplication.themes),
        several=sum(len(theme.mechanisms) > 1 for theme in duplication.themes),
        as_of=as_of(duplication.as_of),
    )
    ranking = table(
        _("Themes"),
        duplication.themes,
        column(_("Theme"), lambda theme: theme.label),
        number(_("Groups"), lambda theme: theme.groups),
        column(_("Mechanisms"), lambda theme: ", ".join(theme.mechanisms)),
        number(_("Seats"), lambda theme: theme.seats),
        number(_("Countries"), lambda theme: theme.countries),
        number(_("Repeated"), lambda theme: theme.repeated_seats),
        number(_("Index"), lambda theme: decimal(theme.duplication)),
    )
    definitions = Lines(_("What the columns count"), tuple(map(_, DEFINITIONS)))
    title = _("Themes by how much is done twice")
    return make_page(title, subtitle, ranking, *caution_and_changes(duplication), definitions)


def rows(duplication: Duplication) -> Rows:
    """Return the numbers of each theme, one theme a row."""
    numbers = "groups seats countries repeated_seats duplication"
    facts = (
        {"theme": theme.id, "theme_label": theme.label, "mechanisms": len(theme.mechanisms), **pick(theme, numbers)}
        for theme in duplication.themes
    )
    columns = "as_of theme theme_label groups mechanisms seats countries repeated_seats duplication"
    return tidy(columns, facts, as_of=duplication.as_of)
