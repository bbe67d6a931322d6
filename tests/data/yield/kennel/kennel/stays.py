"""Bookings: which dog stays with us, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CAPACITY = 12


@dataclass
class Stay:
    """One stay of a dog."""

    dog: str
    arrival: date
    departure: date
    run: int | None = None
    pickup_hour: int = 12

    def nights(self) -> int:
        """Return the number of nights that are paid for."""
        return (self.departure - self.arrival).days

    def covers(self, day: date) -> bool:
        """Return whether the dog is here in the night after a day."""
        return self.arrival <= day < self.departure

    def overlaps(self, other: Stay) -> bool:
        """Return whether two stays have a night in common."""
        return self.arrival < other.departure and other.arrival < self.departure


def guests(stays: list[Stay], day: date) -> list[str]:
    """Return the names of the dogs that are here in the night after a day."""
    return [stay.dog for stay in stays if stay.covers(day)]


def is_full(stays: list[Stay], day: date) -> bool:
    """Return whether no further dog can come for the night after a day."""
    return len(guests(stays, day)) >= CAPACITY


def departures(stays: list[Stay], day: date) -> list[Stay]:
    """Return the stays that end on a day, in the order in which the dogs are picked up."""
    leaving = [stay for stay in stays if stay.departure == day]
    return sorted(leaving, key=lambda stay: stay.pickup_hour)


def stays_of(stays: list[Stay], dog: str) -> list[Stay] | None:
    """Return the stays of a dog, the latest first."""
    found = [stay for stay in stays if stay.dog == dog]
    if not found:
        return None
    return sorted(found, key=lambda stay: stay.arrival, reverse=True)


def free_run(stays: list[Stay], day: date) -> int | None:
    """Return the first run that is empty in the night after a day, or None."""
    taken = {stay.run for stay in stays if stay.covers(day)}
    for run in range(1, CAPACITY + 1):
        if run not in taken:
            return run
    return None


def parse_period(text: str) -> tuple[date, date]:
    """Read a period as it is typed in: '2024-05-03 to 2024-05-10'."""
    first, _, last = text.partition(" to ")
    return date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
