"""Who works when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ROLES = ("baker", "counter", "driver")


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


@dataclass(frozen=True)
class Shift:
    """The work of one person on one day; times are like '04:30'."""

    person: str
    role: str
    day: date
    start: str
    end: str

    def hours(self) -> float:
        """Return how long the shift is."""
        return (_minutes(self.end) - _minutes(self.start)) / 60


class Rota:
    """The shifts of the staff."""

    def __init__(self, staff: list[str]):
        self.staff = list(staff)
        self.shifts: list[Shift] = []

    def add(self, shift: Shift) -> None:
        """Add a shift of somebody on the staff."""
        if shift.person not in self.staff:
            raise ValueError(f"not on the staff: {shift.person}")
        if shift.role not in ROLES:
            raise ValueError(f"unknown role: {shift.role}")
        self.shifts.append(shift)

    def working(self, day: date) -> list[str]:
        """Return who works on a day, by name."""
        return sorted({shift.person for shift in self.shifts if shift.day == day})

    def hours_by_person(self) -> dict[str, float]:
        """Return how many hours each person works."""
        hours: dict[str, float] = {}
        for shift in self.shifts:
            hours[shift.person] = hours.get(shift.person, 0) + shift.hours()
        return hours

    def swap(self, day: date, first: str, second: str) -> None:
        """Let two people work each other's shifts on a day."""
        other = {first: second, second: first}
        for index, shift in enumerate(self.shifts):
            if shift.day == day and shift.person in other:
                person = other[shift.person]
                self.shifts[index] = Shift(person, shift.role, shift.day, shift.start, shift.end)

    def missing_roles(self, day: date) -> list[str]:
        """Return the roles that nobody has on a day."""
        there = {shift.role for shift in self.shifts if shift.day == day}
        return [role for role in ROLES if role not in there]


def plan(rota: Rota, day: date) -> str:
    """Return the plan of a day, the earliest shift first."""
    shifts = [shift for shift in rota.shifts if shift.day == day]
    lines = [f"Plan for {day.isoformat()}"]
    for shift in sorted(shifts, key=lambda shift: (shift.start, shift.person)):
        lines.append(f"{shift.start}-{shift.end} {shift.person} ({shift.role})")
    return "\n".join(lines)
