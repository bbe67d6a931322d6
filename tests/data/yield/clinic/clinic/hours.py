"""Opening hours of the clinic."""

from datetime import date, datetime, time, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parse_time(text):
    """Return a time of day from a text such as '09:30'."""
    hour, minute = text.strip().split(":")
    return time(int(hour), int(minute))


def parse_range(text):
    """Return the first and the last time of a range such as '09:00-12:30'."""
    start, end = text.split("-")
    return parse_time(start), parse_time(end)


def format_range(start, end):
    """Return a range as a text; the opposite of `parse_range`."""
    return f"{start:%H:%M}-{end:%H:%M}"


class OpeningHours:
    """When the clinic is open in a week.

    Args:
        week: ranges by the name of the day, such as {"Mon": "09:00-12:00, 14:00-18:00"}; closed on other days.
        holidays: dates on which it is closed.
    """

    def __init__(self, week, holidays=()):
        self._week = {}
        for day, text in week.items():
            if day not in DAYS:
                raise ValueError(f"no such day: {day!r}")
            self._week[day] = [parse_range(part) for part in text.split(",")]
        self._holidays = set(holidays)

    def add_holiday(self, day):
        """Close the clinic on a date."""
        self._holidays.add(day)

    def ranges_on(self, day):
        """Return the ranges of a date, the earliest first; none on a holiday."""
        if day in self._holidays:
            return []
        return sorted(self._week.get(DAYS[day.weekday()], []))

    def is_open(self, moment):
        """Tell whether the clinic is open at a moment."""
        return any(start <= moment.time() <= end for start, end in self.ranges_on(moment.date()))

    def next_opening(self, moment):
        """Return when the clinic opens next after a moment, or None if it stays closed for a week."""
        for days in range(8):
            day = moment.date() + timedelta(days=days)
            for start, _ in self.ranges_on(day):
                opens = datetime.combine(day, start)
                if opens > moment:
                    return opens
        return None

    def minutes_on(self, day):
        """Return for how many minutes it is open on a date."""
        total = timedelta()
        for start, end in self.ranges_on(day):
            total += datetime.combine(date.min, end) - datetime.combine(date.min, start)
        return int(total.total_seconds()) // 60

    def lines(self):
        """Return the lines of the sign at the door, one for each day that has hours."""
        lines = []
        for day in DAYS:
            if day in self._week:
                text = ", ".join(format_range(start, end) for start, end in self._week[day])
                lines.append(f"{day} {text}")
        return lines
