"""The objects that can be shown to visitors.

Magnitudes run backwards: the smaller the number, the brighter the object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NAKED_EYE = 6.0


@dataclass(frozen=True)
class SkyObject:
    """A star, a cluster, a planet or a galaxy."""

    name: str
    kind: str
    magnitude: float
    constellation: str = ""

    def label(self) -> str:
        """Return the text for the screen in the dome."""
        where = f" in {self.constellation}" if self.constellation else ""
        return f"{self.name} ({self.kind}{where})"


class Catalogue:
    """All objects by name."""

    def __init__(self, objects: list[SkyObject] | None = None) -> None:
        self._objects: dict[str, SkyObject] = {}
        for item in objects or []:
            self.add(item)

    def __len__(self) -> int:
        return len(self._objects)

    def __iter__(self) -> Iterator[SkyObject]:
        return iter(self._objects.values())

    def add(self, item: SkyObject) -> None:
        """Take an object into the catalogue; no name may be there twice."""
        if item.name in self._objects:
            raise ValueError(f"already in the catalogue: {item.name}")
        self._objects[item.name] = item

    def find(self, name: str) -> SkyObject | None:
        """Return the object of a name, None if there is none."""
        for item in self:
            if item.name == name:
                return item
        return None

    def visible(self, limit: float = NAKED_EYE) -> list[SkyObject]:
        """Return the objects that can be seen down to a limiting magnitude."""
        return [item for item in self if item.magnitude < limit]

    def brightest(self, count: int = 5) -> list[SkyObject]:
        """Return the brightest objects, the brightest first."""
        return sorted(self, key=lambda item: item.magnitude)[:count]

    def kinds(self) -> dict[str, int]:
        """Return how many objects of each kind there are."""
        total: dict[str, int] = {}
        for item in self:
            total[item.kind] = total.get(item.kind, 0) + 1
        return total
