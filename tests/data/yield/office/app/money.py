"""Amounts of money, kept as whole cents."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def format_amount(cents: int, currency: str = "USD") -> str:
    """Return an amount as people write it, e.g. $1,234.50."""
    symbol = SYMBOLS.get(currency, currency + " ")
    sign = "-" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    return f"{sign}{symbol}{units:,}.{rest:02d}"


def parse_amount(text: str) -> int:
    """Return the cents of an amount that a user typed, e.g. "$1,234.50" or "12"."""
    cleaned = text.strip().replace(",", "")
    for symbol in SYMBOLS.values():
        cleaned = cleaned.replace(symbol, "")
    negative = cleaned.startswith("-")
    units, _, rest = cleaned.lstrip("-").partition(".")
    cents = int(units or 0) * 100 + int((rest + "00")[:2])
    return -cents if negative else cents


def convert(cents: int, rate: Decimal) -> int:
    """Return an amount in another currency, to the nearest cent."""
    return int((Decimal(cents) * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def add_tax(net: int, percent: int) -> int:
    """Return the gross amount for a net one."""
    gross = Decimal(net) * (100 + percent) / 100
    return round(gross)


def discount(price: int, percent: int) -> int:
    """Return a price after a discount; fractions of a cent go to the customer."""
    if not 0 <= percent <= 100:
        raise ValueError("percent must be between 0 and 100")
    return price * (100 - percent) // 100


def split_evenly(total: int, people: int) -> list[int]:
    """Split a bill between people; returns the share of each."""
    if people < 1:
        raise ValueError("people must be at least 1")
    share = total // people
    return [share] * people
