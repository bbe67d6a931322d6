"""What is fed, when, and how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

_TIME = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class Feeding:
    """One feeding of the day."""

    tank: str
    food: str
    grams: int
    at: time

    def text(self) -> str:
        """Return the line for the whiteboard."""
        return f"{self.at:%H:%M} {self.tank}: {self.grams} g {self.food}"


def parse_time(text: str) -> time:
    """Return a time that is written as 9:30."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    return time(int(match[1]), int(match[2]))


def plan(feedings: list[Feeding]) -> list[Feeding]:
    """Return the feedings in the order of the day."""
    return sorted(feedings, key=lambda feeding: feeding.at)


def upcoming(feedings: list[Feeding], now: time) -> Feeding | None:
    """Return the next feeding, None if there is no more today."""
    later = [feeding for feeding in plan(feedings) if feeding.at > now]
    return later[0] if later else None


def grams_by_food(feedings: list[Feeding]) -> dict[str, int]:
    """Return how much of each food the day takes."""
    total: dict[str, int] = {}
    for feeding in feedings:
        total[feeding.food] = total.get(feeding.food, 0) + feeding.grams
    return total


def fasting_day(day: date, weekday: int = 0) -> date:
    """Return the next fasting day after a day; Monday is weekday 0."""
    ahead = (weekday - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead)


def portion(grams: int, animals: int) -> int:
    """Return the whole grams for each animal."""
    if animals <= 0:
        raise ValueError("nobody to feed")
    return grams // animals
