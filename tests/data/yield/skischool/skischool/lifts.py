"""The lifts on the hill and their queues."""

from __future__ import annotations

import re
from dataclasses import dataclass

STATES = {"open": True, "running": True, "closed": False, "wind": False}


@dataclass(frozen=True)
class Lift:
    """A lift with its capacity in people an hour."""

    name: str
    capacity: int
    running: bool = True
    reserved: bool = False


def parse_state(text: str) -> bool:
    """Tell whether a lift runs, from the word that the lift hut sends."""
    word = text.strip().lower()
    if word not in STATES:
        raise ValueError(f"unknown state: {text}")
    return STATES[word]


def parse_capacity(text: str) -> int:
    """Return the people an hour of a text such as '1200 p/h'."""
    match = re.fullmatch(r"(\d+)\s*p/h", text.strip())
    if not match:
        raise ValueError(f"not a capacity: {text}")
    return int(match.group(1))


def average_wait(minutes: list[float]) -> float:
    """Return the average of the measured waiting times."""
    return sum(minutes) / len(minutes)


def wait_minutes(queue: int, lift: Lift) -> float:
    """Return how long the last one in a queue waits."""
    return queue * 60 / lift.capacity


def total_capacity(lifts: list[Lift]) -> int:
    """Return how many people an hour the lifts take up together."""
    return sum(lift.capacity for lift in lifts if lift.running)


def busiest(queues: dict[str, int], count: int = 3) -> list[str]:
    """Return the lifts with the longest queues, the longest first."""
    return sorted(queues, key=lambda name: -queues[name])[:count]
