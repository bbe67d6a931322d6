"""The dogs that we know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

SMALL_BELOW = 10.0
LARGE_FROM = 25.0


@dataclass
class Dog:
    """A dog that was with us or is going to be."""

    name: str
    breed: str
    born: date
    weight: float
    notes: list[str] = field(default_factory=list)

    def age(self, today: date) -> int:
        """Return the age in full years."""
        return today.year - self.born.year

    def size(self) -> str:
        """Return 'small', 'medium' or 'large'."""
        if self.weight < SMALL_BELOW:
            return "small"
        if self.weight < LARGE_FROM:
            return "medium"
        return "large"

    def card(self) -> str:
        """Return the card for the door: 'Bella (Beagle): shy; no chicken'."""
        notes = "; ".join(self.notes)
        return f"{self.name} ({self.breed}): {notes}"


class DogRegister:
    """All dogs, in the order in which they were entered."""

    def __init__(self) -> None:
        self._dogs: list[Dog] = []

    def __len__(self) -> int:
        return len(self._dogs)

    def add(self, dog: Dog) -> None:
        """Enter a dog."""
        self._dogs.append(dog)

    def find(self, name: str) -> Dog | None:
        """Return the first dog of a name, or None."""
        for dog in self._dogs:
            if dog.name == name:
                return dog
        return None

    def of_size(self, size: str) -> list[Dog]:
        """Return the small, medium or large dogs."""
        return [dog for dog in self._dogs if dog.size() == size]

    def breeds(self) -> list[str]:
        """Return the breeds that we have, in alphabetical order."""
        return sorted(dog.breed for dog in self._dogs)

    def oldest(self) -> Dog | None:
        """Return the dog that was born first."""
        return min(self._dogs, key=lambda dog: dog.born, default=None)
