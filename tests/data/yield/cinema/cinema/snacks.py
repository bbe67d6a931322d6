"""The stock of the snack bar."""

LOW = 5


class OutOfStock(Exception):
    pass


class Stock:
    """How many there are of each article."""

    def __init__(self, counts=None):
        self._counts = dict(counts or {})
        self.sold = {}

    def count(self, article):
        return self._counts[article]

    def articles(self):
        """Return the names of all articles."""
        return list(self._counts)

    def add(self, article, number=1):
        """Put a delivery on the shelf."""
        self._counts[article] = self._counts.get(article, 0) + number

    def sell(self, article, number=1):
        """Take something off the shelf, or raise OutOfStock."""
        if self._counts.get(article, 0) < number:
            raise OutOfStock(article)
        self._counts[article] -= number
        self.sold[article] = self.sold.get(article, 0) + number

    def low(self):
        """Return the articles that must be ordered."""
        return [article for article, count in self._counts.items() if count < LOW]

    def bestsellers(self):
        """Return the articles that were sold, the most sold first."""
        return sorted(self.sold, key=self.sold.get, reverse=True)

    def value(self, prices):
        """Return what the stock is worth, given the price of each article."""
        total = 0
        for article, count in self._counts.items():
            total += prices[article] * count
        return total


def parse_delivery(text):
    """Read a delivery note, a line for each article: 'popcorn; 20'."""
    delivery = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        article, number = line.split(";")
        delivery[article.strip()] = int(number)
    return delivery


def order_text(articles, number=24):
    """Return the mail to the wholesaler."""
    lines = ["Please send us:"]
    for article in articles:
        lines.append(f"{number} {article}")
    return "\n".join(lines)


def receipt(items):
    """Return the receipt of items such as [('cola', 2, 300)], prices in cents."""
    lines = []
    total = 0
    for name, number, price in items:
        lines.append(f"{number} x {name:<12}{number * price / 100:>7.2f}")
        total += number * price
    lines.append(f"{'Total':<16}{total / 100:>7.2f}")
    return "\n".join(lines)
