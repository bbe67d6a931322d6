"""The courses of the school and their timetable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LEVELS = ("beginner", "improver", "intermediate", "advanced")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass
class Course:
    """A course that meets once a week."""

    code: str
    title: str
    level: str
    day: str
    starts: time
    minutes: int = 60

    def ends(self) -> time:
        """Return when a lesson is over."""
        start = datetime.combine(date(2000, 1, 1), self.starts)
        return (start + timedelta(minutes=self.minutes)).time()

    def label(self) -> str:
        """Return the course as it stands on the website: 'Salsa, beginner (Mon 18:30)'."""
        return f"{self.title}, {self.level} ({self.day} {self.starts:%H:%M})"


class Timetable:
    """All courses of a term."""

    def __init__(self, courses: Iterable[Course] = ()) -> None:
        self.courses = list(courses)

    def add(self, course: Course) -> None:
        """Put a course on the timetable."""
        if course.day not in DAYS:
            raise ValueError(f"unknown day: {course.day}")
        self.courses.append(course)

    def find(self, code: str) -> Course | None:
        """Return the course with a code, or None."""
        for course in self.courses:
            if course.code == code:
                return course
        return None

    def on_day(self, day: str) -> list[Course]:
        """Return the courses of a day in the order they start."""
        found = [course for course in self.courses if course.day == day]
        return sorted(found, key=lambda course: course.starts)

    def levels_of(self, title: str) -> list[str]:
        """Return the levels that a dance is taught at, easiest first."""
        taught = {course.level for course in self.courses if course.title == title}
        return [level for level in LEVELS if level in taught]


def clashes(one: Course, other: Course) -> bool:
    """Return whether two courses overlap, so that nobody can attend both."""
    if one.day != other.day:
        return False
    return one.starts <= other.ends() and other.starts <= one.ends()


def course_dates(first: date, lessons: int) -> list[date]:
    """Return the dates of all lessons of a course, one a week."""
    dates: list[date] = []
    day = first
    while len(dates) < lessons:
        dates.append(day)
        day += timedelta(weeks=1)
    return dates
