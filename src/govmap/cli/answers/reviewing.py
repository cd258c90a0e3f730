"""The answer on what differs: between two datasets, or between two dates of one."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from govmap.cli.answers.answer import Answer
from govmap.language import _

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.layout.page import View

BUNDLED = "bundled"
CALLS = ("govmap diff bundled our-data", "govmap diff --from 2022-06 --to 2022-10")


class TypedDiff(NamedTuple):
    """What was typed of a difference: two datasets, or the dates of one, or both."""

    before: str | None
    after: str | None
    start: str | None
    end: str | None
    as_of: str | None
    data: str | None
    mechanism: str | None
    exit_code: bool


def diff(typed: TypedDiff) -> Answer:
    """Answer `diff A B` and `diff --from DATE --to DATE`: with `--exit-code` a failure where they differ."""
    from govmap.errors import DifferenceError
    from govmap.questions.diff import compare_datasets

    paths = _paths(typed)
    before, after = _open(paths, (typed.start or typed.as_of, typed.end or typed.as_of))
    limit = _mechanism(before, after, typed.mechanism) if typed.mechanism is not None else None
    found = compare_datasets(before, after, mechanism=limit, called=paths)

    def view() -> View:
        from govmap.views.diff import diff_view

        return diff_view(found)

    if found.equal or not typed.exit_code:
        return Answer(found, view)
    from govmap.views.diff import count_words

    return Answer(
        found, view, DifferenceError(_("They differ: {counts}").format(counts=count_words(found))), shown=True
    )


def _paths(typed: TypedDiff) -> tuple[str, str]:
    """Return the two datasets that are named; raise UsageError where the call does not name two sides."""
    from govmap.errors import UsageError

    dated = typed.start is not None or typed.end is not None
    if dated and typed.as_of is not None:
        raise UsageError(_("--as-of is one date for both; --from and --to are two: give the one or the others"), CALLS)
    if typed.before is None:
        if not dated:
            raise UsageError(_("diff needs two datasets, or two dates of one"), CALLS)
        path = typed.data if typed.data is not None else BUNDLED
        return path, path
    if typed.data is not None and typed.data != os.environ.get("GOVMAP_DATA"):
        raise UsageError(_("The datasets are named already, so --data names none"), CALLS)
    if typed.after is None and not dated:
        raise UsageError(_("diff needs two datasets, or two dates of one"), (f"govmap diff bundled {typed.before}",))
    return typed.before, typed.after if typed.after is not None else typed.before


def _open(paths: tuple[str, str], dates: tuple[str | None, str | None]) -> tuple[Atlas, Atlas]:
    """Return the two sides; where one has a date, the other has that of its data. A dataset is read once."""
    from govmap.cli.atlas import open_atlas, read_date
    from govmap.errors import UsageError

    opened = {path: open_atlas(None if path == BUNDLED else path, None) for path in dict.fromkeys(paths)}
    before, after = (opened[path] for path in paths)
    if dates == (None, None):
        return before, after
    try:
        start, end = (
            atlas.at(atlas.as_of if date is None else read_date(date))
            for atlas, date in zip((before, after), dates, strict=True)
        )
    except UsageError as error:  # which would offer --as-of
        raise UsageError(error.message, CALLS[1:]) from error
    return start, end


def _mechanism(before: Atlas, after: Atlas, typed: str) -> str:
    """Return the id of the mechanism that *typed* names in either; the error is that of the later one."""
    from govmap.errors import NotFoundError

    try:
        return after.mechanism_of_any_date(typed).id
    except NotFoundError:
        if len(before.mechanism_names.exact(typed)) == 1:
            return before.mechanism_of_any_date(typed).id
        raise
