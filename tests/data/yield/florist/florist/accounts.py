"""The books: what was sold, how it was paid, and what the tax office gets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

VAT_PERCENT = 7


@dataclass(frozen=True)
class Sale:
    """A sale at the till, in euros."""

    day: date
    amount: float
    method: str = "cash"


def parse_sale(line: str) -> Sale:
    """Read a line of the till's file: '2024-05-03;12.50;card'."""
    day, amount, method = line.strip().split(";")
    return Sale(date.fromisoformat(day), float(amount), method)


def format_amount(amount: float) -> str:
    """Return an amount for a report: '12.50 EUR'."""
    return f"{amount:.2f} EUR"


def total(sales: list[Sale]) -> float:
    """Return the sum of some sales."""
    return round(sum(sale.amount for sale in sales), 2)


def average_sale(sales: list[Sale]) -> float:
    """Return what a customer pays on average."""
    return round(total(sales) / len(sales), 2)


def vat(gross: float) -> float:
    """Return how much of an amount is value added tax."""
    return round(gross * VAT_PERCENT / (100 + VAT_PERCENT), 2)


def of_month(sales: list[Sale], year: int, month: int) -> list[Sale]:
    """Return the sales of a month, as they were entered."""
    return [sale for sale in sales if (sale.day.year, sale.day.month) == (year, month)]


def by_method(sales: list[Sale]) -> dict[str, float]:
    """Return how much was paid by each method."""
    sums: dict[str, float] = defaultdict(float)
    for sale in sales:
        sums[sale.method] += sale.amount
    return {method: round(amount, 2) for method, amount in sums.items()}


def best_day(sales: list[Sale]) -> date | None:
    """Return the day that brought in most, None without sales."""
    sums: dict[date, float] = defaultdict(float)
    for sale in sales:
        sums[sale.day] += sale.amount
    return max(sums, key=lambda day: sums[day]) if sums else None


def month_report(sales: list[Sale], year: int, month: int) -> str:
    """Return the lines of a month's report."""
    chosen = of_month(sales, year, month)
    lines = [f"{year}-{month:02d}: {len(chosen)} sales, {format_amount(total(chosen))}"]
    lines += [f"  {method}: {format_amount(amount)}" for method, amount in sorted(by_method(chosen).items())]
    return "\n".join(lines)
