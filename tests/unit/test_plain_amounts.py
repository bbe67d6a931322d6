"""Entries whose number is 0, or whose value is nothing, are left out."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str = "f") -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


def changes(task: str, code: str, name: str = "f") -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


CODE = """
def f(amounts: dict[str, int]) -> str:
    return ", ".join(f"{count} x {name}" for name, count in sorted(amounts.items()))
"""
LOOP = """
def f(amounts):
    found = []
    for name, count in amounts.items():
        found.append(f"{name}: {count}")
    return found
"""
OWED = """
def f(fees, paid):
    owed = {}
    for name in fees:
        owed[name] = fees[name] - paid[name]
    return owed
"""
DAYS = """
def f(days, shows):
    lines = []
    for day in days:
        titles = [show.title for show in shows if show.day == day]
        lines.append(f"{day}: {titles}")
    return lines
"""


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        ("f should leave out articles whose count is 0.", CODE, "sorted(amounts.items()) if count != 0)"),
        ("f should not list what has 0 pieces.", CODE, "sorted(amounts.items()) if count != 0)"),
        ("Please leave out those with a count of None in f, whose value is None.", CODE, "if count is not None)"),
        ("f should leave out articles whose count is 0.", LOOP, "        if count != 0:\n            found.append("),
        ("f should leave out days on which nothing is shown.", DAYS, "        if titles:\n            lines.append("),
    ],
)
def test_they_are_left_out(task: str, code: str, new: str) -> None:
    assert new in surest(task, code)


@pytest.mark.parametrize(
    "task",
    [
        "f should only list those who still owe something.",
        "f also lists those who owe 0 or even a negative sum. Please leave those out.",
    ],
)
def test_a_command_may_judge_what_is_worked_out(task: str) -> None:
    new = "        amount = fees[name] - paid[name]\n        if amount > 0:\n            owed[name] = amount\n"
    assert any(new in one for one in changes(task, OWED))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("f leaves out articles whose count is 0. They should be there.", CODE),
        ("f should leave out articles whose count is 0, unless they are new.", CODE),
        ("f should leave out articles with 10 pieces.", CODE),
        ("f should leave out articles with less than 5 pieces, those with 0 pieces stay.", CODE),
        ("f should say 'none' for articles whose count is 0.", CODE),
        ("f should raise a ValueError for articles whose count is 0.", CODE),
        ("f should ignore upper and lower case. Nothing else is 0.", CODE),
        ("f should leave out articles whose count is 0.", CODE.replace("items())", "items()) if count > 0")),
        ("f should leave out articles whose count is 0.", CODE.replace("amounts.items()", "amounts")),
        (
            "f should leave out articles whose count is 0.",
            OWED.replace("fees[name] - paid[name]", "owed.get(name, 0) + 1"),
        ),
    ],
)
def test_of_anything_else_nothing_is_found(task: str, code: str) -> None:
    assert surest(task, code) == ""
    assert not any("!= 0" in one or "if amount" in one for one in changes(task, code))


REPORT = """
def f(stock):
    lines = []
    for name, count in stock.items():
        lines.append(f"{name}: {count}")
    return lines
"""


@pytest.mark.parametrize(
    "task",
    [
        "f should leave out articles of which nothing is reserved.",
        "f should leave out articles whose price is 0.",
        "Skip articles with 0 in the name in f.",
        "Articles with 0 pieces should no longer be skipped in f.",
        "f should hide the count of articles which have 0 pieces.",
        "f should not print the colon for articles with count 0.",
        "Leave out the count in the line of articles with 0 pieces.",
        "f should list just the articles of which nothing is left, omit the others.",
        "f should skip articles with a negative count, those with 0 stay.",
        "Leave out articles with 0 orders in f.",
    ],
)
def test_of_another_number_or_a_part_of_the_line_nothing_is_sure(task: str) -> None:
    assert surest(task, REPORT) == ""
