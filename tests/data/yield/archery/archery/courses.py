"""Courses for beginners, one evening a week."""

from dataclasses import dataclass, field
from datetime import date, timedelta


class CourseFullError(Exception):
    """All places of a course are taken."""


@dataclass
class Course:
    """A course and those who take part in it."""

    title: str
    start: date
    evenings: int = 6
    places: int = 8
    names: list[str] = field(default_factory=list)

    def enrol(self, name: str) -> None:
        """Put somebody on the list."""
        if name in self.names:
            raise ValueError(f"{name} takes part already")
        if len(self.names) >= self.places:
            raise CourseFullError(self.title)
        self.names.append(name)

    def withdraw(self, name: str) -> None:
        """Take somebody off the list."""
        self.names.remove(name)

    def free_places(self) -> int:
        """Return how many more people can take part."""
        return self.places - len(self.names)

    def dates(self) -> list[date]:
        """Return the days of all evenings."""
        return [self.start + timedelta(weeks=week) for week in range(self.evenings)]

    def name_list(self) -> str:
        """Return the names in alphabetical order, for the teacher."""
        return ", ".join(sorted(self.names))


def next_course(courses, today):
    """Return the course that starts next, or None."""
    coming = [course for course in courses if course.start > today]
    if not coming:
        return None
    return min(coming, key=lambda course: course.start)


def attendance(sheets):
    """Return on how many evenings each person was there.

    There is a sheet for each evening, which is a list of names.
    """
    counts = {}
    for sheet in sheets:
        for name in sheet:
            counts[name] = counts.get(name, 0) + 1
    return counts


def passed(course, sheets, missed=1):
    """Return those who were there often enough to get a certificate."""
    counts = attendance(sheets)
    return [name for name in course.names if counts.get(name, 0) >= course.evenings - missed]


def announcement(course: Course) -> str:
    """Return the text for the web page."""
    free = course.free_places()
    places = f"{free} places left" if free > 0 else "full"
    return f"{course.title}, from {course.start:%d.%m.%Y}, {course.evenings} evenings ({places})"
