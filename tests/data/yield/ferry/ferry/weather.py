"""Texts for the weather board in the waiting room."""

import textwrap

POINTS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

# upper limits in m/s
BEAUFORT = [0.3, 1.6, 3.4, 5.5, 8.0, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7]


def compass_point(degrees: float) -> str:
    """Return the compass point that a wind comes from."""
    return POINTS[round(degrees / 45) % 8]


def beaufort(speed: float) -> int:
    """Return the Beaufort number of a wind speed in m/s."""
    for number, limit in enumerate(BEAUFORT):
        if speed < limit:
            return number
    return 12


def wind_text(speed, degrees=None):
    """Say the wind in words: 'wind 5 from SW'."""
    number = beaufort(speed)
    if number == 0:
        return "calm"
    text = "wind %d" % number
    if degrees:
        text += " from " + compass_point(degrees)
    return text


def temperature_text(celsius: float) -> str:
    """Return a temperature as it stands on the board, with its sign: '+4 °C'."""
    return f"{round(celsius):+d} °C"


def parse_reading(line: str) -> dict:
    """Read a line of the weather station: 'temp=4.5;wind=7;dir=220'."""
    reading = {}
    for part in line.strip().split(";"):
        name, value = part.split("=")
        reading[name] = float(value)
    return reading


def board(text: str, width: int = 32, rows: int = 4) -> list[str]:
    """Return the lines of a text for the board, no more than it has rows."""
    lines = textwrap.wrap(text, width)
    return lines[:rows]


def warnings(reading):
    """Return the warnings that a reading gives reason for."""
    found = []
    if reading.get("temp", 10) < 0:
        found.append("slippery deck")
    if reading.get("wind", 0) > 17:
        found.append("high waves")
    if reading.get("view", 10000) < 500:
        found.append("fog")
    return found


def warning_text(reading) -> str:
    found = warnings(reading)
    if not found:
        return ""
    return "Warning: " + ", ".join(found)
