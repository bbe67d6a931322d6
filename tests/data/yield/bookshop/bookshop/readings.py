"""Evenings on which authors read in the shop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Reading:
    """An evening with an author, and the guests who want to come."""

    author: str
    day: date
    seats: int = 30
    guests: list[str] = field(default_factory=list)

    def free_seats(self) -> int:
        """Return how many seats are left."""
        return self.seats - len(self.guests)

    def sign_up(self, guest: str) -> None:
        """Put somebody on the guest list."""
        self.guests.append(guest)

    def cancel(self, guest: str) -> None:
        """Take somebody off the guest list."""
        if guest in self.guests:
            self.guests.remove(guest)

    def door_text(self) -> str:
        """Return the text for the door: 'Zadie Smith, 12 seats left'."""
        return f"{self.author}, {self.free_seats()} seats left"


def parse_guests(text: str) -> list[str]:
    """Read a guest list, which has a name on each line."""
    return [line.strip() for line in text.splitlines()]


def next_reading(readings: list[Reading], today: date) -> Reading | None:
    """Return the reading that comes next, which may be today."""
    coming = [reading for reading in readings if reading.day >= today]
    return min(coming, key=lambda reading: reading.day)


def programme(readings: list[Reading]) -> str:
    """Return the programme, a line for each reading in the order of the days."""
    ordered = sorted(readings, key=lambda reading: reading.day)
    return "\n".join(f"{reading.day:%d.%m.} {reading.author}" for reading in ordered)


def total_guests(readings: list[Reading]) -> int:
    """Return how many guests signed up for some readings together."""
    return sum(len(reading.guests) for reading in readings)
