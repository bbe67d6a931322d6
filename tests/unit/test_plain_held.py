"""What is held within a bound that a task names, bars within their width, and boundaries told in words."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def changes(task: str, code: str, name: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


def surest(task: str, code: str, name: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


FREE = "def free(capacity: int, crates: list) -> int:\n    return capacity - len(crates)\n"
HELD = FREE.replace("capacity - len(crates)", "max(capacity - len(crates), 0)")


@pytest.mark.parametrize(
    "task",
    [
        "free becomes negative when there are more crates than places. It should be 0 then.",
        "free should return 0 instead of a negative number.",
        "Why is free negative sometimes? It should just be 0.",
    ],
)
def test_a_result_is_never_negative(task: str) -> None:
    assert changes(task, FREE, "free") == [HELD]


def test_a_result_that_gets_negative_is_surely_held() -> None:
    assert surest("free gets negative if there are too many crates. It should be 0 in that case.", FREE, "free") == HELD


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("free becomes negative. It should raise a ValueError then.", FREE),
        ("free becomes negative. It should be None then, not 0.", FREE),
        ("free should return 0 if capacity is negative.", FREE),
        ("free must not return 0 if it is negative.", FREE),
        ("free is 0 where it should be negative. Why does it give 0?", FREE),
        ("free becomes negative. It should be 0 for members.", FREE),
        ("free becomes negative. It should be 0 then.", HELD),
        ("free becomes negative. It should be 0 then.", FREE.replace("    return", "    max = 3\n    return")),
        ("free becomes negative. It should be 0 then.", FREE.replace("return", "yield")),
        ("free becomes negative. It should be 0 then.", FREE.replace("-> int", "-> str")),
        (
            "free becomes negative. It should be 0 then.",
            FREE.replace("    return", "    if not crates:\n        return capacity * 2\n    return"),
        ),
    ],
)
def test_nothing_else_is_held_at_zero(task: str, code: str) -> None:
    assert not any(one.count("max(") > code.count("max(") for one in changes(task, code, "free"))


PRICE = "def price(cents: int, percent: int) -> int:\n    return cents - cents * percent // 100\n"
FAMILY = "def fee(kinds: list) -> float:\n    percent = 10 * (len(kinds) - 1)\n"
FAMILY += "    return round(50 * (100 - percent) / 100, 2)\n"


@pytest.mark.parametrize(
    ("task", "code", "old", "new"),
    [
        ("We never give more than 30 percent discount in price.", PRICE, "* percent", "* min(percent, 30)"),
        (
            "price should treat a higher percentage as 30, and never give more.",
            PRICE,
            "* percent",
            "* min(percent, 30)",
        ),
        (
            "A family should never get more than 20 percent off in fee.",
            FAMILY,
            "10 * (len(kinds) - 1)",
            "min(10 * (len(kinds) - 1), 20)",
        ),
    ],
)
def test_a_percentage_is_held(task: str, code: str, old: str, new: str) -> None:
    assert code.replace(old, new) in changes(task, code, code[4 : code.index("(")])


def test_a_percentage_is_surely_held() -> None:
    task = "price should never give more than 30 percent discount, even if somebody passes 50."
    assert surest(task, PRICE, "price") == PRICE.replace("* percent", "* min(percent, 30)")


@pytest.mark.parametrize(
    "task",
    [
        "price should raise a ValueError for more than 30 percent.",
        "price should never give more than 30 percent, unless it is Friday.",
        "price should never give more than 30 percent for members and 20 for others, never more than 20 percent.",
    ],
)
def test_no_percentage_is_surely_held_in_a_case(task: str) -> None:
    assert surest(task, PRICE, "price") == ""
    assert not any("min(" in one for one in changes(task, PRICE, "price"))


RENT = "def rent(rate: float, minutes: int) -> float:\n    return round(rate * minutes / 60, 2)\n"


def test_at_least_one_hour_is_charged() -> None:
    task = "rent should charge at least one full hour."
    assert surest(task, RENT, "rent") == RENT.replace("* minutes", "* max(minutes, 60)")
    assert surest(task.replace(".", " on Sundays."), RENT, "rent") == ""
    assert surest(task.replace("charge", "raise a ValueError below"), RENT, "rent") == ""
    assert changes(task, RENT.replace("minutes", "people"), "rent") == []


BAR = "def bar(done, total, width=20):\n    filled = done * width // total\n"
BAR += '    return "#" * filled + " " * (width - filled)\n'


@pytest.mark.parametrize(
    ("task", "new"),
    [
        ("bar draws a bar that is too long if done is greater than total.", "min(done * width // total, width)"),
        (
            "bar is longer than width if done is above total, and odd if it is negative. Clamp it.",
            "max(min(done * width // total, width), 0)",
        ),
    ],
)
def test_a_bar_is_held_within_its_width(task: str, new: str) -> None:
    assert BAR.replace("done * width // total", new) in changes(task, BAR, "bar")


def test_no_bar_is_held_that_is_refused() -> None:
    assert changes("bar should raise a ValueError if the bar is too long.", BAR, "bar") == []
    assert changes("bar draws a bar that is too long.", BAR.replace("(width - filled)", "width"), "bar") == []


VALID = "def is_valid(today, expires) -> bool:\n    return today < expires\n"
OPEN = "def is_open(now, start, end) -> bool:\n    return start <= now <= end\n"


@pytest.mark.parametrize(
    ("task", "code", "old", "new"),
    [
        ("A voucher is still good on the day on which it expires, but is_valid says no then.", VALID, "<", "<="),
        ("is_open still says True at the minute when we close. It should be closed then.", OPEN, "<= end", "< end"),
    ],
)
def test_a_boundary_is_told_in_words(task: str, code: str, old: str, new: str) -> None:
    assert surest(task, code, code[4 : code.index("(")]) == code.replace(old, new)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("A voucher is still good on the day on which it expires, as is_valid says.", VALID),
        ("A voucher is still good on the day on which it expires, but is_valid says no.", VALID.replace("<", "<=")),
        ("A voucher is still good on the day after it expires, but is_valid says no then.", VALID),
        ("is_valid should raise a ValueError on the day on which it expires, but still good.", VALID),
        ("is_open still says True at the minute when we close.", OPEN.replace("<= end", "< end")),
    ],
)
def test_no_other_boundary_is_sure(task: str, code: str) -> None:
    assert surest(task, code, code[4 : code.index("(")]) == ""


MEANS = "def means(values, size):\n    return [sum(values[one : one + size]) for one in range(len(values) - size)]\n"
EVERY = "def every(first, last, step):\n    found = []\n    while first < last:\n        found.append(first)\n"
EVERY += "        first += step\n    return found\n"


def test_the_last_one_is_reached() -> None:
    task = "Bug: means misses the last value."
    assert changes(task, MEANS, "means") == [MEANS.replace("- size)]", "- size + 1)]")]
    task = "every gives 08:00 and 08:30 but not 09:00. The last time belongs to the list."
    assert EVERY.replace("first < last", "first <= last") in changes(task, EVERY, "every")
    assert changes("every should sort the times, the last time belongs to the end.", EVERY, "every") == []
