"""The page on the fewest mechanisms that reach all that is asked for, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.questions.cover import EXACT_UP_TO, Cover
from govmap.rows import Rows, tidy

EXACT = N_(
    "Every combination was tried, the smallest first: these are all the best answers (up to {limit} mechanisms)."
)
GREEDY = N_("More than {limit} mechanisms: the one that adds most was taken each time, so a smaller set may exist.")


def page(cover: Cover, atlas: Atlas) -> Page:
    """Return the page on the smallest sets of mechanisms."""
    return blocks.make_page(
        _title(cover, atlas),
        f"{words.mechanisms(cover.size)}, {as_of(cover.as_of)}",
        _smallest_sets(cover),
        _unreached(cover, atlas),
        *blocks.caution_and_changes(cover),
        Lines(_("How"), (_(EXACT if cover.exact else GREEDY).format(limit=EXACT_UP_TO),)),
    )


def _title(cover: Cover, atlas: Atlas) -> str:
    reached = len(cover.wanted) - len(cover.unreachable)
    if cover.kind == "theme":
        return words.counted(
            "The fewest mechanisms that reach {n} theme", "The fewest mechanisms that reach {n} themes", reached
        )
    if cover.theme is None:
        return words.counted(
            "The fewest mechanisms that reach {n} country", "The fewest mechanisms that reach {n} countries", reached
        )
    return words.counted(
        "The fewest mechanisms with a group on {theme} that reach {n} country",
        "The fewest mechanisms with a group on {theme} that reach {n} countries",
        reached,
        theme=atlas.themes[cover.theme].label,
    )


def _smallest_sets(cover: Cover) -> Table:
    rows = [(place, ", ".join(ids)) for place, ids in enumerate(cover.solutions, 1)]
    headings = (number(_("No.")), _("Mechanisms"))
    return table(_("Smallest sets"), headings, rows, empty=_("No mechanism reaches any"))


def _unreached(cover: Cover, atlas: Atlas) -> Lines:
    if cover.kind == "theme":
        names = words.theme_labels(atlas, cover.unreachable)
    else:
        names = words.name_list(atlas.countries[code].name for code in cover.unreachable)
    return Lines(_("Reached by none ({n})").format(n=len(cover.unreachable)), (names or _("none"),))


def rows(cover: Cover, _atlas: Atlas) -> Rows:
    """Return each mechanism of each smallest set, and what none of them reaches, one a row."""
    asked = f"theme {cover.theme}" if cover.theme else f"every {cover.kind}"
    columns = f"asked as_of fact solution mechanism {cover.kind}"
    return tidy(columns, _cells(cover), asked=asked, as_of=cover.as_of)


def _cells(cover: Cover) -> Iterator[cells.Cells]:
    for number_, ids in enumerate(cover.solutions, 1):
        for id_ in ids:
            yield {"fact": "in a smallest set", "solution": number_, "mechanism": id_}
    for item in cover.unreachable:
        yield {"fact": "reached by none", cover.kind: item}
