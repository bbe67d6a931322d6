"""The rides of the season and who comes along."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Ride:
    """A ride that the club offers."""

    title: str
    day: date
    km: float
    leader: str = ""
    cancelled: bool = False
    riders: list[str] = field(default_factory=list)

    def sign_up(self, name: str) -> None:
        """Put somebody on the list of riders."""
        self.riders.append(name)

    def sign_off(self, name: str) -> None:
        """Take somebody off the list of riders."""
        self.riders.remove(name)

    def headline(self) -> str:
        """Return the line for the notice board: '2024-05-04 Lake tour (62 km)'."""
        return f"{self.day} {self.title} ({self.km:g} km)"


class Calendar:
    """All rides of a season."""

    def __init__(self) -> None:
        self.rides: list[Ride] = []

    def add(self, ride: Ride) -> None:
        """Enter a ride."""
        self.rides.append(ride)

    def upcoming(self, today: date) -> list[Ride]:
        """Return the rides from today on, the next one first."""
        rides = [ride for ride in self.rides if ride.day >= today]
        return sorted(rides, key=lambda ride: ride.day)

    def between(self, first: date, last: date) -> list[Ride]:
        """Return the rides of a period, as they were entered."""
        return [ride for ride in self.rides if first <= ride.day < last]

    def led_by(self, leader: str) -> list[Ride]:
        """Return the rides that somebody leads."""
        return [ride for ride in self.rides if ride.leader == leader]

    def kilometres(self, name: str) -> float:
        """Return how far somebody has ridden with us."""
        return sum(ride.km for ride in self.rides if name in ride.riders and not ride.cancelled)
