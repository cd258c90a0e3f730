"""The page of a history, and its rows."""

from __future__ import annotations

from govmap.dates import spoken
from govmap.pages.page import Block, Lines, Page, Table, View, columns
from govmap.pages.words import SourceNumbers, count
from govmap.queries.history import Entry, History
from govmap.rows import Rows, tidy

KEYS = ("date", "until", "kind", "text", "later", "as_written")


def history_view(history: History) -> View:
    """Return the page and the rows of a history."""
    return View(lambda: history_page(history), lambda: history_rows(history))


def history_page(history: History) -> Page:
    """Return the page with what happened until the date of the answer, and later."""
    numbers = SourceNumbers(history.sources)
    date = spoken(history.as_of)
    earlier = [entry for entry in history.entries if not entry.later]
    later = [entry for entry in history.entries if entry.later]
    blocks: list[Block] = [_table(f"Until {date} ({len(earlier)})", earlier, numbers)]
    if later:
        blocks.append(_table(f"Later ({len(later)})", later, numbers))
    if history.undated:
        blocks.append(Lines("Listed since a date that is not known", (", ".join(r.id for r in history.undated),)))
    written = tuple(f"{e.date}: the source has {e.as_written!r}" for e in history.entries if e.as_written)
    if written:
        blocks.append(Lines("Where the source differs", written))
    name = history.of.name if history.of else "the mechanisms of the dataset"
    if history.of and history.of.kind == "mechanism" and not history.of.id.islower():
        name = f"{history.of.id}: {history.of.name}"
    told = count(len(history.entries), "dated event", "dated events")
    return Page(f"History of {name}", told, (*blocks, *numbers.block()))


def _table(title: str, entries: list[Entry], numbers: SourceNumbers) -> Table:
    rows = tuple(
        (
            f"{entry.date} to {entry.until}" if entry.until else entry.date,
            entry.kind,
            f"{entry.text} {numbers.marks(entry.sources)}".strip(),
        )
        for entry in entries
    )
    return Table(title, columns("Date", "What", "Event"), rows, "Nothing dated is known")


def history_rows(history: History) -> Rows:
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
