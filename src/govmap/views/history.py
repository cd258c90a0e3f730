"""The page of a history, and its rows."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import format_date
from govmap.language import _, ngettext
from govmap.layout.page import Block, Lines, Page, Table, columns
from govmap.layout.words import SourceNumbers, as_in_data, caution_lines, later_date, of_data
from govmap.questions.history import Entry, History
from govmap.rows import Rows, tidy

KEYS = ("date", "until", "kind", "text", "later", "as_written")


def page(history: History, _atlas: Atlas) -> Page:
    """Return the page with what happened until the date of the answer, and later."""
    numbers = SourceNumbers(history.sources)
    date = format_date(history.as_of)
    earlier = [entry for entry in history.entries if not entry.later]
    later = [entry for entry in history.entries if entry.later]
    until = _("Until {date} ({n})").format(date=date, n=len(earlier))
    blocks: list[Block] = [_table(until, history, earlier, numbers)]
    if later:
        blocks.append(_table(_("Later ({n})").format(n=len(later)), history, later, numbers))
    if history.undated:
        since = (
            _("{id} (after {date})").format(id=one.id, date=one.joined_after) if one.joined_after else one.id
            for one in history.undated
        )
        blocks.append(Lines(_("Listed since a date that is not known"), (", ".join(since),)))
    written = tuple(
        _("{date}: the source has {form}").format(date=e.date, form=repr(e.as_written))
        for e in history.entries
        if e.as_written
    )
    if written:
        blocks.append(Lines(as_in_data(_("Where the source differs")), written))
    number = len(history.entries)
    told = ngettext("{n} dated event", "{n} dated events", number).format(n=number)
    cautions = caution_lines(history.caution)
    return Page(_title(history), told, (*blocks, *cautions, *numbers.block()))


def _title(history: History) -> str:
    of = history.of
    if of is None:
        return _("History of the mechanisms of the dataset")
    named = of.name if of.kind == "country" or of.id.islower() else f"{of.id}: {of.name}"
    return _("History of {what}").format(what=named)


def _date(entry: Entry, as_of: str) -> str:
    if entry.until:
        return _("{start} to {end}").format(start=entry.date, end=entry.until)
    return later_date(entry.date, as_of) if entry.later else entry.date


def _table(title: str, history: History, entries: list[Entry], numbers: SourceNumbers) -> Table:
    rows = tuple(
        (
            _date(entry, history.as_of),
            of_data(entry.kind),
            f"{entry.text} {numbers.marks(entry.sources)}".strip(),
        )
        for entry in entries
    )
    headings = columns(_("Date"), _("What"), as_in_data(_("Event")))
    return Table(title, headings, rows, _("Nothing dated is known"))


def rows(history: History, _atlas: Atlas) -> Rows:
    """Return each event with each mechanism that it touches, one a row."""
    facts = (
        {
            **{key: getattr(entry, key) for key in KEYS},
            "mechanism": id_,
            "countries": " ".join(entry.countries) or None,
            "sources": " ".join(entry.sources) or None,
        }
        for entry in history.entries
        for id_ in entry.mechanisms or (None,)
    )
    asked = history.of.id if history.of else "all"
    return tidy(f"asked as_of {' '.join(KEYS)} mechanism countries sources", facts, asked=asked, as_of=history.as_of)
