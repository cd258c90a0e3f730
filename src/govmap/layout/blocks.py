"""The blocks that several pages share, and how a page is made of blocks: of those that have something to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from govmap.atlas import Atlas
from govmap.calls import Call, Option
from govmap.dates import as_of, day_after, format_date, last_day
from govmap.grouping import group_by
from govmap.language import _, current, ngettext
from govmap.layout import words
from govmap.layout.page import Block, Facts, Lines, Page, Table, number, table
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.model import Country, Event, Mechanism
from govmap.questions.history import Entry, history
from govmap.records import Change
from govmap.texts import comma_list, in_series, labelled, quoted

WHOLE = Option("full")  # how a short page is seen in full
SHORT = 140  # letters of the events that the head of a page names
MOST_NAMED = 2  # events there
NAMED = ("founded", "joined", "left", "ended")  # the kinds of events that it names; others it counts
CHANGING = (*NAMED, "changed")  # the kinds without which it is silent: a meeting changes no answer


def make_page(title: str, answer: str, *blocks: Block | None, of: Any = None, more: str = "") -> Page:
    """Return a page with those of *blocks* that have something to say; one *of* a dated answer has its caution first.

    *more* is shown on short pages only.
    """
    every = blocks if of is None else (caution(of.caution), *blocks)
    shown = tuple(block for block in every if block is not None and _says_something(block))
    return Page(title, answer, shown, "" if of is None else as_of(of.as_of), more)


def _says_something(block: Block) -> bool:
    match block:
        case Table():
            return bool(block.rows or block.empty)
        case Facts():
            return bool(block.pairs)
        case Lines():
            return bool(block.lines)
    return True


def sentences(*texts: str) -> str:
    """Return those of *texts* that are not empty, each on a line of its own: the answer at the head of a page."""
    return "\n".join(text for text in texts if text)


def facts(*pairs: tuple[str, str | None], languages: dict[str, str] | None = None) -> Facts:
    """Return those of *pairs* whose value is not empty, and the *languages* of values, by their label."""
    return Facts(tuple((label, value) for label, value in pairs if value), languages or {})


def names_of(title: str, names: Iterable[str]) -> tuple[str, str]:
    """Return *names* in the order of the alphabet, under a title with their number."""
    shown = words.alphabetical(names)
    return _("{title} ({n})").format(title=title, n=len(shown)), comma_list(shown) or _("none")


def not_known(countries: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of the *countries* of which an answer is not known, if there are any."""
    if countries:
        yield names_of(_("Not known"), countries)


def left_out(title: str, codes: Iterable[str], atlas: Atlas) -> tuple[str, str]:
    """Return the names of countries (codes) under a *title*, then which of them are in mechanisms of unknown groups."""
    shown = list(codes)
    label, names = names_of(title, (atlas.countries[code].name for code in shown))
    by_unknown = group_by(shown, atlas.with_unknown_groups)
    template = _("{countries}: not known for {ids}")
    lines = (
        template.format(countries=words.name_list(atlas.countries[code].name for code in those), ids=comma_list(ids))
        for ids, those in by_unknown.items()
        if ids
    )
    return label, "\n".join((names, *lines))


def unclear(of: Mapping[str, Iterable[str]], atlas: Atlas) -> Iterator[str]:
    """Yield the line that names the countries (codes) of which mechanisms (ids) leave open whether they list them."""
    named = {atlas.countries[code].name: text for code, ids in of.items() if (text := comma_list(ids))}
    if named:
        texts = comma_list(f"{name} ({named[name]})" for name in words.alphabetical(named))
        yield _("Unclear: {country}").format(country=texts)


def more_without_members(atlas: Atlas) -> str:
    """Return how many bodies are only named, and the call that lists them; nothing where there are none."""
    size = len(atlas.mentioned)
    template = ngettext(
        "{n} more body is known without its members: {call}",
        "{n} more bodies are known without their members: {call}",
        size,
    )
    if all(body.scope == "note" or "named" in body.evidence for body in atlas.mentioned):
        template = ngettext(
            "The source names {n} more body without members: {call}",
            "The source names {n} more bodies without members: {call}",
            size,
        )
    return template.format(n=size, call=Call("list", "mechanisms", coverage="mentioned")) if size else ""


def since_then(answer: Any, *, named: int = MOST_NAMED, full: bool = False) -> str:
    """Return the line on what happened since: at most *named* events, how many there are, and what shows them.

    A page that is *full* shows them itself.
    """
    return _since_then([*_later(answer)], CHANGING, "" if full else str(WHOLE), named)


def since_then_in(subject: Mechanism | Country, answer: Any, atlas: Atlas, *, full: bool = False) -> str:
    """Return the line of `since_then` on the history of a mechanism or country."""
    later = [entry for entry in history(atlas, subject).entries if entry.later]
    call = atlas.call_on("history", subject, since=day_after(answer.as_of) or answer.as_of) or WHOLE
    changing = (*CHANGING, "statement") if isinstance(subject, Country) else CHANGING
    return _since_then(later, changing, "" if full else str(call), MOST_NAMED)


def _since_then(later: Sequence[Change | Entry], changing: Collection[str], where: str, named: int) -> str:
    """Return the line on *later* events if one is of a kind that is *changing* the answer, with *where* all are."""
    if not any(event.kind in changing for event in later):
        return ""
    candidates = later if len(later) == 1 else [event for event in later if event.kind in NAMED]
    lengths = accumulate(len(event.text) for event in candidates)
    shown = [event for event, length in zip(candidates[:named], lengths, strict=False) if length <= SHORT]
    texts = [_with_date(event) for event in shown]
    if len(shown) < len(later):
        counted = words.counted("{n} event", "{n} events", len(later))
        total = _("{events} in total").format(events=counted) if shown else counted
        texts.append(f"{total} ({where})" if where else total)
    # translators: the events are whole sentences, so what stands before them is no colon where small letters follow it
    return _("Since then: {events}").format(events=". ".join(texts)) if texts else ""


def not_in_list(atlas: Atlas, ids: Iterable[str], *parts: str, on: Collection[str] | None = None) -> str:
    """Return what happened to *parts* of mechanisms (ids) by the date and their lists do not show, if anything.

    *On* some themes alone, where these are given. An event on themes is left out where its mechanisms have groups on
    them all, as own data may add them.
    """
    ids = tuple(ids)

    def is_missing(event: Event) -> bool:
        if on is None and not event.themes:
            return True
        found = {theme for id_ in ids if id_ in event.mechanisms for theme in atlas.themes_by_mechanism(id_)}
        return any(theme not in found for theme in event.themes if on is None or theme in on)

    earlier = (event for event in atlas.changes(ids, parts=parts) if atlas.is_past(event.date or ""))
    texts = ". ".join(map(_with_date, filter(is_missing, earlier)))
    # translators: the events are whole sentences, as above
    return _("Not shown in the list: {events}").format(events=texts) if texts else ""


def groups_not_in_lists(atlas: Atlas, themes: Collection[str]) -> str:
    """Return what the lists of mechanisms do not show by the date of their groups on *themes* (ids), if anything."""
    every = (head.id for head in atlas.covered_heads)  # which opens no mechanism
    return not_in_list(atlas, every, "groups", on=themes) if themes else ""


def _with_date(event: Change | Entry | Event) -> str:
    """Return what happened, with its date after it unless the text has it."""
    text, date = event.text.rstrip("."), format_date(event.date or "")
    return text if date in text else _("{event} ({date})").format(event=text, date=date)


def more(*what: str, call: Call | Option | None = None) -> str:
    """Return the last line of a page: *what* the whole page has beside it, and another call to go on with."""
    whole = _("{option} ({what})").format(option=WHOLE, what=", ".join(what)) if what else ""
    options = filter(None, (whole, str(Option("sources"))))
    return _("More: {ways}").format(ways=in_series([", ".join(options), *([str(call)] if call else [])]))


def lines(title: str, texts: Iterable[str | None]) -> Lines:
    """Return those of *texts* that are not empty under a title."""
    return Lines(title, tuple(text for text in texts if text))


def notes(*texts: str | None) -> Lines:
    """Return what is to be known for reading a page."""
    return lines(_("Note"), texts)


def differences(title: str, texts: Iterable[str], forms: Iterable[str | None], atlas: Atlas) -> Lines:
    """Return lines that quote other *forms* of what is shown, which are in the language of the dataset's source."""
    language = foreign_source(atlas)
    languages = {quoted(form, len(form)): language for form in forms if form and language}
    return Lines(title, tuple(texts), languages=languages)


def foreign_source(atlas: Atlas) -> str:
    """Return the language of the source of the dataset, where it is known and is not that of the page."""
    source = atlas.sources.get(atlas.context.about.source or "")
    return source.language if source and source.language and source.language != current() else ""


def changes(answer: Any, numbers: SourceNumbers = UNNUMBERED, *, of_country: bool = False) -> tuple[Lines, Lines]:
    """Return the changes after the date of the *answer*, of the mechanisms of a country, and earlier ones not shown."""
    later = _later(answer)
    earlier = [change for change in answer.changes if change not in later]
    since = _("Changed since {date}")
    if of_country:
        since = _("Changed in its mechanisms since {date}, other members and chairs aside")
    return (
        lines(
            since.format(date=format_date(answer.as_of)),
            [_change(change, words.later_date(change.date, answer.as_of), numbers) for change in later],
        ),
        lines(
            _("Earlier changes missing from the source"),
            [_change(change, change.date, numbers) for change in earlier],
        ),
    )


def _later(answer: Any) -> list[Change]:
    """Return the changes that came after the date of the *answer*."""
    return [change for change in answer.changes if last_day(change.date) > last_day(answer.as_of)]


def _change(change: Change, date: str, numbers: SourceNumbers) -> str:
    of = "" if change.text.startswith(change.mechanism) else f" {change.mechanism}"
    return labelled(f"{date}{of}", numbers.after(change.text, change.sources))


def caution(text: str | None) -> Lines:
    """Return the warning of a date for which the lists are less than sure."""
    return lines(_("Caution"), (text,))


def relations(atlas: Atlas, mechanisms: Iterable[str]) -> Lines:
    """Return what being listed means in those of *mechanisms* (ids) in which it is no membership."""
    return lines(_("What being listed means"), words.relation_notes(atlas, mechanisms))


def names(atlas: Atlas, mechanisms: Iterable[str]) -> Lines:
    """Return which of *mechanisms*, given by id, have no published name in the language of the page."""
    return lines(_("Names"), words.name_notes(atlas.mechanisms[id_] for id_ in mechanisms) if current() != "en" else ())


def groups(title: str, groups_in: Iterable[tuple[str, Any]], atlas: Atlas, *, empty: str = "") -> Table:
    """Return a table of groups, each given with the id of its mechanism."""
    rows = ((id_, row.number, row.name, words.theme_labels(atlas, row.themes)) for id_, row in groups_in)
    headings = (_("In"), number(_("No.")), _("Group"), _("Themes"))
    return table(title, headings, rows, empty=empty)
