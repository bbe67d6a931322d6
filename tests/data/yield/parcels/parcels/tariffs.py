"""What it costs to send a parcel. Money is whole cents, weights are kilos, lengths are centimetres."""

from __future__ import annotations

import math
from typing import NamedTuple

# The size, up to which weight it goes, and its price.
SIZES = [
    ("S", 2, 499),
    ("M", 5, 699),
    ("L", 10, 1049),
    ("XL", 31.5, 1899),
]

ISLAND_SURCHARGE = 350
FREE_INSURANCE = 50_000
INSURANCE_STEP = 10_000


class Quote(NamedTuple):
    """An offer to a customer."""

    size: str
    cents: int


class TooHeavy(ValueError):
    """The depot does not take such a parcel."""


def size_for(kilos: float) -> str:
    """Return the smallest size that may weigh so much."""
    for size, limit, _ in SIZES:
        if kilos < limit:
            return size
    raise TooHeavy(f"{kilos} kg")


def base_price(size: str) -> int:
    """Return the price of a size."""
    for name, _, cents in SIZES:
        if name == size:
            return cents
    raise KeyError(size)


def girth(length: float, width: float, height: float) -> float:
    """Return the longest side and once around the other two."""
    longest, middle, shortest = sorted([length, width, height], reverse=True)
    return longest + 2 * (middle + shortest)


def volume_weight(length: float, width: float, height: float) -> float:
    """Return the kilos that a parcel counts for because of its volume."""
    return length * width * height / 5000


def insurance(value: int) -> int:
    """Return what it costs to insure goods of a value: 100 cents for each begun step above what is free."""
    if value <= FREE_INSURANCE:
        return 0
    return 100 * math.ceil((value - FREE_INSURANCE) / INSURANCE_STEP)


def quote(kilos: float, value: int = 0, island: bool = False) -> Quote:
    """Return the size and the whole price of a parcel."""
    size = size_for(kilos)
    cents = base_price(size) + insurance(value)
    if island:
        cents += ISLAND_SURCHARGE
    return Quote(size, cents)


def bulk_discount(cents: int, parcels: int) -> int:
    """Return what several parcels cost together; from ten on they are 5 % cheaper, from fifty on 10 %."""
    total = cents * parcels
    if parcels >= 50:
        return round(total * 0.90)
    if parcels >= 10:
        return round(total * 0.95)
    return total


def price_table() -> str:
    """Return the table that hangs at the counter."""
    rows = []
    for size, limit, cents in SIZES:
        rows.append(f"{size:<3} up to {limit} kg {cents / 100:.2f}")
    return "\n".join(rows)
