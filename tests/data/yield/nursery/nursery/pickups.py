"""Who collects the children, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

CLOSING = time(17, 30)


@dataclass
class PickupCard:
    """The people who may collect a child."""

    child: str
    parents: list[str] = field(default_factory=list)
    authorised: list[str] = field(default_factory=list)

    def authorise(self, person: str) -> None:
        """Allow somebody to collect the child."""
        self.authorised.append(person)

    def withdraw(self, person: str) -> None:
        """Take the permission back."""
        self.authorised.remove(person)

    def may_collect(self, person: str) -> bool:
        """Return whether we may let the child go with somebody."""
        return person in self.authorised


@dataclass(frozen=True)
class Pickup:
    """A child was collected."""

    child: str
    person: str
    at: time

    def log_line(self) -> str:
        """Return the line in the log: '16:45 Mia with Anna Brown'."""
        return f"{self.at:%H:%M} {self.child} with {self.person}"


def parse_time(text: str) -> time:
    """Read a time of the day: '16:45'."""
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def minutes_late(at: time) -> int:
    """Return how many minutes after closing a time is, 0 before it."""
    minutes = (at.hour - CLOSING.hour) * 60 + at.minute - CLOSING.minute
    return max(minutes, 0)


def is_late(at: time) -> bool:
    """Return whether somebody came too late."""
    return minutes_late(at) > 0


def late_pickups(pickups: list[Pickup]) -> list[Pickup]:
    """Return the pickups that were too late, the latest first."""
    late = [pickup for pickup in pickups if is_late(pickup.at)]
    return sorted(late, key=lambda pickup: pickup.at, reverse=True)


def still_here(children: list[str], pickups: list[Pickup]) -> list[str]:
    """Return the children whom nobody has collected yet."""
    gone = {pickup.child for pickup in pickups}
    return [child for child in children if child not in gone]
