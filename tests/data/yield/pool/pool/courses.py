"""Swimming courses and who takes part in them."""

from typing import Optional

LEVELS = ["seahorse", "bronze", "silver", "gold"]


class Course:
    """A course with a limited number of places and a waiting list."""

    def __init__(self, title: str, level: str, places: int = 8):
        if level not in LEVELS:
            raise ValueError(f"unknown level: {level}")
        self.title = title
        self.level = level
        self.places = places
        self.swimmers: list[str] = []
        self.waiting: list[str] = []

    def __repr__(self):
        return f"<Course {self.title}: {len(self.swimmers)}/{self.places}>"

    def free(self) -> int:
        """Return how many places are left."""
        return self.places - len(self.swimmers)

    def enrol(self, name: str) -> bool:
        """Enrol a swimmer; if the course is full they go on the waiting list, and False is returned."""
        if self.free() > 0:
            self.swimmers.append(name)
            return True
        self.waiting.append(name)
        return False

    def withdraw(self, name: str):
        """Take a swimmer out of the course; the first who waits gets the place."""
        if name not in self.swimmers:
            raise ValueError(f"not in the course: {name}")
        self.swimmers.remove(name)
        if self.waiting:
            self.swimmers.append(self.waiting.pop(0))

    def register(self) -> str:
        """Return the list for the teacher to tick off."""
        lines = [f"{self.title} ({self.level})"]
        lines += [f"[ ] {name}" for name in sorted(self.swimmers)]
        return "\n".join(lines)


def next_level(level: str) -> Optional[str]:
    """Return the level after another one, None after the last."""
    index = LEVELS.index(level) + 1
    return LEVELS[index] if index < len(LEVELS) else None


def average_age(ages: list[int]) -> float:
    """Return the average age of the swimmers, with one decimal."""
    return round(sum(ages) / len(ages), 1)


def with_places(courses: list[Course], level: Optional[str] = None) -> list[Course]:
    """Return the courses that still have a place, of all levels or of one."""
    found = []
    for course in courses:
        if level is not None and course.level != level:
            continue
        if course.free() > 0:
            found.append(course)
    return found


def occupancy(courses: list[Course]) -> int:
    """Return how many per cent of all places are taken."""
    places = sum(course.places for course in courses)
    if places == 0:
        return 0
    return round(100 * sum(len(course.swimmers) for course in courses) / places)
