"""The members, who may use the wheels whenever the studio is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass
class Member:
    """Somebody who pays for a month at a time."""

    name: str
    paid_until: date
    email: str = ""
    credit: int = 0

    def first_name(self) -> str:
        """Return how a member is called in the studio."""
        return self.name.split()[0]

    def is_active(self, today: date) -> bool:
        """Return whether the membership is paid for."""
        return today < self.paid_until

    def top_up(self, cents: int) -> int:
        """Add to the credit for clay and firings, and return the new credit."""
        self.credit += cents
        return self.credit

    def pay(self, cents: int) -> bool:
        """Pay with the credit and return True, or return False if there is not enough."""
        if cents > self.credit:
            return False
        self.credit -= cents
        return True


class Register:
    """The list of members."""

    def __init__(self, members: list[Member] | None = None) -> None:
        self.members = list(members or [])

    def add(self, member: Member) -> None:
        """Enter a new member."""
        self.members.append(member)

    def search(self, text: str) -> list[Member] | None:
        """Return the members with a text in their names, in any case."""
        found = [member for member in self.members if text.lower() in member.name.lower()]
        if not found:
            return None
        return sorted(found, key=lambda member: member.name)

    def active(self, today: date) -> list[Member]:
        """Return the members whose membership is paid for."""
        return [member for member in self.members if member.is_active(today)]

    def total_credit(self) -> int:
        """Return the credit of all members together."""
        return sum(member.credit for member in self.members)


def address_line(members: list[Member]) -> str:
    """Return the addresses for a mail to some members, without those who have none."""
    return ", ".join(member.email for member in members if member.email)


def shelf_tag(member: Member, number: int) -> str:
    """Return the tag for a member's shelf: 'ADA-07'."""
    return f"{member.first_name().upper()}-{number:02d}"
