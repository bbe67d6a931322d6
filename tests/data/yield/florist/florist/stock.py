"""The cold room: how many stems of each flower there are, and what has to be ordered."""

from __future__ import annotations

from datetime import date

STEMS_PER_BUNCH = 10
LOW = 15
KEEPS_DAYS = 7


class OutOfStock(Exception):
    """There are not enough stems of a flower."""


class Stock:
    """The stems in the cold room, by flower."""

    def __init__(self, counts: dict[str, int] | None = None) -> None:
        self._counts = dict(counts or {})

    def count(self, flower: str) -> int:
        """Return how many stems of a flower there are."""
        return self._counts[flower]

    def flowers(self) -> list[str]:
        """Return the flowers that we keep, in alphabetical order."""
        return sorted(self._counts)

    def receive(self, flower: str, stems: int) -> None:
        """Put stems into the cold room."""
        self._counts[flower] += stems

    def take(self, flower: str, stems: int) -> None:
        """Take stems out of the cold room."""
        if stems > self._counts[flower]:
            raise OutOfStock(f"only {self._counts[flower]} of {flower}")
        self._counts[flower] -= stems

    def low(self, limit: int = LOW) -> list[str]:
        """Return the flowers that are running out, in alphabetical order."""
        return sorted(flower for flower, count in self._counts.items() if count < limit)


def bunches_needed(stems: int, per_bunch: int = STEMS_PER_BUNCH) -> int:
    """Return how many bunches to buy at the market for a number of stems."""
    return stems // per_bunch


def days_left(arrived: date, today: date) -> int:
    """Return for how many days flowers can still be sold."""
    return KEEPS_DAYS - (today - arrived).days


def read_delivery_note(text: str) -> dict[str, int]:
    """Read the note of a wholesaler, with a line such as 'rose: 40' for each flower."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        flower, stems = line.split(":")
        counts[flower.strip()] = int(stems)
    return counts


def to_order(wanted: dict[str, int], there: dict[str, int]) -> dict[str, int]:
    """Return how many stems of each wanted flower we have to order."""
    missing = {}
    for flower, count in wanted.items():
        missing[flower] = count - there.get(flower, 0)
    return missing
