"""Dates and times of rehearsals."""

from datetime import date, datetime, timedelta

WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def rehearsal_dates(first: date, last: date, step: int = 7) -> list[date]:
    """Return the dates of all rehearsals from first to last, both included."""
    dates = []
    for offset in range(0, (last - first).days + 1, step):
        dates.append(first + timedelta(days=offset))
    return dates


def next_rehearsal(dates, today):
    """Return the next rehearsal after today, or None if there is none."""
    for day in sorted(dates):
        if day > today:
            return day
    return None


def format_day(day: date) -> str:
    """Format a date for the plan on the wall: "Tue 3.2."."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}.{day.month}."


def parse_time(text: str) -> tuple[int, int]:
    """Parse a time such as "19:30"."""
    hours, minutes = text.strip().split(":")
    hours, minutes = int(hours), int(minutes)
    if not (0 <= hours <= 23 and 0 <= minutes <= 59):
        raise ValueError(f"no such time: {text}")
    return hours, minutes


def duration_text(minutes: int) -> str:
    """Say how long a rehearsal takes, "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest} min"
    return f"{hours} h {rest} min"


class Rehearsal:
    """A rehearsal at a place."""

    def __init__(self, start: datetime, minutes: int = 120, place: str = "hall"):
        self.start = start
        self.minutes = minutes
        self.place = place

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Rehearsal") -> bool:
        return self.start < other.end and other.start < self.end

    def label(self) -> str:
        return f"{format_day(self.start.date())} {self.start:%H:%M}, {self.place}"
