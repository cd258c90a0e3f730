"""The page of a history, and its rows."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import format_date
from govmap.language import _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, Table, table
from govmap.layout.sources import SourceNumbers
from govmap.questions.history import Entry, History
from govmap.rows import Rows, tidy

KEYS = "date until kind text later as_written"


def page(history: History, _atlas: Atlas) -> Page:
    """Return the page with what happened until the date of the answer, and later."""
    numbers = SourceNumbers(history.sources)
    earlier = [entry for entry in history.entries if not entry.later]
    later = [entry for entry in history.entries if entry.later]
    until = _("Until {date} ({n})").format(date=format_date(history.as_of), n=len(earlier))
    since = _("Later ({n})").format(n=len(later))
    return blocks.make_page(
        _title(history),
        words.counted("{n} dated event", "{n} dated events", len(history.entries)),
        _events(until, history, earlier, numbers),
        _events(since, history, later, numbers) if later else None,
        _undated(history),
        _slips(history),
        blocks.caution(history.caution),
        numbers.block(),
    )


def _title(history: History) -> str:
    if history.of is None:
        return _("History of the mechanisms of the dataset")
    return _("History of {what}").format(what=words.subject_name(history.of))


def _events(title: str, history: History, entries: list[Entry], numbers: SourceNumbers) -> Table:
    rows = [
        (_date(entry, history.as_of), words.term(entry.kind), numbers.after(entry.text, entry.sources))
        for entry in entries
    ]
    headings = (_("Date"), _("What"), words.untranslated(_("Event")))
    return table(title, headings, rows, empty=_("Nothing dated is known"))


def _date(entry: Entry, as_of: str) -> str:
    is_later = entry.later and not entry.until
    return words.later_date(entry.date, as_of) if is_later else words.start_to_end(entry.date, entry.until)


def _undated(history: History) -> Lines | None:
    """Return the mechanisms that list the country since a date that is not known."""
    ids = ", ".join(
        _("{id} (after {date})").format(id=seat.id, date=seat.joined_after) if seat.joined_after else seat.id
        for seat in history.undated
    )
    return blocks.lines(_("Listed since a date that is not known"), (ids,) if ids else ())


def _slips(history: History) -> Lines | None:
    """Return where the source has another form than the one shown."""
    template = _("{date}: the source has {form}")
    slips = (entry for entry in history.entries if entry.as_written)
    texts = [template.format(date=entry.date, form=repr(entry.as_written)) for entry in slips]
    return blocks.lines(words.untranslated(_("Where the source differs")), texts)


def rows(history: History, _atlas: Atlas) -> Rows:
    """Return each event with each mechanism that it touches, one a row."""
    facts = (
        {**cells.pick(entry, f"{KEYS} countries sources"), "mechanism": id_}
        for entry in history.entries
        for id_ in entry.mechanisms or (None,)
    )
    asked = history.of.id if history.of else "all"
    return tidy(f"asked as_of {KEYS} mechanism countries sources", facts, asked=asked, as_of=history.as_of)
