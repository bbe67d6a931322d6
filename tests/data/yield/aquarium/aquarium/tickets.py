"""Admission: prices, groups and ticket codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ADULT = 1450
CHILD = 800
GROUP_SIZE = 10
GROUP_PERCENT = 15


def price(age: int) -> int:
    """Return the admission in cents."""
    if age < 0:
        raise ValueError("an age is not negative")
    if age < 3:
        return 0
    if age < 16:
        return CHILD
    return ADULT


def group_price(ages: list[int]) -> int:
    """Return the admission of a group in cents; large groups get a discount."""
    total = sum(price(age) for age in ages)
    if len(ages) > GROUP_SIZE:
        total -= total * GROUP_PERCENT // 100
    return total


def money(cents: int) -> str:
    """Return an amount for the receipt."""
    return f"{cents / 100:.2f} EUR"


def check_code(code: str) -> bool:
    """Tell whether a ticket code is of the right form, two letters and six digits as in BH123456."""
    return len(code) == 8 and code[:2].isalpha() and code[2:].isdigit()


@dataclass
class YearPass:
    """A ticket for a whole year."""

    holder: str
    bought: date
    visits: int = 0

    def last_day(self) -> date:
        """Return the last day on which it is valid."""
        return self.bought + timedelta(days=365)

    def valid(self, day: date) -> bool:
        """Tell whether it lets the holder in on a day."""
        return day <= self.last_day()

    def visit(self, day: date) -> int:
        """Count a visit and return how many there have been."""
        if not self.valid(day):
            raise ValueError(f"the pass of {self.holder} is not valid on {day.isoformat()}")
        self.visits += 1
        return self.visits
