"""Scans of parcels, and what the customer is told about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PREFIX = "PD"

WORDS = {
    "in": "arrived at the depot",
    "out": "out for delivery",
    "done": "delivered",
    "back": "returned to the sender",
}


@dataclass(frozen=True)
class Scan:
    """One beep of a scanner; `kind` is a key of `WORDS` or 'note'."""

    code: str
    kind: str
    time: datetime
    place: str = ""


def check_digit(digits: str) -> int:
    """Return the digit that ends a code with these digits."""
    return sum(int(digit) * (place + 1) for place, digit in enumerate(digits)) % 10


def is_code(text: str) -> bool:
    """Tell whether something is the code of a parcel: 'PD', eight digits and a check digit."""
    if not text.startswith(PREFIX):
        return False
    digits = text[len(PREFIX) :]
    if len(digits) != 9 or not digits.isdigit():
        return False
    return check_digit(digits[:8]) == int(digits[8])


def describe(scan: Scan) -> str:
    """Return a line for the customer: '14:05 arrived at the depot (Hamburg)'."""
    line = f"{scan.time:%H:%M} {WORDS.get(scan.kind, scan.kind)}"
    if scan.place:
        line += f" ({scan.place})"
    return line


def parse_scan(line: str) -> Scan:
    """Read a line of a scanner's log: 'PD123456784|in|2024-05-03T14:05|Hamburg'."""
    code, kind, time, place = line.strip().split("|")
    return Scan(code, kind, datetime.fromisoformat(time), place)


@dataclass
class Tracker:
    """All scans of the depot."""

    scans: list[Scan] = field(default_factory=list)

    def record(self, scan: Scan) -> None:
        """Keep a scan."""
        self.scans.append(scan)

    def history(self, code: str) -> list[Scan]:
        """Return the scans of a parcel, the oldest first."""
        return sorted((scan for scan in self.scans if scan.code == code), key=lambda scan: scan.time)

    def status(self, code: str) -> str:
        """Return what was last scanned of a parcel, 'unknown' if nothing was."""
        history = self.history(code)
        if not history:
            return "unknown"
        return history[-1].kind

    def overdue(self, now: datetime, hours: int = 48) -> list[str]:
        """Return the codes of which nothing was scanned for so long and that are not delivered."""
        codes = []
        for code in sorted({scan.code for scan in self.scans}):
            last = self.history(code)[-1]
            if last.kind != "done" and now - last.time > timedelta(hours=hours):
                codes.append(code)
        return codes

    def count_by_place(self) -> dict[str, int]:
        """Return how many scans there were at each place."""
        return dict(Counter(scan.place for scan in self.scans))
