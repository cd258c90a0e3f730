"""Everything that is wrong with a dataset, in one run, and what is most likely not meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govmap.calls import Call
from govmap.dataset.own import inspect_own
from govmap.dataset.problems import Problem
from govmap.declaration import DATA, Path, question
from govmap.errors import DataError, GovmapError, UsageError
from govmap.language import _, ngettext
from govmap.records import Answer, Result

if TYPE_CHECKING:
    from govmap.atlas import Atlas


class Finding(Result, frozen=True):
    """One thing that is wrong, or in doubt: where it stands (from line 1, column 1), and what to write instead."""

    file: str
    line: int
    column: int
    message: str


class Validation(Answer, frozen=True):
    """The answer to `validate PATH`; `valid` is whether govmap answers from it."""

    path: str
    valid: bool
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


@question(DATA, "our-data", shows_failures=True)
def validate(path: Path | None = None, *, data: Path | None = None, strict: bool = False) -> Validation:
    """Check a dataset and suggest fixes.

    Args:
        path: A dataset: a folder, or a mechanisms file.
        data: The same, as an option.
        strict: Treat warnings as errors.

    Raises:
        DataError: There is nothing there that could be read.
        UsageError: No dataset is named, or two.

    """
    if (path is None) == (data is None):
        message = _("Name one dataset, by its path or with --data")
        raise UsageError(message, (Call("validate", data=data) if data else Call("schema", "dataset"),))
    path = path or data or ""
    errors, warnings = inspect_own(path)
    return Validation(path, not errors, tuple(map(_finding, errors)), tuple(map(_finding, warnings)))


def failure(found: Validation, _atlas: Atlas | None, *, strict: bool = False) -> GovmapError | None:
    """Return that anything is wrong, or, where it is taken *strict*, in doubt."""
    wrong = len(found.errors) + (len(found.warnings) if strict else 0)
    if not wrong:
        return None
    message = ngettext("Invalid data in {path}: {n} problem", "Invalid data in {path}: {n} problems", wrong)
    return DataError(message.format(path=found.path, n=wrong))


def _finding(problem: Problem) -> Finding:
    return Finding(problem.file, problem.position.line, problem.position.column, problem.text)
