"""The logbook: where the boats of the sailing school have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass
class Trip:
    """A trip of a boat to a port; the distance is in nautical miles."""

    day: date
    boat: str
    port: str
    miles: float
    remark: str = ""


class Logbook:
    """All trips, in the order in which they were written down."""

    def __init__(self) -> None:
        self.trips: list[Trip] = []

    def add(self, trip: Trip) -> None:
        """Write a trip down."""
        self.trips.append(trip)

    def latest(self) -> Trip | None:
        """Return the trip of the latest day, None without trips."""
        return max(self.trips, key=lambda trip: trip.day, default=None)

    def miles(self, boat: str) -> float:
        """Return how far a boat has been."""
        return sum(trip.miles for trip in self.trips if trip.boat == boat)

    def search(self, word: str) -> list[Trip]:
        """Return the trips with a word in their remark, in any case."""
        word = word.lower()
        return [trip for trip in self.trips if word in trip.remark.lower()]

    def year_line(self, year: int) -> str:
        """Return the line about a year: '2024: 12 trips, 140.5 nm'."""
        trips = [trip for trip in self.trips if trip.day.year == year]
        miles = sum(trip.miles for trip in trips)
        return f"{year}: {len(trips)} trips, {miles:g} nm"


def merge(first: list[Trip], second: list[Trip]) -> list[Trip]:
    """Return the trips of two logbooks, ordered by day."""
    first.extend(second)
    first.sort(key=lambda trip: trip.day)
    return first


def shorten(text: str, width: int = 20) -> str:
    """Return a remark so that it fits into its column."""
    text = " ".join(text.split())
    return text[:width]


def format_trip(trip: Trip) -> str:
    """Return a trip as it is printed: '2024-05-03 Sea Breeze to Kiel, 12.5 nm'."""
    line = f"{trip.day} {trip.boat} to {trip.port}, {trip.miles:g} nm"
    if trip.remark:
        line += f" ({shorten(trip.remark)})"
    return line
