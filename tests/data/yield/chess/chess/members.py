"""The members of the chess club and what they pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FULL_FEE = 90
REDUCED_FEE = 45
ADULT_AGE = 18
SENIOR_AGE = 65


@dataclass
class Member:
    """Somebody who belongs to the club."""

    number: int
    name: str
    born: int
    joined: date
    title: str = ""
    mail: str = ""
    phone: str = ""

    def badge(self) -> str:
        """Return the text of the name badge: 'Anna Berg (17)'."""
        return f"{self.name} ({self.number})"

    def age(self, year: int) -> int:
        """Return the age that a member reaches in a year."""
        return year - self.born

    def last_name(self) -> str:
        """Return the last word of the name."""
        return self.name.split()[-1]


def find_member(members: list[Member], name: str) -> Member | None:
    """Return the member with this name, or None."""
    for member in members:
        if member.name == name:
            return member
    return None


def yearly_fee(member: Member, year: int) -> int:
    """Return what a member pays in a year; juniors pay less."""
    if member.age(year) < ADULT_AGE:
        return REDUCED_FEE
    return FULL_FEE


def total_fees(members: list[Member], year: int) -> int:
    """Return what all members together pay in a year."""
    return sum(yearly_fee(member, year) for member in members)


def mail_addresses(members: list[Member]) -> list[str]:
    """Return the addresses that the newsletter goes to."""
    return [member.mail for member in members if member.mail]


def by_last_name(members: list[Member]) -> list[Member]:
    """Return the members in the order of the printed list."""
    return sorted(members, key=lambda member: (member.last_name(), member.name))


def next_number(members: list[Member]) -> int:
    """Return the number that the next new member gets."""
    return max((member.number for member in members), default=0) + 1


def joined_in(members: list[Member], year: int) -> list[Member]:
    """Return the members who joined in a year."""
    return [member for member in members if member.joined.year == year]
