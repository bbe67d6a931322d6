"""Positions in the sky: reading them, writing them and comparing them."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

HOURS = 24
DEGREES_PER_HOUR = 15

_HOURS = re.compile(r"(\d{1,2})h(?:(\d{1,2})m)?")


class Position(NamedTuple):
    """A position, both values in degrees."""

    ascension: float
    declination: float


def parse_hours(text: str) -> float:
    """Return the hours of a right ascension such as 5h35m or 18h."""
    match = _HOURS.fullmatch(text)
    if match is None:
        raise ValueError(f"not a right ascension: {text!r}")
    hours, minutes = int(match[1]), int(match[2] or 0)
    if hours >= HOURS or minutes >= 60:
        raise ValueError(f"out of range: {text!r}")
    return hours + minutes / 60


def to_degrees(hours: float) -> float:
    """Return the degrees of a right ascension in hours."""
    return hours * DEGREES_PER_HOUR


def declination_text(degrees: float) -> str:
    """Return a declination as it stands in the catalogue, with one decimal."""
    if not -90 <= degrees <= 90:
        raise ValueError(f"no declination: {degrees}")
    return f"{degrees:.1f}°"


def separation(first: Position, second: Position) -> float:
    """Return the angle between two positions in degrees."""
    one, two = math.radians(first.declination), math.radians(second.declination)
    turn = math.radians(first.ascension - second.ascension)
    cosine = math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(turn)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def nearest(place: Position, others: list[Position]) -> Position | None:
    """Return whichever of the others is closest to a place."""
    return min(others, key=lambda other: separation(place, other), default=None)
