"""The page of what differs between two datasets, as one reviews a change, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import format_date
from govmap.language import _, pgettext
from govmap.layout.page import Block, Lines, Page, Table, columns
from govmap.layout.words import capitalised, caution_lines, of_data
from govmap.parts.inventory import Value
from govmap.questions.diff import Diff, FieldChange, RecordChange, Side
from govmap.rows import Cell, Rows, tidy


def page(diff: Diff, _atlas: Atlas | None) -> Page:
    """Return the page with what was added, removed and changed, by kind of record."""
    of = _(", only {mechanism}").format(mechanism=diff.mechanism) if diff.mechanism else ""
    same = ((count.kind, count.before - count.removed - count.changed) for count in diff.counts)
    held = Lines(_("The same in both"), (", ".join(f"{of_data(kind)} {number}" for kind, number in same if number),))
    blocks: list[Block] = [_table(diff, kind) for kind in dict.fromkeys(change.kind for change in diff.changes)]
    told = _("No difference: every record is the same in both") if diff.equal else count_words(diff)
    return Page(_title(diff) + of, told, (*blocks, *caution_lines(diff.caution), held))


def _title(diff: Diff) -> str:
    """Return what is held to what: two dates of one dataset, or two datasets, with their date where they have one."""
    before, after = diff.before, diff.after
    if before.data == after.data and before.as_of and after.as_of:
        dates = {"before": format_date(before.as_of), "after": format_date(after.as_of)}
        return _("{title}: changes from {before} to {after}").format(title=of_data(after.title), **dates)
    return _("Changes from {before} to {after}").format(before=_called(before), after=_called(after))


def count_words(diff: Diff) -> str:
    """Return how many records were added, removed and changed."""
    numbers = {name: sum(getattr(count, name) for count in diff.counts) for name in ("added", "removed", "changed")}
    return _("{added} added, {removed} removed, {changed} changed").format(**numbers)


def _called(side: Side) -> str:
    """Return what to call a side: where it is, and its date where it has one."""
    if side.as_of is None:
        return side.data
    return _("{data} as of {date}").format(data=side.data, date=format_date(side.as_of))


def _table(diff: Diff, kind: str) -> Table:
    changes = [change for change in diff.changes if change.kind == kind]
    dated = diff.before.as_of is not None
    rows = tuple((_word_of(change.change), change.id, change.name, _what(change, dated=dated)) for change in changes)
    headings = columns(_("Change"), _("Id"), _("Record"), _("What"))
    return Table(f"{capitalised(of_data(kind))} ({len(changes)})", headings, rows)


def _word_of(change: str) -> str:
    words = {
        "added": pgettext("record", "added"),
        "removed": pgettext("record", "removed"),
        "changed": pgettext("record", "changed"),
    }
    return words[change]


def _what(change: RecordChange, *, dated: bool) -> str:
    """Return each field of a record, one a line: what it is, or was; of a changed one, what it was and is.

    What stands alone is not told its name again, nor, between two dates, its evidence, which both have.
    """
    alone = change.change != "changed"
    fields = (
        field
        for field in change.fields
        if not alone
        or not (change.name in (field.before, field.after) or (dated and field.field.startswith("evidence.")))
    )
    return "\n".join(f"{field.field}: {_told(change.change, field)}" for field in fields)


def _told(change: str, field: FieldChange) -> str:
    if change == "changed":
        return _("{before} → {after}").format(before=_shown(field.before), after=_shown(field.after))
    return _shown(field.after if change == "added" else field.before)


def _shown(value: Value) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def rows(diff: Diff, _atlas: Atlas | None) -> Rows:
    """Return each field of each record that was added, removed or changed, one a row."""
    asked = f"{diff.before.data} to {diff.after.data}"
    dates = {"from": diff.before.as_of, "to": diff.after.as_of}
    names = "asked from to change kind id name mechanisms field before after"
    return tidy(names, _cells(diff), asked=asked, **dates)


def _cells(diff: Diff) -> Iterator[dict[str, Cell]]:
    for change in diff.changes:
        record: dict[str, Cell] = {key: getattr(change, key) for key in ("change", "kind", "id", "name")}
        record["mechanisms"] = " ".join(change.mechanisms) or None
        for field in change.fields:
            yield {**record, "field": field.field, "before": _cell(field.before), "after": _cell(field.after)}
        if not change.fields:
            yield record


def _cell(value: Value) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else value
