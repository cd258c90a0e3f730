"""The blocks that several pages share. A block that has nothing to say is None, and no page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import format_date, last_day
from govmap.language import _, current
from govmap.layout import words
from govmap.layout.page import Block, Lines, Page, Sources, Table, number, table
from govmap.layout.sources import SourceNumbers
from govmap.records import Change


class Dated(Protocol):
    """An answer as of a date: how sure it is on that date, and what its lists do not show."""

    @property
    def as_of(self) -> str:
        """The date."""

    @property
    def caution(self) -> str | None:
        """Why the lists are less than sure on that date, if they are."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the lists do not show."""


def make_page(title: str, subtitle: str, *blocks: Block | None) -> Page:
    """Return a page with those of *blocks* that have something to say."""
    return Page(title, subtitle, tuple(block for block in blocks if block is not None))


def lines(title: str, texts: Iterable[str]) -> Lines | None:
    """Return *texts* under a title; None where there are none."""
    shown = tuple(texts)
    return Lines(title, shown) if shown else None


def caution_and_changes(answer: Dated, numbers: SourceNumbers | None = None) -> tuple[Lines | None, ...]:
    """Return how sure the lists are on the date of the *answer*, the changes after it, and earlier ones left out."""
    later = [change for change in answer.changes if last_day(change.date) > last_day(answer.as_of)]
    earlier = [change for change in answer.changes if change not in later]
    date = format_date(answer.as_of)
    return (
        caution(answer.caution),
        lines(
            words.untranslated(_("Changed since {date}").format(date=date)),
            [_change(change, words.later_date(change.date, answer.as_of), numbers) for change in later],
        ),
        lines(
            words.untranslated(_("Before {date}, but not in the lists above").format(date=date)),
            [_change(change, change.date, numbers) for change in earlier],
        ),
    )


def _change(change: Change, date: str, numbers: SourceNumbers | None) -> str:
    marks = f" {numbers.marks(change.sources)}" if numbers else ""
    return f"{date} {change.mechanism}: {change.text}{marks}"


def caution(text: str | None) -> Lines | None:
    """Return the warning of a date for which the lists are less than sure."""
    return lines(_("Caution"), (text,) if text else ())


def relations(atlas: Atlas, mechanisms: Iterable[str]) -> Lines | None:
    """Return what being listed means in those of *mechanisms* (ids) in which it is no membership."""
    return lines(_("What a listing means"), words.relation_notes(atlas, mechanisms))


def names(atlas: Atlas, mechanisms: Iterable[str]) -> Lines | None:
    """Return which of *mechanisms*, given by id, have no published name in the language of the page."""
    return lines(_("Names"), words.name_notes(atlas.mechanisms[id_] for id_ in mechanisms) if current() != "en" else ())


def groups(title: str, groups_in: Iterable[tuple[str, Any]], atlas: Atlas, *, empty: str = "") -> Table:
    """Return a table of groups, each given with the id of its mechanism."""
    rows = ((id_, row.number, row.name, words.theme_labels(atlas, row.themes)) for id_, row in groups_in)
    headings = (_("In"), number(_("No.")), words.untranslated(_("Group")), _("Themes"))
    return table(title, headings, rows, empty=empty)


def evidence_calls(*calls: Call) -> Sources:
    """Return the *calls* that show lists with their evidence, in the place of sources."""
    return Sources(instead=_("Each list with its evidence: {calls}").format(calls=", ".join(map(str, calls))))
