"""What is compared with itself is told, in Python and elsewhere."""

from __future__ import annotations

import pytest

from workbench.crew.judging.lost import lost
from workbench.crew.judging.lost_elsewhere import lost_elsewhere
from workbench.model import FileEdit

TASK = "Don't add a message while the same text for the same address is waiting."
PYTHON = "def add(waiting, to, text):\n    waiting.append((to, text))\n"
SCRIPT = "class Box {\n  add(to, text) {\n    this.waiting.push({ to, text });\n  }\n}\n"


def edits(path: str, before: str, after: str) -> list[FileEdit]:
    return [FileEdit(path=path, before=before.encode(), after=after.encode())]


@pytest.mark.parametrize(
    ("test", "is_told"),
    [
        ("any(to == to and text == text for to, text in waiting)", True),
        ("any(one == to for one, _ in waiting)", False),
        ("to != to", False),
        ("to.name == to.name", False),
    ],
)
def test_a_name_that_is_compared_with_itself_is_told_in_python(test: str, is_told: bool) -> None:
    after = PYTHON.replace("    waiting.a", f"    if {test}:\n        return\n    waiting.a")
    assert ("compares `to` with itself" in lost(TASK, edits("a.py", PYTHON, after))) is is_told


def test_a_question_that_was_there_is_left_alone() -> None:
    before = PYTHON.replace("    waiting.a", "    if to == to:\n        pass\n    waiting.a")
    assert not lost(TASK, edits("a.py", before, before.replace("pass", "print(to)")))


@pytest.mark.parametrize(
    ("test", "is_told"),
    [
        ("this.waiting.some(({ to, text }) => to === to && text === text)", True),
        ("this.waiting.some((one) => one.to === to && one.text === text)", False),
        ("to !== to", False),
        ("to.name === to.name", False),
    ],
)
def test_a_name_that_is_compared_with_itself_is_told_in_javascript(test: str, is_told: bool) -> None:
    after = SCRIPT.replace("    this.waiting.p", f"    if ({test}) {{\n      return;\n    }}\n    this.waiting.p")
    assert ("Box.add compares `to` with itself" in lost_elsewhere(TASK, edits("a.js", SCRIPT, after))) is is_told
