"""Steps of a scale that are never reached, or that take in one number alone."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident

PRICE = """LONG = 7


def price(nights):
    total = nights * 20
    if nights >= LONG:
        total -= total * 10 // 100
    return total
"""
TASK = "price should take off 15 percent for stays of 14 nights or more."
FIRST = "    if nights >= LONG:\n        total -= total * 10 // 100\n"
NEXT = "nights >= 14:\n        # More for these.\n        total -= total * 15 // 100\n"


def test_the_higher_step_comes_first() -> None:
    after = PRICE.replace(FIRST, FIRST + "    elif " + NEXT)
    right = f"    if {NEXT}    elif nights >= LONG:\n        total -= total * 10 // 100\n"
    assert evident(TASK, PRICE, after) == PRICE.replace(FIRST, right)


def test_a_step_that_is_asked_for_twice_and_the_rest_stay_behind() -> None:
    rest = "    elif nights >= 7:\n        total -= 1\n    else:\n        total += 1\n"
    after = PRICE.replace(FIRST, FIRST + "    elif " + NEXT + rest)
    right = f"    if {NEXT}    elif nights >= LONG:\n        total -= total * 10 // 100\n{rest}"
    assert evident(TASK, PRICE, after) == PRICE.replace(FIRST, right)


@pytest.mark.parametrize("signs", [("<=", "<=", 30, 12), ("<", "<=", 30, 12), (">", ">=", 12, 30)])
def test_cases_that_return_are_put_in_order_too(signs: tuple[str, str, int, int]) -> None:
    one, other, first, second = signs
    old = f"def fee(age):\n    if age {one} {first}:\n        return 1\n    return 3\n"
    new = f"    if age {other} {second}: return 2\n"
    after = old.replace("    return 3", f"{new}    return 3")
    begin = "def fee(age):\n"
    assert evident("fee is 2 for the others", old, after) == (
        f"{begin}{new}    if age {one} {first}:\n        return 1\n    return 3\n"
    )


@pytest.mark.parametrize(
    "new",
    [
        "    elif total >= 14:\n        total -= 1\n",
        "    elif nights <= 14:\n        total -= 1\n",
        "    elif nights >= 3:\n        total -= 1\n",
        "    elif nights >= total:\n        total -= 1\n",
        "    elif nights >= 14 and total:\n        total -= 1\n",
        "    if nights >= 14:\n        total -= 1\n",
    ],
)
def test_what_can_be_reached_is_left_alone(new: str) -> None:
    after = PRICE.replace(FIRST, FIRST + new)
    assert evident(TASK, PRICE, after) == after


def test_old_steps_are_left_as_they_were() -> None:
    old = PRICE.replace(FIRST, FIRST + "    elif " + NEXT)
    after = old.replace("* 20", "* 21")
    assert evident("a night costs 21", old, after) == after


@pytest.mark.parametrize(
    ("task", "sign"),
    [
        (TASK, ">="),
        ("15 percent off for 14 or more nights", ">="),
        ("15 percent off for at least 14 nights", ">="),
        ("15 percent off for 14 nights and up", ">="),
        ("only 15 for 14 nights or less", "<="),
        ("only 15 for at most 14 nights", "<="),
        ("15 percent off for 14 nights", "=="),
        ("15 percent off for exactly 14 nights, 20 for 14 or more", "=="),
        ("15 percent off for 114 nights or more", "=="),
    ],
)
def test_one_number_alone_is_a_bound_where_the_task_says_so(task: str, sign: str) -> None:
    after = PRICE.replace(FIRST, f"    if nights == 14:\n        total -= 1\n    el{FIRST.lstrip()}")
    assert evident(task, PRICE, after) == after.replace("== 14", f"{sign} 14")


@pytest.mark.parametrize("beside", ["nights > 14", "14 < nights", "nights >= 14"])
def test_one_number_alone_is_meant_where_the_rest_is_asked_for_too(beside: str) -> None:
    after = PRICE.replace(FIRST, f"    if nights == 14:\n        total -= 1\n    elif {beside}:\n        total -= 2\n")
    assert evident(TASK, PRICE, after) == after


@pytest.mark.parametrize(
    "head", ["LONG = 7\n\n\ndef price(nights, LONG):\n", "LONG = 7\nLONG = 20\n\n\ndef price(nights):\n"]
)
def test_a_number_of_the_same_name_is_not_known(head: str) -> None:
    before = f"{head}    if nights >= LONG:\n        return 1\n    return 0\n"
    after = before.replace("    return 0", "    if nights >= 14:\n        return 2\n    return 0")
    assert evident(TASK, before, after) == after


@pytest.mark.parametrize(
    ("task", "test"),
    [
        ("kind 2 with 2 or more guests is cheaper", "kind == 2 and nights >= 2"),
        ("at least 1 error is told", "nights == 1"),
    ],
)
def test_a_number_that_may_be_of_something_else_is_left_alone(task: str, test: str) -> None:
    after = PRICE.replace("nights >= LONG", test)
    assert evident(task, PRICE, after) == after


def test_a_step_with_a_comment_behind_it_stays_where_it_is() -> None:
    after = PRICE.replace(FIRST, f"{FIRST.rstrip()}  # a week\n    elif {NEXT}")
    assert evident(TASK, PRICE, after) == after
