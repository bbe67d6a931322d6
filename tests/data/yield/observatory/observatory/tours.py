"""Guided tours through the domes, with a limited number of seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

SEATS = 18


class FullError(Exception):
    """There are not enough seats."""


@dataclass
class Tour:
    """One guided tour."""

    start: datetime
    guide: str
    seats: int = SEATS
    bookings: dict[str, int] = field(default_factory=dict)

    def taken(self) -> int:
        """Return how many seats are taken."""
        return sum(self.bookings.values())

    def free(self) -> int:
        return self.seats - self.taken()

    def book(self, name: str, persons: int = 1) -> int:
        """Book seats under a name and return how many are left."""
        if persons > self.free():
            raise FullError(f"only {self.free()} seats left")
        self.bookings[name] = self.bookings.get(name, 0) + persons
        return self.free()

    def cancel(self, name: str) -> int:
        """Give back all seats of a name and return how many there were."""
        return self.bookings.pop(name, 0)

    def seats_text(self) -> str:
        """Return what the web page says about the seats."""
        return f"{self.free()} seats left"


def per_head(cents: int, persons: int) -> int:
    """Return what each person of a group pays for a tour that costs so many cents."""
    if persons < 1:
        raise ValueError("a group has at least one person")
    return cents // persons


def by_guide(tours: list[Tour]) -> dict[str, list[Tour]]:
    """Return the tours of each guide, the earliest first."""
    result: dict[str, list[Tour]] = {}
    for tour in sorted(tours, key=lambda tour: tour.start):
        result.setdefault(tour.guide, []).append(tour)
    return result
