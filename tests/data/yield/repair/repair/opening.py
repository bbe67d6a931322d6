"""When the café is open: weekly hours, extra days and days off."""

from __future__ import annotations

from datetime import date, time, timedelta

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

Span = tuple[time, time]


class Calendar:
    """The days on which the café is open.

    Attributes:
        weekly: the hours of each weekday, Monday being 0; a weekday that is not there is closed.
        extra: days that are open besides, with their hours.
        off: days that are closed although it is their weekday.
    """

    def __init__(self, weekly: dict[int, list[Span]]) -> None:
        self.weekly = weekly
        self.extra: dict[date, list[Span]] = {}
        self.off: set[date] = set()

    def hours(self, day: date) -> list[Span]:
        """Return the hours of a day, none if it is closed."""
        if day in self.extra:
            return self.extra[day]
        if day in self.off:
            return []
        return self.weekly.get(day.weekday(), [])

    def is_open(self, day: date) -> bool:
        """Tell whether the café is open at some time of a day."""
        return bool(self.hours(day))

    def next_opening(self, today: date) -> date | None:
        """Return the next day on which the café is open, if there is one within a year."""
        for ahead in range(1, 366):
            day = today + timedelta(days=ahead)
            if self.is_open(day):
                return day
        return None

    def close(self, first: date, last: date) -> None:
        """Take days off, from a first to a last."""
        for ahead in range((last - first).days + 1):
            self.off.add(first + timedelta(days=ahead))

    def days_open(self, year: int, month: int) -> list[date]:
        """Return the open days of a month."""
        day = date(year, month, 1)
        days = []
        while day.month == month:
            if self.is_open(day):
                days.append(day)
            day += timedelta(days=1)
        return days


def span_text(span: Span) -> str:
    """Return hours such as '14:00-17:30'."""
    start, end = span
    return f"{start:%H:%M}-{end:%H:%M}"


def hours_text(hours: list[Span]) -> str:
    """Return all hours of a day as one text."""
    return " and ".join(span_text(span) for span in sorted(hours))


def week_table(calendar: Calendar, monday: date) -> list[str]:
    """Return the lines of the poster for a week."""
    lines = []
    for number, name in enumerate(WEEKDAYS):
        day = monday + timedelta(days=number)
        lines.append(f"{name}: {hours_text(calendar.hours(day))}".strip())
    return lines


def minutes_open(hours: list[Span]) -> int:
    """Return how long the café is open on a day with such hours."""
    total = 0
    for start, end in hours:
        total += (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
    return total
