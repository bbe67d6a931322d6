"""Comparisons of size that are off by one or the wrong way round, put right where the task does not state them."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit, evident, made
from workbench.crew.slips.finding import righted
from workbench.errors import CheckFailed

OLD = "def f(n, rows):\n    return rows\n"


def new(test: str) -> str:
    return OLD.replace("    return rows", f"    if {test}:\n        return []\n    return rows")


def moved(test: str, task: str = "Do it.") -> list[str]:
    """Return what each comparison set right makes of the new test; a refusal put before it is none."""
    found = [one for one in made(OLD, new(test), "AssertionError", task=task) if "raise" not in one]
    assert all(one.count("if ") == 1 for one in found)
    return [one.partition("if ")[2].partition(":\n")[0] for one in found]


def test_a_boundary_is_taken_in_then_the_other_way_round_then_the_number_beside_it() -> None:
    assert moved("n > 7") == ["n >= 7", "n < 7", "n > 8", "n > 6"]
    assert moved("'é' and n <= 7") == ["'é' and n < 7", "'é' and n >= 7", "'é' and n <= 8", "'é' and n <= 6"]


@pytest.mark.parametrize("task", ["Refuse a negative n.", "Refuse n below zero.", "n less than 0 gives []"])
def test_what_the_task_states_about_nothing_stays(task: str) -> None:
    assert "n <= 0" not in moved("n < 0", task)
    assert not {"n < 1", "n < -1"} & set(moved("n < 0", task))
    assert "n < 0" not in moved("n >= 0", task)
    assert "n >= 0" in moved("n > 0", task), "that is not what it states"


@pytest.mark.parametrize(
    ("test", "task"),
    [
        ("n > 7", "Take at most 7."),
        ("n > 7", "More than 7, please"),
        ("n > 0", "Refuse zero."),
        ("n > 1", "Take only a single one."),
        ("n > 2", "Twice is enough."),
        ("n > 3", "Up to three rows."),
        ("n > 10", "Not more than ten."),
    ],
)
def test_a_number_that_the_task_says_stays(test: str, task: str) -> None:
    number = test.rpartition(" ")[2]
    assert all(one.endswith(number) for one in moved(test, task))
    assert any(not one.endswith(number) for one in moved(test, "Take 70, 7.5 or v17."))


@pytest.mark.parametrize("test", ["n == 7", "n is rows", "n in rows", "n and rows", "n != 7"])
def test_what_is_no_comparison_of_size_stays(test: str) -> None:
    assert moved(test) == []


@pytest.mark.parametrize("test", ["0 < n < 9"])
def test_of_a_chain_only_the_first_is_moved_and_none_turned(test: str) -> None:
    assert moved(test) == ["0 <= n < 9", "0 < n < 10", "0 < n < 8"]


@pytest.mark.parametrize("test", ["n < True", "n < 7.0", "n < '7'", "n < len(rows)"])
def test_what_is_no_whole_number_has_none_beside_it(test: str) -> None:
    side = test.partition("< ")[2]
    assert [one.endswith(side) for one in moved(test)] == [True, True]


def test_an_old_comparison_is_not_turned_and_nothing_is_before_a_check() -> None:
    assert made(new("n > 7"), new("n > 7").replace("[]", "[1]"), "AssertionError") == []
    assert evident(OLD, new("n > 7")) == new("n > 7")


@pytest.mark.parametrize("depth", [60, 120, 200, 230])
def test_what_is_too_deep_to_be_written_anew_is_left(depth: int) -> None:
    code = edit(OLD, new(f"n{'.a(1)' * depth} < 7"))
    found = righted("Do it.", (code,), CheckFailed("AssertionError", code="checks-failed", hint=""))
    assert all(one.edits[0].after != code.after for one in found)
