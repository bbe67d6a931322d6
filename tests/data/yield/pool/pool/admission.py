"""Admission: what a swim costs, and the passes for ten swims.

All prices are whole cents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

PRICES = {"child": 250, "adult": 520, "senior": 380}
SENIOR_AGE = 65
EVENING_FROM = 19
EVENING_PERCENT = 70
GROUP_SIZE = 10


def category(age: int) -> str:
    """Return the category of prices that an age belongs to."""
    if age < 0:
        raise ValueError(f"no age: {age}")
    if age < 16:
        return "child"
    if age > SENIOR_AGE:
        return "senior"
    return "adult"


def price(age: int, hour: int = 12) -> int:
    """Return what somebody pays who comes at some hour of the day."""
    cents = PRICES[category(age)]
    if hour >= EVENING_FROM:
        cents = cents * EVENING_PERCENT // 100
    return cents


def group_price(ages: list[int], hour: int = 12) -> int:
    """Return what a group pays together; in a large one the last swims for nothing."""
    prices = sorted(price(age, hour) for age in ages)
    if len(prices) >= GROUP_SIZE:
        prices = prices[1:]
    return sum(prices)


def format_cents(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


@dataclass
class SwimPass:
    """A pass for some swims, ten if it is new."""

    number: int
    owner: str
    left: int = 10
    used: list[date] = field(default_factory=list)

    def use(self, day: date) -> int:
        """Take one swim off the pass and return how many are left."""
        self.left -= 1
        self.used.append(day)
        return self.left

    def top_up(self, swims: int = 10) -> None:
        """Add some swims that were paid for."""
        if swims < 1:
            raise ValueError(f"no swims: {swims}")
        self.left += swims

    def last_used(self) -> date | None:
        return max(self.used, default=None)


def price_board() -> list[str]:
    """Return the lines of the board at the till."""
    return [f"{name.capitalize():<8}{format_cents(cents):>6}" for name, cents in PRICES.items()]


def takings(sold: dict[str, int]) -> int:
    """Return what came in for tickets, from how many were sold of each category."""
    return sum(PRICES[name] * count for name, count in sold.items())
