"""A shop's stock: what there is, what it costs, and what has to be ordered."""

import json
from dataclasses import dataclass, field

LOW = 3


@dataclass
class Item:
    name: str
    price: float
    count: int = 0
    tags: list[str] = field(default_factory=list)

    @property
    def value(self):
        return self.price * self.count


class Stock:
    """Items by name."""

    def __init__(self, items=()):
        self.items = {item.name: item for item in items}

    @classmethod
    def load(cls, path):
        with open(path) as stream:
            return cls(Item(**fields) for fields in json.load(stream))

    def take(self, name, count=1):
        item = self.items[name]
        if item.count < count:
            raise ValueError(f"only {item.count} of {name} left")
        item.count -= count
        return item.price * count

    def put(self, name, count=1):
        self.items[name].count += count

    def value(self):
        total = 0.0
        for item in self.items.values():
            total += item.value
        return round(total, 2)


def to_order(stock, low=LOW):
    found = []
    for item in stock.items.values():
        if item.count < low:
            found.append(item.name)
    return sorted(found)


def cheapest(items, tag=None):
    wanted = [item for item in items if tag is None or tag in item.tags]
    return min(wanted, key=lambda item: item.price)
