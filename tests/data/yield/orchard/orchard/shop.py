"""The farm shop. All prices are in cents."""

from __future__ import annotations

STAMPS_PER_PERCENT = 5
DEPOSIT = 15


class Basket:
    """What a customer takes to the till."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(self.counts.values())

    def add(self, article: str, count: int = 1) -> None:
        """Put an article into the basket, so many times."""
        self.counts[article] = self.counts.get(article, 0) + count

    def remove(self, article: str) -> None:
        """Take an article out again, all of it."""
        del self.counts[article]

    def total(self, prices: dict[str, int]) -> int:
        """Return what everything in the basket costs."""
        return sum(prices[article] * count for article, count in self.counts.items())


def format_price(cents: int) -> str:
    """Return a price for people to read: '2.50 EUR'."""
    return f"{cents / 100:.2f} EUR"


def loyalty_percent(stamps: int) -> int:
    """Return the discount for the stamps on a customer's card, in percent."""
    return stamps // STAMPS_PER_PERCENT


def reduced(cents: int, percent: int) -> int:
    """Return a price less a discount."""
    return cents - cents * percent // 100


def deposit(bottles: int) -> int:
    """Return the deposit on juice bottles."""
    return bottles * DEPOSIT


def change(due: int, given: int) -> int:
    """Return what the customer gets back."""
    if given < due:
        raise ValueError(f"{format_price(due - given)} are missing")
    return given - due


def receipt(basket: Basket, prices: dict[str, int]) -> str:
    """Return the receipt, a line for each article and one for the total."""
    lines = []
    for article, count in basket.counts.items():
        lines.append(f"{count} x {article}: {format_price(prices[article] * count)}")
    lines.append(f"Total: {format_price(basket.total(prices))}")
    return "\n".join(lines)
