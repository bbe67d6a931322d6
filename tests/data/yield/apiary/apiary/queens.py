"""Queens: their colours, their codes and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

COLOURS = ["white", "yellow", "red", "green", "blue"]

# days after grafting
STEPS = {"graft": 0, "check": 1, "sealed": 5, "cage": 10, "emerge": 12, "mated": 26}


def colour(year: int) -> str:
    """Return the colour with which queens of a year are marked; white is for years that end in 1 and 6."""
    return COLOURS[(year - 1) % 5]


def parse_code(code: str) -> tuple[str, int, int]:
    """Read the code of a queen, 'BUCK-2023-04': her line, the year and her number in it.

    Raises:
        ValueError: it is not such a code.
    """
    parts = code.strip().split("-")
    if len(parts) != 3:
        raise ValueError(f"not a queen's code: {code}")
    line, year, number = parts
    return line.upper(), int(year), int(number)


def format_code(line: str, year: int, number: int) -> str:
    """Return the code of a queen."""
    return f"{line.upper()}-{year}-{number:02d}"


def timetable(grafted: date) -> list[tuple[date, str]]:
    """Return what is to be done on which day after larvae were grafted."""
    return [(grafted + timedelta(days=days), step) for step, days in STEPS.items()]


@dataclass
class Queen:
    """A queen; `mother` is the code of hers, if it is known."""

    code: str
    hatched: date
    mother: str | None = None

    @property
    def line(self) -> str:
        """The line that she is of."""
        return parse_code(self.code)[0]

    def age(self, today: date) -> int:
        """Return how many years old she is."""
        return today.year - self.hatched.year

    def describe(self) -> str:
        """Return a line for the stud book: 'BUCK-2023-04, red, hatched 20.06.2023'."""
        return f"{self.code}, {colour(self.hatched.year)}, hatched {self.hatched:%d.%m.%Y}"


class StudBook:
    """All queens that the association has bred."""

    def __init__(self, queens: list[Queen] | None = None) -> None:
        self._queens = {queen.code: queen for queen in queens or []}

    def enter(self, queen: Queen) -> None:
        """Enter a queen, in place of what was written about her earlier."""
        self._queens[queen.code] = queen

    def get(self, code: str) -> Queen | None:
        """Return a queen, None if she is not in the book."""
        return self._queens.get(code)

    def ancestry(self, code: str) -> list[str]:
        """Return the codes of the mother, the mother's mother and so on, as far as they are known."""
        codes = []
        queen = self.get(code)
        while queen is not None and queen.mother is not None:
            codes.append(queen.mother)
            queen = self.get(queen.mother)
        return codes

    def daughters(self, code: str) -> list[str]:
        """Return the codes of a queen's daughters."""
        return sorted(queen.code for queen in self._queens.values() if queen.mother == code)

    def line_shares(self) -> dict[str, int]:
        """Return which part of the queens is of each line, in percent."""
        counts: dict[str, int] = {}
        for queen in self._queens.values():
            counts[queen.line] = counts.get(queen.line, 0) + 1
        total = sum(counts.values())
        return {line: 100 * count // total for line, count in sorted(counts.items())}
