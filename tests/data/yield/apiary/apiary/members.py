"""The roll of members, kept as dictionaries the way they come out of the spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import Any

Member = dict[str, Any]

FEES = {"full": 32.0, "family": 48.0, "junior": 10.0}


def new_member(number: int, name: str, joined: date, kind: str = "full", email: str = "") -> Member:
    """Return a member who has not paid for any year yet.

    Raises:
        ValueError: there is no such kind of membership, or the address is none.
    """
    if kind not in FEES:
        raise ValueError(f"no such membership: {kind}")
    if email and "@" not in email:
        raise ValueError(f"not an address: {email}")
    return {"number": number, "name": name, "joined": joined, "kind": kind, "email": email, "paid": []}


def next_number(members: list[Member]) -> int:
    """Return the number for the next member."""
    return max((member["number"] for member in members), default=0) + 1


def fee(member: Member, year: int) -> float:
    """Return what somebody owes for a year; who joined in its second half owes half."""
    full = FEES[member["kind"]]
    joined = member["joined"]
    if joined.year > year:
        return 0.0
    if joined.year == year and joined.month > 6:
        return full / 2
    return full


def pay(member: Member, year: int) -> None:
    """Write down that a member paid for a year."""
    member["paid"].append(year)


def unpaid(members: list[Member], year: int) -> list[Member]:
    """Return who has still to pay for a year."""
    return [member for member in members if fee(member, year) > 0 and year not in member["paid"]]


def outstanding(members: list[Member], year: int) -> float:
    """Return how much money is still to come in for a year."""
    return sum(fee(member, year) for member in unpaid(members, year))


def count_kinds(members: list[Member]) -> dict[str, int]:
    """Return how many members there are of each kind."""
    counts: dict[str, int] = {}
    for member in members:
        counts[member["kind"]] = counts.get(member["kind"], 0) + 1
    return counts


def backwards(name: str) -> str:
    """Return a name with the surname in front: 'Ash, Mary'."""
    first, last = name.rsplit(" ", 1)
    return f"{last}, {first}"


def roll_call(members: list[Member]) -> list[str]:
    """Return the names for the attendance sheet, by surname."""
    return sorted(backwards(member["name"]) for member in members)


def mailing_list(members: list[Member]) -> str:
    """Return what goes in the address field of the newsletter: 'Mary Ash <mary@ash.example>; ...'."""
    return "; ".join(f"{member['name']} <{member['email']}>" for member in members)


def anniversaries(members: list[Member], year: int, step: int = 10) -> list[tuple[str, int]]:
    """Return who has been a member for a round number of years, and for how many."""
    found = []
    for member in members:
        years = year - member["joined"].year
        if years > 0 and years % step == 0:
            found.append((member["name"], years))
    return sorted(found, key=lambda pair: -pair[1])
