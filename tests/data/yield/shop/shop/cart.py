"""The shopping cart: its lines, the discount and the total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")

# Discount codes, and how many percent each takes off.
CODES = {
    "SPRING10": 10,
    "WELCOME5": 5,
    "STAFF25": 25,
}

FREE_SHIPPING_FROM = Decimal("50.00")
SHIPPING = Decimal("4.90")


@dataclass
class Line:
    """An article in the cart."""

    sku: str
    name: str
    price: Decimal
    quantity: int = 1

    @property
    def total(self) -> Decimal:
        return self.price * self.quantity


def to_cents(amount: Decimal) -> Decimal:
    """Round an amount to whole cents."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def discount_percent(code: str | None) -> int:
    """Return how many percent a discount code takes off; no code takes off nothing.

    Raises:
        ValueError: there is no such code.
    """
    if code is None:
        return 0
    if code not in CODES:
        raise ValueError(f"unknown discount code: {code}")
    return CODES[code]


def shipping_cost(goods: Decimal) -> Decimal:
    """Return what it costs to ship goods of that value."""
    if goods == 0 or goods >= FREE_SHIPPING_FROM:
        return Decimal("0.00")
    return SHIPPING


class Cart:
    """What a customer is about to buy."""

    def __init__(self, customer: str) -> None:
        self.customer = customer
        self.code: str | None = None
        self._lines: list[Line] = []

    def __len__(self) -> int:
        return sum(line.quantity for line in self._lines)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def add(self, sku: str, name: str, price: Decimal, quantity: int = 1) -> Line:
        """Put an article into the cart and return its line."""
        line = Line(sku, name, price, quantity)
        self._lines.append(line)
        return line

    def remove(self, sku: str) -> None:
        """Take an article out of the cart."""
        self._lines = [line for line in self._lines if line.sku != sku]

    def apply_code(self, code: str) -> None:
        """Use a discount code for this cart, in place of an earlier one."""
        discount_percent(code)
        self.code = code

    def subtotal(self) -> Decimal:
        """Return the price of all articles, before discount and shipping."""
        return to_cents(sum((line.total for line in self._lines), Decimal(0)))

    def discount(self) -> Decimal:
        """Return the amount that the discount code takes off."""
        return to_cents(self.subtotal() * discount_percent(self.code) / 100)

    def total(self) -> Decimal:
        """Return what the customer pays."""
        goods = self.subtotal() - self.discount()
        return goods + shipping_cost(goods)

    def summary(self) -> str:
        """Return the cart as text: a line for each article, then the total."""
        rows = [f"{line.quantity} x {line.name}: {line.total}" for line in self._lines]
        rows.append(f"Total: {self.total()}")
        return "\n".join(rows)
