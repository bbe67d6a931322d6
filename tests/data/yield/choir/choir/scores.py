"""The sheet music archive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Score:
    title: str
    composer: str
    copies: int = 1
    voices: str = "SATB"


def shelf_mark(composer: str, number: int) -> str:
    """Return what stands on the spine, such as "BAC-012" for the twelfth score by Bach."""
    return f"{composer[:3].upper()}-{number:03d}"


def sorted_titles(scores) -> list[str]:
    """Return the titles in alphabetical order."""
    return sorted(score.title for score in scores)


def enough_copies(score: Score, singers: int, sharing: bool = False) -> bool:
    """Tell whether there are enough copies; with sharing two singers look into one."""
    if sharing:
        return score.copies * 2 >= singers
    return score.copies >= singers


def catalogue_line(score: Score) -> str:
    return f"{score.composer}: {score.title} ({score.voices}, {score.copies} copies)"


class Archive:
    """All scores, and who has borrowed how many copies of them."""

    def __init__(self):
        self._scores: dict[str, Score] = {}
        self._lent: dict[str, int] = {}

    def add(self, score: Score) -> None:
        self._scores[score.title] = score

    def get(self, title: str) -> Score:
        return self._scores[title]

    def available(self, title: str) -> int:
        """Return how many copies are in the cupboard."""
        return self._scores[title].copies - self._lent.get(title, 0)

    def lend(self, title: str, copies: int = 1) -> int:
        """Hand out copies and return how many are left."""
        if copies > self.available(title):
            raise ValueError(f"not enough copies of {title}")
        self._lent[title] = self._lent.get(title, 0) + copies
        return self.available(title)

    def give_back(self, title: str, copies: int = 1) -> int:
        lent = self._lent.get(title, 0)
        self._lent[title] = lent - copies
        return self.available(title)

    def by_composer(self, composer: str):
        """Return the scores of a composer."""
        found = [s for s in self._scores.values() if s.composer == composer]
        if not found:
            return None
        return found
