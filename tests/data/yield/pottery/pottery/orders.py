"""Orders of shops and restaurants. Amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass

CURRENCY = "EUR"


@dataclass
class Line:
    """An article on an order."""

    article: str
    cents: int
    count: int = 1

    def total(self) -> int:
        """Return what the pieces cost together."""
        return self.cents * self.count


class Order:
    """What a customer has ordered."""

    def __init__(self, customer: str) -> None:
        self.customer = customer
        self.discount = 0
        self.lines: list[Line] = []

    def add(self, article: str, cents: int, count: int = 1) -> None:
        """Put an article on the order."""
        self.lines.append(Line(article, cents, count))

    def set_discount(self, percent: int) -> None:
        """Give the customer a discount on the whole order."""
        if percent < 0:
            raise ValueError("a discount cannot be negative")
        self.discount = percent

    def total(self) -> int:
        """Return what the customer has to pay."""
        total = sum(line.total() for line in self.lines)
        return total - total * self.discount // 100

    def pieces(self) -> int:
        """Return how many pieces have to be made."""
        return sum(line.count for line in self.lines)


def format_price(cents: int, currency: str = CURRENCY) -> str:
    """Return an amount as it is printed: '18.50 EUR'."""
    return f"{cents / 100:.2f} {currency}"


def parse_price(text: str) -> int:
    """Return the cents of a price that somebody has typed, such as '18.50'."""
    return round(float(text) * 100)


def invoice(order: Order) -> str:
    """Return the text of the invoice."""
    rows = [f"Invoice for {order.customer}"]
    for line in order.lines:
        rows.append(f"{line.count} x {line.article}: {format_price(line.total())}")
    rows.append(f"Discount {order.discount}%")
    rows.append(f"Total {format_price(order.total())}")
    return "\n".join(rows)


def revenue(orders: list[Order]) -> dict[str, int]:
    """Return what each customer has ordered for."""
    totals: dict[str, int] = {}
    for order in orders:
        totals[order.customer] = totals.get(order.customer, 0) + order.total()
    return totals
