"""Texts on who chairs a mechanism."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govmap.dates import date_in_sentence, format_date
from govmap.language import _, pgettext
from govmap.layout.blocks import lines
from govmap.layout.page import Lines
from govmap.layout.sources import SourceNumbers
from govmap.parts.roles import ChairNow, ChairRow
from govmap.texts import enumerated, in_series, labelled

if TYPE_CHECKING:
    from govmap.questions.country import Seat


def chair(now: ChairNow, numbers: SourceNumbers) -> str:
    """Return who chairs a mechanism, or since when that is not known and who was the last."""
    if now.held_by:
        return in_series(_term(row, numbers) for row in now.held_by)
    if now.not_known_since is None:
        return pgettext("chair", "not known")
    last = enumerated(numbers.after(row.name, row.evidence.sources) for row in now.last_known)
    if all(row.until for row in now.last_known):
        text = _("not known since {date}; until then {country}")
        return text.format(date=date_in_sentence(now.not_known_since), country=last)
    # What is known of the last says nothing of later.
    text = _("not known; last known: {country}, {date}")
    return text.format(date=format_date(now.not_known_since), country=last)


def _term(row: ChairRow, numbers: SourceNumbers) -> str:
    """Return a country in the chair, since when, and when it was last seen there."""
    name = (
        _("{text}, since {since}").format(text=row.name, since=date_in_sentence(row.since)) if row.since else row.name
    )
    if row.seen:
        name = _("{text}, last seen {date}").format(text=name, date=format_date(row.seen))
    return numbers.after(name, row.evidence.sources)


def chairs(seats: Iterable[Seat], numbers: SourceNumbers) -> Lines | None:
    """Return who chairs each of the mechanisms that list a country, as far as any chair is known."""
    shown = ((seat.id, seat.chair) for seat in seats if seat.chair and (seat.chair.held_by or seat.chair.last_known))
    return lines(_("Chairs"), (labelled(id_, chair(now, numbers)) for id_, now in shown))
