"""What the owners have to pay. All amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass, field

VAT_PERCENT = 19


@dataclass(frozen=True)
class Line:
    """A line of an invoice."""

    text: str
    cents: int
    quantity: int = 1

    def total(self) -> int:
        """Return what the line costs."""
        return self.cents * self.quantity


@dataclass
class Invoice:
    """What a client is charged for a visit."""

    number: str
    client: str
    lines: list[Line] = field(default_factory=list)
    paid: int = 0

    def add(self, text: str, cents: int, quantity: int = 1) -> None:
        """Add a line."""
        self.lines.append(Line(text, cents, quantity))

    def total(self) -> int:
        """Return what the whole visit costs."""
        return sum(line.total() for line in self.lines)

    def balance(self) -> int:
        """Return what is left to pay; less than nothing if the client has paid too much."""
        return self.total() - self.paid

    def pay(self, cents: int) -> None:
        """Note that a client has paid something."""
        self.paid += cents


def format_amount(cents: int) -> str:
    """Return an amount for the printed invoice: 'EUR 45.20'."""
    return f"EUR {cents / 100:.2f}"


def vat_included(cents: int) -> int:
    """Return how much of an amount is tax."""
    return round(cents * VAT_PERCENT / (100 + VAT_PERCENT))


def discounted(cents: int, percent: int) -> int:
    """Return an amount with a discount taken off."""
    return cents - cents * percent // 100


def debtors(invoices: list[Invoice]) -> list[str]:
    """Return the clients who have something left to pay."""
    return [invoice.client for invoice in invoices if invoice.balance() > 0]


def print_invoice(invoice: Invoice) -> str:
    """Return an invoice as it is printed."""
    rows = [f"{line.quantity} x {line.text}: {format_amount(line.total())}" for line in invoice.lines]
    return "\n".join([f"Invoice {invoice.number}", *rows, f"Total: {format_amount(invoice.total())}"])
