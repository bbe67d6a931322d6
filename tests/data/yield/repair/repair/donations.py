"""Donations and receipts. All amounts are in cents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

CENTS_PER_MINUTE = 8
RECEIPT_FROM = 2000
"""From what amount on a donor gets a receipt without asking."""


@dataclass(frozen=True)
class Donation:
    """Money that somebody gave; without a donor it was in the jar."""

    amount: int
    day: date
    donor: str = ""

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody knows who gave it."""
        return not self.donor


class Till:
    """All donations of a year."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.donations: list[Donation] = []

    def give(self, amount: int, day: date, donor: str = "") -> Donation:
        """Note a donation.

        Raises:
            ValueError: it is nothing, or belongs to another year.
        """
        if amount <= 0:
            raise ValueError("a donation must be more than nothing")
        if day.year != self.year:
            raise ValueError(f"this is the till of {self.year}")
        donation = Donation(amount, day, donor.strip())
        self.donations.append(donation)
        return donation

    def total(self) -> int:
        """Return the sum of all donations."""
        return sum(donation.amount for donation in self.donations)

    def largest(self) -> Donation:
        """Return the largest donation; the first one if several are as large."""
        return max(self.donations, key=lambda donation: donation.amount)

    def by_month(self) -> dict[int, int]:
        """Return the sum of each month in which there were donations."""
        sums: dict[int, int] = defaultdict(int)
        for donation in self.donations:
            sums[donation.day.month] += donation.amount
        return dict(sorted(sums.items()))

    def donors(self) -> list[str]:
        """Return who has given something, each once, by name."""
        return sorted({donation.donor for donation in self.donations if not donation.is_anonymous})


def suggested(minutes: int, parts: int = 0) -> int:
    """Return what the poster suggests to give for a repair: something for the time, and the parts."""
    amount = minutes * CENTS_PER_MINUTE + parts
    return amount


def euros(cents: int) -> str:
    """Return an amount as it stands on a receipt, such as '12,50 €'."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole},{rest:02} €"


def receipt_number(year: int, number: int) -> str:
    """Return the number of a receipt, such as '2024-017'."""
    return f"{year}-{number:03}"


def receipt(donation: Donation, number: int) -> str:
    """Return the text of a receipt."""
    lines = [
        f"Receipt {receipt_number(donation.day.year, number)}",
        f"We thank {donation.donor or 'our guest'} for {euros(donation.amount)}.",
        f"{donation.day:%d.%m.%Y}",
    ]
    return "\n".join(lines)


def needs_receipt(donation: Donation) -> bool:
    """Tell whether a receipt is printed without asking."""
    return not donation.is_anonymous and donation.amount >= RECEIPT_FROM
