"""A loop that never ends, because it goes on without its step."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident

DATES = """def dates(first, count, off=()):
    found = []
    day = first
    while len(found) < count:
        found.append(day)
        day += 7
    return found
"""
TASK = "dates should leave out the days that are off"
NEW = "        if day in off:\n            continue\n        found.append(day)\n"


def test_the_step_is_made_before_the_loop_goes_on() -> None:
    after = DATES.replace("        found.append(day)\n", NEW)
    assert evident(TASK, DATES, after) == after.replace("continue", "day += 7\n            continue")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # What is asked by a call may change by that.
        ("if day in off", "if off.pop()"),
        ("if day in off", "if (day := day + 1) in off"),
        # What moves it on is of the lines that are passed over.
        ("        day += 7", "        step = 7\n        day += step"),
        # It asks for nothing that the step changes.
        ("if day in off", "if off"),
        ("        day += 7", "        print(day)"),
        ("while len(found) < count", "for day in range(first, count)"),
        ("            continue", "            day += 1\n            continue"),
    ],
)
def test_a_loop_that_may_end_stays(old: str, new: str) -> None:
    after = DATES.replace("        found.append(day)\n", NEW).replace(old, new)
    before = DATES.replace(old, new)
    assert evident(TASK, before, after) == after


def test_a_loop_that_went_on_so_before_stays() -> None:
    before = DATES.replace("        found.append(day)\n", NEW)
    after = before.replace("return found", "return found[:count]")
    assert evident(TASK, before, after) == after


@pytest.mark.parametrize(
    ("task", "test"),
    [
        ("dates should give nothing while the desk is closed", "desk.closed"),
        ("dates should wait until a day is there", "day >= desk.today"),
    ],
)
def test_a_loop_that_waits_for_somebody_else_stays(task: str, test: str) -> None:
    before = DATES.replace("len(found) < count", "day < count")
    after = before.replace("        found.append(day)\n", NEW.replace("day in off", test))
    assert evident(task, before, after) == after
