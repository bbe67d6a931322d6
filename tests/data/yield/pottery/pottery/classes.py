"""Courses that people come to the studio for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MEMBER_PERCENT = 20


@dataclass
class Course:
    """A course of one evening."""

    title: str
    teacher: str
    start: datetime
    minutes: int = 120
    places: int = 8
    students: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def end(self) -> datetime:
        """Return when the course is over."""
        return self.start + timedelta(minutes=self.minutes)

    def free(self) -> int:
        """Return how many places are left."""
        return self.places - len(self.students)

    def enrol(self, name: str) -> bool:
        """Give somebody a place and return True, or put them on the waiting list and return False."""
        if self.free() <= 0:
            self.waiting.append(name)
            return False
        self.students.append(name)
        return True

    def cancel(self, name: str) -> None:
        """Take a student off the list."""
        self.students.remove(name)

    def summary(self) -> str:
        """Return the line for the web page: 'Throwing with Ida, 3 places free'."""
        return f"{self.title} with {self.teacher}, {self.free()} places free"


def upcoming(courses: list[Course], now: datetime) -> list[Course]:
    """Return the courses that have not begun yet, the next one first."""
    later = [course for course in courses if course.start > now]
    return sorted(later, key=lambda course: course.start)


def fee(cents: int, member: bool = False) -> int:
    """Return what a course costs somebody."""
    if member:
        return cents - cents * MEMBER_PERCENT // 100
    return cents


def by_teacher(courses: list[Course]) -> dict[str, list[str]]:
    """Return the titles of the courses that each teacher gives."""
    titles: dict[str, list[str]] = {}
    for course in courses:
        titles.setdefault(course.teacher, []).append(course.title)
    return titles


def overlap(first: Course, second: Course) -> bool:
    """Return whether two courses take place at the same time."""
    return first.start < second.end() and second.start < first.end()
