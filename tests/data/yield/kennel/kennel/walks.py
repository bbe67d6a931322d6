"""The walks of a day."""

from __future__ import annotations

from dataclasses import dataclass, field

MINUTES_A_DAY = 60


@dataclass
class Walk:
    """A walk that some dogs go on together."""

    route: str
    minutes: int
    walker: str = ""
    dogs: list[str] = field(default_factory=list)

    def add_dog(self, dog: str) -> None:
        """Put a dog on the list for this walk."""
        self.dogs.append(dog)

    def remove_dog(self, dog: str) -> None:
        """Take a dog off the list."""
        self.dogs.remove(dog)

    def label(self) -> str:
        """Return a walk in few words: 'Forest (45 min)'."""
        return f"{self.route} ({format_duration(self.minutes)})"


def format_duration(minutes: int) -> str:
    """Return a time for people: '45 min'."""
    return f"{minutes} min"


def board(walks: list[Walk]) -> str:
    """Return the line on the board in the kitchen: 'Forest (45 min) | Lake (30 min)'."""
    return " | ".join(walk.label() for walk in walks)


def average_minutes(walks: list[Walk]) -> float:
    """Return how long the walks of a day are on average."""
    return sum(walk.minutes for walk in walks) / len(walks)


def walks_of(walks: list[Walk], dog: str) -> list[Walk]:
    """Return the walks that a dog is on."""
    return [walk for walk in walks if dog in walk.dogs]


def minutes_of(walks: list[Walk], dog: str) -> int:
    """Return for how many minutes a dog is outside."""
    return sum(walk.minutes for walk in walks_of(walks, dog))


def needs_more(walks: list[Walk], dogs: list[str], minutes: int = MINUTES_A_DAY) -> list[str]:
    """Return the dogs that are outside for less than so many minutes."""
    return [dog for dog in dogs if minutes_of(walks, dog) < minutes]
