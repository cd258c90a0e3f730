"""The page of a validation, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govmap.atlas import Atlas
from govmap.grouping import group_by
from govmap.language import _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page
from govmap.questions.validate import Finding, Validation
from govmap.rows import Rows, tidy
from govmap.texts import labelled, printable

KEYS = "file line column message"


def page(validation: Validation, _atlas: Atlas | None) -> Page:
    """Return the page with the errors and the warnings of each file, each with its place as editors write it."""
    verdict = _("The data in {path} is valid") if validation.valid else _("The data in {path} is not valid")
    return blocks.make_page(
        verdict.format(path=printable(validation.path)),
        f"{_errors(len(validation.errors))}, {_warnings(len(validation.warnings))}",
        *_by_file(validation.errors, _errors),
        *_by_file(validation.warnings, _warnings),
    )


def _errors(number: int) -> str:
    return words.counted("{n} error", "{n} errors", number)


def _warnings(number: int) -> str:
    return words.counted("{n} warning", "{n} warnings", number)


def _by_file(findings: tuple[Finding, ...], in_words: Callable[[int], str]) -> Iterator[Lines]:
    for file, found in group_by(findings, lambda finding: finding.file).items():
        places = tuple(f"{file}:{f.line}:{f.column}: {f.message}" for f in found)
        yield Lines(labelled(file, in_words(len(found))), places, exact=True)


def rows(validation: Validation, _atlas: Atlas | None) -> Rows:
    """Return each error and each warning, one a row."""
    facts = [
        *({"fact": "error", **cells.pick(error, KEYS)} for error in validation.errors),
        *({"fact": "warning", **cells.pick(warning, KEYS)} for warning in validation.warnings),
    ]
    return tidy(f"asked fact {KEYS}", facts, asked=validation.path)
