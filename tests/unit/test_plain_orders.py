"""A list put in order by the date or time that a task names."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import surest_change
from workbench.model import Source

SHELF = """
class Medicine:
    name: str
    expires: date | None = None
    bought: date = DAY


def expiring(medicines: list[Medicine], until: date) -> list[Medicine]:
    return [one for one in medicines if one.expires is not None and one.expires <= until]
"""
OLD = "[one for one in medicines if one.expires is not None and one.expires <= until]"
TASK = "In the list of medicines about to expire, what expires soonest should come first."


def sure(task: str, code: str, name: str = "expiring") -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (one.edits[0].after or b"").decode() if one else ""


@pytest.mark.parametrize(
    ("task", "way"), [(TASK, ""), ("Whatever they cost, whichever expires latest goes on top.", ", reverse=True")]
)
def test_what_is_returned_is_put_in_order(task: str, way: str) -> None:
    assert sure(task, SHELF) == SHELF.replace(OLD, f"sorted({OLD}, key=lambda one: one.expires{way})")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (TASK, SHELF.replace("one.expires is not None and ", "")),
        (TASK, SHELF.replace("list[Medicine]", "list")),
        (TASK, SHELF.replace("date | None", "str")),
        (TASK, SHELF.replace("[one for", "[one.name for")),
        (TASK, SHELF.replace("expires", "ends")),
        ("What expires soonest should come first, unless it is empty.", SHELF),
        ("What expires first should be left out.", SHELF),
        ("What expires soonest should come first, then by name.", SHELF),
    ],
)
def test_what_is_not_known_is_left_as_it_comes(task: str, code: str) -> None:
    assert not sure(task, code)


DUE = "def due(doses, today):\n    return [dose for dose in doses if after(dose) < today]\n"


def test_what_is_due_exactly_today_is_taken_in() -> None:
    task = "The doses that have to be repeated exactly today are missing from the list of what is due, add them too."
    assert sure(task, DUE, "due") == DUE.replace("<", "<=")


HALF = 'def tablets(kg: float, mg: float) -> float:\n    """Return how many tablets."""\n    return kg / mg\n'


def test_why_something_is_rounded_may_say_only() -> None:
    task = "Tablets can only be broken in half, so tablets() should round up to the next half: 2.25 becomes 2.5."
    assert "0.5" in sure(task, HALF, "tablets")
    assert not sure("Only tablets() should round up to the next half for dogs.", HALF, "tablets")


STAY = "def price(stay):\n    nights = stay.nights()\n    return nights * 20\n"


def test_what_costs_as_much_as_one_is_sure() -> None:
    task = "A dog that is fetched on the same day costs nothing now. It should cost as much as one night."
    assert sure(task, STAY, "price") == STAY.replace("stay.nights()", "max(stay.nights(), 1)")
    assert not sure("If it is a dog it should cost as much as one night.", STAY, "price")
    assert not sure("A cat should cost as much as one night.", STAY, "price")


GROUPS = """
class Group:
    weight: float
    name: str

    def free_places(self) -> int:
        return 3

    @property
    def rank(self) -> int:
        return 1


class Book:
    groups: list[Group]

    def open(self) -> list[Group]:
        return [one for one in self.groups if one.name]
"""
MOST = "When we look for groups, the group with the most free places should come first."


@pytest.mark.parametrize(
    ("task", "by"),
    [
        (MOST, "one.free_places(), reverse=True"),
        ("The group with the fewest free places must be on top.", "one.free_places()"),
        ("The one with the highest rank comes first.", "one.rank, reverse=True"),
        ("The one with the lowest weight goes first.", "one.weight"),
    ],
)
def test_the_one_with_the_most_comes_first(task: str, by: str) -> None:
    old = "[one for one in self.groups if one.name]"
    assert sure(task, GROUPS, "Book.open") == GROUPS.replace(old, f"sorted({old}, key=lambda one: {by})")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (MOST.replace("should", "should not"), GROUPS),
        ("The group with the most free places should come first, unless it is closed.", GROUPS),
        ("The group with the most free places should come first, then by name.", GROUPS),
        ("The group with the most free places should come first, closed ones last.", GROUPS),
        ("The group with the most free places should come first and empty ones at the end.", GROUPS),
        ("The group with the most children should come first.", GROUPS),
        (MOST, GROUPS.replace("(self) -> int:\n        return 3", "(self, day) -> int:\n        return 3")),
        (MOST, GROUPS.replace("-> int:\n        return 3", "-> str:\n        return ''")),
        (MOST, GROUPS.replace("[one for", "[one.name for")),
    ],
)
def test_what_is_no_number_of_theirs_is_left_as_it_comes(task: str, code: str) -> None:
    assert not sure(task, code, "Book.open")
