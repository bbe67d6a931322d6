"""Books that the shop buys from people. All amounts are in pence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# What we pay, in per cent of the price of a new copy.
RATES = {"fine": 30, "good": 20, "poor": 5}


@dataclass(frozen=True)
class Purchase:
    """A book that somebody sold to us."""

    seller: str
    title: str
    pence: int
    day: date
    cancelled: bool = False


def offer(new_price: int, condition: str) -> int:
    """Return what we pay for a book, given the price of a new copy."""
    return new_price * RATES[condition] // 100


def total_paid(purchases: list[Purchase]) -> int:
    """Return what was paid for some purchases together."""
    return sum(purchase.pence for purchase in purchases)


def bought_between(purchases: list[Purchase], first: date, last: date) -> list[Purchase]:
    """Return the purchases of a period."""
    return [purchase for purchase in purchases if first <= purchase.day < last]


def sellers(purchases: list[Purchase]) -> list[str]:
    """Return the names of the people who sold us something."""
    names = []
    for purchase in purchases:
        names.append(purchase.seller)
    return names


def dearest(purchases: list[Purchase]) -> Purchase | None:
    """Return the purchase that cost most, None if there are none."""
    return max(purchases, key=lambda purchase: purchase.pence, default=None)


def receipt(purchase: Purchase) -> str:
    """Return the receipt for a seller: '2024-03-05 Emma: 120p to Ann Lee'."""
    text = f"{purchase.day} {purchase.title}: {purchase.pence}p to {purchase.seller}"
    if purchase.cancelled:
        text += " (cancelled)"
    return text
