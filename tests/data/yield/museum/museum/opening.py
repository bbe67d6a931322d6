"""When the museum is open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

OPENS = time(10, 0)
CLOSES = time(18, 0)
LATE_DAY = 3  # Thursday
LATE_CLOSES = time(21, 0)
CLOSED_DAY = 0  # Monday
LAST_ENTRY_MINUTES = 30
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOLIDAYS = {(1, 1), (12, 24), (12, 25), (12, 31)}


def is_holiday(day: date) -> bool:
    """Return whether the museum is closed for a holiday."""
    return (day.month, day.day) in HOLIDAYS


def is_open_day(day: date) -> bool:
    """Return whether the museum opens at all on a day."""
    return day.weekday() != CLOSED_DAY and not is_holiday(day)


def closing_time(day: date) -> time:
    """Return when the museum closes on a day that it is open."""
    return LATE_CLOSES if day.weekday() == LATE_DAY else CLOSES


def is_open(moment: datetime) -> bool:
    """Return whether visitors may be in the museum at a moment."""
    if not is_open_day(moment.date()):
        return False
    return OPENS <= moment.time() <= closing_time(moment.date())


def last_entry(day: date) -> time:
    """Return until when visitors are let in."""
    closes = datetime.combine(day, closing_time(day))
    return (closes - timedelta(minutes=LAST_ENTRY_MINUTES)).time()


def next_open_day(day: date) -> date:
    """Return the first open day after a day."""
    day += timedelta(days=1)
    while not is_open_day(day):
        day += timedelta(days=1)
    return day


def open_days(first: date, last: date) -> list[date]:
    """Return the open days of a period."""
    count = (last - first).days
    days = [first + timedelta(days=offset) for offset in range(count)]
    return [day for day in days if is_open_day(day)]


def format_time(moment: time) -> str:
    """Return a time as it stands on the door: '10:00'."""
    return f"{moment.hour}:{moment.minute:02d}"


def door_sign(day: date) -> str:
    """Return the sign for the door: 'Tuesday: 10:00 to 18:00'."""
    name = DAY_NAMES[day.weekday()]
    if not is_open_day(day):
        return f"{name}: closed"
    return f"{name}: {format_time(OPENS)} to {format_time(closing_time(day))}"
