"""What a stay costs. All amounts are in cents."""

from __future__ import annotations

from dataclasses import dataclass, field

NIGHT = {"small": 2200, "medium": 2600, "large": 3000}
EXTRAS = {"bath": 1500, "claws": 800, "training": 2500}
LONG_STAY = 7
PERCENT_PER_NIGHT = 2
DEPOSIT_PERCENT = 20


def long_stay_percent(nights: int) -> int:
    """Return the discount for a long stay: some percent for each night after the first week."""
    if nights <= LONG_STAY:
        return 0
    return (nights - LONG_STAY) * PERCENT_PER_NIGHT


def stay_price(size: str, nights: int) -> int:
    """Return the price of a stay, without extras."""
    full = NIGHT[size] * nights
    return full - full * long_stay_percent(nights) // 100


def extras_price(names: list[str]) -> int:
    """Return the price of what was ordered besides."""
    return sum(EXTRAS[name] for name in names)


def deposit(cents: int) -> int:
    """Return what has to be paid when a stay is booked."""
    return cents * DEPOSIT_PERCENT // 100


def format_price(cents: int) -> str:
    """Return a price for people: '26.00 EUR'."""
    return f"{cents / 100:.2f} EUR"


def parse_price(text: str) -> int:
    """Read a price that somebody typed: '12.50' is 1250."""
    return round(float(text) * 100)


def invoice_line(dog: str, size: str, nights: int) -> str:
    """Return the line for a stay: 'Bella: 3 nights, 78.00 EUR'."""
    return f"{dog}: {nights} nights, {format_price(stay_price(size, nights))}"


@dataclass
class Invoice:
    """What an owner has to pay."""

    owner: str
    items: list[tuple[str, int]] = field(default_factory=list)
    paid: int = 0

    def add(self, text: str, cents: int) -> None:
        """Put something on the invoice."""
        self.items.append((text, cents))

    def total(self) -> int:
        """Return the sum of all items."""
        return sum(cents for _, cents in self.items)

    def open_amount(self) -> int:
        """Return what is still to be paid."""
        return self.total() - self.paid
