"""Orders that come in at the counter, by telephone or from the website."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

LOYALTY_STEP = 2


@dataclass
class Order:
    """What a customer wants, and how far we are with it.

    The status is one of open, ready, collected and cancelled.
    """

    number: str
    customer: str
    placed: date
    items: dict[str, float] = field(default_factory=dict)
    status: str = "open"

    def total(self) -> float:
        """Return the sum of the items."""
        return round(sum(self.items.values()), 2)


class OrderBook:
    """All orders, by their numbers."""

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}

    def add(self, order: Order) -> None:
        """Enter a new order."""
        self._orders[order.number] = order

    def get(self, number: str) -> Order | None:
        """Return an order, None if there is no such number."""
        return self._orders.get(number)

    def set_status(self, number: str, status: str) -> None:
        """Note that an order is ready, collected or cancelled."""
        self._orders[number].status = status

    def of_customer(self, name: str) -> list[Order]:
        """Return the orders of a customer, the latest first."""
        found = [order for order in self._orders.values() if order.customer == name]
        return sorted(found, key=lambda order: order.placed, reverse=True)

    def open_orders(self) -> list[Order]:
        """Return the orders that we still have to do something about, the oldest first."""
        found = [order for order in self._orders.values() if order.status != "collected"]
        return sorted(found, key=lambda order: order.placed)

    def turnover(self) -> float:
        """Return the sum of all orders that were collected."""
        return round(sum(order.total() for order in self._orders.values() if order.status == "collected"), 2)


def order_number(day: date, running: int) -> str:
    """Return the number of an order from its day and its place on the list: '20240503-007'."""
    return f"{day:%Y%m%d}-{running:03d}"


def loyalty_percent(earlier_orders: int) -> int:
    """Return the discount for somebody who has ordered before."""
    return earlier_orders * LOYALTY_STEP


def discounted(amount: float, percent: int) -> float:
    """Return an amount less a discount."""
    return round(amount * (100 - percent) / 100, 2)


def confirmation(order: Order) -> str:
    """Return the text message that confirms an order."""
    return f"Dear {order.customer}, thank you for your order {order.number} of {order.total():.2f} EUR."
