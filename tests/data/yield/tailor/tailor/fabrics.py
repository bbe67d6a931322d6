"""The rolls of fabric on our shelves. Prices are in euros for a metre."""

from __future__ import annotations

from dataclasses import dataclass

LOW_METRES = 5


@dataclass
class Roll:
    """A roll of fabric."""

    material: str
    colour: str
    metres: float
    price: float
    shelf: str = ""

    def cut(self, metres: float) -> None:
        """Cut a piece off the roll."""
        if metres > self.metres:
            raise ValueError(f"only {self.metres} m left of {self.label()}")
        self.metres -= metres

    def value(self) -> float:
        """Return what the rest of the roll is worth."""
        return round(self.metres * self.price, 2)

    def label(self) -> str:
        """Return the text of the tag: 'Linen, blue'."""
        return f"{self.material}, {self.colour}"


def of_material(rolls: list[Roll], material: str) -> list[Roll]:
    """Return the rolls of a material."""
    return [roll for roll in rolls if roll.material == material]


def running_low(rolls: list[Roll]) -> list[Roll]:
    """Return the rolls of which we should order more."""
    return [roll for roll in rolls if roll.metres < LOW_METRES]


def cheapest_first(rolls: list[Roll]) -> list[Roll]:
    """Return rolls in the order of their prices."""
    return sorted(rolls, key=lambda roll: roll.price)


def metres_by_material(rolls: list[Roll]) -> dict[str, float]:
    """Return how many metres we have of each material."""
    totals: dict[str, float] = {}
    for roll in rolls:
        totals[roll.material] = totals.get(roll.material, 0) + roll.metres
    return totals


def stock_value(rolls: list[Roll]) -> float:
    """Return what all rolls together are worth."""
    return round(sum(roll.value() for roll in rolls), 2)
