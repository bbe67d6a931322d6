"""Tours: in which town the company dances, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class TourError(Exception):
    """A plan that cannot be."""


@dataclass(frozen=True)
class Stop:
    """The days in one town, from the first to the last, with the number of shows."""

    town: str
    first: date
    last: date
    shows: int = 1

    def days(self) -> int:
        """Return how many days the stop takes, the first and the last included."""
        return (self.last - self.first).days

    def covers(self, day: date) -> bool:
        """Tell whether the company is in the town on a day."""
        return self.first <= day <= self.last

    def when(self) -> str:
        """Return the dates for the poster: '3 - 5 May 2024', '30 April - 2 May 2024'."""
        end = f"{self.last.day} {MONTHS[self.last.month - 1]} {self.last.year}"
        if self.first.year != self.last.year:
            return f"{self.first.day} {MONTHS[self.first.month - 1]} {self.first.year} - {end}"
        if self.first.month != self.last.month:
            return f"{self.first.day} {MONTHS[self.first.month - 1]} - {end}"
        return f"{self.first.day} - {end}"


def parse_stop(line: str) -> Stop:
    """Read a stop from a line of the plan: 'Lyon | 2024-05-03 | 2024-05-05 | 3'."""
    town, first, last, shows = (part.strip() for part in line.split("|"))
    return Stop(town, date.fromisoformat(first), date.fromisoformat(last), int(shows))


@dataclass
class Tour:
    """A tour, with its stops in the order of their dates."""

    name: str
    stops: list[Stop] = field(default_factory=list)

    def add(self, stop: Stop) -> None:
        """Add a stop, which may not share a day with another one."""
        for other in self.stops:
            if stop.first <= other.last and other.first <= stop.last:
                raise TourError(f"{stop.town} and {other.town} are at the same time")
        self.stops.append(stop)
        self.stops.sort(key=lambda stop: stop.first)

    def where(self, day: date) -> str | None:
        """Return the town that the company is in on a day."""
        return next((stop.town for stop in self.stops if stop.covers(day)), None)

    def next_stop(self, day: date) -> Stop | None:
        """Return the stop that begins next after a day."""
        return next((stop for stop in self.stops if stop.first > day), None)

    def free_days(self) -> list[date]:
        """Return the days between the stops on which nothing is planned."""
        days = []
        for before, after in zip(self.stops, self.stops[1:], strict=False):
            day = before.last + timedelta(days=1)
            while day < after.first:
                days.append(day)
                day += timedelta(days=1)
        return days

    def shows_by_town(self) -> dict[str, int]:
        """Return how many shows each town gets."""
        return {stop.town: stop.shows for stop in self.stops}

    def plan(self) -> str:
        """Return the plan for the notice board."""
        lines = [self.name, "=" * len(self.name)]
        lines += [f"{stop.town}: {stop.when()}" for stop in self.stops]
        return "\n".join(lines)
