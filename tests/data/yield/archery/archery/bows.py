"""The bows that the club owns and lends to its archers."""

from dataclasses import dataclass
from typing import Optional

STANDARD_DRAW = 28
POUNDS_PER_INCH = 2
KILOS_PER_POUND = 0.4536


class BowLentError(Exception):
    """The bow is not in the cupboard."""


@dataclass
class Bow:
    """A bow of the club. Its draw weight is in pounds, its length in inches."""

    number: int
    kind: str
    draw_weight: float
    length: int
    lent_to: Optional[str] = None

    def label(self) -> str:
        """Return what stands on the sticker."""
        return f"B{self.number} {self.kind} {self.length} in, {self.draw_weight:g} lb"

    def lend(self, name: str) -> None:
        """Lend the bow to somebody."""
        if self.lent_to is not None:
            raise BowLentError(f"bow {self.number} is lent to {self.lent_to}")
        self.lent_to = name

    def give_back(self) -> None:
        """Put the bow back into the cupboard."""
        self.lent_to = None

    def weight_at(self, draw_length: float) -> float:
        """Return the pounds on the fingers of somebody with a draw length."""
        return self.draw_weight + (draw_length - STANDARD_DRAW) * POUNDS_PER_INCH


def in_kilos(pounds: float) -> float:
    """Return a draw weight in kilograms."""
    return round(pounds * KILOS_PER_POUND, 1)


def free_bows(bows: list[Bow], kind: Optional[str] = None) -> list[Bow]:
    """Return the bows that are not lent, of one kind or of all."""
    found = []
    for bow in bows:
        if bow.lent_to is not None:
            continue
        if kind is not None and bow.kind != kind:
            continue
        found.append(bow)
    return found


def lightest(bows: list[Bow]) -> Bow:
    """Return the bow with the lowest draw weight, for beginners."""
    return min(bows, key=lambda bow: bow.draw_weight)


def lent_summary(bows: list[Bow]) -> str:
    """Return the sentence for the notice board about lent bows."""
    lent = [bow for bow in bows if bow.lent_to is not None]
    return f"{len(lent)} bows are lent out."


def arrow_length(draw_length: float, beginner: bool = False) -> float:
    """Return how long the arrows should be; those of beginners are longer."""
    spare = 2.5 if beginner else 1
    return draw_length + spare
