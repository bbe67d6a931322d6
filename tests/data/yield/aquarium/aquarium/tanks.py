"""The tanks and who lives in them."""

from __future__ import annotations

from dataclasses import dataclass, field

CM3_PER_LITRE = 1000


@dataclass
class Tank:
    """A tank of the exhibition."""

    name: str
    litres: float
    salt: bool = False
    animals: dict[str, int] = field(default_factory=dict)

    def add(self, species: str, number: int = 1) -> None:
        """Put animals into the tank."""
        self.animals[species] = self.animals.get(species, 0) + number

    def remove(self, species: str, number: int = 1) -> None:
        """Take animals out of the tank."""
        left = self.animals.get(species, 0) - number
        if left < 0:
            raise ValueError(f"not so many in {self.name}: {species}")
        self.animals[species] = left

    def population(self) -> int:
        """Return how many animals live here."""
        return sum(self.animals.values())

    def litres_each(self) -> float:
        """Return how much water there is for each animal."""
        return self.litres / self.population()

    def plate(self) -> str:
        """Return the text of the plate beside the glass."""
        species = ", ".join(self.animals)
        return f"{self.name}: {species}"


def volume(length: float, width: float, height: float) -> float:
    """Return the litres that fit into a tank with sides in centimetres."""
    return length * width * height / CM3_PER_LITRE


def with_species(tanks: list[Tank], species: str) -> list[Tank]:
    """Return the tanks in which a species lives."""
    return [tank for tank in tanks if tank.animals.get(species, 0) > 0]


def largest(tanks: list[Tank], count: int = 3) -> list[Tank]:
    """Return the largest tanks, the largest first."""
    return sorted(tanks, key=lambda tank: tank.litres, reverse=True)[:count]
