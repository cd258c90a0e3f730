"""The page of a history, and its rows."""

from __future__ import annotations

import textwrap

from govmap.atlas import Atlas
from govmap.calls import Call, Option
from govmap.dates import date_in_sentence
from govmap.language import _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, Table, table
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.questions.history import Entry, History
from govmap.rows import Rows, tidy
from govmap.texts import in_series, quoted

WIDTH, LINES, LINES_OF_ONE = 48, 30, 18  # of the texts of a short page, on a screen of 80 columns
KEYS = "date until kind text later as_written"


def page(
    history: History, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED, since: str | None = None
) -> Page:
    """Return the page with what happened, the newest first: as much as fits a screen, or all."""
    newest_first = list(reversed(history.entries))
    shown = newest_first if full else _that_fit(newest_first, LINES if history.of is None else LINES_OF_ONE)
    later = sum(entry.later for entry in history.entries)
    date = date_in_sentence(history.as_of)
    answer = _counted(history)
    if len(newest_first) > 1:
        answer = _("{events}, newest first").format(events=answer)
    if later and since is None:
        answer += words.counted(", {n} after {date}", ", {n} after {date}", later, date=date)
    hidden = len(newest_first) - len(shown)
    rest = words.counted("{n} earlier event: {call}", "{n} earlier events: {call}", hidden, call=blocks.WHOLE)
    ways = [str(Option("sources"))]
    if _has_more_beyond(history, atlas):
        ways.append(str(Option("scope", "all", _("with other bodies"))))
    if history.of is not None and history.of.kind == "country":
        of_mechanisms = Call("country", atlas.country_names.clear_name(history.of.id), full=True)
        ways.append(_("changes of its mechanisms: {call}").format(call=of_mechanisms))
    return blocks.make_page(
        _title(history)
        if since is None
        else _("{title} since {date}").format(title=_title(history), date=date_in_sentence(since)),
        f"{answer}.",
        blocks.caution(history.caution),
        _events(history, shown, numbers),
        blocks.lines("", (rest,) if hidden else ()),
        None if since else _undated(history),
        _slips(history, atlas) if full else None,
        more=_("More: {ways}").format(ways=in_series(ways)),
    )


def _counted(history: History) -> str:
    """Return how many events there are, and of a country what they are on."""
    number = len(history.entries)
    if history.of is None or history.of.kind != "country":
        return words.counted("{n} dated event", "{n} dated events", number)
    if all(history.of.id in entry.countries for entry in history.entries):
        return words.counted("{n} dated event on the country itself", "{n} dated events on the country itself", number)
    return words.counted(
        "{n} dated event on the country, or on the founding or end of a mechanism that lists it",
        "{n} dated events on the country, or on the founding or end of a mechanism that lists it",
        number,
    )


def _has_more_beyond(history: History, atlas: Atlas) -> bool:
    """Return whether bodies out of scope have events that would be in this history too."""
    if history.of is None:
        return not all(map(atlas.in_scope, atlas.heads_of_any_date))
    if history.of.kind != "country":
        return False
    code = history.of.id
    events = (event for event in atlas.context.events if code in event.countries)
    return not (all(map(atlas.in_scope, atlas.naming(code))) and all(map(atlas.event_in_scope, events)))


def _that_fit(entries: list[Entry], lines: int) -> list[Entry]:
    """Return the first of *entries* that take no more than a number of lines on a screen of 80 columns."""
    shown = []
    for entry in entries:
        lines -= len(textwrap.wrap(entry.text, WIDTH)) or 1
        if lines < 0:
            break
        shown.append(entry)
    return shown


def _title(history: History) -> str:
    if history.of is None:
        return _("History of the mechanisms")
    return _("History of {what}").format(what=words.subject_name(history.of))


def _events(history: History, entries: list[Entry], numbers: SourceNumbers) -> Table:
    rows = [
        (_date(entry, history.as_of), words.term(entry.kind), numbers.after(entry.text, entry.sources))
        for entry in entries
    ]
    return table("", (_("Date"), _("What"), _("Event")), rows, empty=_("No dated event is known"))


def _date(entry: Entry, as_of: str) -> str:
    is_later = entry.later and not entry.until
    return words.later_date(entry.date, as_of) if is_later else words.start_to_end(entry.date, entry.until)


def _undated(history: History) -> Lines:
    """Return the mechanisms that list the country since a date that is not known."""
    ids = ", ".join(
        _("{id} (after {date})").format(id=seat.id, date=seat.joined_after) if seat.joined_after else seat.id
        for seat in history.undated
    )
    return blocks.lines(_("Listed since an unknown date"), (ids,))


def _slips(history: History, atlas: Atlas) -> Lines:
    """Return where the source has another form than the one shown."""
    template = _("{date}: the source has {form}")
    forms = [(entry.date, entry.as_written) for entry in history.entries if entry.as_written]
    texts = [template.format(date=date, form=quoted(form)) for date, form in forms]
    return blocks.differences(_("Where the source differs"), texts, (form for _date, form in forms), atlas)


def rows(history: History, _atlas: Atlas) -> Rows:
    """Return each event with each mechanism that it touches, one a row."""
    facts = (
        {**cells.pick(entry, f"{KEYS} countries sources"), "mechanism": id_}
        for entry in history.entries
        for id_ in entry.mechanisms or (None,)
    )
    asked = history.of.id if history.of else "all"
    return tidy(f"asked as_of {KEYS} mechanism countries sources", facts, asked=asked, as_of=history.as_of)
