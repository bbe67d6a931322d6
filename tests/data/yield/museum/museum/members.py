"""The friends of the museum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FEES = {"single": 40, "family": 65, "patron": 250}
STUDENT_FEE = 15


@dataclass
class Member:
    """A friend of the museum."""

    name: str
    joined: date
    level: str = "single"
    mail: str | None = None

    def years(self, today: date) -> int:
        """Return for how many full years somebody has been a member."""
        return today.year - self.joined.year

    def initials(self) -> str:
        """Return the letters for the badge: 'AL' for 'Ada Lovelace'."""
        return "".join(part[0] for part in self.name.split())

    def card(self) -> str:
        """Return the text of the membership card."""
        return f"{self.name} ({self.level}), member since {self.joined.year}"


def fee(level: str, student: bool = False) -> int:
    """Return the yearly fee of a level."""
    if level == "single" and student:
        return STUDENT_FEE
    return FEES[level]


def find(members: list[Member], name: str) -> Member | None:
    """Return the member with a name, None if there is none."""
    for member in members:
        if member.name == name:
            return member
    return None


def alphabetical(members: list[Member]) -> list[Member]:
    """Return members as they stand in the printed list."""
    return sorted(members, key=lambda member: member.name)


def mailing_list(members: list[Member]) -> list[str]:
    """Return the mail addresses of the members."""
    return [member.mail for member in members]


def income(members: list[Member]) -> int:
    """Return what the members pay in a year."""
    return sum(fee(member.level) for member in members)


def jubilees(members: list[Member], year: int) -> list[Member]:
    """Return those who have been members for a multiple of ten years in a year."""
    return [member for member in members if (year - member.joined.year) % 10 == 0]
