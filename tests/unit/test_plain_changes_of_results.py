"""Results that are held within a number which the task says they never pass."""

from __future__ import annotations

import pytest

from tests.unit.test_plain_changes_of_filters import changes
from workbench.crew.plain.finding import surest_change
from workbench.model import Source

PERCENT = """
def percent(nights: int) -> int:
    if nights <= 7:
        return 0
    return (nights - 7) * 2
"""
RATING = """
def rating(old: int, won: float) -> int:
    change = 20 * (won - 0.5)
    return round(old + change)
"""


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            "The discount must not go above 30 percent, no matter how long a dog stays.",
            PERCENT,
            "min((nights - 7) * 2, 30)",
        ),
        ("The discount should never exceed 30 %.", PERCENT, "return min((nights - 7) * 2, 30)"),
        ("Cap the discount at 30 percent.", PERCENT, "return min((nights - 7) * 2, 30)"),
        ("The discount is to be limited to 30.", PERCENT, "return min((nights - 7) * 2, 30)"),
        ("A rating must never fall below 100 points.", RATING, "return max(round(old + change), 100)"),
        ("rating should never go below 100, however badly somebody plays.", RATING, "max(round(old + change), 100)"),
        ("rating should be at least 100.", RATING, "return max(round(old + change), 100)"),
    ],
)
def test_a_result_is_held_within_its_bound(task: str, code: str, written: str) -> None:
    assert any(written in one for one in changes(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("The discount must not go above 30 percent of the price.", PERCENT),
        ("The discount went above 30 percent last year. Say so in the docstring.", PERCENT),
        ("Cap the number of nights at 30 by an error.", PERCENT),
        ("The discount must not go above 30.", PERCENT.replace("(nights - 7) * 2", "f'{nights} %'")),
        ("The discount must not go above 30.", PERCENT.replace("nights: int", "nights: int, min=0")),
    ],
)
def test_no_bound_is_made_up(task: str, code: str) -> None:
    assert not any("min(" in one for one in changes(task, code))


def test_one_that_the_function_itself_never_passes_is_sure() -> None:
    task = "rating should never go below 100, however badly somebody plays."
    made = surest_change(task, Source(path="a.py", content=RATING.encode()), "rating")
    assert made is not None
    assert b"max(round(old + change), 100)" in (made.edits[0].after or b"")
    # Of a discount nobody says that it is what the function gives.
    task = "The discount must not go above 30."
    assert surest_change(task, Source(path="a.py", content=PERCENT.encode()), "percent") is None


STAY = "\ndef price(stay):\n    nights = {value}\n    return nights * RATE\n"


@pytest.mark.parametrize(
    ("task", "value"),
    [
        ("A dog fetched on the same day should cost as much as one night.", "stay.nights()"),
        ("A day guest counts as a night.", "(stay.leaves - stay.arrives).days"),
        ("Charge at least one full night.", "stay.leaves - stay.arrives"),
    ],
)
def test_what_counts_as_one_is_never_none(task: str, value: str) -> None:
    code = STAY.format(value=value)
    assert code.replace(value, f"max({value}, 1)") in changes(task, code)


def test_the_function_of_the_count_gives_one_at_least() -> None:
    code = "\ndef nights(a, b):\n    return (b - a).days\n"
    assert changes("The same day counts as one night.", code) == [
        "\ndef nights(a, b):\n    return max((b - a).days, 1)\n"
    ]


@pytest.mark.parametrize(
    ("task", "value"),
    [
        ("A dog counts as one guest.", "stay.nights()"),
        ("A day guest counts as a night.", "1"),
        ("A day guest counts as two nights.", "stay.nights()"),
        ("A day guest counts as a night.", "[stay]"),
    ],
)
def test_another_count_is_left_alone(task: str, value: str) -> None:
    assert not any("max(" in one for one in changes(task, STAY.format(value=value)))
