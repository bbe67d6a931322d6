"""The honey of a season: how much there is, how it is jarred and what it is sold for."""

from __future__ import annotations

from typing import NamedTuple

GRAMS = {"large": 454, "medium": 340, "small": 227}
PENCE = {"large": 750, "medium": 590, "small": 425}
MOST_WATER = 20.0


class Batch(NamedTuple):
    """A bucket of honey; `water` is a percentage."""

    code: str
    flower: str
    grams: int
    water: float


def parse_batch(text: str) -> Batch:
    """Read a batch from the tag of a bucket: 'B12 lime 23500g 18.4%'."""
    code, flower, grams, water = text.split()
    return Batch(code, flower, int(grams.removesuffix("g")), float(water.removesuffix("%")))


def is_ripe(batch: Batch) -> bool:
    """Tell whether a batch is dry enough to keep."""
    return batch.water <= MOST_WATER


def blend_water(batches: list[Batch]) -> float:
    """Return how much water there will be in the honey when batches are poured together, in percent."""
    if not batches:
        return 0.0
    return round(sum(batch.water for batch in batches) / len(batches), 1)


def fill(grams: int) -> dict[str, int]:
    """Return how many jars of each size to fill, as many large ones as possible."""
    jars = {}
    for size, content in GRAMS.items():
        jars[size], grams = divmod(grams, content)
    return jars


def total_by_flower(batches: list[Batch]) -> dict[str, int]:
    """Return the grams that there are of each sort."""
    totals: dict[str, int] = {}
    for batch in batches:
        totals[batch.flower] = totals.get(batch.flower, 0) + batch.grams
    return totals


def money(pence: int) -> str:
    """Return an amount as it is written on a bill."""
    return f"£{pence / 100:.2f}"


def price(size: str, count: int = 1) -> int:
    """Return the price of jars in pence."""
    return PENCE[size] * count


class Stall:
    """The table at the market: the jars on it, and the cash box."""

    def __init__(self, jars: dict[str, int], float_pence: int = 0) -> None:
        self.jars = dict(jars)
        self.cash = float_pence
        self.sold: list[tuple[str, int]] = []

    def sell(self, size: str, count: int = 1) -> int:
        """Sell some jars and return what they cost.

        Raises:
            ValueError: there are not as many.
        """
        there = self.jars.get(size, 0)
        if count > there:
            raise ValueError(f"only {there} {size} left")
        self.jars[size] = there - count
        due = price(size, count)
        self.cash += due
        self.sold.append((size, count))
        return due

    def close(self) -> list[str]:
        """Return the lines for the treasurer at the end of the day."""
        lines = [f"{size}: {count} left" for size, count in self.jars.items()]
        lines.append(f"cash: {money(self.cash)}")
        return lines
