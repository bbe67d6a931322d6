"""Attendance lists, and some numbers about them."""

from collections import Counter

PRESENT = "present"
EXCUSED = "excused"
ABSENT = "absent"


def attendance_rate(attended: int, total: int) -> float:
    """Return the percentage of rehearsals that somebody attended, with one decimal."""
    return round(attended / total * 100, 1)


def median(values):
    """Return the middle one of some numbers."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle]


def longest_streak(marks) -> int:
    """Return the greatest number of rehearsals in a row that somebody attended.

    marks: booleans, oldest first
    """
    best = current = 0
    for mark in marks:
        if mark:
            current += 1
            best = max(best, current)
        else:
            current = 0
    return best


def most_absent(absences, limit=3):
    """Return the names with the most absences, highest first.

    absences: names, one for each time that somebody was absent
    """
    counts = Counter(absences)
    return sorted(counts.items(), key=lambda item: item[1], reverse=True)[:limit]


class Sheet:
    """The attendance list of one rehearsal."""

    def __init__(self, names):
        self.marks = {name: ABSENT for name in names}

    def mark(self, name: str, status: str = PRESENT) -> None:
        if name not in self.marks:
            raise KeyError(name)
        self.marks[name] = status

    def names(self, status: str) -> list[str]:
        return [name for name, mark in self.marks.items() if mark == status]

    def summary(self) -> str:
        counts = Counter(self.marks.values())
        return f"{counts[PRESENT]} present, {counts[EXCUSED]} excused, {counts[ABSENT]} absent"
