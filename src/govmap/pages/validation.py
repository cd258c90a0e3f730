"""The page of a validation, and its rows."""

from __future__ import annotations

from govmap.pages.page import Lines, Page, View
from govmap.pages.words import count
from govmap.queries.validation import Finding, Validation
from govmap.rows import Cell, Rows, tidy
from govmap.texts import printable


def validation_view(validation: Validation) -> View:
    """Return the page and the rows of a validation."""
    return View(lambda: validation_page(validation), lambda: validation_rows(validation))


def validation_page(validation: Validation) -> Page:
    """Return the page with the errors and the warnings of each file, each with its place as editors write it."""
    counted = f"{_errors(validation)}, {count(len(validation.warnings), 'warning', 'warnings')}"
    blocks = [
        block
        for name, findings in (("error", validation.errors), ("warning", validation.warnings))
        for block in _by_file(name, findings)
    ]
    verdict = "is valid" if validation.valid else "is not valid"
    return Page(f"The data in {printable(validation.path)} {verdict}", counted, tuple(blocks))


def _errors(validation: Validation) -> str:
    return count(len(validation.errors), "error", "errors")


def _by_file(name: str, findings: tuple[Finding, ...]) -> list[Lines]:
    files = dict.fromkeys(finding.file for finding in findings)
    return [
        Lines(
            f"{file}: {count(sum(f.file == file for f in findings), name, f'{name}s')}",
            tuple(f"{f.file}:{f.line}:{f.column}: {f.message}" for f in findings if f.file == file),
            exact=True,
        )
        for file in files
    ]


def validation_rows(validation: Validation) -> Rows:
    """Return each error and each warning, one a row."""
    facts: list[dict[str, Cell]] = [
        {"fact": fact, "file": f.file, "line": f.line, "column": f.column, "message": f.message}
        for fact, findings in (("error", validation.errors), ("warning", validation.warnings))
        for f in findings
    ]
    return tidy("asked fact file line column message", facts, asked=validation.path)
