"""Who delivers food, plants and animals."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Supplier:
    """A firm that we order from."""

    name: str
    mail: str
    goods: list[str] = field(default_factory=list)
    minimum: int = 0

    def address(self) -> str:
        """Return the name and the mail address as a mail program wants them."""
        return f"{self.name} <{self.mail}>"

    def offers(self, article: str) -> bool:
        """Tell whether an article can be ordered here."""
        return article in self.goods


class Directory:
    """All suppliers, by their name."""

    def __init__(self) -> None:
        self._suppliers: dict[str, Supplier] = {}

    def __len__(self) -> int:
        return len(self._suppliers)

    def add(self, supplier: Supplier) -> None:
        """Add a supplier."""
        self._suppliers[supplier.name] = supplier

    def get(self, name):
        """Return the supplier of a name."""
        return self._suppliers[name]

    def names(self) -> list[str]:
        """Return the names in the order of the alphabet."""
        return sorted(self._suppliers)

    def offering(self, article: str) -> list[Supplier]:
        """Return the suppliers of an article."""
        return [supplier for supplier in self._suppliers.values() if supplier.offers(article)]


def shipping(cents: int, free_from: int = 10000) -> int:
    """Return what the delivery of an order costs, in cents."""
    return 0 if cents >= free_from else 690


def order_text(articles: dict[str, int]) -> str:
    """Return the list of an order for a mail."""
    return "\n".join(f"{count} x {article}" for article, count in articles.items())
