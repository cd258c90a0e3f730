"""The page on the fewest mechanisms that reach all that is asked for, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Lines, Page, Table, View, columns
from govmap.pages.words import caution_lines, count, theme_labels
from govmap.queries.cover import EXACT_UP_TO, Cover
from govmap.rows import Cell, Rows, tidy

EXACT = (
    f"Every combination was tried, the smallest first: these are all the best answers (up to {EXACT_UP_TO} mechanisms)."
)
GREEDY = f"More than {EXACT_UP_TO} mechanisms: the one that adds most was taken each time, so a smaller set may exist."


def cover_view(cover: Cover, atlas: Atlas) -> View:
    """Return the page and the rows of a cover."""
    return View(lambda: cover_page(cover, atlas), lambda: cover_rows(cover))


def cover_page(cover: Cover, atlas: Atlas) -> Page:
    """Return the page on the smallest sets of mechanisms."""
    things = ("country", "countries") if cover.kind == "country" else ("theme", "themes")
    reached = len(cover.wanted) - len(cover.unreachable)
    theme = f" with a group on {atlas.themes[cover.theme].label}" if cover.theme else ""
    rows = tuple((str(n), ", ".join(ids)) for n, ids in enumerate(cover.solutions, 1))
    return Page(
        f"The fewest mechanisms{theme} that reach {count(reached, *things)}",
        f"{count(cover.size, 'mechanism', 'mechanisms')}, as of {spoken(cover.as_of)}",
        (
            Table("Smallest sets", columns("No.", "Mechanisms", numbers=("No.",)), rows, "No mechanism reaches any"),
            Lines(f"Reached by none ({len(cover.unreachable)})", (_unreached(cover, atlas),)),
            *caution_lines(cover.caution),
            Lines("How", (EXACT if cover.exact else GREEDY,)),
        ),
    )


def _unreached(cover: Cover, atlas: Atlas) -> str:
    if cover.kind == "theme":
        return theme_labels(atlas, cover.unreachable) or "none"
    return ", ".join(sorted(atlas.countries[code].name for code in cover.unreachable)) or "none"


def cover_rows(cover: Cover) -> Rows:
    """Return each mechanism of each smallest set, and what none of them reaches, one a row."""
    wanted = f"theme {cover.theme}" if cover.theme else "every country" if cover.kind == "country" else "every theme"
    columns_ = f"asked as_of fact solution mechanism {cover.kind}"
    return tidy(columns_, _cells(cover), asked=wanted, as_of=cover.as_of)


def _cells(cover: Cover) -> Iterator[dict[str, Cell]]:
    for number, ids in enumerate(cover.solutions, 1):
        for id_ in ids:
            yield {"fact": "in a smallest set", "solution": number, "mechanism": id_}
    for item in cover.unreachable:
        yield {"fact": "reached by none", cover.kind: item}
