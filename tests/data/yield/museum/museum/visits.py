"""Counts who comes: the door counter writes a number of visitors for each hour."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """The visitors who came on a day within an hour."""

    day: date
    hour: int
    visitors: int


def parse_entry(line: str) -> Entry:
    """Read a line of the counter's log: '2024-05-03;14;27'."""
    day, hour, visitors = line.strip().split(";")
    return Entry(date.fromisoformat(day), int(hour), int(visitors))


def parse_log(text: str) -> list[Entry]:
    """Read the log of the counter, an entry on each line."""
    return [parse_entry(line) for line in text.splitlines()]


def per_day(entries: list[Entry]) -> dict[date, int]:
    """Return the visitors of each day."""
    totals: dict[date, int] = defaultdict(int)
    for entry in entries:
        totals[entry.day] += entry.visitors
    return dict(totals)


def per_month(entries: list[Entry]) -> dict[str, int]:
    """Return the visitors of each month, by the likes of '2024-05'."""
    totals: dict[str, int] = defaultdict(int)
    for entry in entries:
        totals[f"{entry.day.year}-{entry.day.month}"] += entry.visitors
    return dict(totals)


def busiest_hour(entries: list[Entry]) -> int | None:
    """Return the hour in which most visitors come, None without entries."""
    totals: dict[int, int] = defaultdict(int)
    for entry in entries:
        totals[entry.hour] += entry.visitors
    if not totals:
        return None
    return max(totals, key=lambda hour: totals[hour])


def average_per_day(entries: list[Entry]) -> float:
    """Return the mean number of visitors of a day."""
    days = per_day(entries)
    return round(sum(days.values()) / len(entries), 1)


def change_percent(before: int, after: int) -> float:
    """Return by how many per cent the number of visitors rose."""
    return round((after - before) / before * 100, 1)


def bar(visitors: int, scale: int = 10) -> str:
    """Return a bar for the chart in the office, a mark for every so many visitors."""
    return "#" * (visitors // scale)


def chart(entries: list[Entry]) -> str:
    """Return the chart of the days, a line for each."""
    totals = per_day(entries)
    return "\n".join(f"{day} {bar(totals[day])}" for day in sorted(totals))
