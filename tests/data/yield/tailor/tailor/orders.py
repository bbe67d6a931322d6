"""Orders, from the day they are accepted until the customer has collected them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

STATES = ("accepted", "cutting", "sewing", "ready", "collected")
USUAL_DAYS = 10


@dataclass
class Item:
    """Some pieces of the same garment."""

    garment: str
    price: float
    count: int = 1


@dataclass
class Order:
    """What a customer has ordered. Prices are in euros."""

    number: int
    customer: str
    accepted: date
    items: list[Item] = field(default_factory=list)
    state: str = "accepted"

    def add(self, garment: str, price: float, count: int = 1) -> None:
        """Add some pieces to the order."""
        self.items.append(Item(garment, price, count))

    def pieces(self) -> int:
        """Return how many pieces have to be made."""
        return sum(item.count for item in self.items)

    def total(self, discount: float = 0) -> float:
        """Return the price of all pieces after a discount in percent."""
        full = sum(item.price * item.count for item in self.items)
        return round(full * (100 - discount) / 100, 2)

    def ready_on(self, days: int = USUAL_DAYS) -> date:
        """Return the day for which the order is promised."""
        return self.accepted + timedelta(days=days)

    def advance(self) -> str:
        """Move the order on to its next state and return that."""
        self.state = STATES[STATES.index(self.state) + 1]
        return self.state

    def summary(self) -> str:
        """Return the line for the list at the counter: '12: Greta Holm, 3 pieces, sewing'."""
        return f"{self.number}: {self.customer}, {self.pieces()} pieces, {self.state}"


def in_state(orders: list[Order], state: str) -> list[Order]:
    """Return the orders in a state, the oldest first."""
    found = [order for order in orders if order.state == state]
    return sorted(found, key=lambda order: order.accepted)


def garments_to_make(orders: list[Order]) -> dict[str, int]:
    """Return how many pieces of each garment are not ready yet."""
    counts: dict[str, int] = {}
    for order in orders:
        if order.state in {"ready", "collected"}:
            continue
        for item in order.items:
            counts[item.garment] = counts.get(item.garment, 0) + item.count
    return counts
