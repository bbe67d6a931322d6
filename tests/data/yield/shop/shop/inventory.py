"""Keeps count of what lies in the warehouse."""


class OutOfStock(Exception):
    """There is less of an article than was asked for."""


class Inventory:
    def __init__(self):
        self._stock = {}
        self._reserved = {}
        self.history = []

    def receive(self, sku, quantity):
        """Book goods that have arrived."""
        self._stock[sku] = self._stock.get(sku, 0) + quantity
        self.history.append(("receive", sku, quantity))

    def available(self, sku):
        """Return how many pieces can still be sold."""
        return self._stock.get(sku, 0) - self._reserved.get(sku, 0)

    def reserve(self, sku, quantity=1):
        """Set pieces aside for an order."""
        if self.available(sku) < quantity:
            raise OutOfStock(f"not enough of {sku}")
        self._reserved[sku] = self._reserved.get(sku, 0) + quantity

    def release(self, sku, quantity=1):
        """Put reserved pieces back on sale, because an order was cancelled."""
        self._reserved[sku] = self._reserved.get(sku, 0) - quantity

    def ship(self, sku, quantity=1):
        """Book reserved pieces that have left the house."""
        if self._reserved.get(sku, 0) < quantity:
            raise OutOfStock(f"{sku} is not reserved")
        self._reserved[sku] -= quantity
        self._stock[sku] -= quantity
        self.history.append(("ship", sku, quantity))

    def low_stock(self, threshold=5):
        """Return the articles of which fewer than `threshold` pieces are available."""
        return [sku for sku in self._stock if self.available(sku) < threshold]

    def snapshot(self):
        """Return what is in stock as a dictionary, reserved pieces included."""
        return {sku: count for sku, count in self._stock.items() if count}


def read_counts(text):
    """Read a count list, one 'sku: count' on each line."""
    counts = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        sku, _, count = line.rpartition(":")
        counts[sku.strip()] = int(count)
    return counts


def differences(inventory, counts):
    """Compare what was counted with what the books say; return only what differs."""
    booked = inventory.snapshot()
    found = {}
    for sku in sorted(booked.keys() | counts.keys()):
        difference = counts.get(sku, 0) - booked.get(sku, 0)
        if difference:
            found[sku] = difference
    return found
