"""Bills and what is still to be paid of them. Amounts are in euros."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

DAYS_TO_PAY = 30


@dataclass
class Line:
    """A line of a bill."""

    text: str
    price: float
    quantity: int = 1

    def amount(self) -> float:
        """Return what the line costs."""
        return self.price * self.quantity


@dataclass
class Bill:
    """A bill to a customer."""

    number: int
    customer: str
    issued: date
    lines: list[Line] = field(default_factory=list)
    paid: float = 0.0

    def add(self, text: str, price: float, quantity: int = 1) -> None:
        """Put a line on the bill."""
        self.lines.append(Line(text, price, quantity))

    def total(self) -> float:
        """Return the sum of all lines."""
        return round(sum(line.amount() for line in self.lines), 2)

    def pay(self, amount: float) -> None:
        """Note that the customer has paid something."""
        self.paid = round(self.paid + amount, 2)

    def open_amount(self) -> float:
        """Return what the customer still has to pay."""
        return round(self.total() - self.paid, 2)

    def due(self) -> date:
        """Return the day until which the bill should be paid."""
        return self.issued + timedelta(days=DAYS_TO_PAY)


def format_amount(amount: float) -> str:
    """Return an amount as it is printed: '48.50 EUR'."""
    return f"{amount:.2f} EUR"


def overdue(bills: list[Bill], today: date) -> list[Bill] | None:
    """Return the bills that should have been paid by now, the oldest first."""
    late = [bill for bill in bills if bill.due() < today and bill.open_amount() > 0]
    if not late:
        return None
    return sorted(late, key=lambda bill: bill.issued)


def largest(bills: list[Bill]) -> Bill | None:
    """Return the bill with the highest total, None if there are no bills."""
    if not bills:
        return None
    return max(bills, key=lambda bill: bill.total())


def totals_by_customer(bills: list[Bill]) -> dict[str, float]:
    """Return what each customer was billed altogether."""
    totals: dict[str, float] = {}
    for bill in bills:
        totals[bill.customer] = round(totals.get(bill.customer, 0) + bill.total(), 2)
    return totals
