"""The staff's rota."""

from dataclasses import dataclass

ROLES = ("box office", "snack bar", "projection", "usher")


@dataclass(frozen=True)
class Shift:
    """Somebody's work on a day; hours such as 18.5 for half past six."""

    person: str
    day: str
    begin: float
    end: float
    role: str = "usher"

    def hours(self) -> float:
        """Return how long it takes."""
        return self.end - self.begin

    def overlaps(self, other: "Shift") -> bool:
        """Return whether it is at the same time as another one."""
        return self.day == other.day and self.begin < other.end and other.begin < self.end


def parse_hour(text: str) -> float:
    """Return the hour of a time: parse_hour('18:30') is 18.5."""
    hours, minutes = text.split(":")
    return int(hours) + int(minutes) / 60


def format_hour(hour: float) -> str:
    """Return an hour as a time: format_hour(18.5) is '18:30'."""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_shift(line: str) -> Shift:
    """Read a line of the rota: 'Ada, 2024-05-03, 18:00-22:30, usher'."""
    person, day, times, role = [part.strip() for part in line.split(",")]
    if role not in ROLES:
        raise ValueError(f"unknown role: {role}")
    begin, end = times.split("-")
    return Shift(person, day, parse_hour(begin), parse_hour(end), role)


def hours_by_person(shifts):
    """Return how many hours each person works."""
    hours = {}
    for shift in shifts:
        hours[shift.person] = hours.get(shift.person, 0) + shift.hours()
    return hours


def double_booked(shifts):
    """Return the people who have two shifts at a time."""
    people = []
    for index, shift in enumerate(shifts):
        for other in shifts[index + 1 :]:
            if shift.person == other.person and shift.overlaps(other):
                people.append(shift.person)
    return people


def pay(hours: float, rate: float = 13.5) -> float:
    """Return the pay for some hours."""
    return round(hours * rate, 2)


def missing_roles(shifts, day):
    """Return the roles that nobody has on a day."""
    there = [shift.role for shift in shifts if shift.day == day]
    return [role for role in ROLES if role not in there]


def rota(shifts, day):
    """Return the lines of a day for the pin board."""
    lines = []
    for shift in shifts:
        if shift.day == day:
            lines.append(f"{format_hour(shift.begin)}-{format_hour(shift.end)} {shift.person} ({shift.role})")
    return lines
