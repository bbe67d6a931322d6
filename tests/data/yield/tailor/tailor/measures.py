"""What was measured on a customer, in centimetres."""

from __future__ import annotations

from datetime import date

CM_PER_INCH = 2.54
SUIT = ("chest", "waist", "hips", "sleeve", "inseam")


def to_inches(cm: float) -> float:
    """Return a length in inches."""
    return cm / CM_PER_INCH


def to_cm(inches: float) -> float:
    """Return a length in centimetres."""
    return inches * CM_PER_INCH


def parse_measure(line: str) -> tuple[str, float]:
    """Read a measure as it is noted down: 'waist 81.5'."""
    name, value = line.split()
    return name.lower(), float(value)


class MeasureCard:
    """The measures of a customer on a day."""

    def __init__(self, customer: str, taken: date) -> None:
        self.customer = customer
        self.taken = taken
        self._measures: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._measures)

    def put(self, name: str, cm: float) -> None:
        """Write a measure on the card, in place of an earlier one."""
        self._measures[name] = cm

    def get(self, name: str) -> float | None:
        """Return a measure, None if it was not taken."""
        return self._measures.get(name)

    def missing(self, names: tuple[str, ...] = SUIT) -> list[str]:
        """Return which measures must still be taken."""
        return [name for name in names if name not in self._measures]

    def changes(self, newer: MeasureCard) -> dict[str, float]:
        """Return by how many centimetres the measures that both cards have grew until a newer card."""
        grown = {}
        for name, cm in self._measures.items():
            later = newer.get(name)
            if later is not None:
                grown[name] = round(later - cm, 1)
        return grown

    def lines(self) -> list[str]:
        """Return the lines for the cutter, in the order in which the measures were taken: 'waist: 81.5 cm'."""
        return [f"{name}: {cm:g} cm" for name, cm in self._measures.items()]
