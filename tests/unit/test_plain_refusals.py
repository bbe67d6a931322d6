"""What a task wants refused with an error: numbers, amounts, choices, states, and what is there already."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

CODE = '''LEVELS = ["easy", "hard"]


class OutError(Exception):
    pass


class Stock:
    def __init__(self, capacity: int):
        self.level = 0
        self.capacity = capacity
        self.closed = False
        self.parts = {}
        self.names = []

    def left(self) -> int:
        return self.capacity - self.level

    def take(self, amount: int) -> None:
        """Take some."""
        self.level -= amount

    def fill(self, amount: int) -> None:
        self.level += amount

    def set_price(self, name: str, price: float = 1.0) -> None:
        # The price of a part.
        self.parts[name] = price

    def enrol(self, name: str) -> None:
        self.names.append(name)

    def pick(self, name, count):
        part = self.parts[name]
        part.count -= count


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def nights(start, end):
    return (end - start).days


def split(text, size: int = 3):
    return [text[i : i + size] for i in range(0, len(text), size)]


def gen(count: int):
    yield count


def either(a: int, b: int):
    return a + b


def opt(count: int | None = None) -> int:
    return (count or 1) * 2


def course(level: str) -> str:
    return level.upper()


def group(level=None, start=None, end=None, max_size=5):
    return [level, start, end] * max_size
'''


def found(task: str, name: str) -> list[list[str]]:
    """Return the lines that each change adds; nothing else may be changed."""
    changes = plain_changes(task, Source(path="a.py", content=CODE.encode()), name)
    every = [(one.edits[0].after or b"").decode() for one in changes]
    return [added(after) for after in every]


def added(after: str) -> list[str]:
    old, new = CODE.splitlines(), after.splitlines()
    first = next(row for row, line in enumerate([*old, None]) if line != new[row])
    rows = new[first : first + len(new) - len(old)]
    assert [*new[:first], *new[first + len(rows) :]] == old
    return [row.strip() for row in rows]


REFUSED = [
    ("Stock.take", "Stock.take should throw a ValueError for amounts less than or equal to zero.", "amount <= 0"),
    ("Stock.take", "Stock.take must refuse an amount of 0 or below with a ValueError.", "amount <= 0"),
    ("Stock.take", "Can Stock.take raise a ValueError if somebody passes a negative amount?", "amount < 0"),
    ("Stock.take", "A ValueError should be raised by Stock.take when amount isn't positive.", "amount <= 0"),
    ("Stock.take", "Stock.take should reject negative amounts.", "amount < 0"),
    ("Stock.take", "amount must be at least 1 in Stock.take, otherwise raise a ValueError.", "amount < 1"),
    ("Stock.take", "Taking less than one part should be a ValueError.", "amount < 1"),
    ("Stock.take", "take(-1) fails with a KeyError. Raise a ValueError for negative amounts.", "amount < 0"),
    ("Stock.take", "Raise a ValueError if amount is below 1 or above 9.", "not 1 <= amount <= 9"),
    (
        "Stock.take",
        "take gives out more than there is in stock. It should raise an OutError then.",
        "amount > self.level",
    ),
    ("Stock.take", "Stock.take should raise an OutError if the stock is closed.", "self.closed"),
    ("Stock.take", "As long as the stock is not closed, take should raise a ValueError.", "not self.closed"),
    (
        "Stock.fill",
        "fill should raise a ValueError if the capacity is exceeded.",
        "self.level + amount > self.capacity",
    ),
    ("Stock.set_price", "set_price should raise a KeyError if the part exists already.", "name in self.parts"),
    ("Stock.set_price", "Let set_price raise a ValueError for a price below 0.", "price < 0"),
    ("Stock.enrol", "Stock.enrol should raise a ValueError if the name is empty.", "not name"),
    ("Stock.enrol", "Stock.enrol should raise a ValueError if the name is blank or empty.", "not name.strip()"),
    ("Stock.enrol", "Stock.enrol must raise a ValueError when there is no place left.", "self.left() < 1"),
    ("Stock.pick", "Stock.pick should raise a ValueError if there are not enough parts left.", "count > part.count"),
    ("mean", "mean should raise a ValueError for an empty list instead of a ZeroDivisionError.", "not values"),
    ("mean", "mean should raise a ValueError when fewer than 2 values are given.", "len(values) < 2"),
    ("nights", "nights should raise a ValueError if end is before start.", "end < start"),
    ("nights", "nights should raise a ValueError when the end is not later than the start.", "end <= start"),
    ("nights", "start must be before end in nights; raise a ValueError otherwise.", "start >= end"),
    ("split", "split hangs for size 0. Raise a ValueError when the size is zero.", "size == 0"),
    ("either", "either should raise a ValueError if a and b are the same.", "a == b"),
    ("opt", "opt should raise a ValueError if count is under 1.", "count is not None and count < 1"),
    ("course", "course should raise a ValueError if level is not one of LEVELS.", "level not in LEVELS"),
    ("course", "Raise a ValueError for an unknown level.", "level not in LEVELS"),
    ("group", "Raise a ValueError for an unknown level.", "level is not None and level not in LEVELS"),
    ("course", "Raise a ValueError if level is neither 'a' nor 'b'.", 'level not in ("a", "b")'),
]


@pytest.mark.parametrize(("name", "task", "test"), REFUSED)
def test_what_the_words_refuse_is_tried_first(name: str, task: str, test: str) -> None:
    assert found(task, name)[0][0] == f"if {test}:"


@pytest.mark.parametrize(
    ("name", "task", "message"),
    [
        ("split", "split should raise a ValueError if size is below 1.", 'f"size must be at least 1, not {size}"'),
        ("mean", "mean should raise a ValueError if values are empty.", '"values must not be empty"'),
        ("Stock.take", "Raise a ValueError with the message 'too few' if amount is below 1.", '"too few"'),
        ("Stock.take", "Raise a ValueError saying 'bad amount: -2' if amount is negative.", 'f"bad amount: {amount}"'),
    ],
)
def test_the_message_is_that_of_the_task_or_says_what_is_wanted(name: str, task: str, message: str) -> None:
    assert found(task, name) == [[found(task, name)[0][0], f"raise ValueError({message})"]]


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("Stock.take", "take should raise a ValueError if the amount is negative, unless the stock is closed."),
        ("Stock.take", "take should not raise a ValueError if the amount is negative."),
        ("Stock.take", "take raises a ValueError if the amount is negative, it should return None then."),
        ("Stock.take", "take should raise a ValueError if amount is less than 1 and the stock is closed."),
        ("Stock.take", "take should raise a ValueError if amount is less than 1 percent of the level."),
        ("Stock.take", "take should raise a MissingError if amount is negative."),
        ("Stock.take", "take should raise a ValueError if the weather is bad."),
        ("opt", "opt should raise a ValueError if count is below 1, but a TypeError if it is a text."),
        ("gen", "gen should raise a ValueError if count is negative."),
        ("either", "either should raise a ValueError if both are negative."),
        ("either", "either should raise a ValueError if a is negative or b is negative."),
        ("course", "course should raise a ValueError if level is not one of GRADES."),
        ("group", "group should raise a ValueError if end is before start."),
        ("course", "course should accept a level that is not one of LEVELS."),
    ],
)
def test_what_is_said_otherwise_is_not_refused(name: str, task: str) -> None:
    assert found(task, name) == []


def surest(task: str, name: str) -> list[str]:
    one = surest_change(task, Source(path="a.py", content=CODE.encode()), name)
    return added((one.edits[0].after or b"").decode()) if one else []


@pytest.mark.parametrize(
    ("name", "task", "test"),
    [
        ("split", "split should raise a ValueError if size is smaller than 1.", "size < 1"),
        ("opt", "opt should raise a ValueError if the count is zero or less.", "count is not None and count <= 0"),
        ("Stock.set_price", "Stock.set_price should raise a ValueError for a price below 0.", "price < 0"),
        ("Stock.take", "Somebody took -1. Stock.take must raise an OutError when amount is negative.", "amount < 0"),
        ("course", "course should raise a ValueError if level is not one of LEVELS.", "level not in LEVELS"),
        ("nights", "nights should raise a ValueError if the end is not after the start.", "end <= start"),
        ("mean", "mean must raise a ValueError when values is empty.", "not values"),
    ],
)
def test_what_one_sentence_refuses_is_sure(name: str, task: str, test: str) -> None:
    assert surest(task, name)[0] == f"if {test}:"


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("Stock.take", "Stock.fill should raise a ValueError if amount is less than 1."),
        ("Stock.take", "Shelf.take should raise a ValueError if amount is less than 1."),
        ("Stock.take", "Stock.take should raise a ValueError if amount is less than 1 and log it."),
        ("Stock.take", "Stock.take should raise a ValueError if amount is less than 1. It should return the level."),
        ("Stock.take", "Stock.take should raise a ValueError if the weight is less than 1."),
        ("Stock.take", "Stock.take should raise a ValueError if the level is below 0."),
        ("Stock.take", "Stock.take should only raise a ValueError if amount is less than 1."),
        ("Stock.take", "Stock.take raises a ValueError if amount is less than 1."),
        ("either", "either should raise a ValueError if one is negative."),
        ("gen", "gen should raise a ValueError if count is negative."),
        ("group", "group should raise a ValueError if the size is less than 1."),
        ("course", "course should raise a ValueError if the mark is not one of LEVELS."),
        ("course", "course should raise a ValueError if level is not one of LEVELS, in any case."),
        ("nights", "nights should raise a ValueError if the end is not a day after the start."),
        ("mean", "mean should raise a ValueError if values is empty. It should round."),
    ],
)
def test_of_anything_else_no_refusal_is_sure(name: str, task: str) -> None:
    assert surest(task, name) == []
