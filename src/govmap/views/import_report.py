"""The page of an import report."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.calls import Call
from govmap.importing.columns import ROLES
from govmap.importing.countries import CODES
from govmap.importing.report import ImportReport, Merger, Refusal
from govmap.language import N_, _, ngettext
from govmap.layout.page import Block, Facts, Lines, Page
from govmap.texts import in_series, printable

MOST_LINES = 20  # entries of a list that are shown; the JSON has all
MOST_NUMBERS = 10  # line numbers that an entry shows
KINDS = {"duplicate": N_("the same again"), "overlap": N_("spells that overlap")}


def import_page(report: ImportReport) -> Page:
    """Return the page: what became of the rows, and what the dataset contains."""
    rows = report.rows
    title = ngettext("{file}: {taken} of {n} row taken", "{file}: {taken} of {n} rows taken", rows.read)
    lead = _("Written to {output}") if report.written else _("Nothing was written")
    lists = {
        _("Rows that were not taken"): map(_refusal, report.refused),
        _("Rows that became one"): map(_merger, report.merged),
        _("Countries that the bundled data does not have"): (f"{c.name} ({c.code})" for c in report.new_countries),
        _("Themes that the bundled vocabulary does not have"): map(printable, report.new_themes),
        _("Note"): report.notes,
    }
    blocks: list[Block] = [Facts(tuple(_facts(report)))]
    for heading, lines in lists.items():
        blocks += _list(heading, list(lines))
    if report.written and report.output:
        calls = (Call("validate", report.output), Call("list", "mechanisms", data=report.output))
        blocks.append(Lines(_("Go on with"), tuple(map(str, calls)), exact=True))
    return Page(
        title.format(file=printable(report.file), taken=rows.taken, n=rows.read),
        lead.format(output=printable(report.output or "")),
        tuple(blocks),
    )


def _facts(report: ImportReport) -> Iterator[tuple[str, str]]:
    rows, cells = report.rows, report.cells
    template = _("{read} read: {taken} taken, {merged} merged with others, {refused} refused")
    yield _("Rows"), template.format(read=rows.read, taken=rows.taken, merged=rows.merged, refused=rows.refused)
    if rows.empty:
        yield _("Empty rows"), str(rows.empty)
    if cells:
        template = _("{listed} listed, {none} not, {outside} not in the system of states (-1), {missing} missing (-9)")
        yield (
            _("Cells"),
            template.format(
                listed=cells.listed, none=cells.not_listed, outside=cells.not_in_system, missing=cells.missing
            ),
        )
    yield _("Layout"), report.layout
    yield _("Countries by"), _(CODES[report.codes])
    roles = [(printable(use.column), use.column, use.role) for use in report.columns if use.role in ROLES]
    template = _("{column} as {role}")
    yield (
        _("Columns"),
        in_series(
            shown if column == role else template.format(column=shown, role=role) for shown, column, role in roles
        ),
    )
    unread = [printable(use.column) for use in report.columns if use.role is None]
    if unread:
        yield _("Columns not read"), in_series(unread)
    yield _("Dataset"), ", ".join(_counts(report))
    yield _("Answers as of"), report.reference_date


def _counts(report: ImportReport) -> Iterator[str]:
    n = report.organisations
    yield ngettext("{n} organisation", "{n} organisations", n).format(n=n)
    n = report.countries
    yield ngettext("{n} country", "{n} countries", n).format(n=n)
    n = report.memberships
    yield ngettext("{n} membership", "{n} memberships", n).format(n=n)
    n = report.groups
    if n:
        yield ngettext("{n} group", "{n} groups", n).format(n=n)


def _list(heading: str, lines: list[str]) -> list[Block]:
    """Return a block of the first *lines*, and how many more there are; nothing without lines."""
    more = len(lines) - MOST_LINES
    if more > 0:
        rest = ngettext("… and {n} more; --json tells all", "… and {n} more; --json tells all", more)
        lines = [*lines[:MOST_LINES], rest.format(n=more)]
    return [Lines(heading, tuple(lines))] if lines else []


def _refusal(refusal: Refusal) -> str:
    return f"{_line_numbers(refusal.lines)}: {refusal.reason}"


def _merger(merger: Merger) -> str:
    names = ", ".join(filter(None, (merger.organisation, merger.country)))
    return f"{_line_numbers(merger.lines)}: {printable(names)}, {_(KINDS[merger.kind])}"


def _line_numbers(lines: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, lines[:MOST_NUMBERS]))
    more = len(lines) - MOST_NUMBERS
    if more > 0:
        return ngettext("lines {lines} and {n} more", "lines {lines} and {n} more", more).format(lines=shown, n=more)
    return ngettext("line {lines}", "lines {lines}", len(lines)).format(lines=shown)
