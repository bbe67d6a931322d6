"""Courses, their places and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

LEVELS = ("beginner", "blue", "red", "black")
DAY_PRICE = 58.0
HOLIDAY_EXTRA = 12.0


@dataclass
class Course:
    """A course that runs for some days in a row."""

    title: str
    level: str
    start: date
    days: int = 5
    places: int = 8
    pupils: list[str] = field(default_factory=list)

    def free(self) -> int:
        return self.places - len(self.pupils)

    def enrol(self, name: str) -> None:
        """Put a pupil on the list of the course."""
        if self.free() < 0:
            raise ValueError(f"{self.title} is full")
        self.pupils.append(name)

    def end(self) -> date:
        """Return the last day of the course."""
        return self.start + timedelta(days=self.days - 1)


def parse_level(text: str) -> str:
    """Return the level that somebody chose in the form."""
    if text not in LEVELS:
        raise ValueError(f"no such level: {text}")
    return text


def is_holiday(day: date) -> bool:
    """Tell whether the holiday prices hold on a day."""
    return day.month == 12 and day.day >= 24


def course_price(course: Course) -> float:
    """Return what one pupil pays for the whole course."""
    total = course.days * DAY_PRICE
    for number in range(course.days):
        if is_holiday(course.start + timedelta(days=number)):
            total += HOLIDAY_EXTRA
    return total


def instalments(total: float, parts: int) -> float:
    """Return one of several equal instalments."""
    if parts < 1:
        raise ValueError("at least one instalment")
    return total / parts


def running(courses: list[Course], day: date) -> list[Course]:
    """Return the courses that take place on a day."""
    return [course for course in courses if course.start <= day <= course.end()]
