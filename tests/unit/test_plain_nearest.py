"""What is cut rounded to the nearest, and numbers that are one off."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

CONVERT = "def convert(cents: int, rate: float) -> int:\n    return int(cents * rate)\n"
SHARE = "def share(count, total):\n    return 100 * count // total\n"
DAYS = "def days(first, last):\n    return (last - first).days\n"


def changes(task: str, code: str, name: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize(
    ("task", "code", "name", "new"),
    [
        ("convert just cuts the fraction off.", CONVERT, "convert", "return round(cents * rate)"),
        ("convert should round to the nearest cent.", CONVERT, "convert", "return round(cents * rate)"),
        ("Please round share to the nearest whole number.", SHARE, "share", "return round(100 * count / total)"),
        ("From the 3rd to the 5th is three days, but days says 2.", DAYS, "days", "return (last - first).days + 1"),
        ("days gives 4 where it should be 3.", DAYS, "days", "return (last - first).days - 1"),
    ],
)
def test_it_is_made_as_the_task_says(task: str, code: str, name: str, new: str) -> None:
    assert any(new in one for one in changes(task, code, name))
    assert surest_change(task, Source(path="a.py", content=code.encode()), name) is None or "+ 1" not in new


@pytest.mark.parametrize(
    ("task", "code", "name"),
    [
        ("convert should round down to the nearest cent.", CONVERT, "convert"),
        ("convert should be documented.", CONVERT, "convert"),
        ("convert should not round.", CONVERT, "convert"),
        ("days gives 4 where it should be 2.", DAYS, "days"),
        ("days gives 4 where it should raise a ValueError for 3.", DAYS, "days"),
        ("days gives 4, it should be 3.", DAYS.replace("return", "yield"), "days"),
        ("days gives 4, it should be 3.", DAYS.replace("(last - first).days", "'x'"), "days"),
    ],
)
def test_or_it_is_left(task: str, code: str, name: str) -> None:
    made = changes(task, code, name)
    assert not any("+ 1" in one or "- 1" in one or "round(" in one for one in made)


def test_thousands_stand_before_a_point_and_the_cents() -> None:
    code = "def euros(cents):\n    whole, rest = divmod(cents, 100)\n    return f'{whole}.{rest:02d} EUR'\n"
    task = "euros: please separate the thousands with a comma, e.g. '12,345.60 EUR'."
    assert any("{whole:,}.{rest:02d}" in one for one in changes(task, code, "euros"))


STATES = """from dataclasses import dataclass

STATES = ("new", "approved", "rejected")


@dataclass
class Receipt:
    cents: int
    status: str = "new"


def total(receipts: list[Receipt]) -> int:
    return sum(receipt.cents for receipt in receipts)
"""


def test_things_are_told_apart_by_a_word_of_a_field() -> None:
    found = changes("Rejected receipts should not count in total.", STATES, "total")
    assert any('for receipt in receipts if receipt.status != "rejected")' in one for one in found)
    found = changes("Only approved receipts should count in total.", STATES, "total")
    assert any('for receipt in receipts if receipt.status == "approved")' in one for one in found)
    assert not changes("Deferred receipts should not count in total.", STATES, "total")


def test_an_accepted_zero_or_less_is_refused() -> None:
    code = "def report(fault: str, minutes: int = 15) -> str:\n    return f'{fault} {minutes}'\n"
    task = "report() accepts a repair of 0 or even -5 minutes. It should raise a ValueError."
    assert any("if minutes <= 0:\n        raise ValueError(" in one for one in changes(task, code, "report"))
