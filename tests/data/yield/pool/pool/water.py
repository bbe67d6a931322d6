"""Water quality: what the meters read, and whether it is all right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PH = (6.5, 7.6)
CHLORINE = (0.3, 0.6)  # mg/l
BASINS = ("main", "diving", "teaching", "toddlers")


@dataclass(frozen=True)
class Reading:
    """A reading of one basin; the chlorine is None if it was not measured."""

    basin: str
    ph: float
    chlorine: float | None = None
    degrees: float = 27.0


def parse_reading(line: str) -> Reading:
    """Read a line of the log: 'main;7.2;0.45;27.5'. The chlorine may be empty."""
    basin, ph, chlorine, degrees = [part.strip() for part in line.split(";")]
    if basin not in BASINS:
        raise ValueError(f"unknown basin: {basin}")
    return Reading(basin, float(ph), float(chlorine) if chlorine else None, float(degrees))


def parse_log(text: str) -> list[Reading]:
    """Read all lines of a log; those that begin with '#' are remarks."""
    readings = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            readings.append(parse_reading(line))
    return readings


def ph_ok(reading: Reading) -> bool:
    lowest, highest = PH
    return lowest <= reading.ph <= highest


def problems(reading: Reading) -> list[str]:
    """Return what is wrong with a reading, in words."""
    found = []
    if not ph_ok(reading):
        found.append("pH too low" if reading.ph < PH[0] else "pH too high")
    if reading.chlorine is not None:
        if reading.chlorine < CHLORINE[0]:
            found.append("too little chlorine")
        elif reading.chlorine > CHLORINE[1]:
            found.append("too much chlorine")
    return found


def mean_chlorine(readings: Sequence[Reading]) -> float:
    """Return the mean of the chlorine of some readings, with two decimals."""
    total = 0.0
    for reading in readings:
        total += reading.chlorine
    return round(total / len(readings), 2)


def warmest(readings: Sequence[Reading]) -> Reading | None:
    """Return the reading with the warmest water, the first if there are several."""
    return max(readings, key=lambda reading: reading.degrees, default=None)


def report(readings: Sequence[Reading]) -> str:
    """Return the report for the health office."""
    lines = []
    for reading in readings:
        state = ", ".join(problems(reading)) or "ok"
        lines.append(f"{reading.basin:<10}pH {reading.ph:.1f}  {reading.degrees:.1f} C  {state}")
    return "\n".join(lines)
