"""What the words of a task say of calls that are compared."""

from __future__ import annotations

import ast

import pytest

from workbench.crew.judging.stated import Function
from workbench.crew.judging.trial_words import lone_value, may_be_none, mends_failure, refuses_negatives, staying


@pytest.mark.parametrize(
    ("task", "value"),
    [
        ("Take a second argument `count` (default None). If count is 1 the word is returned as it is.", "1"),
        ("Add mode=''. When mode == \"x\", it is crossed.", None),
        ("Add count=None. If count is 1 nothing is done. With count=0 all is.", None),
        ("Add count=None. If count is 1 or less nothing is done.", None),
        ("Add count=None. If count is 1 nothing is done; if count is 2, all.", None),
        ("Add count=None: count(2) gives 2.", None),
        ("Add count=None.", None),
    ],
)
def test_one_value_is_one_of_which_the_task_says_nothing_more(task: str, value: str | None) -> None:
    told_of = lone_value(task, "count")
    assert (told_of and ast.unparse(told_of)) == value


@pytest.mark.parametrize(
    ("task", "may_be"),
    [
        ("clamp returns None for a value of None. I'd rather have an empty string.", False),
        ("f returns None today; it must return 0", False),
        ("values that are None are skipped", False),
        ("f should return None where nothing is found", True),
        ("f must be quiet: it returns None if a is empty", True),
        ("f returns None instead of raising KeyError", True),
        ("give None back; f(0) -> None", True),
        ("an empty list must return `default` instead of the whole", True),
        ("f(a, default): default is what is compared", False),
        ("return nothing", True),
    ],
)
def test_none_is_fine_where_it_is_asked_for(task: str, may_be: bool) -> None:
    node = ast.parse("def f(a, default=None): pass").body[0]
    assert isinstance(node, Function)
    assert may_be_none(task, node) == may_be


@pytest.mark.parametrize(
    ("task", "values"),
    [
        ("It must raise ValueError; n == 0 stays an empty list.", [("n", "0", True)]),
        ("a negative limit is refused, although 0 is fine", [("", "0", False)]),
        ("a sep of '' is still allowed", [("sep", "''", False)]),
        ("raise ValueError for 0", []),
    ],
)
def test_what_stays_is_said_by_its_value(task: str, values: list[tuple[str, str, bool]]) -> None:
    assert [(name, ast.unparse(value), same) for name, value, same in staying(task)] == values


@pytest.mark.parametrize(
    ("task", "refuses"),
    [("raise if n is negative", True), ("raise if n is negative or zero", False), ("raise if n is too small", False)],
)
def test_negative_numbers_are_a_case_of_their_own(task: str, refuses: bool) -> None:
    assert refuses_negatives(task) == refuses


def test_a_failure_that_is_wished_for_is_none_that_is_mended() -> None:
    assert mends_failure("f fails with a ZeroDivisionError where all are alike.")
    assert mends_failure("f(None): it crashes with a TypeError.")
    assert not mends_failure("f should fail with a ValueError for negatives, and round.")
