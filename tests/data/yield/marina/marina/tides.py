"""The tide table, and what follows from it for whoever wants to come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SILL = 1.2
RESERVE = 0.3


@dataclass(frozen=True)
class Tide:
    """A high or low water; the height is in metres."""

    moment: datetime
    kind: str
    height: float


def parse_tide(line: str) -> Tide:
    """Read a line of the tide table: '2024-05-03 04:12 high 5.6'."""
    day, clock, kind, height = line.split()
    return Tide(datetime.fromisoformat(f"{day} {clock}"), kind, float(height))


def parse_table(text: str) -> list[Tide]:
    """Read a tide table, a tide on each line."""
    return [parse_tide(line) for line in text.splitlines()]


def format_tide(tide: Tide) -> str:
    """Return a tide as it stands on the board: '04:12 high 5.6 m'."""
    return f"{tide.moment:%H:%M} {tide.kind} {tide.height:.1f} m"


def next_tide(tides: list[Tide], now: datetime) -> Tide | None:
    """Return the first tide after a moment, None if the table ends before."""
    later = [tide for tide in tides if tide.moment > now]
    return min(later, key=lambda tide: tide.moment, default=None)


def waiting_time(tide: Tide, now: datetime) -> str:
    """Return how long it is until a tide, in hours and minutes."""
    minutes = int((tide.moment - now).total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60} h"


def tidal_range(tides: list[Tide]) -> float:
    """Return by how much the water rises from its lowest to its highest."""
    heights = [tide.height for tide in tides]
    return max(heights) - min(heights)


def can_enter(draught: float, height: float) -> bool:
    """Return whether a boat gets over the sill at a height of the water."""
    return height - SILL >= draught + RESERVE
