"""Shifts of the people who sort and drive."""

from dataclasses import dataclass
from datetime import date

BREAK_AFTER = 6 * 60
BREAK = 30


def to_minutes(time: str) -> int:
    """Return the minutes since midnight of a time such as '6:30'."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


@dataclass
class Shift:
    """Somebody's work on a day; `start` and `end` are like '14:00'."""

    person: str
    day: date
    start: str
    end: str
    task: str = "sorting"

    def minutes(self) -> int:
        """Return how long the shift is, breaks included."""
        return to_minutes(self.end) - to_minutes(self.start)

    def paid_minutes(self) -> int:
        """Return the minutes without the break, which only a long shift has."""
        minutes = self.minutes()
        if minutes > BREAK_AFTER:
            minutes -= BREAK
        return minutes


class Plan:
    """The shifts of a week."""

    def __init__(self, people):
        self.people = list(people)
        self.shifts = []

    def assign(self, shift):
        """Put a shift into the plan.

        Raises:
            ValueError: nobody of that name works here.
        """
        if shift.person not in self.people:
            raise ValueError(f"unknown person: {shift.person}")
        self.shifts.append(shift)

    def on(self, day):
        return [shift for shift in self.shifts if shift.day == day]

    def free(self, day):
        """Return who has no shift on a day."""
        busy = {shift.person for shift in self.on(day)}
        return sorted(person for person in self.people if person not in busy)

    def hours(self, person):
        """Return the paid hours of somebody in this week."""
        minutes = sum(shift.paid_minutes() for shift in self.shifts if shift.person == person)
        return minutes / 60

    def tasks(self, day):
        """Return who does what on a day: {'sorting': ['Ada', 'Cem']}."""
        tasks = {}
        for shift in self.on(day):
            tasks.setdefault(shift.task, []).append(shift.person)
        return tasks


def notice(plan, day):
    """Return the notice for the board in the kitchen."""
    lines = [f"{day:%A}, {day:%d.%m.}"]
    for shift in sorted(plan.on(day), key=lambda shift: to_minutes(shift.start)):
        lines.append(f"{shift.start} {shift.person}")
    free = plan.free(day)
    if free:
        lines.append("Free: " + ", ".join(free))
    return "\n".join(lines)
