"""Figures for the monthly report: passengers, delays, fuel."""

from __future__ import annotations

from collections import Counter


def mean(values: list[float]) -> float:
    """Return the mean of some values."""
    return sum(values) / len(values)


def spread(values):
    """Return by how much the largest value is above the smallest."""
    return max(values) - min(values)


def percentage(part: float, whole: float) -> float:
    """Return how many per cent of the whole a part is."""
    return part * 100 / whole


def load_percent(passengers: int, seats: int) -> int:
    """Return how full a ship was, in whole per cent."""
    return round(percentage(passengers, seats))


def top(values: list[str], count: int = 3) -> list[tuple[str, int]]:
    """Return the most frequent values and how often they occur."""
    return Counter(values).most_common(count)


def moving_average(values: list[float], size: int) -> list[float]:
    """Return the mean of each `size` values in a row."""
    means = []
    for start in range(len(values) - size):
        means.append(mean(values[start : start + size]))
    return means


def delays(planned: list[int], actual: list[int]) -> list[int]:
    """Return by how many minutes each sailing was late."""
    return [there - plan for plan, there in zip(planned, actual)]


def punctual(late: list[int], limit: int = 5) -> float:
    """Return the share of sailings that were less than `limit` minutes late."""
    good = [minutes for minutes in late if minutes < limit]
    return len(good) / len(late)


def total_by(rows: list[dict], key: str, value: str) -> dict:
    """Add up the values of the rows of each key: total_by(rows, 'ship', 'passengers')."""
    totals = {}
    for row in rows:
        name = row[key]
        totals[name] = totals.get(name, 0) + row[value]
    return totals


def bar(value, maximum, width=20):
    """Return a bar of '#' for the report."""
    filled = round(width * value / maximum)
    return "#" * filled + "." * (width - filled)


def format_number(number: int) -> str:
    """Return a number with its thousands apart: '12,500'."""
    return f"{number:,}"
