"""Receipts of the little shop: rolls, gas bottles, postcards."""

from dataclasses import dataclass

VAT = {"food": 7, "other": 19}
WIDTH = 32


@dataclass
class Item:
    name: str
    price: float
    quantity: int = 1
    kind: str = "other"

    def total(self) -> float:
        return round(self.price * self.quantity, 2)


def format_amount(amount: float) -> str:
    """Return an amount as it is printed: '1,234.50 EUR'."""
    return f"{amount:,.2f} EUR"


def change(total, given):
    """Return the change for a customer, a ValueError if it is not enough."""
    if given < total:
        raise ValueError(f"{total - given:.2f} missing")
    return round(given - total, 2)


class Receipt:
    """What one customer buys."""

    def __init__(self, number):
        self.number = number
        self.items = {}

    def add(self, name, price, quantity=1, kind="other"):
        """Add an item; more of one that is there adds to its quantity."""
        if name in self.items:
            self.items[name].quantity += quantity
        else:
            self.items[name] = Item(name, price, quantity, kind)

    def remove(self, name):
        """Take an item off the receipt."""
        del self.items[name]

    def total(self):
        return round(sum(item.total() for item in self.items.values()), 2)

    def vat(self):
        """Return the tax that is in the total, by its rate in percent."""
        taxes = {}
        for item in self.items.values():
            rate = VAT[item.kind]
            tax = item.total() * rate / (100 + rate)
            taxes[rate] = round(taxes.get(rate, 0) + tax, 2)
        return taxes

    def lines(self):
        """Return the lines to print."""
        lines = [f"Receipt {self.number}"]
        for item in self.items.values():
            name = f"{item.quantity} x {item.name}"
            amount = f"{item.total():.2f}"
            lines.append(name.ljust(WIDTH - len(amount)) + amount)
        lines.append("Total " + format_amount(self.total()))
        return lines


def best_sellers(receipts, count=3):
    """Return the names of the items that were sold most."""
    sold = {}
    for receipt in receipts:
        for item in receipt.items.values():
            sold[item.name] = sold.get(item.name, 0) + item.quantity
    return sorted(sold, key=lambda name: -sold[name])[:count]
