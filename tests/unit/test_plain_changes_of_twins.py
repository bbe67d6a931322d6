"""What is added is added once, where a task says what happens else."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes
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


@pytest.mark.parametrize(
    ("answered", "meant"),
    [
        ("[one.mail for one in members if one.mail]", "list(dict.fromkeys(one.mail for one in members if one.mail))"),
        ("sorted(one.mail for one in members)", "sorted(dict.fromkeys(one.mail for one in members))"),
        (
            "sorted([one.mail for one in members], key=len)",
            "sorted(dict.fromkeys(one.mail for one in members), key=len)",
        ),
        ("list(members)", "list(dict.fromkeys(members))"),
        ("', '.join(one.mail for one in members)", "', '.join(dict.fromkeys(one.mail for one in members))"),
    ],
)
@pytest.mark.parametrize(
    "task",
    [
        "Each address should be there only once, where it first comes.",
        "enrol must not list anybody twice.",
        "No duplicates!",
    ],
)
def test_a_list_has_each_only_once(task: str, answered: str, meant: str) -> None:
    code = "class Course:\n    def enrol(self, members):\n        return {}\n"
    assert code.format(meant) in changes(task, code.format(answered))


@pytest.mark.parametrize(
    ("task", "answered"),
    [
        ("Each address should be in capitals.", "[one.mail for one in members]"),
        ("Each should be there only once.", "{one.mail for one in members}"),
        ("Each should be there only once.", "len(members)"),
    ],
)
def test_what_is_no_list_is_left(task: str, answered: str) -> None:
    code = f"class Course:\n    def enrol(self, members):\n        return {answered}\n"
    assert not any("fromkeys" in one for one in changes(task, code))
