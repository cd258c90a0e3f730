"""Part-dates: a year, a month or a day, and the one rule by which they are compared.

A part-date means its last day: 2023 is 2023-12-31, 2023-04 is 2023-04-30. So "as of 2023" asks what held when the year
closed, and what began in 2019 holds from the end of 2019 at the latest.
"""

from __future__ import annotations

import re
from functools import lru_cache

from govmap.calls import Option
from govmap.errors import UsageError
from govmap.language import Language, _, current, pgettext
from govmap.texts import quoted

PART_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
# Months and patterns are those of the Unicode CLDR (release 47); the first of a month is as official texts write it.
MONTHS: dict[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
BETWEEN: dict[Language, str] = {"en": " ", "es": " de ", "pt": " de ", "fr": " "}
TODAY: dict[Language, str] = {"en": "today", "es": "hoy", "pt": "hoje", "fr": "aujourd'hui"}
FIRST: dict[Language, str] = {"en": "1", "es": "1", "pt": "1º", "fr": "1er"}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month of the Gregorian calendar."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


@lru_cache(maxsize=8192)  # as last_day
def is_part_date(text: str) -> bool:
    """Return whether *text* is a year, a month or a day that exists."""
    match = PART_DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return year > 0 and day <= days_in_month(year, month)


@lru_cache(maxsize=8192)  # a dataset has few dates, and each is asked for very often
def last_day(date: str) -> str:
    """Return the last day of a part-date as YYYY-MM-DD, which sorts as text."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{days_in_month(int(date[:4]), int(date[5:])):02d}"
    return date


def first_day(date: str) -> str:
    """Return the first day of a part-date as YYYY-MM-DD."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def may_precede(date: str, as_of: str) -> bool:
    """Return whether any day of a part-date is on or before *as_of*, though comparisons go by its last day."""
    return first_day(date) <= last_day(as_of)


def in_force(since: str | None, until: str | None, as_of: str, after: str | None = None) -> bool:
    """Return whether a span has begun as of a date and has not ended.

    *until* is the first day on which it no longer holds. One whose beginning is not known has begun, but for dates up
    to *after*, the last day on which it is known not to have.
    """
    day = last_day(as_of)
    has_begun = last_day(since) <= day if since else after is None or last_day(after) < day
    return has_begun and (until is None or last_day(until) > day)


def day_before(date: str) -> str:
    """Return the day before the last day of a part-date: on it, what ends on that date still holds."""
    year, month, day = map(int, last_day(date).split("-"))
    if day > 1:
        return f"{year:04d}-{month:02d}-{day - 1:02d}"
    return last_day(f"{year:04d}-{month - 1:02d}" if month > 1 else f"{year - 1:04d}")


def format_date(date: str) -> str:
    """Return a part-date as people write it: 2023, April 2023, 19 November 2023."""
    year, *rest = date.split("-")
    parts = [MONTHS[current()].split()[int(rest[0]) - 1], year] if rest else [year]
    if len(rest) > 1:
        day = int(rest[1])
        parts.insert(0, FIRST[current()] if day == 1 else str(day))
    return BETWEEN[current()].join(parts)


def date_in_sentence(date: str) -> str:
    """Return a part-date as it stands after a preposition: desde el 19 de noviembre de 2023."""
    article = {"es": "el ", "fr": "le "}.get(current(), "") if len(date) == 10 else ""
    return article + format_date(date)


def as_of(date: str) -> str:
    """Return the phrase for the part-date for which an answer holds: as of April 2023."""
    # translators: the same phrase for a year, a month and a day, where the preposition depends on that
    phrases = {
        4: pgettext("year", "as of {date}"),
        7: pgettext("month", "as of {date}"),
        10: pgettext("day", "as of {date}"),
    }
    return phrases[len(date)].format(date=format_date(date))


def day_after(date: str) -> str | None:
    """Return the day after the last day of a part-date: after 1990, 1 January 1991; None after 9999."""
    from datetime import date as day_of  # costs start-up, and few calls need it
    from datetime import timedelta

    if date.startswith("9999"):
        return None
    return (day_of.fromisoformat(last_day(date)) + timedelta(days=1)).isoformat()


def read_date(text: str, option: str = "as_of") -> str:
    """Return the part-date that *text* is, that of the present day for `today` in any language.

    Raises:
        UsageError: It is none; the suggestions are dates for the *option*.

    """
    text = str(text).strip()  # in Python a date, or a year as a number, is as clear
    if text.casefold().replace("’", "'") in TODAY.values():
        import datetime

        return datetime.datetime.now().astimezone().date().isoformat()
    if not is_part_date(text):
        examples = tuple(Option(option, date) for date in ("2023", "2023-04", "2023-04-30"))
        raise UsageError(_("{text} is not a date").format(text=quoted(text)), examples)
    return text
