"""What is sorted, and by what in ties, as a task names it."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.crew.plain.ordering.order_words import orders
from workbench.model import Source

CLASS = """from dataclasses import dataclass


@dataclass
class Booking:
    guest: str
    first_name: str
    lane: int
    start: int
    day: date
    year: int | None = None
    tags: list[str] = ()

    def price(self) -> float:
        return self.lane * 2.5


"""
CHOSEN = (
    f"{CLASS}def work(bookings: list[Booking], lane: int):\n    return [one for one in bookings if one.lane == lane]\n"
)
LINES = f"""{CLASS}def work(bookings: list[Booking]):
    lines = []
    for booking in bookings:
        lines.append(f"{{booking.lane}} {{booking.guest}}")
    return lines
"""
COLLECTED = f"""{CLASS}def work(bookings: list[Booking]):
    result = []
    for item in bookings:
        if item.lane:
            result.append(item)
    return result
"""
BY_GUEST = f"{CLASS}def work(bookings: list[Booking]):\n    return sorted(bookings, key=lambda one: one.guest)\n"
BY_PRICE = BY_GUEST.replace("one.guest", "one.price()")
DOWN = BY_PRICE.replace("price()", "price(), reverse=True")
KEPT = """class Stock:
    def __init__(self):
        self._counts = {}

    def work(self):
        return list(self._counts)
"""
SUMMED = f"""{CLASS}def work(bookings: list[Booking]):
    n = 0
    for one in bookings:
        n += one.lane
    return n
"""


def found(task: str, code: str, name: str = "work") -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


def sure(task: str, code: str, name: str = "work") -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (one.edits[0].after or b"").decode() if one else ""


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        ("work should be sorted by the guest's name.", CHOSEN, "one.lane == lane], key=lambda one: one.guest)"),
        ("Please sort what work gives by day.", CHOSEN, "one.lane == lane], key=lambda one: one.day)"),
        (
            "work should list them in the order in which they begin.",
            LINES,
            "in sorted(bookings, key=lambda booking: booking.start)",
        ),
        (
            "The list must be in the order of the lanes, not in the order they were made.",
            LINES,
            "key=lambda booking: booking.lane)",
        ),
        ("work should have the newest bookings first.", CHOSEN, "key=lambda one: one.start, reverse=True)"),
        ("The most expensive should be first in work.", CHOSEN, "key=lambda one: one.price(), reverse=True)"),
        ("We want the cheapest first.", CHOSEN, "key=lambda one: one.price())"),
        (
            "The one with the highest lane should come first.",
            COLLECTED,
            "sorted(result, key=lambda item: item.lane, reverse=True)",
        ),
        (
            "I'd like it sorted by lane, and within a lane by when the booking starts.",
            LINES,
            "key=lambda booking: (booking.lane, booking.start))",
        ),
        ("Sort by lane and then by guest.", BY_GUEST, "key=lambda one: (one.lane, one.guest))"),
        ("work should be sorted by year.", CHOSEN, "key=lambda one: (one.year is None, one.year))"),
        (
            "work should be sorted by guest, ignoring upper and lower case.",
            CHOSEN,
            "key=lambda one: one.guest.lower())",
        ),
        (
            "We want it by last price, sort it by lane, and by guest where the lane is the same.",
            BY_GUEST,
            "key=lambda one: (one.lane, one.guest))",
        ),
        # In ties.
        (
            "Bookings that cost the same should come in alphabetical order of their guests.",
            BY_PRICE,
            "(one.price(), one.guest))",
        ),
        (
            "With the same price, in the order of the first names please, that should do.",
            BY_PRICE,
            "(one.price(), one.first_name))",
        ),
        (
            "Of equal price, the one with the lower lane should come first.",
            DOWN,
            "key=lambda one: (-one.price(), one.lane))",
        ),
        (
            "Of equal price, the one with the higher lane should come first.",
            DOWN,
            "key=lambda one: (one.price(), one.lane), reverse=True)",
        ),
        ("Same price: please sort by guest and then by day.", BY_PRICE, "(one.price(), one.guest, one.day))"),
        ("If guests are the same, the cheaper one should be first.", BY_GUEST, "(one.guest, one.price()))"),
        ("If guests are the same, the most expensive one should be first.", BY_GUEST, "(one.guest, -one.price()))"),
        # Without a value.
        (
            "Bookings without a year should come at the end.",
            BY_GUEST.replace("one.guest", "one.year"),
            "(one.year is None, one.year))",
        ),
        (
            "Those that have no year should be at the top.",
            BY_GUEST.replace("one.guest", "one.year"),
            "(one.year is not None, one.year))",
        ),
        (
            "Bookings without a year go to the end.",
            BY_GUEST.replace("one.guest", "one.year, reverse=True"),
            "(one.year is not None, one.year), reverse=True)",
        ),
    ],
)
def test_an_order_that_is_named_is_found(task: str, code: str, new: str) -> None:
    assert any(new in one for one in found(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("work should not be sorted by guest.", CHOSEN),
        ("work is sorted by lane at the moment.", CHOSEN),
        ("work should be sorted by colour.", CHOSEN),
        ("work should be sorted by tags.", CHOSEN),
        ("The cheapest should be left out.", CHOSEN),
        ("Bookings of the same lane stay in the order of their start.", BY_PRICE),
        ("Of the same price, the one with the lower colour should come first.", BY_PRICE),
        ("Of the same guest, sort by guest.", BY_GUEST),
        ("Of the same lane, sort by day.", BY_PRICE),
        ("Of the same price, sort by lane.", DOWN),
        ("Of the same price, sort by lane.", DOWN.replace("sorted(bookings", "groupby(bookings")),
        ("Bookings without a guest should come at the end.", BY_GUEST),
        ("Bookings without a colour should come at the end.", BY_GUEST.replace("one.guest", "one.year")),
        ("work should be sorted by guest.", CHOSEN.replace("def work", "sorted = list\n\n\ndef work")),
        (
            "work should be sorted by lane.",
            SUMMED,
        ),
    ],
)
def test_no_order_is_made_up(task: str, code: str) -> None:
    assert not found(task, code)


@pytest.mark.parametrize(
    ("task", "code", "name", "new"),
    [
        ("work should give the bookings in the order of their start.", CHOSEN, "work", "key=lambda one: one.start)"),
        ("Stock.work should return the names in alphabetical order.", KEPT, "Stock.work", "sorted(self._counts)"),
        ("Bookings with the same price should be in the order of their guests.", BY_PRICE, "work", "one.guest))"),
        (
            "Bookings without a year should come at the end.",
            BY_GUEST.replace("one.guest", "one.year"),
            "work",
            "None, ",
        ),
        (
            "work should give its names in alphabetical order.",
            "def work(names):\n    return list(set(names))\n",
            "work",
            "sorted(set(names))",
        ),
    ],
)
def test_what_leaves_no_doubt_is_sure(task: str, code: str, name: str, new: str) -> None:
    assert new in sure(task, code, name)


SCORED = CHOSEN.replace("    lane: int\n", "    lane: int\n    points: int\n")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("work should be sorted by points.", SCORED),
        ("work should be sorted by guest unless there is a lane.", CHOSEN),
        ("work should be sorted by guest, and cancelled ones left out.", CHOSEN),
        ("work should give the bookings in the order of their start if asked.", CHOSEN),
        ("work should be sorted by lane.", BY_GUEST),
        ("Bookings with the same price should not be in the order of their guests.", BY_PRICE),
        ("Bookings with the same price should also be sorted by guest.", BY_PRICE),
        ("Bookings with the same price stay in the order of their guests, which should do.", BY_PRICE),
        ("Of the same price, work should sort by lane.", DOWN),
        ("Bookings without a year should not come at the end.", BY_GUEST.replace("one.guest", "one.year")),
    ],
)
def test_what_may_mean_something_else_is_not_sure(task: str, code: str) -> None:
    assert not sure(task, code)


@pytest.mark.parametrize(
    ("task", "what", "is_down"),
    [
        ("It should be sorted by price, most expensive first.", "price", True),
        ("Could you list them by date?", "date", False),
        ("They must be in descending order of weight.", "weight", True),
        ("Put the one with the fewest free places first.", "free places", False),
    ],
)
def test_the_words_for_an_order_are_read(task: str, what: str, is_down: bool) -> None:
    assert (what, is_down) in {(by.what, by.is_down) for bys in orders(task) for by in bys}


@pytest.mark.parametrize(
    "task", ["It is sorted by price today.", "Do not sort by price.", "The order of goods is cancelled."]
)
def test_no_order_is_read_where_none_is_wanted(task: str) -> None:
    assert not orders(task)
