"""The page of an import report."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.calls import Call
from govmap.importing.columns import ROLES
from govmap.importing.countries import CODES
from govmap.importing.report import ColumnUse, ImportReport, Merger
from govmap.language import N_, _
from govmap.layout import blocks, words
from govmap.layout.page import Lines, Page
from govmap.texts import in_series, labelled, printable

MOST_LINES = 20  # entries of a list that are shown; the JSON has all
MOST_NUMBERS = 10  # line numbers that an entry shows
KINDS = {"duplicate": N_("repeated rows"), "overlap": N_("overlapping periods")}


def import_page(report: ImportReport) -> Page:
    """Return the page: what became of the rows, and what the dataset contains."""
    rows = report.rows
    fields = {"file": printable(report.file), "taken": rows.taken}
    title = words.counted("{file}: {taken} of {n} row used", "{file}: {taken} of {n} rows used", rows.read, **fields)
    lead = _("Written to {output}") if report.written else _("Nothing was written")
    lists = {
        _("Note"): report.notes,
        _("Rows not used"): (labelled(_line_numbers(r.lines), r.reason) for r in report.refused),
        _("Merged rows"): map(_merger, report.merged),
        _("Countries missing from the bundled data"): (f"{c.name} ({c.code})" for c in report.new_countries),
        _("Themes missing from the bundled vocabulary"): map(printable, report.new_themes),
    }
    return blocks.make_page(
        title,
        lead.format(output=printable(report.output or "")),
        blocks.facts(*_facts(report)),
        *(blocks.lines(heading, _first(list(entries))) for heading, entries in lists.items()),
        _next_calls(report.output) if report.written and report.output else None,
    )


def _next_calls(output: str) -> Lines:
    calls = (Call("validate", output), Call("list", "mechanisms", data=output))
    return Lines(_("Next steps"), tuple(map(str, calls)), exact=True)


def _facts(report: ImportReport) -> Iterator[tuple[str, str]]:
    rows, cells = report.rows, report.cells
    template = _("{read} read: {taken} used, {merged} merged with others, {refused} refused")
    yield _("Rows"), template.format(read=rows.read, taken=rows.taken, merged=rows.merged, refused=rows.refused)
    if rows.empty:
        yield _("Empty rows"), str(rows.empty)
    if cells:
        template = _("{listed} listed, {none} not, {outside} not in the system of states (-1), {missing} missing (-9)")
        missing = {"outside": cells.not_in_system, "missing": cells.missing}
        yield _("Cells"), template.format(listed=cells.listed, none=cells.not_listed, **missing)
    yield _("Layout"), _(report.layout)
    yield _("Country codes"), _(CODES[report.codes])
    yield _("Columns"), in_series(_column(use) for use in report.columns if use.role in ROLES)
    unread = [printable(use.column) for use in report.columns if use.role is None]
    yield _("Columns not read"), in_series(_first(unread))
    yield _("Dataset"), ", ".join(_counts(report))
    yield _("Date of the data"), report.reference_date


def _column(use: ColumnUse) -> str:
    """Return a column of the file, with what it was read as where that is not its name."""
    template = "{column}" if use.column == use.role else _("{column} as {role}")
    return template.format(column=printable(use.column), role=use.role)


def _counts(report: ImportReport) -> Iterator[str]:
    yield words.counted("{n} organisation", "{n} organisations", report.organisations)
    yield words.countries(report.countries)
    yield words.counted("{n} membership", "{n} memberships", report.memberships)
    if report.groups:
        yield words.counted("{n} group", "{n} groups", report.groups)


def _first(entries: list[str]) -> list[str]:
    """Return the first *entries*, and how many more there are."""
    more = len(entries) - MOST_LINES
    if more <= 0:
        return entries
    rest = words.counted("… and {n} more; --json lists all", "… and {n} more; --json lists all", more)
    return [*entries[:MOST_LINES], rest]


def _merger(merger: Merger) -> str:
    names = ", ".join(filter(None, (merger.organisation, merger.country)))
    return f"{_line_numbers(merger.lines)}: {printable(names)}, {_(KINDS[merger.kind])}"


def _line_numbers(lines: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, lines[:MOST_NUMBERS]))
    more = len(lines) - MOST_NUMBERS
    if more > 0:
        return words.counted("lines {lines} and {n} more", "lines {lines} and {n} more", more, lines=shown)
    return words.counted("line {lines}", "lines {lines}", len(lines), lines=shown)
