"""The page of the issues of the source's agenda, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout import blocks, cells
from govmap.layout.page import Lines, Page, Table, number, table_of
from govmap.questions.issues import Issues
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, in_series, labelled

COLUMNS = "as_of issue issue_label theme theme_label mechanism number group"


def page(found: Issues, _atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page with what nobody works on in a sentence, then each issue."""
    answer, labels = _("A group works on each of them"), [row.label for row in found.issues if not row.mechanisms]
    if labels:
        answer = _("No group works on: {issues}").format(issues=in_series(labels))
    counted = _("A group works on an issue if it has one of its themes or a narrower one")
    meaning = _("The themes of each issue are this dataset's choice")
    return blocks.make_page(
        _("The issues of the source's agenda, and who works on them"),
        blocks.sentences(f"{answer}.", blocks.since_then(found, full=full)),
        _issues(found),
        Lines("", (counted,)),
        *((_themes(found), *blocks.changes(found), blocks.notes(meaning)) if full else ()),
        of=found,
        more=blocks.more(_("themes"), _("groups"), _("changes"), _("notes")),
    )


def _issues(found: Issues) -> Table:
    return table_of(
        "",
        found.issues,
        (number(_("No.")), lambda row: row.number),
        (_("Issue"), lambda row: row.label),
        (_("Mechanisms"), lambda row: comma_list(row.mechanisms) or _("none")),
        (number(_("Groups")), lambda row: len(row.groups) or ""),
        (number(_("Countries")), lambda row: row.countries or ""),
        (_("Other bodies"), lambda row: comma_list(row.other_bodies)),
    )


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
            values = {**here, **cells.theme(theme)}
            working = [group for group in row.groups if theme.id in group.themes]
            for group in working:
                yield {**values, **cells.pick(group, "mechanism number group=name")}
            if not working:
                yield values
