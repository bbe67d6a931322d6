"""Opening hours of the shop.

Times are minutes since midnight, days are numbers from 0 (Monday) to 6 (Sunday).
"""

from datetime import date, timedelta

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def parse_time(text: str) -> int:
    """Return the minutes of a time such as '7:30'."""
    hour, minute = text.strip().split(":")
    minutes = int(hour) * 60 + int(minute)
    if not 0 <= minutes <= 24 * 60:
        raise ValueError(f"no time of a day: {text}")
    return minutes


def format_time(minutes: int) -> str:
    """Return a time like '07:30'."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


class OpeningHours:
    """When the shop is open: for each day the spans of time, and the days when it stays closed."""

    def __init__(self):
        self._spans = {day: [] for day in range(7)}
        self._closed = set()

    def add(self, day: int, opens: str, closes: str) -> None:
        """Add a span such as (0, '6:30', '12:00')."""
        start, end = parse_time(opens), parse_time(closes)
        if start >= end:
            raise ValueError(f"closes before it opens: {opens} to {closes}")
        self._spans[day].append((start, end))
        self._spans[day].sort()

    def close_on(self, day: date) -> None:
        """Keep the shop closed on a date."""
        self._closed.add(day)

    def is_open(self, day: date, time: str) -> bool:
        """Tell whether the shop is open at a time of a date."""
        if day in self._closed:
            return False
        minutes = parse_time(time)
        for start, end in self._spans[day.weekday()]:
            if start <= minutes <= end:
                return True
        return False

    def minutes_open(self, day: int) -> int:
        """Return for how long the shop is open on a day of the week."""
        return sum(end - start for start, end in self._spans[day])

    def next_open_day(self, day: date):
        """Return the first date from `day` on when the shop opens, None if it never does in two weeks."""
        for ahead in range(14):
            there = day + timedelta(days=ahead)
            if there not in self._closed and self._spans[there.weekday()]:
                return there
        return None

    def format_day(self, day: int) -> str:
        """Return a line for the door: 'Mon 06:30-12:00, 14:00-18:00'."""
        spans = [f"{format_time(start)}-{format_time(end)}" for start, end in self._spans[day]]
        return f"{DAYS[day]} {', '.join(spans)}"

    def sign(self) -> str:
        """Return the sign on the door, a line for each day."""
        return "\n".join(self.format_day(day) for day in range(7))
