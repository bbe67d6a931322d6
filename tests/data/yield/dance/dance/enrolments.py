"""Who is enrolled for which course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass
class Enrolment:
    """A student's place in a course."""

    student: str
    course: str
    joined: date
    cancelled: bool = False


class Register:
    """All enrolments of a term.

    Attributes:
        places: how many students each course takes, by its code.
    """

    def __init__(self, places: dict[str, int]) -> None:
        self.places = places
        self.enrolments: list[Enrolment] = []

    def enrol(self, student: str, course: str, joined: date) -> Enrolment:
        """Give a student a place in a course."""
        if self.is_full(course):
            raise ValueError(f"no place left in {course}")
        enrolment = Enrolment(student, course, joined)
        self.enrolments.append(enrolment)
        return enrolment

    def find(self, student: str, course: str) -> Enrolment | None:
        """Return a student's enrolment for a course unless it was cancelled."""
        for enrolment in self.enrolments:
            if enrolment.student == student and enrolment.course == course and not enrolment.cancelled:
                return enrolment
        return None

    def cancel(self, student: str, course: str) -> None:
        """Cancel a student's enrolment for a course."""
        enrolment = self.find(student, course)
        if enrolment is not None:
            enrolment.cancelled = True

    def students(self, course: str) -> list[str]:
        """Return the names of a course's students in alphabetical order."""
        return sorted(enrolment.student for enrolment in self.enrolments if enrolment.course == course)

    def taken(self, course: str) -> int:
        """Return how many places of a course are taken."""
        return sum(enrolment.course == course and not enrolment.cancelled for enrolment in self.enrolments)

    def free_places(self, course: str) -> int:
        """Return how many places of a course are free."""
        return self.places[course] - self.taken(course)

    def is_full(self, course: str) -> bool:
        """Return whether a course takes nobody any more."""
        return self.free_places(course) <= 0


def read_names(text: str) -> list[str]:
    """Return the names of a list that has one name a line."""
    return [line.strip() for line in text.splitlines()]


def joined_since(enrolments: list[Enrolment], day: date) -> list[Enrolment]:
    """Return the enrolments made on a day or later."""
    return [enrolment for enrolment in enrolments if enrolment.joined >= day]
