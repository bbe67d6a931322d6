"""Children who stay at home for a while."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date


@dataclass
class Absence:
    """A child does not come. The last day is None as long as nobody knows it."""

    child: str
    first: date
    last: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Return whether the child is away on a day."""
        return self.first <= day <= self.last

    def end(self, day: date) -> None:
        """Note the last day of the absence."""
        if day < self.first:
            raise ValueError(f"ends before it begins: {day}")
        self.last = day

    def door_line(self) -> str:
        """Return the line for the list on the door: 'Mia (flu)'."""
        return f"{self.child} ({self.reason})"


def days_missed(first: date, last: date) -> int:
    """Return how many days an absence lasts, first and last day included."""
    return (last - first).days + 1


def absent_on(absences: list[Absence], day: date) -> list[str]:
    """Return the names of the children who are away on a day, in alphabetical order."""
    return sorted({absence.child for absence in absences if absence.covers(day)})


def common_reasons(absences: list[Absence]) -> list[tuple[str, int]]:
    """Return the reasons and how often each was given, the most frequent first."""
    counts = Counter(absence.reason for absence in absences if absence.reason)
    return counts.most_common()


def parse_absence(line: str) -> Absence:
    """Read a line of the answering machine's list: 'Mia, 2024-05-03, 2024-05-06, flu'."""
    child, first, last, reason = (part.strip() for part in line.split(","))
    return Absence(child, date.fromisoformat(first), date.fromisoformat(last), reason)


def attendance(days_open: int, days_away: int) -> float:
    """Return on how many percent of the days a child was here."""
    return round(100 * (days_open - days_away) / days_open, 1)
