"""The medicines in the back room."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Medicine:
    """A pack of a medicine."""

    name: str
    strength_mg: float
    expires: date | None = None

    def label(self) -> str:
        """Return the text for the drawer: 'Metacam 1.5 mg'."""
        return f"{self.name} {self.strength_mg:g} mg"


class Shelf:
    """How many pieces of each medicine there are."""

    def __init__(self, stock: dict[str, int] | None = None) -> None:
        self._stock = dict(stock or {})

    def names(self) -> list[str]:
        """Return the medicines on the shelf in alphabetical order."""
        return sorted(self._stock)

    def count(self, name: str) -> int:
        """Return how many pieces of a medicine there are."""
        return self._stock.get(name, 0)

    def add(self, name: str, count: int) -> None:
        """Put pieces on the shelf."""
        self._stock[name] = self.count(name) + count

    def dispense(self, name: str, count: int) -> None:
        """Take pieces from the shelf."""
        if count > self.count(name):
            raise ValueError(f"only {self.count(name)} of {name} left")
        self._stock[name] -= count

    def to_order(self, least: int = 10) -> list[str]:
        """Return the medicines of which there are few."""
        return [name for name in self.names() if self._stock[name] < least]


def parse_stock(text: str) -> dict[str, int]:
    """Read the stock list, a line such as 'Metacam; 40' for each medicine."""
    stock = {}
    for line in text.splitlines():
        name, count = line.split(";")
        stock[name.strip()] = int(count)
    return stock


def tablets(weight_kg: float, mg_per_kg: float, strength_mg: float) -> float:
    """Return how many tablets an animal needs for a dose."""
    return weight_kg * mg_per_kg / strength_mg


def packs(count: float, days: int, pack_size: int) -> int:
    """Return how many packs an owner needs for so many tablets a day."""
    return math.ceil(count * days / pack_size)


def expiring(medicines: list[Medicine], until: date) -> list[Medicine]:
    """Return the medicines that expire up to a day."""
    return [one for one in medicines if one.expires is not None and one.expires <= until]
