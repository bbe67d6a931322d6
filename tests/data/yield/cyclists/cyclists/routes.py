"""Routes that we ride again and again."""

from __future__ import annotations

from dataclasses import dataclass, field

HILLY = 15  # metres of climbing for each kilometre


@dataclass(frozen=True)
class Leg:
    """The way from one place to the next."""

    start: str
    end: str
    km: float
    climb: int = 0


@dataclass
class Route:
    """A few legs, one after the other."""

    name: str
    legs: list[Leg] = field(default_factory=list)

    def distance(self) -> float:
        """Return the length in kilometres."""
        return round(sum(leg.km for leg in self.legs), 1)

    def climb(self) -> int:
        """Return how many metres it goes up."""
        return sum(leg.climb for leg in self.legs)

    def places(self) -> list[str]:
        """Return the places along the way, the start first."""
        if not self.legs:
            return []
        return [self.legs[0].start, *(leg.end for leg in self.legs)]

    def summary(self) -> str:
        """Return the places in one line: 'Ford - Mill - Ford'."""
        return " - ".join(self.places())

    def is_hilly(self) -> bool:
        """Return whether it is a route for good legs."""
        return self.climb() > self.distance() * HILLY


def parse_distance(text: str) -> float:
    """Return the kilometres of a text such as '12.5 km' or '12.5'."""
    return float(text.strip().removesuffix("km"))


def riding_minutes(km: float, speed: float) -> int:
    """Return how many minutes a distance takes at a speed in km/h."""
    return round(km / speed * 60)


def format_minutes(minutes: int) -> str:
    """Return how long a ride takes, for the notice board: '2:05 h'."""
    return f"{minutes // 60}:{minutes % 60:02d} h"


def longest(routes: list[Route]) -> Route | None:
    """Return the longest of some routes, None if there are none."""
    return max(routes, key=lambda route: route.distance(), default=None)
