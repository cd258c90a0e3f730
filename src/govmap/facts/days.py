"""When a fact holds, in days: the rules of part-dates, applied once, when a database is built.

A part-date means its last day: what began in 2019 holds from the end of 2019 at the latest. The chair of a year or a
month is the exception: it holds from the first day.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from govmap.dates import day_after, first_day, last_day
from govmap.mechanism_parts import Part

EVER, NEVER = "0001-01-01", "9999-12-31"
LAST_DAY = "9999-12-30"  # on which what never ends still holds


class Days(NamedTuple):
    """The days of a fact: it may hold from `may_begin`, holds from `begins`, and no longer on `ends`."""

    may_begin: str
    begins: str
    ends: str


def day_of(part_date: str) -> str:
    """Return the day on which to ask what holds on a part-date."""
    return min(last_day(part_date), LAST_DAY)


def days_of(part: Part, item: Any) -> Days:
    """Return the days of an item of a part of a mechanism."""
    since, until = getattr(item, "since", None), getattr(item, "until", None)
    if part.whole_dates:  # and for no longer than it was seen, where its end is not known
        begins = first_day(item.start) if item.start else NEVER
        ends = first_day(until) if until else _day_after(item.known_until or NEVER)
        return Days(begins, begins, ends)
    if part.field == "links":  # a contact that was stays one
        return days_between(item.date, None)
    if since:
        return days_between(since, until)
    after, by = getattr(item, "joined_after", None), getattr(item, "joined_by", None) or getattr(item, "seen", None)
    may_begin = _day_after(after) if after else EVER
    return Days(may_begin, last_day(by) if by else may_begin, last_day(until) if until else NEVER)


def days_between(since: str | None, until: str | None) -> Days:
    """Return the days of what began on one part-date and was no longer on another; None where either is not known."""
    begins = last_day(since) if since else EVER
    return Days(begins, begins, last_day(until) if until else NEVER)


def _day_after(date: str) -> str:
    return day_after(date) or NEVER
