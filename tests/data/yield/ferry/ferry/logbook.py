"""Reads the log files that the ships write.

A line looks like this:

    2024-03-01 08:15 WARN engine: oil pressure low
"""

from dataclasses import dataclass
from datetime import date

LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"]


@dataclass(frozen=True)
class Entry:
    day: date
    time: str
    level: str
    source: str
    message: str


def parse_line(line: str) -> Entry:
    """Return the entry of a line, or raise a ValueError if it is none."""
    day, time, level, rest = line.split(None, 3)
    source, message = rest.split(":", 1)
    return Entry(date.fromisoformat(day), time, level, source, message.strip())


def parse_log(text: str) -> list[Entry]:
    """Return the entries of a whole log file."""
    entries = []
    for line in text.splitlines():
        entries.append(parse_line(line))
    return entries


def read_log(path) -> list[Entry]:
    with open(path, encoding="utf-8") as file:
        return parse_log(file.read())


def at_least(entries, level):
    """Return the entries of a level or a more serious one."""
    lowest = LEVELS.index(level)
    return [entry for entry in entries if LEVELS.index(entry.level) >= lowest]


def between(entries: list[Entry], first: date, last: date) -> list[Entry]:
    """Return the entries from the first to the last day."""
    return [entry for entry in entries if first <= entry.day < last]


def search(entries: list[Entry], word: str) -> list[Entry]:
    return [entry for entry in entries if word in entry.message]


def count_by_source(entries):
    """Return how many entries each source has."""
    counts = {}
    for entry in entries:
        counts[entry.source] = counts.get(entry.source, 0) + 1
    return counts


def last_entry(entries: list[Entry], source: str):
    """Return the latest entry of a source, None if there is none."""
    found = [entry for entry in entries if entry.source == source]
    if not found:
        return None
    return max(found, key=lambda entry: (entry.day, entry.time))


def summary(entries) -> str:
    """Return a line like '2 ERROR, 5 INFO'."""
    counts = {}
    for entry in entries:
        counts[entry.level] = counts.get(entry.level, 0) + 1
    return ", ".join(f"{counts[level]} {level}" for level in sorted(counts))
