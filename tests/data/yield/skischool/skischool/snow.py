"""The snow report for the notice board."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

GOOD_DEPTH = 40


def depth_word(depth: float) -> str:
    """Return a word for a depth of snow in centimetres."""
    if depth <= 0:
        return "none"
    return "good" if depth >= GOOD_DEPTH else "thin"


def report(day: date, valley: int, peak: int) -> str:
    """Return the line for the notice board."""
    return f"{day:%d.%m.%Y}: valley {valley} cm, peak {peak} cm"


def fresh(depths: list[float]) -> float:
    """Return how much fell in all, from the depths of days in a row."""
    return sum(max(0, after - before) for before, after in pairwise(depths))


def parse_depths(text):
    """Return the depths by station of a text such as 'hut=45; peak=120'."""
    depths = {}
    for part in text.split(";"):
        station, _, depth = part.partition("=")
        depths[station.strip()] = int(depth)
    return depths


def danger(level: int) -> str:
    """Return the word for a level of the avalanche scale."""
    words = ["low", "moderate", "considerable", "high", "very high"]
    return words[level - 1]
