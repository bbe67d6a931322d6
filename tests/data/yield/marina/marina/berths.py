"""The berths of the marina, along its jetties. All measures are in metres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Berth:
    """A place for one boat."""

    code: str
    length: float
    width: float
    power: bool = False
    boat: str | None = None

    def is_free(self) -> bool:
        """Return whether no boat lies here."""
        return self.boat is None

    def fits(self, length: float, width: float) -> bool:
        """Return whether a boat of a size can lie here."""
        return length <= self.length and width <= self.width

    def label(self) -> str:
        """Return the text of the sign at the berth: 'B12 (10 x 3.5 m)'."""
        return f"{self.code} ({self.length:g} x {self.width:g} m)"


class Jetty:
    """A jetty and its berths."""

    def __init__(self, name: str, berths: Iterable[Berth] = ()) -> None:
        self.name = name
        self.berths = list(berths)

    def find(self, code: str) -> Berth | None:
        """Return the berth with a code, None if there is none."""
        for berth in self.berths:
            if berth.code == code:
                return berth
        return None

    def free(self) -> list[Berth]:
        """Return the berths where no boat lies."""
        return [berth for berth in self.berths if berth.is_free()]

    def smallest_free(self, length: float, width: float) -> Berth | None:
        """Return the shortest free berth that a boat fits into, None if there is none."""
        fitting = [berth for berth in self.free() if berth.fits(length, width)]
        if not fitting:
            return None
        return min(fitting, key=lambda berth: berth.length)

    def assign(self, code: str, boat: str) -> None:
        """Let a boat lie at a berth."""
        berth = self.find(code)
        if berth is None:
            raise KeyError(code)
        berth.boat = boat

    def leave(self, boat: str) -> None:
        """Note that a boat has left."""
        for berth in self.berths:
            if berth.boat == boat:
                berth.boat = None

    def occupancy(self) -> int:
        """Return how many per cent of the berths are taken."""
        taken = len(self.berths) - len(self.free())
        return round(100 * taken / len(self.berths))


def with_power(berths: Iterable[Berth]) -> list[str]:
    """Return the codes of the berths that have a power socket."""
    return [berth.code for berth in berths if berth.power]
