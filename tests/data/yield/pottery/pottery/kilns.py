"""The kilns and their firings. Temperatures are in degrees Celsius."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RATE = 0.32


@dataclass
class Firing:
    """One run of a kiln."""

    kiln: str
    day: date
    cone: int
    hours: float
    kwh: float = 0.0
    failed: bool = False

    def cost(self, rate: float = RATE) -> float:
        """Return what the electricity cost."""
        return round(self.kwh * rate, 2)


class Kiln:
    """A kiln with the book of its firings."""

    def __init__(self, name: str, max_cone: int) -> None:
        self.name = name
        self.max_cone = max_cone
        self.firings: list[Firing] = []

    def fire(self, day: date, cone: int, hours: float, kwh: float = 0.0, failed: bool = False) -> Firing:
        """Note a firing in the book."""
        if cone > self.max_cone:
            raise ValueError(f"{self.name} is too weak for cone {cone}")
        firing = Firing(self.name, day, cone, hours, kwh, failed)
        self.firings.append(firing)
        return firing

    def total_hours(self) -> float:
        """Return for how many hours the kiln has been fired."""
        return sum(firing.hours for firing in self.firings)

    def last_firing(self) -> Firing | None:
        """Return the latest firing, None if the kiln is new."""
        return max(self.firings, key=lambda firing: firing.day, default=None)


def schedule(firings: list[Firing]) -> list[Firing]:
    """Return firings in the order in which they take place."""
    return sorted(firings, key=lambda firing: firing.day)


def format_duration(minutes: int) -> str:
    """Return a duration in hours and minutes: '8:30'."""
    return f"{minutes // 60}:{minutes % 60}"


def read_temperature(text: str) -> int:
    """Read the temperature on a kiln's display: '1240 C', or just '1240'."""
    text = text.strip().upper()
    return round(float(text.removesuffix("C")))


def ramp_hours(start: int, goal: int, per_hour: int) -> float:
    """Return how long it takes to heat a kiln from one temperature to another."""
    return round((goal - start) / per_hour, 2)


def cost_by_kiln(firings: list[Firing]) -> dict[str, float]:
    """Return what the firings of each kiln cost together."""
    costs: dict[str, float] = {}
    for firing in firings:
        costs[firing.kiln] = round(costs.get(firing.kiln, 0.0) + firing.cost(), 2)
    return costs
