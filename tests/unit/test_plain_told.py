"""What a function tells that gave nothing back, and days that fall on a closed one."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

BOOK = """
class Book:
    entries: list[str]
    left: float

    def purge(self, day) -> None:
        self.entries = [one for one in self.entries if one.day >= day]

    def cancel(self, name) -> None:
        for one in self.entries:
            if one == name:
                self.entries.remove(one)
                return
        raise KeyError(name)

    def close(self, name) -> None:
        one = self.find(name)
        if one is not None:
            one.closed = True

    def mark(self, name) -> None:
        one = self.find(name)
        if one is None:
            return
        one.marked = True

    def take(self, count):
        self.left -= count

    def pay(self, cents: int) -> None:
        self.payments.append(cents)

    def balance(self) -> int:
        return sum(self.payments)

    def drop(self, key: str) -> None:
        self.names.pop(key, None)
"""
DAY = """
from datetime import date, timedelta


def due(start: date, days: int) -> date:
    return start + timedelta(days=days)
"""
NEXT = DAY.replace("    return start", "    day = start").replace("(days=days)", "(days=days)\n    return day")
SUNDAY = "We are closed on Sundays. What would be due on a Sunday should be due on the Monday after it."
PURGE = "Book.purge should return how many entries it removed."


def found(task: str, code: str, name: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


def sure(task: str, code: str, name: str) -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (one.edits[0].after or b"").decode() if one else ""


@pytest.mark.parametrize(
    ("task", "name", "kind", "swaps"),
    [
        (
            PURGE,
            "purge",
            "int",
            {
                "        self.entries = [": "        before = len(self.entries)\n        self.entries = [",
                ">= day]": ">= day]\n        return before - len(self.entries)",
            },
        ),
        ("Let Book.cancel return the entry that it has cancelled.", "cancel", "str", {"return\n": "return one\n"}),
        (
            "Book.close should return True if something was closed and False if there was none.",
            "close",
            "bool",
            {"closed = True": "closed = True\n            return True\n        return False"},
        ),
        (
            "Book.mark should tell whether it worked.",
            "mark",
            "bool",
            {"return\n        one": "return False\n        one", "marked = True": "marked = True\n        return True"},
        ),
        ("Book.take should return how much is left.", "take", "", {"-= count": "-= count\n        return self.left"}),
        (
            "Book.pay returns nothing. Let it return the new balance.",
            "pay",
            "int",
            {"append(cents)": "append(cents)\n        return self.balance()"},
        ),
        (
            "Book.drop should return True if the name was there, else False.",
            "drop",
            "bool",
            {"self.names.pop(key, None)": "return self.names.pop(key, None) is not None"},
        ),
    ],
)
def test_a_function_tells_what_it_has_done(task: str, name: str, kind: str, swaps: dict[str, str]) -> None:
    at = BOOK.index(f"def {name}(")
    end = BOOK.find("\n\n", at) if BOOK.find("\n\n", at) > 0 else len(BOOK)
    after = BOOK[at:end].replace("None:", f"{kind}:", 1)
    for old, new in swaps.items():
        after = after.replace(old, new, 1)
    assert BOOK[:at] + after + BOOK[end:] in found(task, BOOK, f"Book.{name}")


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("Book.purge should remove the entries of today too.", "purge"),
        ("Book.purge should not return how many it removed.", "purge"),
        ("Book.balance should return how many entries it removed.", "balance"),
        ("Book.cancel should raise a ValueError.", "cancel"),
        ("Book.close should raise an error if there is none.", "close"),
        ("Book.mark should give nothing.", "mark"),
        ("Book.take should raise an error if nothing is left.", "take"),
        ("Book.pay should return the new invoice.", "pay"),
    ],
)
def test_nothing_is_told_that_no_word_asks_for(task: str, name: str) -> None:
    assert not any(one.count("return") > BOOK.count("return") for one in found(task, BOOK, f"Book.{name}"))


def test_the_number_of_what_is_removed_is_sure() -> None:
    assert "return before - len(self.entries)" in sure(PURGE, BOOK, "Book.purge")


@pytest.mark.parametrize("more", [" Also log it.", " It should raise a KeyError for none.", " Only if day is given."])
def test_nothing_is_sure_where_more_is_asked_for(more: str) -> None:
    assert not sure(PURGE + more, BOOK, "Book.purge")


@pytest.mark.parametrize(
    ("task", "code", "question"),
    [
        (SUNDAY, DAY, "if day.weekday() == 6:\n        day += timedelta(days=1)\n    return day"),
        (SUNDAY, NEXT, "if day.weekday() == 6:\n        day += timedelta(days=1)\n    return day"),
        ("If due comes to a Saturday or Sunday it should be the next Monday.", DAY, "while day.weekday() >= 5:"),
        ("If due falls on a Wednesday, take the next day.", DAY, "if day.weekday() == 2:\n        day += "),
        ("We are closed on Mondays: use the Sunday before.", DAY, "if day.weekday() == 0:\n        day -= "),
    ],
)
def test_a_day_is_moved_from_a_closed_one(task: str, code: str, question: str) -> None:
    assert any(question in one for one in found(task, code, "due"))


def test_a_day_that_is_moved_is_sure() -> None:
    assert "if day.weekday() == 6:" in sure(SUNDAY, DAY, "due")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("We are closed on Sundays.", DAY),
        ("due should raise a ValueError for a Sunday, not for the Monday after.", DAY),
        (SUNDAY + " Unless it is a holiday.", DAY),
        ("What is due on a Sunday should be due on the Thursday after it.", DAY),
        (SUNDAY, DAY.replace("from datetime import date, timedelta", "from days import date, timedelta")),
        (
            SUNDAY,
            NEXT.replace("    return", "    if day.weekday() == 5:\n        day += timedelta(days=2)\n    return"),
        ),
        (SUNDAY, DAY.replace("-> date", "-> int")),
        (SUNDAY, NEXT.replace("    return", "    if not days:\n        return start\n    return")),
    ],
)
def test_no_other_day_is_moved(task: str, code: str) -> None:
    assert not found(task, code, "due")
