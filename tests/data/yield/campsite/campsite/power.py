"""Power meters of the pitches, read with a notebook in the evening."""

from dataclasses import dataclass
from datetime import date

PRICE = 0.65
BASE_FEE = 2.0


@dataclass(frozen=True)
class Reading:
    pitch: str
    day: date
    kwh: float


def parse_kwh(text: str) -> float:
    """Return the number of a reading as it was typed: '120.5' or '120.5 kWh'."""
    text = text.strip().lower()
    text = text.removesuffix("kwh").strip()
    return float(text)


def parse_line(line: str) -> Reading:
    """Read a line of the notebook: 'A12; 2024-07-03; 120.5'."""
    pitch, day, kwh = line.split(";")
    return Reading(pitch.strip(), date.fromisoformat(day.strip()), parse_kwh(kwh))


def usage(before: Reading, after: Reading) -> float:
    """Return what a pitch has used between two readings."""
    if before.pitch != after.pitch:
        raise ValueError("readings of two pitches")
    return round(after.kwh - before.kwh, 3)


def cost(kwh: float, price: float = PRICE) -> float:
    """Return what is to be paid for the power, with the fee for the plug."""
    return round(BASE_FEE + kwh * price, 2)


def latest(readings, pitch):
    """Return the last reading of a pitch, None if it has none."""
    own = [reading for reading in readings if reading.pitch == pitch]
    if not own:
        return None
    return max(own, key=lambda reading: reading.day)


def usage_by_pitch(readings):
    """Return for each pitch what it has used from its first to its last reading."""
    first, last = {}, {}
    for reading in sorted(readings, key=lambda reading: reading.day):
        first.setdefault(reading.pitch, reading)
        last[reading.pitch] = reading
    return {pitch: usage(first[pitch], last[pitch]) for pitch in first}


def report(readings) -> str:
    lines = []
    for pitch, kwh in sorted(usage_by_pitch(readings).items()):
        lines.append(f"{pitch}: {kwh:.1f} kWh, {cost(kwh):.2f} EUR")
    return "\n".join(lines)
