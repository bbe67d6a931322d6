"""What a tour costs. Amounts are whole cents, so that nothing is lost in adding them up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

DAILY_RATES = {"AT": 4400, "CH": 6400, "DE": 4200, "FR": 4800, "IT": 4500}
"""The daily allowance in each country."""

OTHER_RATE = 4000
"""The daily allowance that the union agreed on for all other countries."""

STATUSES = ("new", "approved", "rejected")


@dataclass(frozen=True)
class Receipt:
    """A receipt that somebody handed in."""

    person: str
    category: str
    cents: int
    status: str = "new"

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"unknown status: {self.status}")


def parse_amount(text: str) -> int:
    """Read an amount that was typed with a point or a comma: '12.50' and '12,50' are 1250 cents."""
    try:
        cents = Decimal(text.strip().replace(",", ".")) * 100
    except InvalidOperation:
        raise ValueError(f"not an amount: {text!r}") from None
    if cents != int(cents):
        raise ValueError(f"more than two decimals: {text!r}")
    return int(cents)


def format_cents(cents: int) -> str:
    """Write an amount for the report: 1250 cents are '12.50 EUR'."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros}.{rest:02d} EUR"


def allowance(country: str, days: int) -> int:
    """Return the allowance of one person for some days in a country."""
    if days < 0:
        raise ValueError("days cannot be negative")
    return DAILY_RATES[country] * days


def tour_allowance(legs: list[tuple[str, int]], people: int) -> int:
    """Return the allowances of a whole company for legs of (country, days)."""
    return people * sum(allowance(country, days) for country, days in legs)


def convert(cents: int, rate: float) -> int:
    """Convert an amount of a foreign currency; the rate is what one unit of it costs in euros."""
    return int(cents * rate)


def totals_by_category(receipts: list[Receipt]) -> dict[str, int]:
    """Return what was spent on each sort of thing, in alphabetical order."""
    totals: dict[str, int] = {}
    for receipt in receipts:
        totals[receipt.category] = totals.get(receipt.category, 0) + receipt.cents
    return dict(sorted(totals.items()))


def owed_to(receipts: list[Receipt], person: str) -> int:
    """Return what a person gets back for receipts that are approved."""
    return sum(r.cents for r in receipts if r.person == person and r.status == "approved")


def report(receipts: list[Receipt]) -> str:
    """Return the table of all categories with the total below."""
    totals = totals_by_category(receipts)
    lines = [f"{category:<12}{format_cents(cents):>16}" for category, cents in totals.items()]
    lines.append(f"{'Total':<12}{format_cents(sum(totals.values())):>16}")
    return "\n".join(lines)
