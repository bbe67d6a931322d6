"""What is added is added once, where a task says what happens else."""

from __future__ import annotations

import pytest

from workbench.crew.plain_changes import plain_changes
from workbench.model import Source

COURSE = """class Course:
    def enrol(self, name, late=False):
        \"\"\"Enrol a swimmer.\"\"\"
        if self.full:
            return False
        self.swimmers.append(name)
        return True
"""


def changes(task: str, code: str = COURSE) -> list[str]:
    made = plain_changes(task, Source(path="a.py", content=code.encode()), "Course.enrol")
    return [(one.edits[0].after or b"").decode() for one in made]


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        ("enrol should not add who is already in the course, just return True.", "return True"),
        ("enrol should raise a ValueError if the name is there already.", 'raise ValueError(f"already there: {name}")'),
        ("enrol should ignore duplicates.", "return"),
        ("Nobody may be enrolled twice: enrol does nothing then.", "return"),
    ],
)
def test_it_is_asked_first_whether_it_is_there(task: str, answer: str) -> None:
    asked = f"        if name in self.swimmers:\n            {answer}\n        if self.full"
    assert COURSE.replace("        if self.full", asked) in changes(task)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("enrol should return True.", COURSE),
        ("enrol is called twice.", COURSE),
        ("enrol should ignore duplicates.", COURSE.replace("if self.full", "if name in self.swimmers or self.full")),
        ("enrol should ignore duplicates.", COURSE.replace("append(name)", "append(str(name))")),
        ("enrol should ignore duplicates.", COURSE.replace("append(name)", "append(self.name)")),
    ],
)
def test_what_is_not_said_or_asked_already_is_left(task: str, code: str) -> None:
    assert not any("        if name in self.swimmers:" in one for one in changes(task, code))
