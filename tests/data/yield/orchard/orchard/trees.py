"""The trees of the orchard: where they stand, what they bear and when they were planted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

BEARING_AGE = 4


@dataclass
class Tree:
    """A tree at a place in a row."""

    row: int
    place: int
    variety: str
    planted: int
    notes: list[str] = field(default_factory=list)

    def age(self, year: int) -> int:
        """Return how old the tree is in a year."""
        return year - self.planted

    def is_bearing(self, year: int) -> bool:
        """Return whether the tree is old enough for fruit."""
        return self.age(year) >= BEARING_AGE

    def label(self) -> str:
        """Return what stands on the tag of the tree, row and place."""
        return f"R{self.row}-{self.place}"

    def add_note(self, text: str) -> None:
        """Note something about the tree, such as a disease."""
        self.notes.append(text)


def parse_label(label: str) -> tuple[int, int]:
    """Return the row and the place that a tag names."""
    row, place = label.removeprefix("R").split("-")
    return int(row), int(place)


class Orchard:
    """All trees that stand at the moment."""

    def __init__(self, trees: Iterable[Tree] = ()) -> None:
        self.trees = list(trees)

    def __len__(self) -> int:
        return len(self.trees)

    def at(self, row: int, place: int) -> Tree | None:
        """Return the tree at a place, None if nothing stands there."""
        for tree in self.trees:
            if (tree.row, tree.place) == (row, place):
                return tree
        return None

    def plant(self, tree: Tree) -> None:
        """Add a tree where there is none yet."""
        if self.at(tree.row, tree.place) is not None:
            raise ValueError(f"there is a tree already: {tree.label()}")
        self.trees.append(tree)

    def fell(self, row: int, place: int) -> None:
        """Take out the tree at a place."""
        tree = self.at(row, place)
        if tree is None:
            raise KeyError(f"no tree in row {row} at place {place}")
        self.trees.remove(tree)

    def of_variety(self, variety: str) -> list[Tree]:
        """Return the trees of a variety."""
        return [tree for tree in self.trees if tree.variety == variety]

    def oldest(self, count: int = 3) -> list[Tree]:
        """Return the oldest trees, the very oldest first."""
        return sorted(self.trees, key=lambda tree: tree.planted)[:count]

    def rows(self) -> list[int]:
        """Return the numbers of the rows that have trees."""
        return sorted({tree.row for tree in self.trees})
