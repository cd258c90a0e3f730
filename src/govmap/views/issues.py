"""The page of the issues of the source's agenda, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.language import N_, _
from govmap.layout import blocks, cells
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.questions.issues import Issues
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, in_series, labelled

COUNTED = N_("A group works on an issue if it has one of its themes or a narrower one")
MEANING = N_("The themes of each issue are this dataset's choice")
COLUMNS = "as_of issue issue_label theme theme_label mechanism number group"


def page(found: Issues, _atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page with what nobody works on in a sentence, then each issue."""
    answer, labels = _("A group works on each of them"), [row.label for row in found.issues if not row.mechanisms]
    if labels:
        answer = _("No group works on: {issues}").format(issues=in_series(labels))
    return blocks.make_page(
        _("The issues of the source's agenda, and who works on them"),
        blocks.sentences(f"{answer}.", blocks.since_then(found, full=full)),
        _issues(found),
        Lines("", (_(COUNTED),)),
        *((_themes(found), *blocks.changes(found), Lines(_("Note"), (_(MEANING),))) if full else ()),
        of=found,
        more=blocks.more(_("themes"), _("groups"), _("changes"), _("notes")),
    )


def _issues(found: Issues) -> Table:
    rows = [
        (
            row.number,
            row.label,
            comma_list(row.mechanisms) or _("none"),
            len(row.groups) or "",
            row.countries or "",
            comma_list(row.other_bodies),
        )
        for row in found.issues
    ]
    headings = (
        number(_("No.")),
        _("Issue"),
        _("Mechanisms"),
        number(_("Groups")),
        number(_("Countries")),
        _("Other bodies"),
    )
    return table("", headings, rows, skip_empty=True)


def _themes(found: Issues) -> Lines:
    """Return which themes each issue has, and which groups work on one of them."""
    lines = []
    for row in found.issues:
        themes = in_series(theme.label for theme in row.themes)
        groups = comma_list(f"{group.mechanism} {group.number}" for group in row.groups)
        lines.append(labelled(f"{row.number} {row.label}", f"{themes} ({groups})" if groups else themes))
    return Lines(_("Themes"), tuple(lines))


def rows(found: Issues, atlas: Atlas) -> Rows:
    """Return each theme of an issue with each group that works on it, one a row."""
    return tidy(COLUMNS, _cells(found, atlas), as_of=found.as_of)


def _cells(found: Issues, atlas: Atlas) -> Iterator[cells.Cells]:
    for row in found.issues:
        here: cells.Cells = {"issue": row.number, "issue_label": row.label}
        for theme in row.themes:
            working = [group for group in row.groups if theme.id in group.themes]
            values: list[cells.Cells] = [
                {"mechanism": g.mechanism, "number": g.number, "group": g.name} for g in working
            ]
            for value in values or [{}]:
                yield {**here, **cells.theme(theme), **value}
