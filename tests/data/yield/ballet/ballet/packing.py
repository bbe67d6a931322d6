"""Packing the crates for a tour. All weights are in kilograms."""

from __future__ import annotations

from typing import NamedTuple

CRATE_LIMIT = 60.0


class Item(NamedTuple):
    """A thing that travels."""

    name: str
    weight: float
    fragile: bool = False


class Crate:
    """A numbered crate and what is in it."""

    def __init__(self, number: int, limit: float = CRATE_LIMIT) -> None:
        self.number = number
        self.limit = limit
        self.items: list[Item] = []

    def __repr__(self) -> str:
        return f"<Crate {self.number}: {len(self.items)} items, {self.weight():.1f} kg>"

    def weight(self) -> float:
        """Return what the contents weigh."""
        return sum(item.weight for item in self.items)

    def fits(self, item: Item) -> bool:
        """Tell whether an item can still go in."""
        return self.weight() + item.weight < self.limit

    def add(self, item: Item) -> None:
        """Put an item in."""
        if not self.fits(item):
            raise ValueError(f"{item.name} is too heavy for crate {self.number}")
        self.items.append(item)

    def remove(self, name: str) -> Item:
        """Take the first item with a name out again."""
        for item in self.items:
            if item.name == name:
                self.items.remove(item)
                return item
        raise KeyError(name)

    def is_fragile(self) -> bool:
        """Tell whether the crate needs the red sticker."""
        return any(item.fragile for item in self.items)

    def manifest(self) -> str:
        """Return the sheet that is glued to the lid."""
        lines = [f"Crate {self.number}" + (" (fragile)" if self.is_fragile() else "")]
        lines += [f"- {item.name}, {item.weight:.1f} kg" for item in sorted(self.items)]
        return "\n".join(lines)


def pack(items: list[Item], limit: float = CRATE_LIMIT) -> list[Crate]:
    """Distribute items over as many crates as they need, heavy ones first."""
    crates: list[Crate] = []
    for item in sorted(items, key=lambda item: item.weight, reverse=True):
        for crate in crates:
            if crate.fits(item):
                crate.add(item)
                break
        else:
            crate = Crate(len(crates) + 1, limit)
            crate.add(item)
            crates.append(crate)
    return crates


def find(crates: list[Crate], name: str) -> int | None:
    """Return the number of the crate that an item is in."""
    for crate in crates:
        if any(item.name == name for item in crate.items):
            return crate.number
    return None


def heaviest(crates: list[Crate]) -> Crate:
    """Return the crate that needs the strongest people."""
    return max(crates, key=lambda crate: crate.weight())


def total_weight(crates: list[Crate]) -> float:
    """Return what the lorry has to carry, rounded to 100 grams."""
    return round(sum(crate.weight() for crate in crates), 1)
