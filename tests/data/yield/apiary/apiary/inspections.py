"""The inspection diary, a text file with a line for each time that a hive was opened.

A line holds the day, the hive, what was seen, how many mites were counted, and a note:

    2024-05-03 | A3 | queen, eggs | 4 | gentle, gave a super
    2024-05-04 | B1 | brood | - |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Inspection:
    """What was found in a hive on a day; `mites` is None if nobody counted them."""

    day: date
    hive: str
    seen: tuple[str, ...] = ()
    mites: int | None = None
    note: str = ""


def parse_line(line: str) -> Inspection:
    """Read a line of the diary."""
    day, hive, seen, mites, note = (part.strip() for part in line.split("|"))
    return Inspection(
        date.fromisoformat(day),
        hive,
        tuple(word.strip() for word in seen.split(",") if word.strip()),
        None if mites == "-" else int(mites),
        note,
    )


def format_line(inspection: Inspection) -> str:
    """Return the line for the diary."""
    mites = "-" if inspection.mites is None else str(inspection.mites)
    parts = [inspection.day.isoformat(), inspection.hive, ", ".join(inspection.seen), mites, inspection.note]
    return " | ".join(parts).rstrip()


def read(text: str) -> list[Inspection]:
    """Read a diary; empty lines do not matter."""
    return [parse_line(line) for line in text.splitlines() if line.strip()]


def write(inspections: list[Inspection]) -> str:
    """Return the text of a diary, the oldest inspection first."""
    ordered = sorted(inspections, key=lambda inspection: inspection.day)
    return "".join(format_line(inspection) + "\n" for inspection in ordered)


def latest(inspections: list[Inspection]) -> dict[str, Inspection]:
    """Return the last inspection of each hive."""
    found: dict[str, Inspection] = {}
    for inspection in inspections:
        known = found.get(inspection.hive)
        if known is None or inspection.day > known.day:
            found[inspection.hive] = inspection
    return found


def overdue(inspections: list[Inspection], today: date, days: int = 9) -> list[str]:
    """Return the hives that were not opened for more than so many days."""
    limit = today - timedelta(days=days)
    return sorted(hive for hive, last in latest(inspections).items() if last.day < limit)


def queen_missing(inspections: list[Inspection]) -> list[str]:
    """Return the hives where the last inspection found neither the queen nor eggs."""
    return sorted(hive for hive, last in latest(inspections).items() if not {"queen", "eggs"} & set(last.seen))


def mite_average(inspections: list[Inspection]) -> dict[str, float]:
    """Return the average of the mites counted in each hive."""
    counts: dict[str, list[int]] = {}
    for inspection in inspections:
        counts.setdefault(inspection.hive, []).append(inspection.mites or 0)
    return {hive: round(sum(numbers) / len(numbers), 1) for hive, numbers in counts.items()}
