"""A day that falls on a closed one moves on, and no other day."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import surest_change
from workbench.model import Source

DUE = """
from datetime import date, timedelta


def due_date(ordered: date, days: int) -> date:
    due = ordered + timedelta(days=days)
    return due
"""


def surest(task: str, code: str = DUE) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), "due_date")
    return (found.edits[0].after or b"").decode() if found else ""


def test_the_day_that_is_given_back_moves() -> None:
    new = "    if due.weekday() == 6:\n        due += timedelta(days=1)\n    return due\n"
    assert new in surest("If due_date falls on a Sunday it should be the Monday after.")


@pytest.mark.parametrize(
    "task",
    [
        "An order made on a Saturday must be due on the next day.",
        "due_date should give the next day if ordered is a Sunday.",
        "When the order comes in on a Sunday, due_date should start from the next Monday.",
        "due_date moves a Sunday to the Monday after. It should move to the Saturday instead.",
        "We deliver on Sundays too; due_date should still be the next day.",
        "If due_date falls on a weekend, take the next working day. Weekends should stay for express.",
        "On Sunday we are closed, due_date should thus add one day and be on the next day.",
    ],
)
def test_of_another_day_nothing_is_sure(task: str) -> None:
    assert surest(task) == ""


@pytest.mark.parametrize(
    ("returns", "value"),
    [
        ("tuple[date, date]", "ordered, ordered + timedelta(days=days)"),
        ("timedelta", "timedelta(days=days)"),
        ("list[date]", "[ordered + timedelta(days=one) for one in range(days)]"),
        ("date | None", "ordered + timedelta(days=days) if days else None"),
    ],
)
def test_what_is_no_day_does_not_move(returns: str, value: str) -> None:
    code = DUE.replace("-> date", f"-> {returns}").replace("ordered + timedelta(days=days)", value)
    assert surest("If due_date falls on a Sunday it should be the Monday after.", code) == ""
