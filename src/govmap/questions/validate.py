"""Everything that is wrong with a dataset, in one run, and what is most likely not meant."""

from __future__ import annotations

import os

from govmap.dataset.own import inspect_own
from govmap.dataset.problems import Problem
from govmap.records import Result


class Finding(Result, frozen=True):
    """One thing that is wrong, or in doubt: where it stands (from line 1, column 1), and what to write instead."""

    file: str
    line: int
    column: int
    message: str


class Validation(Result, frozen=True):
    """The answer to `validate PATH`; `valid` is whether govmap answers from it."""

    path: str
    valid: bool
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def validate_data(path: str | os.PathLike[str]) -> Validation:
    """Return what is wrong with the dataset in the folder (or mechanisms file) at *path*.

    Raises:
        DataError: There is nothing there that could be read.

    """
    shown = os.fspath(path)
    errors, warnings = inspect_own(shown)
    return Validation(shown, not errors, tuple(map(_finding, errors)), tuple(map(_finding, warnings)))


def _finding(problem: Problem) -> Finding:
    return Finding(problem.file, problem.place.line, problem.place.column, problem.text)
