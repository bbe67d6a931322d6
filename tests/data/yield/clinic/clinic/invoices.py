"""Invoices, payments and reminders. All amounts are decimals, in pounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

CENT = Decimal("0.01")
DAYS_TO_PAY = 30


class InvoiceError(ValueError):
    """An invoice cannot be changed like that."""


@dataclass
class Line:
    """What was done, and what it costs."""

    text: str
    price: Decimal
    quantity: int = 1

    @property
    def amount(self) -> Decimal:
        """Price times quantity."""
        return self.price * self.quantity


class Invoice:
    """What a patient owes us."""

    def __init__(self, number: str, patient: str, issued: date, discount: int = 0) -> None:
        self.number = number
        self.patient = patient
        self.issued = issued
        self.discount = discount
        self.lines: list[Line] = []
        self.paid = Decimal("0.00")

    @property
    def due(self) -> date:
        """The last day to pay."""
        return self.issued + timedelta(days=DAYS_TO_PAY)

    def add(self, text: str, price: Decimal, quantity: int = 1) -> Line:
        """Add a line and return it."""
        if quantity < 1:
            raise InvoiceError("quantity must be positive")
        line = Line(text, price, quantity)
        self.lines.append(line)
        return line

    def total(self) -> Decimal:
        """Return what the lines cost together, less the discount in percent."""
        amount = sum((line.amount for line in self.lines), Decimal("0.00"))
        return amount * (100 - self.discount) / 100

    def balance(self) -> Decimal:
        """Return what is still to be paid."""
        return self.total() - self.paid

    def pay(self, amount: Decimal) -> Decimal:
        """Note a payment and return what is left to pay."""
        self.paid += amount
        return self.balance()

    def days_late(self, today: date) -> int:
        """Return how many days ago it should have been paid; 0 if it is not late."""
        if self.balance() <= 0:
            return 0
        return max((today - self.due).days, 0)


def reminder_level(days_late: int) -> int:
    """Return which reminder is to be sent: 0 for none, at most 3."""
    if days_late > 60:
        return 3
    if days_late > 30:
        return 2
    return 1 if days_late > 0 else 0


def next_number(last: str, today: date) -> str:
    """Return the number that follows the last invoice's, such as 2026-0042 after 2026-0041."""
    count = int(last.split("-")[1])
    return f"{today.year}-{count + 1:04d}"


def unpaid(invoices: list[Invoice], today: date) -> list[Invoice]:
    """Return the invoices that are late, in the order of their numbers."""
    late = [invoice for invoice in invoices if invoice.days_late(today) > 0]
    return sorted(late, key=lambda invoice: invoice.number)


def owed_by_patient(invoices: list[Invoice]) -> dict[str, Decimal]:
    """Return what each patient owes us, of those who owe something."""
    owed: dict[str, Decimal] = {}
    for invoice in invoices:
        if invoice.balance() > 0:
            owed[invoice.patient] = owed.get(invoice.patient, Decimal("0.00")) + invoice.balance()
    return owed
