"""The children of the nursery and what we know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Child:
    """A child that is looked after here."""

    first_name: str
    last_name: str
    born: date
    nickname: str = ""
    allergies: list[str] = field(default_factory=list)

    def full_name(self) -> str:
        """Return first and last name."""
        return f"{self.first_name} {self.last_name}"

    def age_in_months(self, today: date) -> int:
        """Return how many months old the child is."""
        return (today.year - self.born.year) * 12 + today.month - self.born.month

    def coat_hook(self) -> str:
        """Return the text for the tag on the coat hook: 'Mia B.'."""
        return f"{self.first_name} {self.last_name[0]}."

    def is_allergic(self, food: str) -> bool:
        """Return whether the child must not eat something."""
        return food in self.allergies


def parse_child(line: str) -> Child:
    """Read a line of the list of children: 'Mia;Brown;2021-03-20'."""
    first, last, born = line.split(";")
    return Child(first.strip(), last.strip(), date.fromisoformat(born.strip()))


def find_child(children: list[Child], name: str) -> Child | None:
    """Return the child with a full name, or None if there is none."""
    for child in children:
        if child.full_name() == name:
            return child
    return None


def birthdays_in(children: list[Child], month: int) -> list[Child]:
    """Return the children who have their birthday in a month, in the order of the days."""
    found = [child for child in children if child.born.month == month]
    return sorted(found, key=lambda child: child.born.day)


def siblings_of(children: list[Child], child: Child) -> list[Child]:
    """Return the other children with the same last name."""
    return [other for other in children if other.last_name == child.last_name and other is not child]


def allergy_list(children: list[Child]) -> dict[str, list[str]]:
    """Return for each food the full names of the children who are allergic to it."""
    names: dict[str, list[str]] = {}
    for child in children:
        for food in child.allergies:
            names.setdefault(food, []).append(child.full_name())
    return names
