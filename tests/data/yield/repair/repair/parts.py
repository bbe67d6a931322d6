"""The cupboard with spare parts."""

from __future__ import annotations

from dataclasses import dataclass


class OutOfStockError(Exception):
    """There are not as many of a part as are needed."""


@dataclass
class Part:
    """A kind of spare part; `minimum` is how many should be in the cupboard."""

    name: str
    count: int = 0
    price: float = 0.0
    minimum: int = 0
    drawer: str = ""

    @property
    def value(self) -> float:
        """Return what all of them are worth."""
        return round(self.count * self.price, 2)


class Stock:
    """What is in the cupboard."""

    def __init__(self, parts: list[Part] | None = None) -> None:
        self._parts = {part.name: part for part in parts or []}
        self.log: list[tuple[str, int]] = []

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def part(self, name: str) -> Part:
        """Return a part by its name, which must be known."""
        return self._parts[name]

    def parts(self) -> list[Part]:
        """Return all parts by name."""
        return [self._parts[name] for name in sorted(self._parts)]

    def add(self, name: str, count: int, price: float | None = None) -> Part:
        """Put parts into the cupboard, also such as are new there."""
        part = self._parts.setdefault(name, Part(name))
        part.count += count
        if price is not None:
            part.price = price
        self.log.append((name, count))
        return part

    def take(self, name: str, count: int = 1) -> float:
        """Take parts out, and return what they cost.

        Raises:
            OutOfStockError: there are fewer.
        """
        part = self._parts[name]
        if part.count < count:
            raise OutOfStockError(f"{part.count} of {name} left")
        part.count -= count
        self.log.append((name, -count))
        return round(part.price * count, 2)

    def total(self) -> float:
        """Return what the whole cupboard is worth."""
        return round(sum(part.value for part in self._parts.values()), 2)


def parse_line(line: str) -> Part:
    """Read a part from a line of the wholesaler's list: 'name;count;price'."""
    name, count, price = (word.strip() for word in line.split(";"))
    return Part(name, int(count), float(price.replace(",", ".")))


def parse_list(text: str) -> list[Part]:
    """Read the wholesaler's list, which has empty lines between its sections."""
    return [parse_line(line) for line in text.splitlines() if line.strip()]


def to_reorder(parts: list[Part]) -> list[str]:
    """Return the names of parts that must be ordered, in the order of the alphabet."""
    names = []
    for part in parts:
        if part.minimum and part.count < part.minimum:
            names.append(part.name)
    return sorted(names)


def order_amount(part: Part, pack: int = 1) -> int:
    """Return how many to order so that there are twice as many as the minimum, in full packs."""
    needed = max(0, 2 * part.minimum - part.count)
    packs = -(-needed // pack)
    return packs * pack


def drawers(parts: list[Part]) -> dict[str, list[str]]:
    """Return which parts are in each drawer; parts without a drawer are left out."""
    found: dict[str, list[str]] = {}
    for part in parts:
        if part.drawer:
            found.setdefault(part.drawer, []).append(part.name)
    return found
