"""The page of what differs between two datasets, as one reviews a change, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of, date_in_sentence, format_date, last_day
from govmap.grouping import group_by
from govmap.language import LANGUAGES, _, current, pgettext
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Lines, Page, Table, table
from govmap.layout.short import shortened
from govmap.parts.inventory import Value
from govmap.questions.diff import Diff, RecordChange, Side
from govmap.rows import Cell, Rows, tidy
from govmap.texts import SHOWN_OF_MANY, comma_list, labelled

RECORD = "change kind id name mechanisms"


def page(diff: Diff, _atlas: Atlas | None, *, full: bool = False) -> Page:
    """Return the page with what was added, removed and changed, by kind of record."""
    counts = _("{added} added, {removed} removed, {changed} changed")
    # Between two dates, of the names only those in the language of the page.
    shown = (c for c in diff.changes if not _is_dated(diff) or c.kind != "names" or c.id.endswith(f"/{current()}"))
    by_kind = group_by(shown, lambda change: change.kind)
    more = _("More: {option} (fields, what is the same)")
    page = blocks.make_page(
        _title(diff),
        _equal(diff) if diff.equal else counts.format(**diff.totals),
        blocks.caution(diff.caution),
        *(_changes(kind, changes, diff, full=full) for kind, changes in by_kind.items()),
        _chairs(diff) if diff.chairs else None,
        _unchanged(diff) if full else None,
        more="" if full or diff.equal else more.format(option=blocks.WHOLE),
    )
    return page if full else shortened(page, SHOWN_OF_MANY)


def _title(diff: Diff) -> str:
    """Return what is compared: two dates of one dataset, or two datasets, with their date where they have one."""
    before, after = diff.before, diff.after
    if before.data == after.data and before.as_of and after.as_of:
        # A year or a month stands for its last day, which has to be said where two of them are compared.
        dates = {"before": date_in_sentence(last_day(before.as_of)), "after": date_in_sentence(last_day(after.as_of))}
        title = _("{title}: changes from {before} to {after}").format(title=words.term(after.title), **dates)
    else:
        title = _("Changes from {before} to {after}").format(before=_side(before), after=_side(after))
    return title + (_(", only {mechanism}").format(mechanism=diff.mechanism) if diff.mechanism else "")


def _side(side: Side) -> str:
    """Return where a dataset is, and its date where it has one."""
    if side.as_of is None:
        return side.data
    return _("{data} as of {date}").format(data=side.data, date=format_date(side.as_of))


def _equal(diff: Diff) -> str:
    """Return that nothing differs, or nothing that is known of both dates."""
    if diff.chairs:
        return _("No record differs, as far as is known of both dates")
    return _("No difference: every record is the same in both")


def _is_dated(diff: Diff) -> bool:
    return diff.before.as_of is not None


def _changes(kind: str, changes: list[RecordChange], diff: Diff, *, full: bool) -> Table:
    names = {
        "added": pgettext("record", "added"),
        "removed": pgettext("record", "removed"),
        "changed": pgettext("record", "changed"),
    }
    is_dated = _is_dated(diff)
    if kind == "chairs" and is_dated and diff.before.data == diff.after.data:
        names["removed"] = pgettext("chair", "ended")
    each = [(names[c.change], c.id, c.name, "\n".join(_fields(c, is_dated=is_dated, full=full))) for c in changes]
    rows = list(_together(each)) if is_dated and kind == "members" else each
    title = f"{words.capitalised(words.term(kind))} ({len(each)})"
    return table(title, (_("Change"), _("Id"), _("Record"), _("What")), rows)


def _together(rows: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of members; those of one mechanism with the same change are one row."""
    for (change, mechanism, what), those in group_by(
        rows, lambda row: (row[0], row[1].partition("/")[0], row[3])
    ).items():
        yield change, those[0][1] if len(those) == 1 else mechanism, comma_list(row[2] for row in those), what


def _fields(change: RecordChange, *, is_dated: bool, full: bool) -> Iterator[str]:
    """Yield each field of a record with its value before and after; of one that was added or removed only where *full*.

    The name of such a record is not repeated, nor, between two dates, its evidence and texts in other languages.
    """
    for field in change.fields if full or change.change == "changed" else ():
        if change.change == "changed":
            values = _("{before} → {after}").format(before=_in_words(field.before), after=_in_words(field.after))
        elif change.name in (field.before, field.after) or (is_dated and _is_beside(field.field)):
            continue
        else:
            values = _in_words(field.after if change.change == "added" else field.before)
        yield labelled(field.field, values)


def _is_beside(field: str) -> bool:
    """Return whether a field is evidence, or a text in another language than that of the page."""
    return field.startswith("evidence.") or field.rpartition(".")[2] in set(LANGUAGES) - {current()}


def _in_words(value: Value) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _chairs(diff: Diff) -> Lines:
    """Return who chairs which mechanism on the later of two dates, as far as that is known."""
    title = _("Who chairs {as_of}, where that is not known to be as before").format(as_of=as_of(diff.after.as_of or ""))
    return blocks.lines(title, (labelled(id_, parts.chair(now)) for id_, now in diff.chairs.items()))


def _unchanged(diff: Diff) -> Lines:
    """Return how many records of each kind are the same in both."""
    counts = ((count.kind, count.before - count.removed - count.changed) for count in diff.counts)
    same = ", ".join(f"{words.term(kind)} {number}" for kind, number in counts if number)
    return Lines(_("The same in both"), (same,))


def rows(diff: Diff, _atlas: Atlas | None) -> Rows:
    """Return each field of each record that was added, removed or changed, one a row, then who is in the chair."""
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
    for id_, now in diff.chairs.items():
        for key, codes in zip(("held_by", "last_known"), now.codes, strict=True):
            if codes:
                yield {"change": "in the chair", "kind": "chairs", "id": id_, "field": key, "after": _cell(codes)}


def _cell(value: Value) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else value
