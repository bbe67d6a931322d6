"""A limit of 0 that means that there is none."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

TASK = "upcoming returns nothing when the limit is 0. Zero should mean that there is no limit."
PYTHON = "def upcoming(found, limit=10):\n    return found[:limit]\n"
GO = """package a

func upcoming(found []int, limit int) []int {
	if len(found) > limit {
		return nil
	}
	return found
}
"""
JS = "function upcoming(found, limit) {\n  return found.length > limit ? [] : found;\n}\n"


def changes(task: str, path: str, code: str) -> list[str]:
    source = Source(path=path, content=code.encode())
    found = (plain_changes if path == "a.py" else changes_elsewhere)(task, source, "upcoming")
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize(
    ("path", "code", "old", "new"),
    [
        ("a.py", PYTHON, "[:limit]", "[:limit or None]"),
        (
            "a.py",
            PYTHON.replace("found[:limit]", "len(found) > limit"),
            "len(found) > limit",
            "limit and len(found) > limit",
        ),
        ("a.go", GO, "len(found) > limit", "limit > 0 && len(found) > limit"),
        ("a.js", JS, "found.length > limit", "limit > 0 && found.length > limit"),
    ],
)
@pytest.mark.parametrize("task", [TASK, "A limit of 0 means unlimited.", "There is no limit if it is 0."])
def test_it_is_asked_for_only_where_there_is_one(path: str, code: str, old: str, new: str, task: str) -> None:
    assert code.replace(old, new) in changes(task, path, code)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", PYTHON.replace("[:limit]", "[:LIMIT]")),
        ("a.py", PYTHON.replace("[:limit]", "[limit:]")),
        ("a.go", GO.replace("> limit", "> LIMIT")),
        ("a.js", JS.replace("> limit", "< limit")),
    ],
)
def test_what_is_no_limit_of_the_caller_is_left_alone(path: str, code: str) -> None:
    assert not any("limit or None" in one or "limit and" in one or "> 0" in one for one in changes(TASK, path, code))


def test_a_task_of_another_kind_is_left_alone() -> None:
    assert PYTHON.replace("[:limit]", "[:limit or None]") not in changes("A limit of 0 gives nothing.", "a.py", PYTHON)
