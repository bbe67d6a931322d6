"""A case that a new one was written over."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.judging.lost import lost
from workbench.crew.judging.lost_elsewhere import lost_elsewhere

BEFORE = "def shipping(crates):\n    if crates == 0:\n        return 0\n    return 590 + crates * 150\n"
TASK = "Shipping should be free from 20 crates on."
GO = """package a

func Shipping(crates int) int {
\tif crates == 0 {
\t\treturn 0
\t}
\treturn 590 + crates*150
}
"""
JS = "function shipping(crates) {\n  if (!crates) {\n    return 0;\n  }\n  return 590 + crates * 150;\n}\n"


def said(old: str, new: str, task: str = TASK, before: str = BEFORE) -> str:
    assert old in before
    return lost(task, [edit(before, before.replace(old, new))])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("crates == 0", "crates >= 20"),
        ("crates == 0", "len(crates) > 20"),
    ],
)
def test_a_case_of_nothing_that_went_is_told(old: str, new: str) -> None:
    assert (
        said(old, new) == "shipping no longer asks whether `crates == 0`; leave that case as it was, beside the new one"
    )


@pytest.mark.parametrize("test", ["not crates", "crates is None", "crates == 7"])
def test_nothing_is_asked_for_in_many_ways(test: str) -> None:
    assert "no longer asks" in said(test, "crates >= 20", before=BEFORE.replace("crates == 0", test))


@pytest.mark.parametrize(
    ("new", "task"),
    [
        ("crates <= 0", TASK),
        ("crates < 1", TASK),
        ("crates == 0 or crates >= 20", TASK),
        ("crates in (0, 20)", TASK),
        ("crates >= 20", "Shipping should be free from 20 crates on instead of for none."),
        ("crates >= 20", "Shipping should no longer be free for none, but from 20 crates on."),
    ],
)
def test_a_case_that_is_still_in_it_or_is_to_go_is_not(new: str, task: str) -> None:
    assert said("crates == 0", new, task) == ""


def test_another_outcome_or_another_limit_is_none() -> None:
    of_size = BEFORE.replace("crates == 0", "crates > 30")
    assert said("crates > 30", "crates >= 20", before=of_size) == ""
    assert said("    if crates == 0:\n        return 0\n", "    if crates >= 20:\n        return 1\n") == ""


@pytest.mark.parametrize(
    ("path", "code", "old", "new", "is_told"),
    [
        ("a.go", GO, "crates == 0", "crates >= 20", True),
        ("a.go", GO, "crates == 0", "crates == 0 || crates >= 20", False),
        ("a.go", GO, "crates == 0", "crates <= 0", False),
        ("a.js", JS, "!crates", "crates >= 20", True),
        ("a.js", JS, "!crates", "crates < 1", False),
        ("a.js", JS, "!crates", "!crates || crates >= 20", False),
    ],
)
def test_in_other_languages_too(path: str, code: str, old: str, new: str, *, is_told: bool) -> None:
    assert ("no longer asks" in lost_elsewhere(TASK, [edit(code, code.replace(old, new), path)])) is is_told
