"""The animals that come to the practice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

IDEAL_WEIGHTS = {"cat": 4.5, "rabbit": 2.0, "guinea pig": 1.0}


@dataclass
class Patient:
    """An animal and who brings it."""

    name: str
    species: str
    owner: str
    born: date
    breed: str | None = None
    weight_kg: float | None = None

    def age_months(self, today: date) -> int:
        """Return the age in full months."""
        months = (today.year - self.born.year) * 12 + today.month - self.born.month
        if today.day < self.born.day:
            months -= 1
        return months

    def age_text(self, today: date) -> str:
        """Return the age as it stands on the file: '3 years'."""
        years = self.age_months(today) // 12
        return f"{years} years"

    def label(self) -> str:
        """Return the text for the cage: 'Rex, dog (beagle)'."""
        return f"{self.name}, {self.species} ({self.breed})"

    def is_overweight(self) -> bool:
        """Return whether an animal weighs a fifth more than it should, as far as we know."""
        ideal = IDEAL_WEIGHTS.get(self.species)
        if ideal is None or self.weight_kg is None:
            return False
        return self.weight_kg > ideal * 1.2


def by_owner(patients: list[Patient], owner: str) -> list[Patient]:
    """Return the animals of an owner."""
    return [patient for patient in patients if patient.owner == owner]


def alphabetical(patients: list[Patient]) -> list[Patient]:
    """Return the patients as they stand in the list at the front desk."""
    return sorted(patients, key=lambda patient: patient.name.lower())


def count_by_species(patients: list[Patient]) -> dict[str, int]:
    """Return how many patients of each species there are."""
    return dict(Counter(patient.species for patient in patients))


def move_to_owner(patients: list[Patient], old: str, new: str) -> int:
    """Give all animals of an owner to another one; return how many there were."""
    moved = by_owner(patients, old)
    for patient in moved:
        patient.owner = new
    return len(moved)
