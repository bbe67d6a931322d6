"""The boats that have a home in the marina."""

from __future__ import annotations

from dataclasses import dataclass, field

METRES_PER_FOOT = 0.3048


@dataclass
class Boat:
    """A boat and whom it belongs to; length and draught are in metres."""

    name: str
    owner: str
    length: float
    draught: float
    kind: str = "sail"
    registration: str = ""

    def title(self) -> str:
        """Return how the boat stands in lists: 'Sea Breeze (sail, 9.5 m)'."""
        return f"{self.name} ({self.kind}, {self.length:g} m)"

    def feet(self) -> float:
        """Return the length in feet."""
        return round(self.length / METRES_PER_FOOT, 1)


@dataclass
class Register:
    """All boats that are known to the office."""

    boats: list[Boat] = field(default_factory=list)

    def add(self, boat: Boat) -> None:
        """Enter a boat."""
        self.boats.append(boat)

    def get(self, name: str) -> Boat:
        """Return the boat with a name."""
        for boat in self.boats:
            if boat.name == name:
                return boat
        raise KeyError(name)

    def of_owner(self, owner: str) -> list[Boat]:
        """Return the boats that belong to somebody."""
        return [boat for boat in self.boats if boat.owner == owner]

    def by_length(self) -> list[Boat]:
        """Return the boats ordered by their length, the shortest first."""
        return sorted(self.boats, key=lambda boat: boat.length)

    def owners(self) -> list[str]:
        """Return the names of the owners."""
        names = []
        for boat in self.boats:
            names.append(boat.owner)
        return names


def parse_boat(line: str) -> Boat:
    """Read a line of the office's list: 'Sea Breeze,Anna Holt,9.5,1.4'."""
    name, owner, length, draught = line.split(",")
    return Boat(name, owner, float(length), float(draught))


def count_by_kind(boats: list[Boat]) -> dict[str, int]:
    """Return how many boats there are of each kind."""
    counts: dict[str, int] = {}
    for boat in boats:
        counts[boat.kind] = counts.get(boat.kind, 0) + 1
    return counts
