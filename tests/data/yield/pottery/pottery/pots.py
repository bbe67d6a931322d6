"""The pots on the shelves, from wet clay to the finished piece."""

from __future__ import annotations

from dataclasses import dataclass, field

STAGES = ("thrown", "dry", "bisque", "glazed", "finished")
SHRINKAGE = 12


@dataclass
class Pot:
    """A piece that somebody has made."""

    number: int
    maker: str
    form: str = "bowl"
    grams: int = 0
    stage: str = "thrown"
    notes: list[str] = field(default_factory=list)

    def label(self) -> str:
        """Return the text for the label: '#12 bowl (Ada)'."""
        return f"#{self.number} {self.form} ({self.maker})"

    def advance(self) -> None:
        """Move the pot on to its next stage."""
        place = STAGES.index(self.stage)
        self.stage = STAGES[place + 1]

    def add_note(self, text: str) -> None:
        """Write down something about the pot."""
        self.notes.append(text)


class Shelf:
    """A shelf in the drying room."""

    def __init__(self, name: str, places: int = 20) -> None:
        self.name = name
        self.places = places
        self.pots: list[Pot] = []

    def free(self) -> int:
        """Return how many more pots the shelf has room for."""
        return self.places - len(self.pots)

    def put(self, pot: Pot) -> None:
        """Put a pot on the shelf."""
        self.pots.append(pot)

    def take(self, number: int) -> Pot | None:
        """Take the pot with a number off the shelf, None if it is not there."""
        for pot in self.pots:
            if pot.number == number:
                self.pots.remove(pot)
                return pot
        return None

    def of_maker(self, maker: str) -> list[Pot]:
        """Return the pots that somebody has on the shelf."""
        return [pot for pot in self.pots if pot.maker == maker]


def fired_size(centimetres: float, percent: int = SHRINKAGE) -> float:
    """Return how large a piece is after it has shrunk in the kiln."""
    return round(centimetres * (100 - percent) / 100, 1)


def heaviest(pots: list[Pot]) -> Pot | None:
    """Return the pot that weighs most."""
    return max(pots, key=lambda pot: pot.grams)


def count_stages(pots: list[Pot]) -> dict[str, int]:
    """Return how many pots there are at each stage."""
    counts = dict.fromkeys(STAGES, 0)
    for pot in pots:
        counts[pot.stage] += 1
    return counts
