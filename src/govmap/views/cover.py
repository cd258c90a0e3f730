"""The page on the fewest mechanisms that reach all that is asked for, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout.page import Lines, Page, Table, columns
from govmap.layout.words import alphabetical, caution_lines, change_lines, mechanisms, theme_labels
from govmap.questions.cover import EXACT_UP_TO, Cover
from govmap.rows import Cell, Rows, tidy

EXACT = N_(
    "Every combination was tried, the smallest first: these are all the best answers (up to {limit} mechanisms)."
)
GREEDY = N_("More than {limit} mechanisms: the one that adds most was taken each time, so a smaller set may exist.")


def page(cover: Cover, atlas: Atlas) -> Page:
    """Return the page on the smallest sets of mechanisms."""
    rows = tuple((str(n), ", ".join(ids)) for n, ids in enumerate(cover.solutions, 1))
    return Page(
        _title(cover, atlas),
        f"{mechanisms(cover.size)}, {as_of(cover.as_of)}",
        (
            Table(
                _("Smallest sets"),
                columns(_("No."), _("Mechanisms"), numbers=(_("No."),)),
                rows,
                _("No mechanism reaches any"),
            ),
            Lines(_("Reached by none ({n})").format(n=len(cover.unreachable)), (_unreached(cover, atlas),)),
            *caution_lines(cover.caution),
            *change_lines(cover.as_of, cover.changes),
            Lines(_("How"), (_(EXACT if cover.exact else GREEDY).format(limit=EXACT_UP_TO),)),
        ),
    )


def _title(cover: Cover, atlas: Atlas) -> str:
    reached = len(cover.wanted) - len(cover.unreachable)
    if cover.kind == "theme":
        title = ngettext(
            "The fewest mechanisms that reach {n} theme", "The fewest mechanisms that reach {n} themes", reached
        )
        return title.format(n=reached)
    if cover.theme is None:
        title = ngettext(
            "The fewest mechanisms that reach {n} country", "The fewest mechanisms that reach {n} countries", reached
        )
        return title.format(n=reached)
    title = ngettext(
        "The fewest mechanisms with a group on {theme} that reach {n} country",
        "The fewest mechanisms with a group on {theme} that reach {n} countries",
        reached,
    )
    return title.format(n=reached, theme=atlas.themes[cover.theme].label)


def _unreached(cover: Cover, atlas: Atlas) -> str:
    if cover.kind == "theme":
        return theme_labels(atlas, cover.unreachable) or _("none")
    return ", ".join(alphabetical(atlas.countries[code].name for code in cover.unreachable)) or _("none")


def rows(cover: Cover, _atlas: Atlas) -> Rows:
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
