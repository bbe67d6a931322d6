"""Donations, and the campaigns that they are collected for. Amounts are whole cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RECEIPT_FROM = 30000
CURRENCY = "EUR"


@dataclass
class Donation:
    """Money from somebody, who may not want to be named."""

    donor: str
    cents: int
    day: date
    anonymous: bool = False

    @property
    def name(self) -> str:
        """The name that may be read out on air."""
        return "a friend of the station" if self.anonymous else self.donor


def parse_amount(text):
    """Return the cents of an amount from the form: '25', '19.99' or '19,99 EUR'."""
    text = text.replace(CURRENCY, "").replace(",", ".").strip()
    cents = int(float(text) * 100)
    if cents <= 0:
        raise ValueError(f"not an amount: {text!r}")
    return cents


def money(cents):
    """Return an amount as it is printed."""
    return f"{cents / 100:.2f} {CURRENCY}"


def level(cents):
    """Return what somebody becomes who gives so much a year."""
    if cents > 50000:
        return "patron"
    if cents > 10000:
        return "supporter"
    if cents > 0:
        return "friend"
    return "listener"


def needs_receipt(donation: Donation) -> bool:
    """Tell whether the tax office wants a receipt; for less, a bank statement will do."""
    return donation.cents >= RECEIPT_FROM


def thanks(donation: Donation) -> str:
    """Return what is read out on air."""
    return f"Thank you, {donation.name}, for {money(donation.cents)}!"


class Campaign:
    """A collection for one thing, such as a new mixing desk."""

    def __init__(self, title: str, goal: int):
        if goal <= 0:
            raise ValueError("a campaign needs a goal")
        self.title = title
        self.goal = goal
        self.donations: list[Donation] = []

    def give(self, donor: str, cents: int, day: date, anonymous: bool = False) -> Donation:
        """Note a donation."""
        donation = Donation(donor, cents, day, anonymous)
        self.donations.append(donation)
        return donation

    def total(self) -> int:
        """Return what was given."""
        return sum(donation.cents for donation in self.donations)

    def percent(self) -> int:
        """Return how much of the goal is reached; it may be more than 100."""
        return self.total() * 100 // self.goal

    def is_reached(self) -> bool:
        return self.total() >= self.goal

    def largest(self, count: int = 3) -> list[Donation]:
        """Return the largest donations."""
        return sorted(self.donations, key=lambda donation: -donation.cents)[:count]

    def status(self) -> str:
        """Return the line for the website."""
        return f"{self.title}: {money(self.total())} of {money(self.goal)} ({self.percent()} %)"
