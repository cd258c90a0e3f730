"""The page on the fewest mechanisms that reach all that is asked for, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.language import _, ngettext
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, number, table
from govmap.questions.cover import Cover
from govmap.rows import Rows, tidy
from govmap.texts import comma_list


def page(cover: Cover, atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page on the smallest sets of mechanisms."""
    if cover.exact:
        how = _("All combinations that can be the smallest were tried: these are all the best answers.")
        template = ngettext(
            "{n} mechanism covers {reached} of {wanted}; sets of that size: {best}.",
            "{n} mechanisms cover {reached} of {wanted}; sets of that size: {best}.",
            cover.size,
        )
    else:
        how = _("There are too many combinations to try: the mechanism that adds most was chosen each time.")
        template = ngettext(
            "{n} mechanism covers {reached} of {wanted}; a smaller set may exist.",
            "{n} mechanisms cover {reached} of {wanted}; a smaller set may exist.",
            cover.size,
        )
    wanted, best = len(cover.wanted), len(cover.solutions)
    answer = template.format(n=cover.size, reached=wanted - len(cover.unreachable), wanted=wanted, best=best)
    sets = [(place, comma_list(ids)) for place, ids in enumerate(cover.solutions, 1)]
    missed = [id_ for id_ in cover.unreachable if id_ not in cover.themes_unknown]
    if cover.theme:
        not_reached = blocks.left_out(_("Not reached"), missed, atlas)
    else:
        labels = (atlas.themes[i].label if cover.kind == "theme" else atlas.countries[i].name for i in missed)
        not_reached = blocks.names_of(_("Not reached"), labels)
    not_shown = blocks.groups_not_in_lists(atlas, (cover.theme,) if cover.theme else ())
    return blocks.make_page(
        _title(cover, atlas),
        blocks.sentences(answer, not_shown, blocks.since_then(cover, full=full)),
        table("", (number(_("No.")), _("Mechanisms")), sets, empty=_("No mechanism covers any")),
        blocks.facts(not_reached, *blocks.not_known([atlas.countries[code].name for code in cover.themes_unknown])),
        blocks.lines("", blocks.unclear(cover.unclear, atlas)),
        *(blocks.changes(cover) if full else ()),
        Lines(_("How"), (how,)) if full else None,
        of=cover,
        more=blocks.more(_("method"), _("changes")),
    )


def _title(cover: Cover, atlas: Atlas) -> str:
    reached = len(cover.wanted) - len(cover.unreachable)
    if not cover.exact:
        return _("Few mechanisms that cover as much as possible, found one by one")
    if cover.kind == "theme":
        return words.counted(
            "The fewest mechanisms that cover {n} theme", "The fewest mechanisms that cover {n} themes", reached
        )
    if cover.theme is None:
        return words.counted(
            "The fewest mechanisms that cover {n} country", "The fewest mechanisms that cover {n} countries", reached
        )
    return words.counted(
        "The fewest mechanisms with a group on {theme} that cover {n} country",
        "The fewest mechanisms with a group on {theme} that cover {n} countries",
        reached,
        theme=atlas.themes[cover.theme].label,
    )


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
        fact = "not known" if item in cover.themes_unknown else "reached by none"
        yield {"fact": fact, cover.kind: item}
        for id_ in cover.unclear.get(item, ()):
            yield {"fact": "unclear", "mechanism": id_, cover.kind: item}
