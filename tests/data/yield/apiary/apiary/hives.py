"""Hives of the association and the places where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

FRAMES_PER_BOX = 10
WINTER_KILOS = 12.0


@dataclass
class Box:
    """A box of a hive, of the kind 'brood' or 'super'."""

    kind: str
    frames: int = FRAMES_PER_BOX


@dataclass
class Hive:
    """A hive; its boxes are listed from the floor upwards.

    Attributes:
        seams: how many gaps between frames are full of bees.
        stores: kilos of honey and syrup that the bees have for themselves.
    """

    code: str
    site: str
    boxes: list[Box] = field(default_factory=list)
    seams: int = 0
    queenright: bool = True
    stores: float = 0.0

    def stack(self, kind: str, frames: int = FRAMES_PER_BOX) -> Box:
        """Put another box on the hive and return it."""
        box = Box(kind, frames)
        self.boxes.append(box)
        return box

    def take_off(self) -> Box:
        """Take the top box off.

        Raises:
            ValueError: it is the only one.
        """
        if len(self.boxes) < 2:
            raise ValueError(f"{self.code}: the last box stays")
        return self.boxes.pop()

    def supers(self) -> int:
        """Return how many supers are on the hive."""
        return sum(box.kind == "super" for box in self.boxes)

    def frames(self) -> int:
        """Return how many frames the hive has room for."""
        return sum(box.frames for box in self.boxes)

    def feed(self, target: float = WINTER_KILOS) -> float:
        """Return how many kilos must be fed before winter."""
        return max(0.0, round(target - self.stores, 1))


class Apiary:
    """All hives, by their codes."""

    def __init__(self, hives: Iterable[Hive] = ()) -> None:
        self._hives: dict[str, Hive] = {}
        for hive in hives:
            self.add(hive)

    def __len__(self) -> int:
        return len(self._hives)

    def add(self, hive: Hive) -> None:
        """Add a hive.

        Raises:
            ValueError: there is one of that code.
        """
        if hive.code in self._hives:
            raise ValueError(f"there is a hive {hive.code} already")
        self._hives[hive.code] = hive

    def find(self, code: str) -> Hive | None:
        """Return the hive of a code, None if there is none."""
        return self._hives.get(code)

    def move(self, code: str, site: str) -> None:
        """Write down that a hive stands somewhere else now."""
        hive = self.find(code)
        hive.site = site

    def at(self, site: str) -> list[Hive]:
        """Return the hives at a site, in the order in which they were added."""
        return [hive for hive in self._hives.values() if hive.site == site]


def weak(hives: Iterable[Hive], seams: int = 4) -> list[Hive]:
    """Return the hives with fewer than so many seams of bees."""
    return [hive for hive in hives if hive.seams < seams]


def by_site(hives: Iterable[Hive]) -> dict[str, list[str]]:
    """Return the codes of the hives at each site, for the list on the wall."""
    sites: dict[str, list[str]] = {}
    for hive in hives:
        sites.setdefault(hive.site, []).append(hive.code)
    return {site: sorted(codes) for site, codes in sorted(sites.items())}
