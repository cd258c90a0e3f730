"""The page of an import: what became of the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.calls import Call
from govmap.importing.columns import ROLES
from govmap.importing.places import CODES
from govmap.importing.report import Import, Merger, Refusal
from govmap.language import N_, _, ngettext
from govmap.layout.page import Block, Facts, Lines, Page
from govmap.texts import in_series, printable

MOST_LINES = 20  # so many reasons, or mergers, are shown; the JSON has all
MOST_NUMBERS = 10  # so many lines of the table are named for each
KINDS = {"duplicate": N_("the same again"), "overlap": N_("spells that overlap")}


def import_page(report: Import) -> Page:
    """Return the page that tells what became of each row, and of what the dataset is."""
    rows = report.rows
    title = ngettext("{file}: {taken} of {n} row taken", "{file}: {taken} of {n} rows taken", rows.read).format(
        file=printable(report.file), taken=rows.taken, n=rows.read
    )
    where = (
        _("Written to {output}").format(output=printable(report.output or ""))
        if report.written
        else _("Nothing was written")
    )
    blocks: list[Block] = [Facts(tuple(_facts(report)))]
    blocks += _some(_("Rows that were not taken"), [_refusal(one) for one in report.refused])
    blocks += _some(_("Rows that became one"), [_merger(one) for one in report.merged])
    blocks += _some(
        _("Countries that the bundled data does not have"), [f"{one.name} ({one.code})" for one in report.new_countries]
    )
    blocks += _some(_("Themes that the bundled vocabulary does not have"), list(map(printable, report.new_themes)))
    blocks += _some(_("Note"), list(report.notes))
    if report.written and report.output:
        calls = (Call("validate", report.output), Call("list", "mechanisms", data=report.output))
        blocks.append(Lines(_("Go on with"), tuple(map(str, calls)), exact=True))
    return Page(title, where, tuple(blocks))


def _facts(report: Import) -> Iterator[tuple[str, str]]:
    """Yield what was read, and what the dataset holds."""
    rows, cells = report.rows, report.cells
    told = _("{read} read: {taken} taken, {merged} merged with others, {refused} refused")
    yield _("Rows"), told.format(read=rows.read, taken=rows.taken, merged=rows.merged, refused=rows.refused)
    if rows.empty:
        yield _("Empty rows"), str(rows.empty)
    if cells:
        told = _("{listed} listed, {none} not, {outside} not in the system of states (-1), {missing} missing (-9)")
        yield (
            _("Cells"),
            told.format(listed=cells.listed, none=cells.not_listed, outside=cells.not_in_system, missing=cells.missing),
        )
    yield _("Layout"), report.layout
    yield _("Countries by"), _(CODES[report.codes])
    played = [(use.column, use.role) for use in report.columns if use.role in ROLES]
    yield (
        _("Columns"),
        in_series(
            printable(column) if column == role else _("{column} as {role}").format(column=printable(column), role=role)
            for column, role in played
        ),
    )
    unread = [printable(use.column) for use in report.columns if use.role is None]
    if unread:
        yield _("Columns not read"), in_series(unread)
    yield _("Dataset"), ", ".join(_counts(report))
    yield _("Answers as of"), report.reference_date


def _counts(report: Import) -> Iterator[str]:
    n = report.organisations
    yield ngettext("{n} organisation", "{n} organisations", n).format(n=n)
    n = report.countries
    yield ngettext("{n} country", "{n} countries", n).format(n=n)
    n = report.memberships
    yield ngettext("{n} membership", "{n} memberships", n).format(n=n)
    if report.groups:
        yield ngettext("{n} group", "{n} groups", report.groups).format(n=report.groups)


def _some(title: str, lines: list[str]) -> list[Block]:
    """Return a block of the first of *lines*, and how many more there are; nothing where there are none."""
    if not lines:
        return []
    more = len(lines) - MOST_LINES
    if more > 0:
        rest = ngettext("… and {n} more; --json tells all", "… and {n} more; --json tells all", more).format(n=more)
        lines = [*lines[:MOST_LINES], rest]
    return [Lines(title, tuple(lines))]


def _refusal(refusal: Refusal) -> str:
    return f"{_numbers(refusal.lines)}: {refusal.reason}"


def _merger(merger: Merger) -> str:
    named = ", ".join(filter(None, (merger.organisation, merger.country)))
    return f"{_numbers(merger.lines)}: {printable(named)}, {_(KINDS[merger.kind])}"


def _numbers(lines: tuple[int, ...]) -> str:
    """Return which lines are meant, the first few of many by number."""
    shown = ", ".join(map(str, lines[:MOST_NUMBERS]))
    more = len(lines) - MOST_NUMBERS
    if more > 0:
        return ngettext("lines {lines} and {n} more", "lines {lines} and {n} more", more).format(lines=shown, n=more)
    return ngettext("line {lines}", "lines {lines}", len(lines)).format(lines=shown)
