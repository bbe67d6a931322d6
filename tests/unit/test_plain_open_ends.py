"""A span whose end may be None."""

from __future__ import annotations

import ast

import pytest

from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

TASK = "An absence whose last day nobody knows yet still goes on. Now this ends in a TypeError."
CODE = """
class Absence:
    first: date
    last: date | None = None
    reason: str

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last
"""
OLD = "self.first <= day <= self.last"


def changes(task: str, code: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), "Absence.covers")
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize(
    ("old", "goes_on", "is_none"),
    [
        (
            OLD,
            "self.first <= day and (self.last is None or day <= self.last)",
            "self.last is not None and self.first <= day <= self.last",
        ),
        (
            "day > self.first and day < self.last",
            "day > self.first and (self.last is None or day < self.last)",
            "day > self.first and (self.last is not None and day < self.last)",
        ),
    ],
)
def test_it_goes_on_or_is_not_there(old: str, goes_on: str, is_none: str) -> None:
    code = CODE.replace(OLD, old)
    unsaid = "covers fails with a TypeError where nobody knows the last day yet."
    assert changes(unsaid, code)[:2] == [code.replace(old, goes_on), code.replace(old, is_none)]
    assert changes(TASK, code)[0] == code.replace(old, goes_on)
    assert code.replace(old, is_none) not in changes(TASK, code)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(day) <= (self.last)", "self.last is None or day <= self.last"),
        ("self.last < day", "self.last is not None and self.last < day"),
        ("day > self.last", "self.last is not None and day > self.last"),
        ("self.last > day > self.first", "(self.last is None or self.last > day) and day > self.first"),
        ("self.lasting <= day <= self.last", "self.lasting <= day and (self.last is None or day <= self.last)"),
        ("(day or TODAY) < self.last", "self.last is None or (day or TODAY) < self.last"),
        ("self.first <= (day) <= self.last", "self.first <= day and (self.last is None or day <= self.last)"),
    ],
)
def test_an_open_end_is_later_than_any_day(old: str, new: str) -> None:
    (first, *_) = changes(TASK, CODE.replace(OLD, old))
    assert ast.dump(ast.parse(first)) == ast.dump(ast.parse(CODE.replace(OLD, new)))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("An absence should cover its last day, too.", CODE),
        (TASK, CODE.replace("date | None = None", "date")),
        (TASK, CODE.replace(OLD, f"self.last is not None and {OLD}")),
        (TASK, CODE.replace(OLD, f"self.last and {OLD}")),
        (TASK, CODE.replace(OLD, f"{OLD} if self.last else True")),
        (TASK, CODE.replace(OLD, f"self.last == None or {OLD}")),
        (TASK, CODE.replace(OLD, "self.first == day")),
        (
            TASK,
            CODE.replace("class Absence:", "class Other:\n    pass\n\n\nclass Absence(Other):").replace(
                "self.", "day."
            ),
        ),
    ],
)
def test_others_are_left_alone(task: str, code: str) -> None:
    said = code.partition("return ")[2]
    assert not any("is None or" in one or f"is not None and {said}" in one for one in changes(task, code))
