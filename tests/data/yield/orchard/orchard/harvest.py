"""What was picked on which day. The log has a line for each picking: '2024-09-03;Elstar;120.5;Ana'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Picking:
    """What somebody picked of a variety on a day."""

    day: date
    variety: str
    kilos: float
    picker: str = ""


def parse_kilos(text: str) -> float:
    """Read a weight as the scales write it."""
    return float(text)


def parse_line(line: str) -> Picking:
    """Read a line of the log."""
    day, variety, kilos, picker = line.split(";")
    return Picking(date.fromisoformat(day.strip()), variety.strip(), parse_kilos(kilos), picker.strip())


def read_log(text: str) -> list[Picking]:
    """Read the whole log."""
    return [parse_line(line) for line in text.splitlines()]


def kilos_by_variety(pickings: list[Picking]) -> dict[str, float]:
    """Return the weight that was picked of each variety."""
    totals: dict[str, float] = {}
    for picking in pickings:
        totals[picking.variety] = totals.get(picking.variety, 0) + picking.kilos
    return totals


def total_kilos(pickings: list[Picking]) -> float:
    """Return the weight of all pickings together."""
    return sum(picking.kilos for picking in pickings)


def average_kilos(pickings: list[Picking]) -> float:
    """Return the mean weight of a picking, to one decimal."""
    return round(total_kilos(pickings) / len(pickings), 1)


def between(pickings: list[Picking], first: date, last: date) -> list[Picking]:
    """Return the pickings of a period."""
    return [picking for picking in pickings if first <= picking.day < last]


def of_picker(pickings: list[Picking], name: str) -> list[Picking]:
    """Return what one person has picked."""
    return [picking for picking in pickings if picking.picker == name]


def report(pickings: list[Picking]) -> str:
    """Return a line for each variety, the heaviest first."""
    totals = kilos_by_variety(pickings)
    names = sorted(totals, key=lambda name: totals[name], reverse=True)
    return "\n".join(f"{name}: {totals[name]:.1f} kg" for name in names)
