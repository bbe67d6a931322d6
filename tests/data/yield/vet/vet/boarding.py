"""Animals that stay with us while their owners are away. Prices are in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RATES = {"dog": 2800, "cat": 1900}
OTHER_RATE = 1200
LONG_STAY = 7
LONG_STAY_PERCENT = 10
PLACES = 12


@dataclass
class Stay:
    """An animal's stay from a day to another."""

    animal: str
    species: str
    arrives: date
    leaves: date
    food: str = ""

    def nights(self) -> int:
        """Return for how many nights an animal stays."""
        return (self.leaves - self.arrives).days

    def is_here(self, day: date) -> bool:
        """Return whether an animal stays with us in the night after a day."""
        return self.arrives <= day < self.leaves


def price(stay: Stay) -> int:
    """Return what a stay costs; long ones are cheaper."""
    nights = stay.nights()
    total = nights * RATES.get(stay.species, OTHER_RATE)
    if nights >= LONG_STAY:
        total -= total * LONG_STAY_PERCENT // 100
    return total


def guests(stays: list[Stay], day: date) -> list[str]:
    """Return the names of the animals that are here on a day."""
    return [stay.animal for stay in stays if stay.is_here(day)]


def free_places(stays: list[Stay], day: date) -> int:
    """Return how many more animals we can take on a day."""
    return PLACES - len(guests(stays, day))


def parse_feeding(text: str) -> list[str]:
    """Read what an animal may eat, with commas between: 'chicken,rice'."""
    return text.split(",")


def door_sign(names: list[str]) -> str:
    """Return the sign for the door of the boarding room: 'Guests: Rex, Mia'."""
    if not names:
        return "No guests today"
    return f"Guests: {', '.join(names)}"
