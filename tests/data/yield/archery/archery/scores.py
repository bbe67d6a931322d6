"""Score cards and rankings.

An arrow is written down as the number of its ring, as X for the inner ten or as M for a miss.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ARROWS_PER_END = 3


def arrow_value(mark: str) -> int:
    """Return the points of an arrow."""
    if mark == "X":
        return 10
    if mark == "M":
        return 0
    return int(mark)


def parse_end(text: str) -> list[str]:
    """Read the arrows of an end: 'X 9 M'."""
    return text.upper().split()


@dataclass
class ScoreCard:
    """The arrows of an archer in one round."""

    archer: str
    ends: list[list[str]] = field(default_factory=list)

    def add_end(self, text: str) -> None:
        """Write down an end."""
        marks = parse_end(text)
        if len(marks) != ARROWS_PER_END:
            raise ValueError(f"an end has {ARROWS_PER_END} arrows, not {len(marks)}")
        self.ends.append(marks)

    def marks(self) -> list[str]:
        """Return all arrows in the order in which they were shot."""
        return [mark for end in self.ends for mark in end]

    def total(self) -> int:
        """Return the points of all ends."""
        return sum(arrow_value(mark) for mark in self.marks())

    def count(self, mark: str) -> int:
        """Return how many arrows have a mark."""
        return self.marks().count(mark)

    def average(self) -> float:
        """Return the mean points of an arrow."""
        return round(self.total() / len(self.marks()), 2)

    def running_totals(self) -> list[int]:
        """Return the points after each end."""
        totals = []
        points = 0
        for end in self.ends:
            points += sum(arrow_value(mark) for mark in end)
            totals.append(points)
        return totals


def ranking(cards: list[ScoreCard]) -> list[ScoreCard]:
    """Return the cards, best first."""
    return sorted(cards, key=lambda card: card.total(), reverse=True)


def result_lines(cards: list[ScoreCard]) -> list[str]:
    """Return the lines of the result sheet."""
    lines = []
    for place, card in enumerate(ranking(cards), start=1):
        lines.append(f"{place:2}. {card.archer:20} {card.total():4}")
    return lines
