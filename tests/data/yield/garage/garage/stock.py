"""What is on the shelves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Item:
    sku: str
    name: str
    quantity: int = 0
    minimum: int = 0
    shelf: str = ""


class OutOfStock(Exception):
    """There is less on the shelf than somebody wants to take."""


class Stock:
    """The items of the garage, by their SKU."""

    def __init__(self, items=()):
        self._items: dict[str, Item] = {}
        for item in items:
            self._items[item.sku] = item

    def __len__(self):
        return len(self._items)

    def add(self, item: Item) -> None:
        self._items[item.sku] = item

    def get(self, sku: str) -> Item | None:
        return self._items.get(sku)

    def receive(self, sku: str, quantity: int) -> int:
        """Put a delivery on the shelf and return how many there are now."""
        item = self._items[sku]
        item.quantity += quantity
        return item.quantity

    def take(self, sku: str, quantity: int = 1) -> int:
        """Take some off the shelf and return how many are left."""
        item = self._items[sku]
        if item.quantity < quantity:
            raise OutOfStock(sku)
        item.quantity -= quantity
        return item.quantity

    def remove(self, sku: str) -> None:
        del self._items[sku]

    def to_order(self) -> list[str]:
        """Return the SKUs of which there are too few."""
        return [item.sku for item in self._items.values() if item.quantity < item.minimum]

    def find(self, word: str) -> list[Item]:
        """Return the items that have a word in their name."""
        found = []
        for item in self._items.values():
            if word in item.name:
                found.append(item)
        return found

    def on_shelf(self, shelf: str) -> list[Item]:
        items = [item for item in self._items.values() if item.shelf == shelf]
        return sorted(items, key=lambda item: item.name)


def stock_label(quantity: int) -> str:
    """What the shop page says about a quantity."""
    if quantity <= 0:
        return "sold out"
    if quantity < 5:
        return f"only {quantity} left"
    return "in stock"


def split_sku(sku: str) -> tuple[str, str]:
    """'BRK-0042' -> ('BRK', '0042')"""
    group, number = sku.split("-")
    return group, number


def fill_level(quantity, capacity):
    """Return how full a shelf is, in percent."""
    return round(quantity * 100 / capacity)
