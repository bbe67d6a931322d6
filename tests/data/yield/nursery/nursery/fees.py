"""What the parents pay. Amounts are in euros."""

from __future__ import annotations

from dataclasses import dataclass, field

DAY_RATE = 48.0
SIBLING_PERCENT = 10
LATE_QUARTER = 5.0


@dataclass
class Invoice:
    """What a family has to pay for a month."""

    family: str
    items: list[tuple[str, float]] = field(default_factory=list)
    paid: float = 0.0

    def add(self, label: str, amount: float) -> None:
        """Put an item on the invoice."""
        self.items.append((label, amount))

    def total(self) -> float:
        """Return the sum of all items."""
        return round(sum(amount for _, amount in self.items), 2)

    def open_amount(self) -> float:
        """Return what has not been paid yet."""
        return round(self.total() - self.paid, 2)

    def lines(self) -> list[str]:
        """Return the lines to print, the total last."""
        lines = [f"{label}: {amount} EUR" for label, amount in self.items]
        lines.append(f"Total: {self.total()} EUR")
        return lines


def sibling_percent(siblings: int) -> int:
    """Return the discount for a child who has so many siblings here."""
    return siblings * SIBLING_PERCENT


def monthly_fee(days: int, siblings: int = 0) -> float:
    """Return the fee for a month with so many days of care."""
    return round(days * DAY_RATE * (100 - sibling_percent(siblings)) / 100, 2)


def late_fee(minutes: int) -> float:
    """Return what it costs to come late; each quarter of an hour that was begun counts."""
    quarters = (minutes + 14) // 15
    return quarters * LATE_QUARTER


def unpaid(invoices: list[Invoice]) -> list[Invoice]:
    """Return the invoices that are not paid in full, by family."""
    return sorted((one for one in invoices if one.open_amount() > 0), key=lambda one: one.family)


def average_total(invoices: list[Invoice]) -> float:
    """Return the mean of the totals of some invoices."""
    return round(sum(invoice.total() for invoice in invoices) / len(invoices), 2)
