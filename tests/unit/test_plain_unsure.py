"""Everyday words that sound like a sure change and mean something else: nothing is sure."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import surest_change
from workbench.model import Source

CUT = "def short(title: str, width: int = 30) -> str:\n    return title[:width]\n"
PAGE = "def page(rows: list[str], size: int) -> list[str]:\n    return rows[:size]\n"
ENTRY = 'def entry(title: str, body: str) -> str:\n    return f"{title}: {body}"\n'
RENT = 'def rent(minutes: int, rate: float) -> float:\n    """Return the rent."""\n    return minutes / 60 * rate\n'
MEAN = 'def mean(marks: list[int]) -> float:\n    """Return the mean mark."""\n    return sum(marks) / len(marks)\n'
CENTS = 'def to_cents(amount: float) -> int:\n    """Return the cents."""\n    return int(amount * 100)\n'
COLOUR = 'COLOURS = {"red": 1}\n\n\ndef colour(name: str) -> int:\n    return COLOURS[name]\n'
HOURS = "def hours_between(start: int, end: int) -> int:\n    return end - start\n"
VALID = "def is_valid(start: int, now: int, until: int) -> bool:\n    return start < now < until\n"
PAIRS = (
    "def pairs(text: str) -> dict[str, str]:\n    found = {}\n    for part in text.split(';'):\n"
    "        key, value = part.split('=')\n        found[key] = value\n    return found\n"
)
FIRST = "def pos(text: str) -> str:\n    parts = text.split(':')\n    return parts[1]\n"
RANKED = """
from dataclasses import dataclass


@dataclass
class Member:
    name: str
    year: int = 0


def names(members: list[Member]) -> list[Member]:
    return sorted(members, key=lambda one: one.year)
"""
LONGEST = "def longest(text: str) -> int:\n    words = text.split('-')\n    return max(len(w) for w in words)\n"
CLASSES = """
from dataclasses import dataclass


@dataclass
class Member:
    name: str
    street: str = ""
    note: str = ""
    active: bool = True
    vip: bool = False
    year: int = 0
    phone: str | None = None

    def label(self) -> str:
        return f"{self.name}, year {self.year}"

    def block(self) -> str:
        return "\\n".join([self.name, self.note, self.street])


def names(members: list[Member]) -> list[str]:
    return [m.name for m in members]


def phones(members: list[Member]) -> list[str]:
    lines = []
    for m in members:
        lines.append(f"{m.name}: {m.phone}")
    return lines


def find(members: list[Member], word: str) -> list[Member]:
    return [m for m in members if word in m.name]
"""


@pytest.mark.parametrize(
    ("task", "code", "name"),
    [
        ("Titles that are cut should end with '...' on top, and titles at most 10 stay.", CUT, "short"),
        ("short should cut at width 40 and end with '...' where it cuts, which counts too.", CUT, "short"),
        ("page should add '...' at the end where it is cut, on top.", PAGE, "page"),
        (
            "Titles longer than 20 should end with '...' and never be longer than that; the body must fit.",
            ENTRY,
            "entry",
        ),
        ("The entry should be cut with '...' if it is longer than 40 in total with title.", ENTRY, "entry"),
        ("rent should charge at least one hour per day.", RENT, "rent"),
        ("rent should charge at least 5 minutes more.", RENT, "rent"),
        ("rent should not charge at least one hour any more.", RENT, "rent"),
        ("rent should charge each started hour, at least one hour.", RENT, "rent"),
        ("mean: round marks to whole numbers first.", MEAN, "mean"),
        ("mean should round marks to 2 decimals.", MEAN, "mean"),
        ("mean should be rounded to two decimals for gold, to one for silver.", MEAN, "mean"),
        ("mean is rounded to two decimals in the page; give it with all decimals", MEAN, "mean"),
        ("A cent gets lost in to_cents, always round down though.", CENTS, "to_cents"),
        ("to_cents must cut, a cent may be lost.", CENTS, "to_cents"),
        ("colour should stop ignoring case.", COLOUR, "colour"),
        ("colour ignores case; it should be strict.", COLOUR, "colour"),
        ("colour should ignore case, 'Red' stays an error.", COLOUR, "colour"),
        ("hours_between gives -2 for a night, the arguments are swapped: should be 22.", HOURS, "hours_between"),
        ("hours_between gives -16 past midnight, should be 8; equal times should be 24.", HOURS, "hours_between"),
        ("is_valid: it is still valid on the first day, but not on the last.", VALID, "is_valid"),
        ("pairs should skip empty values.", PAIRS, "pairs"),
        ("pos should ignore empty parts.", FIRST, "pos"),
        ("longest('') returns [''], should return [].", LONGEST, "longest"),
        ("label should be 'Anna, year 3, vip' if the member has a note.", CLASSES, "Member.label"),
        ("label should end in ', late' for a note if year is over 5: 'Anna, year 7, late'.", CLASSES, "Member.label"),
        ("block should drop the empty lines at the end.", CLASSES, "Member.block"),
        ("block should skip the street line if the name is empty.", CLASSES, "Member.block"),
        ("names should ignore whether a member is active.", CLASSES, "names"),
        ("names should return only the active members' phone.", CLASSES, "names"),
        ("names should not return active members as None.", CLASSES, "names"),
        ("Only active members pay a fee, the others should count half in names.", CLASSES, "names"),
        ("phones should leave out the phone of inactive members.", CLASSES, "phones"),
        ("phones should not show None for members who have no phone.", CLASSES, "phones"),
        ("phones should only show the name of members with no phone.", CLASSES, "phones"),
        ("find should only look in the street.", CLASSES, "find"),
        ("find should match both the name and the street.", CLASSES, "find"),
        ("find should search by street and year too.", CLASSES, "find"),
        ("find should also filter by street with a second word.", CLASSES, "find"),
        ("hours_between must not be negative for members; return 0 then.", HOURS, "hours_between"),
        ("names: members of the same year should share a rank, sorted by name.", RANKED, "names"),
    ],
)
def test_nothing_is_sure(task: str, code: str, name: str) -> None:
    assert surest_change(task, Source(path="a.py", content=code.encode()), name) is None
