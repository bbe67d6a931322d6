"""The people who help with the harvest, and what they earn."""

from __future__ import annotations

from dataclasses import dataclass

RATE = 13.5
PER_CRATE = 2.2


@dataclass
class Picker:
    """Somebody who picks fruit."""

    name: str
    phone: str | None = None
    crates: int = 0

    def first_name(self) -> str:
        """Return the name for the badge."""
        return self.name.split()[0]

    def fill(self, crates: int = 1) -> None:
        """Note that some more crates are full."""
        self.crates += crates


def parse_names(text: str) -> list[str]:
    """Read the names of a team from a line with commas."""
    return text.split(",")


def day_wage(hours: float, rate: float = RATE) -> float:
    """Return what somebody earns for the hours of a day."""
    return round(hours * rate, 2)


def crate_bonus(crates: int) -> float:
    """Return the bonus for full crates."""
    return round(crates * PER_CRATE, 2)


def ranking(pickers: list[Picker]) -> list[Picker]:
    """Return the pickers by how many crates they have filled."""
    return sorted(pickers, key=lambda picker: picker.crates)


def phone_list(pickers: list[Picker]) -> list[str]:
    """Return the lines of the phone list, by name."""
    return [f"{picker.name}: {picker.phone}" for picker in sorted(pickers, key=lambda picker: picker.name)]


def find(pickers: list[Picker], name: str) -> Picker | None:
    """Return the picker with a name, None if there is none."""
    for picker in pickers:
        if picker.name == name:
            return picker
    return None


def total_crates(pickers: list[Picker]) -> int:
    """Return how many crates all of them have filled."""
    return sum(picker.crates for picker in pickers)
