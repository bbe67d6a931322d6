"""The mending book: a text file with one repair on each line.

2024-03-01; SWL-014; torn hem; 45; done
2024-03-02; GIS-003; loose hook; 10; open
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

STATES = ("open", "done")


@dataclass
class Repair:
    """Something that is to be mended, with the minutes it takes."""

    day: date
    code: str
    fault: str
    minutes: int
    state: str = "open"

    def line(self) -> str:
        """Return the line of the book."""
        return f"{self.day.isoformat()}; {self.code}; {self.fault}; {self.minutes}; {self.state}"


def parse_line(line: str) -> Repair:
    """Read one line of the book."""
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 5:
        raise ValueError(f"five fields expected: {line.strip()}")
    day, code, fault, minutes, state = parts
    if state not in STATES:
        raise ValueError(f"unknown state: {state}")
    return Repair(date.fromisoformat(day), code, fault, int(minutes), state)


def parse_book(text: str) -> list[Repair]:
    """Read the whole book; empty lines are skipped."""
    return [parse_line(line) for line in text.splitlines() if line.strip()]


def duration(minutes: int) -> str:
    """Return a time for people: '45 min', '1 h 20 min'."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min"


class MendingBook:
    """The repairs in the order in which they were written down."""

    def __init__(self, repairs: list[Repair] | None = None) -> None:
        self.repairs = list(repairs or [])

    @classmethod
    def load(cls, path: Path) -> MendingBook:
        """Read a book from a file; no file is an empty book."""
        if not path.exists():
            return cls()
        return cls(parse_book(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write the book to a file."""
        path.write_text("".join(repair.line() + "\n" for repair in self.repairs), encoding="utf-8")

    def report(self, day: date, code: str, fault: str, minutes: int = 15) -> Repair:
        """Write down a new repair."""
        repair = Repair(day, code, fault, minutes)
        self.repairs.append(repair)
        return repair

    def open(self) -> list[Repair]:
        """Return what is still to be done."""
        return [repair for repair in self.repairs if repair.state == "open"]

    def finish(self, code: str) -> int:
        """Mark all open repairs of a costume as done, and return how many there were."""
        count = 0
        for repair in self.repairs:
            if repair.code == code and repair.state == "open":
                repair.state = "done"
                count += 1
        return count

    def workload(self) -> str:
        """Return how long the open repairs will take."""
        return duration(sum(repair.minutes for repair in self.open()))

    def by_costume(self) -> dict[str, list[str]]:
        """Return the faults that each costume has ever had."""
        faults: dict[str, list[str]] = {}
        for repair in self.repairs:
            faults.setdefault(repair.code, []).append(repair.fault)
        return faults
