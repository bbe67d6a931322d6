"""A text refused for not being made of digits, though other texts are numbers too."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.finding import without_evident

NUMBER = """def number(self, key):
    return int(self.get(key))
"""
DIGITS = """def number(self, key):
    value = self.get(key)
    if not value.isdigit():
        raise SettingsError(f"not a number: {key}")
    return int(value)
"""
TRIED = """def number(self, key):
    value = self.get(key)
    try:
        return int(value)
    except ValueError:
        raise SettingsError(f"not a number: {key}") from None
"""
TASK = "number should raise a SettingsError if the setting is no whole number."


def righted(before: str, after: str, task: str = TASK) -> str:
    (made,), _ = without_evident(task, [edit(before, after)])
    return (made.after or b"").decode()


def test_what_is_refused_is_what_python_takes_for_no_number() -> None:
    assert righted(NUMBER, DIGITS) == TRIED
    wrapped = DIGITS.replace("    value = self.get(key)\n", "").replace("value", "self.get(key)")
    assert righted(NUMBER, wrapped) == TRIED.replace("    value = self.get(key)\n", "").replace(
        "value", "self.get(key)"
    )
    assert "from error" in righted(NUMBER, DIGITS.replace('{key}")', '{key}") from error'))


@pytest.mark.parametrize(
    "task", ["Only digits are allowed.", "number should refuse negative settings.", "Refuse numbers with a sign."]
)
def test_where_the_task_speaks_of_digits_or_signs_nothing_is_done(task: str) -> None:
    assert righted(NUMBER, DIGITS, task) == DIGITS


@pytest.mark.parametrize(
    "after",
    [
        DIGITS.replace("int(value)", "int(key)"),
        DIGITS.replace("return int(value)", "return value"),
        DIGITS.replace("not value", "value"),
        DIGITS.replace("    return", "    print(value)\n    return"),
        DIGITS.replace("        raise SettingsError(", "        print(").replace('key}")', 'key}")'),
        DIGITS.replace("        raise", "        value = 0\n        raise"),
        TRIED.replace("int(value)", "int(value)  # no number"),
    ],
)
def test_other_lines_are_left_alone(after: str) -> None:
    assert righted(NUMBER, after) == after


def test_a_number_that_was_none_before_is_left_alone() -> None:
    before = "def number(self, key):\n    return self.get(key)\n"
    assert righted(before, DIGITS) == DIGITS


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        ("number should refuse '1_000' and ' 80 '.", "int(value)", "int(value)"),
        (TASK, "find(int(value))", "find(int(value))"),
        (TASK, "Decimal(value)", "Decimal(value)"),
    ],
)
def test_what_is_no_number_for_other_reasons_is_left(task: str, old: str, new: str) -> None:
    after = DIGITS.replace("int(value)", new)
    assert righted(NUMBER.replace("int(self.get(key))", old), after, task) == after
