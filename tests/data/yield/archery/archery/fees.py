"""What the members pay, in euros."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

YEARLY = {"adult": 120.0, "student": 80.0, "youth": 60.0}
FAMILY_PERCENT = 5
REMINDER_FEE = 2.5


@dataclass(frozen=True)
class Payment:
    """Money that came in."""

    day: date
    name: str
    amount: float


def yearly_fee(kind: str, months: int = 12) -> float:
    """Return the fee of a member who is in the club for some months of the year."""
    if kind not in YEARLY:
        raise ValueError(f"unknown kind of member: {kind}")
    return round(YEARLY[kind] * months / 12, 2)


def family_fee(kinds: list[str]) -> float:
    """Return the fee of a family.

    There is a discount of FAMILY_PERCENT for every member after the first.
    """
    total = sum(yearly_fee(kind) for kind in kinds)
    percent = FAMILY_PERCENT * (len(kinds) - 1)
    return round(total * (100 - percent) / 100, 2)


def format_amount(amount: float) -> str:
    """Return an amount for letters and lists, like '12.50 EUR'."""
    return f"{amount:.2f} EUR"


def parse_payments(text: str) -> list[Payment]:
    """Read the treasurer's list, which has lines like '2024-03-01;Ada Lovelace;60.00'."""
    payments = []
    for line in text.splitlines():
        day, name, amount = line.split(";")
        payments.append(Payment(date.fromisoformat(day), name, float(amount)))
    return payments


def paid_by(payments: list[Payment], name: str) -> float:
    """Return what somebody has paid so far."""
    return sum(payment.amount for payment in payments if payment.name == name)


def open_fees(fees: dict[str, float], payments: list[Payment]) -> dict[str, float]:
    """Return what is still to be paid, by name, given everybody's fee."""
    result = {}
    for name, fee in fees.items():
        result[name] = round(fee - paid_by(payments, name), 2)
    return result


def reminder(name: str, amount: float, count: int = 1) -> str:
    """Return the text of a reminder; from the second on it costs something."""
    if count > 1:
        amount += REMINDER_FEE
    return f"Dear {name}, please pay {format_amount(amount)} by the end of the month."
