"""The page of a validation, and its rows."""

from __future__ import annotations

from collections.abc import Callable

from govmap.atlas import Atlas
from govmap.language import _, ngettext
from govmap.layout.page import Lines, Page
from govmap.questions.validate import Finding, Validation
from govmap.rows import Cell, Rows, tidy
from govmap.texts import printable


def page(validation: Validation, _atlas: Atlas | None) -> Page:
    """Return the page with the errors and the warnings of each file, each with its place as editors write it."""
    counted = f"{_errors(len(validation.errors))}, {_warnings(len(validation.warnings))}"
    blocks = [
        block
        for counting, findings in ((_errors, validation.errors), (_warnings, validation.warnings))
        for block in _by_file(counting, findings)
    ]
    verdict = _("The data in {path} is valid") if validation.valid else _("The data in {path} is not valid")
    return Page(verdict.format(path=printable(validation.path)), counted, tuple(blocks))


def _errors(number: int) -> str:
    return ngettext("{n} error", "{n} errors", number).format(n=number)


def _warnings(number: int) -> str:
    return ngettext("{n} warning", "{n} warnings", number).format(n=number)


def _by_file(counting: Callable[[int], str], findings: tuple[Finding, ...]) -> list[Lines]:
    files = dict.fromkeys(finding.file for finding in findings)
    return [
        Lines(
            f"{file}: {counting(sum(f.file == file for f in findings))}",
            tuple(f"{f.file}:{f.line}:{f.column}: {f.message}" for f in findings if f.file == file),
            exact=True,
        )
        for file in files
    ]


def rows(validation: Validation, _atlas: Atlas | None) -> Rows:
    """Return each error and each warning, one a row."""
    facts: list[dict[str, Cell]] = [
        {"fact": fact, "file": f.file, "line": f.line, "column": f.column, "message": f.message}
        for fact, findings in (("error", validation.errors), ("warning", validation.warnings))
        for f in findings
    ]
    return tidy("asked fact file line column message", facts, asked=validation.path)
