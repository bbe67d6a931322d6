"""The people in the club."""

from __future__ import annotations

from dataclasses import dataclass

ADULT_AGE = 18
YEARLY_FEE = 48
JUNIOR_FEE = 20


@dataclass
class Member:
    """Somebody who rides with us."""

    name: str
    born: int
    email: str = ""

    def surname(self) -> str:
        """Return the last part of the name."""
        return self.name.split()[-1]

    def is_junior(self, year: int) -> bool:
        """Return whether the member rides with the juniors in a year."""
        return year - self.born < ADULT_AGE

    def label(self) -> str:
        """Return the member for a mail: 'Ann Bell <ann@bell.org>'."""
        return f"{self.name} <{self.email}>"


def parse_members(text: str) -> list[Member]:
    """Read members, one on each line: 'Ann Bell;1980;ann@bell.org'."""
    members = []
    for line in text.splitlines():
        name, born, email = line.split(";")
        members.append(Member(name, int(born), email))
    return members


def find_member(members: list[Member], name: str) -> Member | None:
    """Return the member with this name, None if there is none."""
    for member in members:
        if member.name == name:
            return member
    return None


def printed_list(members: list[Member]) -> list[str]:
    """Return the names for the printed list, in the order of the surnames."""
    return [member.name for member in sorted(members, key=lambda member: member.surname())]


def yearly_fee(member: Member, year: int) -> int:
    """Return what a member pays for a year."""
    return JUNIOR_FEE if member.is_junior(year) else YEARLY_FEE


def fees_total(members: list[Member], year: int) -> int:
    """Return what all members pay for a year."""
    return sum(yearly_fee(member, year) for member in members)
