"""Bouquets: what goes into them and what they cost. Prices are in euros."""

from __future__ import annotations

from dataclasses import dataclass, field

BINDING_FEE = 3.5
STEM_PRICES = {"rose": 2.8, "tulip": 1.2, "lily": 3.4, "gerbera": 1.9, "eucalyptus": 1.5}
MEDIUM_FROM = 10
LARGE_FROM = 20


@dataclass
class Stems:
    """Some stems of one flower in one colour."""

    flower: str
    colour: str
    count: int = 1

    def cost(self) -> float:
        """Return what the stems cost."""
        return STEM_PRICES[self.flower] * self.count


@dataclass
class Bouquet:
    """A bouquet that we offer under a name."""

    name: str
    stems: list[Stems] = field(default_factory=list)

    def add(self, flower: str, colour: str, count: int = 1) -> None:
        """Put stems into the bouquet."""
        for stems in self.stems:
            if (stems.flower, stems.colour) == (flower, colour):
                stems.count += count
                return
        self.stems.append(Stems(flower, colour, count))

    def stem_count(self) -> int:
        """Return how many stems there are altogether."""
        return sum(stems.count for stems in self.stems)

    def price(self) -> float:
        """Return the price, binding included."""
        return round(sum(stems.cost() for stems in self.stems) + BINDING_FEE, 2)

    def colours(self) -> list[str]:
        """Return the colours in alphabetical order, each once."""
        return sorted({stems.colour for stems in self.stems})

    def describe(self) -> str:
        """Return a line for the catalogue: 'Spring: 5 red rose, 3 white tulip'."""
        parts = [f"{stems.count} {stems.colour} {stems.flower}" for stems in self.stems]
        return f"{self.name}: {', '.join(parts)}"


def size(bouquet: Bouquet) -> str:
    """Return whether a bouquet is small, medium or large."""
    count = bouquet.stem_count()
    if count >= LARGE_FROM:
        return "large"
    return "medium" if count >= MEDIUM_FROM else "small"


def parse_recipe(name: str, text: str) -> Bouquet:
    """Read the recipe of a bouquet, with a line such as '5 red rose' for each flower."""
    bouquet = Bouquet(name)
    for line in text.splitlines():
        count, colour, flower = line.split()
        bouquet.add(flower, colour, int(count))
    return bouquet


def by_price(bouquets: list[Bouquet]) -> list[Bouquet]:
    """Return the bouquets from the cheapest to the dearest."""
    return sorted(bouquets, key=lambda bouquet: bouquet.price())


def within_budget(bouquets: list[Bouquet], budget: float) -> list[Bouquet]:
    """Return the bouquets that somebody can afford."""
    return [bouquet for bouquet in bouquets if bouquet.price() <= budget]
