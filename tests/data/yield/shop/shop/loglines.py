"""Reads the log of the web service.

A line looks like this:

    2024-03-05 10:15:00 [WARNING] shop.cart: discount code expired
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

_LINE = re.compile(r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[(?P<level>[A-Z]+)\] (?P<source>[\w.]+): (?P<message>.*)")


@dataclass(frozen=True)
class Entry:
    """A line of the log."""

    time: datetime
    level: str
    source: str
    message: str


def parse_line(line: str) -> Entry | None:
    """Return what a line says, or None if it isn't a log line."""
    match = _LINE.match(line.strip())
    if match is None or match["level"] not in LEVELS:
        return None
    time = datetime.strptime(match["time"], "%Y-%m-%d %H:%M:%S")
    return Entry(time, match["level"], match["source"], match["message"])


def parse_log(lines: Iterable[str]) -> list[Entry]:
    """Return the entries of a log; lines that can't be parsed are left out."""
    entries = []
    for line in lines:
        entry = parse_line(line)
        if entry is not None:
            entries.append(entry)
    return entries


def at_least(entries: Iterable[Entry], level: str) -> list[Entry]:
    """Return the entries of this level and of those above it."""
    lowest = LEVELS.index(level)
    return [entry for entry in entries if LEVELS.index(entry.level) >= lowest]


def count_levels(entries: Iterable[Entry]) -> dict[str, int]:
    """Return how many entries there are of each level."""
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.level] = counts.get(entry.level, 0) + 1
    return counts


def by_source(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries of each part of the program."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.source, []).append(entry)
    return found


def between(entries: Iterable[Entry], start: datetime, end: datetime) -> list[Entry]:
    """Return the entries from `start` on and before `end`."""
    return [entry for entry in entries if start <= entry.time < end]
