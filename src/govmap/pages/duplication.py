"""The page of all themes by how much is done twice."""

from __future__ import annotations

from govmap.dates import spoken
from govmap.pages.page import Lines, Page, Table, columns
from govmap.pages.words import caution_lines
from govmap.queries.duplication import Duplication

DEFINITION = (
    "Seats: each country counted once for each mechanism with a group on the theme that lists it",
    "Repeated: seats beyond a country's first, so seats less countries",
    "Index: repeated seats divided by seats; 0 where no country meets the theme twice",
)


def duplication_page(duplication: Duplication) -> Page:
    """Return the page that ranks all themes."""
    rows = tuple(
        (
            row.label,
            str(row.groups),
            ", ".join(row.mechanisms),
            str(row.seats),
            str(row.countries),
            str(row.repeated_seats),
            f"{row.duplication:.2f}",
        )
        for row in duplication.themes
    )
    numbers = ("Groups", "Seats", "Countries", "Repeated", "Index")
    headings = columns("Theme", "Groups", "Mechanisms", "Seats", "Countries", "Repeated", "Index", numbers=numbers)
    several = sum(len(row.mechanisms) > 1 for row in duplication.themes)
    subtitle = f"{len(rows)} themes with a group, {several} of them in more than one mechanism"
    return Page(
        "Themes by how much is done twice",
        f"{subtitle}, as of {spoken(duplication.as_of)}",
        (
            Table("Themes", headings, rows),
            *caution_lines(duplication.caution),
            Lines("What the columns count", DEFINITION),
        ),
    )
