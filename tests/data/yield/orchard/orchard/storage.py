"""The cold store, where the apples wait in crates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CAPACITY = 240


@dataclass
class Crate:
    """A crate with fruit of one variety."""

    number: str
    variety: str
    kilos: float
    stored: date

    def days(self, today: date) -> int:
        """Return for how many days the crate has been here."""
        return (today - self.stored).days


class ColdStore:
    """The crates in the cold store, in the order in which they came in."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self.crates: list[Crate] = []

    def put(self, crate: Crate) -> None:
        """Bring a crate in."""
        self.crates.append(crate)

    def take(self, number: str) -> Crate:
        """Fetch a crate out."""
        for crate in self.crates:
            if crate.number == number:
                self.crates.remove(crate)
                return crate
        raise KeyError(number)

    def free(self) -> int:
        """Return for how many more crates there is room."""
        return self.capacity - len(self.crates)

    def varieties(self) -> list[str]:
        """Return the varieties that are here."""
        return [crate.variety for crate in self.crates]

    def counts(self) -> dict[str, int]:
        """Return how many crates there are of each variety."""
        counts: dict[str, int] = {}
        for crate in self.crates:
            counts[crate.variety] = counts.get(crate.variety, 0) + 1
        return counts

    def board_line(self, variety: str) -> str:
        """Return the line for the board at the door: '12 crates of Elstar'."""
        count = self.counts().get(variety, 0)
        return f"{count} crates of {variety}"

    def overdue(self, today: date, limit: int = 90) -> list[Crate]:
        """Return the crates that have been here for more days than the limit."""
        return [crate for crate in self.crates if crate.days(today) > limit]


def merge_counts(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    """Return the counts of two stores together."""
    for variety, count in second.items():
        first[variety] = first.get(variety, 0) + count
    return first
