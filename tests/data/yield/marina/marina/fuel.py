"""The fuel station at the end of the pier."""

from __future__ import annotations

from dataclasses import dataclass

PRICES = {"diesel": 1.72, "petrol": 1.95, "gas": 0.98}
LOW_SHARE = 0.1


@dataclass
class Tank:
    """A tank under the pier; capacity and level are in litres."""

    fuel: str
    capacity: float
    level: float = 0.0

    def fill(self, litres: float) -> None:
        """Note a delivery; what does not fit goes back with the lorry."""
        self.level = min(self.level + litres, self.capacity)

    def draw(self, litres: float) -> None:
        """Take fuel out for a customer."""
        self.level -= litres

    def is_low(self) -> bool:
        """Return whether it is time to order."""
        return self.level < self.capacity * LOW_SHARE


@dataclass(frozen=True)
class Sale:
    """Fuel that a boat has bought."""

    boat: str
    fuel: str
    litres: float

    def price(self) -> float:
        """Return what it cost, in euros."""
        return round(self.litres * PRICES[self.fuel], 2)


def parse_litres(text: str) -> float:
    """Read what was typed at the pump: '12.5' or '12.5 l'."""
    number = text.strip().removesuffix("l")
    return float(number)


def litres_by_boat(sales: list[Sale]) -> dict[str, float]:
    """Return how many litres each boat has bought."""
    totals: dict[str, float] = {}
    for sale in sales:
        totals[sale.boat] = totals.get(sale.boat, 0.0) + sale.litres
    return totals


def litres_of(sales: list[Sale], boat: str) -> float:
    """Return how many litres a boat has bought."""
    return litres_by_boat(sales)[boat]


def takings(sales: list[Sale]) -> float:
    """Return what the station took, in euros."""
    return round(sum(sale.price() for sale in sales), 2)


def daily_summary(sales: list[Sale]) -> str:
    """Return the note for the office, a line for each fuel: 'diesel: 40.0 l'."""
    lines = []
    for fuel in PRICES:
        litres = sum(sale.litres for sale in sales if sale.fuel == fuel)
        lines.append(f"{fuel}: {litres:.1f} l")
    return "\n".join(lines)
