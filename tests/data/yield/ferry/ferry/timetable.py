"""The timetable: when which ship leaves from where."""

from __future__ import annotations

from dataclasses import dataclass

MINUTES_PER_DAY = 24 * 60


@dataclass
class Sailing:
    ship: str
    harbour: str
    departure: int  # minutes since midnight
    minutes: int = 35
    cancelled: bool = False

    @property
    def arrival(self) -> int:
        return (self.departure + self.minutes) % MINUTES_PER_DAY


def parse_time(text: str) -> int:
    """Return the minutes since midnight of a time like '07:45'."""
    hours, minutes = text.strip().split(":")
    return int(hours) * 60 + int(minutes)


def format_time(minutes: int) -> str:
    """Return a time of day as it stands in the timetable, e.g. '07:45'."""
    minutes %= MINUTES_PER_DAY
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def duration_text(minutes: int) -> str:
    """Return a duration in words, e.g. '1 h 5 min'."""
    hours, rest = divmod(minutes, 60)
    if hours:
        return f"{hours} h {rest} min"
    return f"{rest} min"


def next_sailing(sailings, now, harbour):
    """Return the next sailing from a harbour today, or None if the last one has left."""
    best = None
    for sailing in sailings:
        if sailing.harbour != harbour or sailing.departure < now:
            continue
        if best is None or sailing.departure < best.departure:
            best = sailing
    return best


def sailings_from(sailings: list[Sailing], harbour: str) -> list[Sailing]:
    """Return all sailings from a harbour in the order in which they leave."""
    found = [one for one in sailings if one.harbour == harbour]
    found.sort(key=lambda one: one.departure)
    return found


def timetable_line(sailing: Sailing) -> str:
    """Return a line of the printed timetable."""
    line = f"{format_time(sailing.departure)} - {format_time(sailing.arrival)}  {sailing.ship}"
    if sailing.cancelled:
        line += " (cancelled)"
    return line


def every(first: str, last: str, step: int) -> list[str]:
    """Return the departures between two times, one each `step` minutes: every('08:00', '09:00', 30)."""
    times = []
    minute = parse_time(first)
    while minute < parse_time(last):
        times.append(format_time(minute))
        minute += step
    return times
