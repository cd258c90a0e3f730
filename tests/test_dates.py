from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmap.dates import (
    day_after,
    days_in_month,
    in_force,
    is_part_date,
    last_day,
    may_precede,
)

years = st.integers(1, 9999).map(lambda year: f"{year:04d}")
months = st.dates().map(lambda day: day.isoformat()[:7])
days = st.dates().map(lambda day: day.isoformat())
part_dates = st.one_of(years, months, days)


DATES = ("2023", "2023-04", "2023-12", "2023-04-30", "2024-02-29", "2000-02-29", "0001")
NOT_DATES = (
    *("", "23", "202", "20233", "2023-", "2023-4", "2023-00", "2023-13", "2023-04-", "2023-04-00", "2023-04-31"),
    *("2023-04-5", "2023-02-29", "2023-02-30", "1900-02-29", "2023/04", "2023-04-30T00:00", " 2023", "2023 ", "2023\n"),
    *("-2023", "２０２３", "year"),
)


@pytest.mark.parametrize(("text", "expected"), [*((t, True) for t in DATES), *((t, False) for t in NOT_DATES)])
def test_a_year_a_month_or_a_day_that_exists_is_a_part_date_and_nothing_else(text: str, expected: bool) -> None:
    assert is_part_date(text) is expected


@given(days)
def test_every_day_of_the_calendar_is_a_part_date_and_its_own_last_day(day: str) -> None:
    assert is_part_date(day)
    assert last_day(day) == day


@given(st.dates(max_value=datetime.date(9999, 11, 30)))
def test_the_last_day_of_a_month_is_the_day_before_the_next_month(day: datetime.date) -> None:
    first_of_next = (day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
    last = first_of_next - datetime.timedelta(days=1)
    assert last_day(day.isoformat()[:7]) == last.isoformat()
    assert days_in_month(day.year, day.month) == last.day


@given(st.dates(min_value=datetime.date(1, 1, 1), max_value=datetime.date(9998, 12, 31)), st.sampled_from([4, 7, 10]))
def test_the_day_after_a_part_date_is_the_one_after_its_last(day: datetime.date, length: int) -> None:
    date = day.isoformat()[:length]
    end = datetime.date.fromisoformat(last_day(date))
    assert day_after(date) == (end + datetime.timedelta(days=1)).isoformat()


@pytest.mark.parametrize("date", ["9999", "9999-01", "9999-12-31"])
def test_after_the_last_year_comes_nothing(date: str) -> None:
    assert day_after(date) is None


@given(part_dates, part_dates)
def test_the_last_day_never_falls_as_the_start_of_the_part_date_rises(one: str, other: str) -> None:
    """Only part-dates of one length are ordered by their texts; of different lengths, by where they begin."""
    if len(one) == len(other):
        assert (one <= other) == (last_day(one) <= last_day(other))
    elif one[:4] != other[:4]:
        assert (one[:4] < other[:4]) == (last_day(one) < last_day(other))


@given(days)
def test_the_last_day_of_a_day_a_month_and_a_year_stand_in_this_order(day: str) -> None:
    assert last_day(day) <= last_day(day[:7]) <= last_day(day[:4])


# By span: the dates as of which it does not hold, and those as of which it does.
SPANS: dict[tuple[str | None, str | None], tuple[str, str]] = {
    (None, None): ("", "2023"),
    ("2020-05-01", None): ("2019 2020-04-30", "2020-05-01 2020-05 2020"),
    # a month begins to hold on its last day, a year on 31 December
    ("2020-05", None): ("2020-05-30", "2020-05-31 2020-05"),
    ("2020", None): ("2020-12-30", "2020-12 2020"),
    # the end is the first day out
    (None, "2020-07-01"): ("2020-07-01 2020-07", "2020-06-30 2020-06"),
    (None, "2020-07"): ("2020-07-31", "2020-07-30"),
    (None, "2020"): ("2020", "2019 2020-12-30"),
    ("2010-05-01", "2020-07-01"): ("2005 2021", "2012"),
    ("2020-05-01", "2020-05-01"): ("2020-05-01", ""),
}


@pytest.mark.parametrize("span", SPANS)
def test_a_span_holds_from_its_first_day_to_the_day_before_its_end(span: tuple[str | None, str | None]) -> None:
    out, within = SPANS[span]
    assert [date for date in f"{out} {within}".split() if in_force(*span, date)] == within.split()


@given(part_dates, part_dates)
def test_of_two_spans_that_meet_on_a_date_exactly_one_holds(border: str, as_of: str) -> None:
    assert in_force(None, border, as_of) is not in_force(border, None, as_of)


@given(st.none() | part_dates, st.none() | part_dates, part_dates)
def test_a_span_as_of_a_part_date_is_that_as_of_its_last_day(since: str | None, until: str | None, as_of: str) -> None:
    assert in_force(since, until, as_of) is in_force(since, until, last_day(as_of))


def test_a_date_may_precede_another_where_some_day_of_it_does() -> None:
    dates = ("2023", "2023-04", "2023-05", "2023-04-30", "2023-05-01")
    assert [date for date in dates if may_precede(date, "2023-04")] == ["2023", "2023-04", "2023-04-30"]
