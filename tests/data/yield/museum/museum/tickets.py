"""Tickets at the entrance. Amounts are in euros."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

PRICES = {"full": 12.0, "reduced": 8.0, "child": 0.0}
GROUP_SIZE = 10
GROUP_PERCENT = 15
FREE_UNTIL_AGE = 6
REDUCED_UNTIL_AGE = 18


@dataclass(frozen=True)
class Ticket:
    """A ticket that was sold."""

    code: str
    kind: str
    bought: date
    valid_days: int = 1

    def last_day(self) -> date:
        """Return the last day on which the ticket is valid."""
        return self.bought + timedelta(days=self.valid_days)

    def is_valid(self, day: date) -> bool:
        """Return whether the ticket opens the gate on a day."""
        return self.bought <= day <= self.last_day()


def kind_for_age(age: int) -> str:
    """Return the kind of ticket that a visitor needs."""
    if age < FREE_UNTIL_AGE:
        return "child"
    if age < REDUCED_UNTIL_AGE:
        return "reduced"
    return "full"


def price(kind: str) -> float:
    """Return the price of a ticket."""
    return PRICES[kind]


def group_price(kinds: list[str]) -> float:
    """Return the price of tickets that are bought together.

    Groups get a discount on all tickets.
    """
    total = sum(price(kind) for kind in kinds)
    if len(kinds) > GROUP_SIZE:
        total = total * (100 - GROUP_PERCENT) / 100
    return round(total, 2)


def normalise_code(text: str) -> str:
    """Return the code of a ticket as the gate wants it: ' ab12-cd34 ' is 'AB12-CD34'."""
    return text.strip().upper()


def count_by_kind(tickets: list[Ticket]) -> dict[str, int]:
    """Return how many tickets of each kind were sold."""
    counts: dict[str, int] = {}
    for ticket in tickets:
        counts[ticket.kind] = counts.get(ticket.kind, 0) + 1
    return counts


def revenue(tickets: list[Ticket]) -> float:
    """Return what the tickets brought in."""
    return sum(price(ticket.kind) for ticket in tickets)
