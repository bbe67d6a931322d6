"""The log of the nights: what the sky was like and who watched it."""

from collections import Counter
from datetime import date

CLEAR = "clear"
SKIES = (CLEAR, "hazy", "cloudy", "rain")


class Night:
    """One line of the log."""

    def __init__(self, day: date, sky: str, observers=()):
        if sky not in SKIES:
            raise ValueError(f"unknown sky: {sky}")
        self.day = day
        self.sky = sky
        self.observers = list(observers)

    def __repr__(self):
        return f"Night({self.day.isoformat()}, {self.sky})"


def read_line(line):
    """Return the night of a line such as 2024-11-02; clear; Ines, Paul."""
    day, sky, names = line.split(";")
    observers = [name.strip() for name in names.split(",") if name.strip()]
    return Night(date.fromisoformat(day.strip()), sky.strip(), observers)


def clear_share(nights: list[Night]) -> float:
    """Return the share of clear nights, between 0 and 1."""
    return sum(night.sky == CLEAR for night in nights) / len(nights)


def merge(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    """Return the hours of each observer from two lists of hours."""
    for name, hours in second.items():
        first[name] = first.get(name, 0) + hours
    return first


def busiest(nights, count=3):
    """Return the observers who were there most often."""
    seen = Counter(name for night in nights for name in night.observers)
    return [name for name, _ in seen.most_common(count)]


def longest_run(nights):
    """Return how many nights in a row were clear at most."""
    best = run = 0
    for night in nights:
        run = run + 1 if night.sky == CLEAR else 0
        best = max(best, run)
    return best
