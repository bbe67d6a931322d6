"""The archers of the club."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# The oldest age in each class; whoever is older is a master.
AGE_CLASSES = ((13, "cub"), (17, "cadet"), (20, "junior"), (49, "senior"))


@dataclass
class Archer:
    """Somebody who shoots for the club."""

    first_name: str
    last_name: str
    born: date
    bow: str = "recurve"
    licence: str | None = None
    active: bool = True

    @property
    def full_name(self) -> str:
        """First name and last name."""
        return f"{self.first_name} {self.last_name}"

    def age_class(self, year: int) -> str:
        """Return the class in which the archer shoots in a year."""
        age = year - self.born.year
        for oldest, name in AGE_CLASSES:
            if age <= oldest:
                return name
        return "master"


class Roster:
    """Everybody who is or was an archer of the club."""

    def __init__(self, archers: Iterable[Archer] = ()) -> None:
        self.archers = list(archers)

    def __len__(self) -> int:
        return len(self.archers)

    def add(self, archer: Archer) -> None:
        """Put a new archer on the roster."""
        self.archers.append(archer)

    def find(self, last_name: str) -> list[Archer]:
        """Return the archers with a last name."""
        return [archer for archer in self.archers if archer.last_name == last_name]

    def without_licence(self) -> list[Archer]:
        """Return the archers who have no licence yet."""
        return [archer for archer in self.archers if archer.licence is None]

    def by_class(self, year: int) -> dict[str, list[Archer]]:
        """Return the archers of each age class."""
        classes: dict[str, list[Archer]] = {}
        for archer in self.archers:
            classes.setdefault(archer.age_class(year), []).append(archer)
        return classes


def parse_archer(line: str) -> Archer:
    """Read a line like 'Lovelace, Ada; 1990-12-10; compound'."""
    name, born, bow = [part.strip() for part in line.split(";")]
    last_name, first_name = name.split(", ")
    return Archer(first_name, last_name, date.fromisoformat(born), bow)


def list_lines(archers: Iterable[Archer]) -> list[str]:
    """Return the lines of the printed list, like '1. Lovelace, Ada'."""
    ordered = sorted(archers, key=lambda archer: archer.last_name)
    return [f"{number}. {archer.last_name}, {archer.first_name}" for number, archer in enumerate(ordered, 1)]
