"""The price list. All prices are whole cents."""

from __future__ import annotations

VAT_PERCENT = 7


def parse_price(text: str) -> int:
    """Return the cents of a price such as '3.50' or '3,50'."""
    whole, _, cents = text.strip().replace(",", ".").partition(".")
    return int(whole) * 100 + int(cents or 0)


def format_price(cents: int) -> str:
    """Return a price like '3.50 EUR'."""
    return f"{cents // 100}.{cents % 100:02} EUR"


def with_discount(cents: int, percent: float) -> int:
    """Return a price after a discount."""
    if not 0 <= percent <= 100:
        raise ValueError(f"no discount: {percent}")
    return round(cents * (100 - percent) / 100)


def vat_in(cents: int, percent: int = VAT_PERCENT) -> int:
    """Return how much value-added tax is in a price."""
    return round(cents * percent / (100 + percent))


class PriceList:
    """What each article costs."""

    def __init__(self, prices: dict[str, int] | None = None):
        self._prices = dict(prices or {})

    def __contains__(self, article: str) -> bool:
        return article in self._prices

    def set(self, article: str, cents: int) -> None:
        """Set what an article costs."""
        if cents < 0:
            raise ValueError(f"negative price: {cents}")
        self._prices[article] = cents

    def price(self, article: str) -> int:
        """Return what an article costs."""
        if article not in self._prices:
            raise KeyError(article)
        return self._prices[article]

    def raise_all(self, percent: float) -> None:
        """Make all articles dearer by some per cent."""
        for article, cents in self._prices.items():
            self._prices[article] = round(cents * (100 + percent) / 100)

    def cheapest(self) -> str | None:
        """Return the article that costs least, None if the list is empty."""
        if not self._prices:
            return None
        return min(self._prices, key=lambda article: self._prices[article])

    def between(self, lowest: int, highest: int) -> list[str]:
        """Return the articles of a range of prices, both ends included."""
        return sorted(article for article, cents in self._prices.items() if lowest <= cents <= highest)

    def board(self, width: int = 30) -> list[str]:
        """Return the lines of the board behind the counter."""
        lines = []
        for article in sorted(self._prices):
            price = format_price(self._prices[article])
            lines.append(article.ljust(width - len(price), ".") + price)
        return lines
