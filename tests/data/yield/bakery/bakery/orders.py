"""Orders that customers leave at the counter or by telephone."""

from dataclasses import dataclass, field
from datetime import date

MAX_PIECES = 500


@dataclass
class Line:
    article: str
    pieces: int
    price: float

    def total(self) -> float:
        return self.pieces * self.price


@dataclass
class Order:
    """What one customer wants on one day."""

    customer: str
    day: date
    lines: list[Line] = field(default_factory=list)
    paid: bool = False

    def add(self, article: str, pieces: int, price: float) -> None:
        """Add some pieces of an article."""
        if pieces > MAX_PIECES:
            raise ValueError(f"more than {MAX_PIECES} pieces: {pieces}")
        self.lines.append(Line(article, pieces, price))

    def remove(self, article: str) -> None:
        """Take an article off the order."""
        self.lines = [line for line in self.lines if line.article != article]

    def total(self) -> float:
        """Return what the order costs."""
        return round(sum(line.total() for line in self.lines), 2)


class OrderBook:
    """All orders, each with a number."""

    def __init__(self):
        self._orders = {}
        self._next = 1

    def __len__(self):
        return len(self._orders)

    def enter(self, order: Order) -> int:
        """Keep an order and return its number."""
        number = self._next
        self._orders[number] = order
        self._next += 1
        return number

    def cancel(self, number: int) -> Order:
        """Forget an order and return it."""
        return self._orders.pop(number)

    def for_customer(self, customer: str) -> list[Order]:
        """Return the orders of a customer, the oldest first."""
        return [order for order in self._orders.values() if order.customer == customer]

    def on_day(self, day: date) -> list[Order]:
        """Return the orders for a day."""
        return [order for order in self._orders.values() if order.day == day]

    def unpaid(self) -> float:
        """Return what all customers together have still to pay."""
        return round(sum(order.total() for order in self._orders.values() if not order.paid), 2)


def parse_order_line(text: str) -> tuple[int, str]:
    """Read a line from the order form: '3 x rye bread' is (3, 'rye bread')."""
    pieces, article = text.split(" x ", 1)
    return int(pieces), article.strip()


def summary(order: Order) -> str:
    """Return a line like '2024-03-01 Ahlberg: 2 articles, 17.40'."""
    state = " (paid)" if order.paid else ""
    return f"{order.day.isoformat()} {order.customer}: {len(order.lines)} articles, {order.total():.2f}{state}"
