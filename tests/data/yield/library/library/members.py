"""Who is a member of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Member:
    number: int
    name: str
    email: str
    expires: date
    phone: str = ""

    def is_active(self, today: date) -> bool:
        return self.expires >= today


def clean_phone(text: str) -> str:
    """Return a phone number without the spaces and hyphens that people write in it."""
    for mark in " -":
        text = text.replace(mark, "")
    return text


def greeting(member: Member) -> str:
    first = member.name.split()[0]
    return f"Dear {first},"


class Registry:
    """All members, in the order in which they joined."""

    def __init__(self, first_number: int = 1000) -> None:
        self._members: list[Member] = []
        self._next_number = first_number

    def __len__(self) -> int:
        return len(self._members)

    def join(self, name: str, email: str, today: date, phone: str = "") -> Member:
        """Make somebody a member for a year."""
        expires = today + timedelta(days=365)
        member = Member(self._next_number, name, email, expires, clean_phone(phone))
        self._next_number += 1
        self._members.append(member)
        return member

    def leave(self, number: int) -> None:
        self._members = [member for member in self._members if member.number != number]

    def by_email(self, email: str) -> Member | None:
        """Return the member with an e-mail address, or None."""
        for member in self._members:
            if member.email == email:
                return member
        return None

    def expiring(self, today: date, days: int = 30) -> list[Member]:
        """Return the members to remind: their membership ends in the next days."""
        last = today + timedelta(days=days)
        return [member for member in self._members if member.expires <= last]

    def active(self, today: date) -> list[Member]:
        return [member for member in self._members if member.is_active(today)]
