"""What guests and members pay. All amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

HIGH_FROM = (5, 1)
HIGH_UNTIL = (9, 15)
HIGH_PER_METRE = 250
LOW_PER_METRE = 150
PERCENT_PER_YEAR = 2


def is_high_season(day: date) -> bool:
    """Return whether the high season's prices hold on a day."""
    return HIGH_FROM <= (day.month, day.day) < HIGH_UNTIL


def night_fee(length: float, day: date) -> int:
    """Return what a night costs for a boat of a length in metres."""
    per_metre = HIGH_PER_METRE if is_high_season(day) else LOW_PER_METRE
    return round(length * per_metre)


def stay_fee(length: float, arrival: date, nights: int) -> int:
    """Return what a stay of some nights costs."""
    return sum(night_fee(length, arrival + timedelta(days=night)) for night in range(nights))


def loyalty_percent(years: int) -> int:
    """Return the discount for somebody who has been a member for some years."""
    return years * PERCENT_PER_YEAR


def member_fee(fee: int, years: int) -> int:
    """Return a fee after the discount for loyalty."""
    return fee - fee * loyalty_percent(years) // 100


def format_amount(cents: int, currency: str = "EUR") -> str:
    """Return an amount for the invoice: '12.50 EUR'."""
    return f"{cents / 100:.2f} {currency}"


@dataclass
class Account:
    """What a customer owes and has paid."""

    customer: str
    charges: list[tuple[str, int]] = field(default_factory=list)
    payments: list[int] = field(default_factory=list)

    def charge(self, label: str, cents: int) -> None:
        """Put an item on the bill."""
        self.charges.append((label, cents))

    def balance(self) -> int:
        """Return what the customer still owes."""
        return sum(cents for _, cents in self.charges) - sum(self.payments)

    def pay(self, cents: int) -> None:
        """Note a payment."""
        self.payments.append(cents)

    def bill(self) -> str:
        """Return the bill, a line for each item."""
        lines = [f"{label}: {format_amount(cents)}" for label, cents in self.charges]
        return "\n".join(lines)
