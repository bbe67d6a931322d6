"""Dates and working days, for delivery times and deadlines."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def parse_date(text: str) -> date:
    """Return the date that a text such as '2024-03-05' names.

    Raises:
        ValueError: it names none.
    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ValueError(f"not a date: {text!r}") from None


def is_workday(day: date, holidays: Collection[date] = ()) -> bool:
    """Return whether people work on a day: not at weekends, nor on holidays."""
    return day.weekday() < SATURDAY and day not in holidays


def next_workday(day: date, holidays: Collection[date] = ()) -> date:
    """Return the first working day after a day."""
    day += ONE_DAY
    while not is_workday(day, holidays):
        day += ONE_DAY
    return day


def add_workdays(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """Return the day that is so many working days after `start`."""
    day = start
    left = days
    while left > 0:
        day += ONE_DAY
        if is_workday(day, holidays):
            left -= 1
    return day


def workdays_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """Count the working days from `start` on and before `end`; 0 if `end` comes before `start`."""
    count = 0
    day = start
    while day < end:
        if is_workday(day, holidays):
            count += 1
        day += ONE_DAY
    return count


def quarter(day: date) -> str:
    """Return the quarter that a day is in, such as '2024-Q1'."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def delivery_date(ordered: datetime, days: int = 2, holidays: Collection[date] = ()) -> date:
    """Return when an order arrives; what is ordered after 14 h goes out a working day later."""
    if ordered.hour >= 14:
        days += 1
    return add_workdays(ordered.date(), days, holidays)
