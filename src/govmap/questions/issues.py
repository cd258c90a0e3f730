"""The issues of the source's agenda against what exists: who works on each, and on which nobody does."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.neighbours import nobody_works_on, within_issue
from govmap.atlas import Atlas
from govmap.declaration import ANALYSE, question
from govmap.errors import GovmapError, NoAnswerError
from govmap.language import _
from govmap.model import Category
from govmap.parts.changes import changes_in
from govmap.records import AnswerWithChanges, Basis, Result, ThemeRef


class GroupOnIssue(Result, frozen=True):
    """A group that works on one of the themes of an issue."""

    mechanism: str
    number: int
    name: str
    themes: tuple[str, ...]


class IssueRow(Result, frozen=True):
    """One of the issues of the source, with the themes that stand for it, those below them, and who works on them.

    `countries` is how many countries sit in one of the mechanisms. `mechanisms` is empty where nobody works on it.
    `other_bodies` are not of the source of the dataset, and count in nothing else.
    """

    number: int
    label: str
    themes: tuple[ThemeRef, ...]
    mechanisms: tuple[str, ...]
    groups: tuple[GroupOnIssue, ...]
    countries: int
    other_bodies: tuple[str, ...]


class Issues(AnswerWithChanges, frozen=True):
    """The answer to `issues`: every issue in the order of the source; `open` are those on which nobody works."""

    as_of: str
    issues: tuple[IssueRow, ...]
    open: tuple[int, ...]


@question(ANALYSE, "")
def issues(atlas: Atlas) -> Issues:
    """Show who works on each issue of the source's agenda, and which issues nobody works on.

    >>> import govmap
    >>> govmap.issues(govmap.load()).open
    (1, 3, 8)
    """
    rows = tuple(_row(atlas, issue) for issue in atlas.context.categories)
    happened = changes_in(atlas, {id_ for row in rows for id_ in row.mechanisms}, parts=("groups",), with_new=True)
    nobody = tuple(row.number for row in rows if not row.mechanisms)
    return Issues(atlas.as_of, rows, nobody, caution=atlas.caution, changes=happened)


def rests_on(found: Issues, atlas: Atlas) -> Iterator[Basis]:
    """Yield the groups on the themes of the issues, those of other bodies too."""
    themes = dict.fromkeys(theme.id for row in found.issues for theme in row.themes)
    yield from Basis.groups(atlas, themes)
    for theme in themes:
        for body in atlas.out_of_scope_on(theme):
            yield from (Basis(body.id, "groups", group.number) for group in body.groups if theme in group.themes)


def failure(found: Issues, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer on a date without mechanisms, or where the data have no such agenda."""
    if not any(map(atlas.is_worked_on, atlas.themes)):
        return nobody_works_on(atlas, ())
    return None if found.issues else NoAnswerError(_("The data have no categories of issues"), ())


def _row(atlas: Atlas, issue: Category) -> IssueRow:
    themes = within_issue(atlas, issue)
    groups = {
        (mechanism.id, group.number, group.name): GroupOnIssue.from_record(
            group, mechanism=mechanism.id, themes=tuple(sorted(group.themes))
        )
        for theme in themes
        for mechanism, group in atlas.groups_on(theme)
    }
    ids = sorted({group.mechanism for group in groups.values()})
    return IssueRow(
        number=issue.number,
        label=issue.name,
        themes=tuple(ThemeRef.from_record(atlas.themes[id_]) for id_ in themes),
        mechanisms=tuple(ids),
        groups=tuple(groups[key] for key in sorted(groups)),
        countries=len({code for id_ in ids for code in atlas.seats[id_]}),
        other_bodies=tuple(sorted({m.id for theme in themes for m in atlas.out_of_scope_on(theme)})),
    )
