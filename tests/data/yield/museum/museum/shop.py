"""The shop beside the entrance. All prices are in cents."""

from collections import Counter

TAX = {"book": 7, "postcard": 19, "poster": 19}
DEFAULT_TAX = 19
MEMBER_PERCENT = 10


class Basket:
    """What a customer wants to buy."""

    def __init__(self):
        self._items = {}

    def __len__(self):
        return sum(self._items.values())

    def add(self, name, count=1):
        """Put an article into the basket."""
        self._items[name] = count

    def remove(self, name):
        """Take an article out of the basket, however many of it there are."""
        self._items.pop(name, None)

    def items(self):
        """Return pairs of the name of an article and how many there are."""
        return list(self._items.items())

    def total(self, prices):
        """Return what it costs, given the price of each article."""
        return sum(prices[name] * count for name, count in self._items.items())


def tax_included(kind: str, cents: int) -> int:
    """Return how much of a price is tax."""
    percent = TAX.get(kind, DEFAULT_TAX)
    return round(cents * percent / (100 + percent))


def member_price(cents: int) -> int:
    """Return the price for a friend of the museum."""
    return cents - cents * MEMBER_PERCENT // 100


def format_price(cents: int, currency: str = "EUR") -> str:
    """Return a price for the shelf: '4.50 EUR'."""
    return f"{cents // 100}.{cents % 100} {currency}"


def top_sellers(sales: list[str], count: int = 3) -> list[str]:
    """Return the articles that were sold most often, given a name for each sale."""
    return [name for name, _ in Counter(sales).most_common(count)]


def merge_stock(first, second):
    """Return the stock of two shelves together, each a dictionary from article to count."""
    return {**first, **second}


def parse_line(line: str) -> tuple[str, int]:
    """Read a line of the stock list: 'Postcard Rembrandt: 40'."""
    name, count = line.rsplit(":", 1)
    return name.strip(), int(count)
