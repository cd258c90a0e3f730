"""The page on the fewest mechanisms that reach all that is asked for."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Lines, Page, Table, columns
from govmap.pages.words import caution_lines, count, theme_labels
from govmap.queries.cover import EXACT_UP_TO, Cover

EXACT = (
    f"Every combination was tried, the smallest first: these are all the best answers (up to {EXACT_UP_TO} mechanisms)."
)
GREEDY = f"More than {EXACT_UP_TO} mechanisms: the one that adds most was taken each time, so a smaller set may exist."


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
