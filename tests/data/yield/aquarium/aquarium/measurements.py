"""Measurements of the water."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Reading:
    """One value that was measured in a tank."""

    tank: str
    kind: str
    value: float
    taken: datetime


def parse_reading(line: str) -> Reading:
    """Return the reading of a line such as 'reef, ph, 8.1, 2024-05-03 09:15'."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) != 4:
        raise ValueError(f"not a reading: {line!r}")
    tank, kind, value, taken = parts
    return Reading(tank, kind, float(value), datetime.strptime(taken, "%Y-%m-%d %H:%M"))


def parse_log(text: str) -> list[Reading]:
    """Return the readings of a log, one a line."""
    return [parse_reading(line) for line in text.splitlines() if line.strip()]


def fahrenheit(celsius: float) -> float:
    """Return a temperature in degrees Fahrenheit."""
    return celsius * 9 / 5 + 32


def average(values: Iterable[float]) -> float | None:
    """Return the mean, None if there are no values."""
    values = list(values)
    if not values:
        return None
    return round(sum(values) / len(values), 2)


def latest(readings: list[Reading], kind: str) -> dict[str, float]:
    """Return for each tank the value of a kind that was measured last."""
    values: dict[str, float] = {}
    for reading in readings:
        if reading.kind == kind:
            values[reading.tank] = reading.value
    return values


def outside(readings: list[Reading], kind: str, low: float, high: float) -> list[Reading]:
    """Return the readings of a kind that are not within the bounds."""
    return [reading for reading in readings if reading.kind == kind and not low < reading.value < high]


def span(readings: list[Reading]) -> float:
    """Return the difference between the highest and the lowest value."""
    values = [reading.value for reading in readings]
    return max(values) - min(values)
