"""The page of what differs between two datasets, as one reviews a change, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import date_in_sentence, format_date
from govmap.language import _, pgettext
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, Table, group_by, table
from govmap.layout.short import shortened
from govmap.parts.inventory import Value
from govmap.questions.diff import Diff, RecordChange, Side
from govmap.rows import Cell, Rows, tidy
from govmap.texts import SHOWN_OF_MANY, labelled

RECORD = "change kind id name mechanisms"


def page(diff: Diff, _atlas: Atlas | None, *, full: bool = False) -> Page:
    """Return the page with what was added, removed and changed, by kind of record."""
    counts = _("{added} added, {removed} removed, {changed} changed")
    by_kind = group_by(diff.changes, lambda change: change.kind)
    more = _("More: {option} (every field, what is the same)")
    page = blocks.make_page(
        _title(diff),
        _("No difference: every record is the same in both") if diff.equal else counts.format(**diff.totals),
        blocks.caution(diff.caution),
        *(_changes(kind, changes, diff, full=full) for kind, changes in by_kind.items()),
        _unchanged(diff) if full else None,
        more="" if full or diff.equal else more.format(option=blocks.WHOLE),
    )
    return page if full else shortened(page, SHOWN_OF_MANY)


def _title(diff: Diff) -> str:
    """Return what is compared: two dates of one dataset, or two datasets, with their date where they have one."""
    before, after = diff.before, diff.after
    if before.data == after.data and before.as_of and after.as_of:
        dates = {"before": date_in_sentence(before.as_of), "after": date_in_sentence(after.as_of)}
        title = _("{title}: changes from {before} to {after}").format(title=words.term(after.title), **dates)
    else:
        title = _("Changes from {before} to {after}").format(before=_side(before), after=_side(after))
    return title + (_(", only {mechanism}").format(mechanism=diff.mechanism) if diff.mechanism else "")


def _side(side: Side) -> str:
    """Return where a dataset is, and its date where it has one."""
    if side.as_of is None:
        return side.data
    return _("{data} as of {date}").format(data=side.data, date=format_date(side.as_of))


def _changes(kind: str, changes: list[RecordChange], diff: Diff, *, full: bool) -> Table:
    names = {
        "added": pgettext("record", "added"),
        "removed": pgettext("record", "removed"),
        "changed": pgettext("record", "changed"),
    }
    is_dated = diff.before.as_of is not None
    rows = [(names[c.change], c.id, c.name, "\n".join(_fields(c, is_dated=is_dated, full=full))) for c in changes]
    title = f"{words.capitalised(words.term(kind))} ({len(rows)})"
    return table(title, (_("Change"), _("Id"), _("Record"), _("What")), rows, skip_empty=True)


def _fields(change: RecordChange, *, is_dated: bool, full: bool) -> Iterator[str]:
    """Yield each field of a record with its value before and after; of one that was added or removed only where *full*.

    The name of such a record is not repeated, nor, between two dates, its evidence.
    """
    for field in change.fields if full or change.change == "changed" else ():
        if change.change == "changed":
            values = _("{before} → {after}").format(before=_in_words(field.before), after=_in_words(field.after))
        elif change.name in (field.before, field.after) or (is_dated and field.field.startswith("evidence.")):
            continue
        else:
            values = _in_words(field.after if change.change == "added" else field.before)
        yield labelled(field.field, values)


def _in_words(value: Value) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _unchanged(diff: Diff) -> Lines:
    """Return how many records of each kind are the same in both."""
    counts = ((count.kind, count.before - count.removed - count.changed) for count in diff.counts)
    same = ", ".join(f"{words.term(kind)} {number}" for kind, number in counts if number)
    return Lines(_("The same in both"), (same,))


def rows(diff: Diff, _atlas: Atlas | None) -> Rows:
    """Return each field of each record that was added, removed or changed, one a row."""
    asked = f"{diff.before.data} to {diff.after.data}"
    dates = {"from": diff.before.as_of, "to": diff.after.as_of}
    return tidy(f"asked from to {RECORD} field before after", _cells(diff), asked=asked, **dates)


def _cells(diff: Diff) -> Iterator[cells.Cells]:
    for change in diff.changes:
        record = cells.pick(change, RECORD)
        for field in change.fields:
            yield {**record, "field": field.field, "before": _cell(field.before), "after": _cell(field.after)}
        if not change.fields:
            yield record


def _cell(value: Value) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else value
