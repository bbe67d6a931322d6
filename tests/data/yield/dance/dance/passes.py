"""Passes for a number of lessons. Amounts are in euros."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PRICES = {1: 15.0, 5: 70.0, 10: 130.0, 20: 240.0}
STUDENT_PERCENT = 20


@dataclass
class Pass:
    """A pass that somebody has bought."""

    holder: str
    lessons: int
    expires: date | None = None
    used: int = 0

    def left(self) -> int:
        """Return how many lessons are left."""
        return self.lessons - self.used

    def is_valid(self, day: date) -> bool:
        """Return whether the holder may attend a lesson on a day."""
        return self.left() > 0 and day <= self.expires

    def use(self, count: int = 1) -> None:
        """Stamp the pass for lessons that the holder attends."""
        self.used += count

    def status(self) -> str:
        """Return what the desk says to the holder: 'Mia: 4 lessons left'."""
        return f"{self.holder}: {self.left()} lessons left"


def price_of(lessons: int, student: bool = False) -> float:
    """Return the price of a pass."""
    price = PRICES[lessons]
    if student:
        price = price * (100 - STUDENT_PERCENT) / 100
    return price


def format_price(amount: float) -> str:
    """Return an amount for the price list: '€15.00'."""
    return f"€{amount:.2f}"


def price_list() -> list[str]:
    """Return the lines of the price list."""
    return [f"{lessons} x: {format_price(price_of(lessons))}" for lessons in sorted(PRICES)]


def expiring(passes: list[Pass], first: date, last: date) -> list[Pass]:
    """Return the passes that expire in a period and still have lessons left."""
    return [one for one in passes if one.expires and first <= one.expires <= last and one.left() > 0]
