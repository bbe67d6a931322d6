"""The teachers, what they teach and what they earn."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Teacher:
    """Somebody who teaches at the school; the rate is in euros an hour."""

    name: str
    rate: float
    dances: list[str] = field(default_factory=list)
    hours: float = 0.0

    def teaches(self, dance: str) -> bool:
        """Return whether the teacher gives lessons in a dance."""
        return dance in self.dances

    def add_lesson(self, minutes: int) -> None:
        """Count a lesson that was given."""
        self.hours += minutes / 60

    def pay(self) -> float:
        """Return what the teacher gets for the hours so far."""
        return self.hours * self.rate


def short_name(name: str) -> str:
    """Return a name as it stands on the timetable: 'Ana Lopez' is 'A. Lopez'."""
    first, *_, last = name.split()
    return f"{first[0]}. {last}"


def by_hours(teachers: list[Teacher]) -> list[Teacher]:
    """Return the teachers, those who have taught the most first."""
    return sorted(teachers, key=lambda teacher: teacher.hours, reverse=True)


def who_teaches(teachers: list[Teacher], dance: str) -> list[str]:
    """Return the names of everybody who could give a lesson in a dance."""
    return [teacher.name for teacher in teachers if teacher.teaches(dance)]


def average_rating(stars: list[int]) -> float:
    """Return the average of what the students gave, to one decimal."""
    return round(sum(stars) / len(stars), 1)


def payroll(teachers: list[Teacher]) -> dict[str, float]:
    """Return what each teacher gets, by name; who has not taught is left out."""
    return {teacher.name: teacher.pay() for teacher in teachers if teacher.hours > 0}
