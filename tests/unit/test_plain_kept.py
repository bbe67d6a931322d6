"""Only those things that a task wants are counted, listed or gone through."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str = "f") -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


def changes(task: str, code: str, name: str = "f") -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


CODE = """
class Member:
    name: str
    phone: str | None = None
    age: int | None = None
    active: bool = True
    paid: bool = False

    def is_out(self) -> bool:
        return self.age == 0


def f(members: list[Member]):
    return %s
"""
NAMES = CODE % "[member.name for member in members]"
COUNT = CODE % "len(members)"
LOOP = CODE.replace(
    "    return %s", "    found = {}\n    for member in members:\n        found[member.name] = 1\n    return found"
)


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        ("f should leave out members who have paid.", NAMES, "in members if not member.paid]"),
        ("f should list only members who have not paid.", NAMES, "in members if not member.paid]"),
        ("f should list only the unpaid ones.", NAMES, "in members if not member.paid]"),
        ("f still lists members who have paid. Leave them out.", NAMES, "in members if not member.paid]"),
        ("f also lists members who are not active. Those should not be in it.", NAMES, "in members if member.active]"),
        ("Inactive members should be skipped by f.", NAMES, "in members if member.active]"),
        ("Whoever has paid must not be listed by f.", NAMES, "in members if not member.paid]"),
        ("People who have no phone should not appear in f.", NAMES, "in members if member.phone]"),
        ("f should skip members without an age.", NAMES, "in members if member.age is not None]"),
        ("f should only list members who are still out.", NAMES, "in members if member.is_out()]"),
        ("f should count only the active members.", COUNT, "return sum(member.active for member in members)"),
        ("f must not count members without a phone.", COUNT, "return sum(1 for member in members if member.phone)"),
        (
            "f should skip members who have paid.",
            LOOP,
            "        if not member.paid:\n            found[member.name] = 1\n",
        ),
        (
            "Please don't list members who have paid in f.",
            CODE % "sorted(members, key=len)",
            "sorted((member for member in members if not member.paid), key=len)",
        ),
        (
            "f should leave out members who have paid.",
            CODE % "[member.name for member in members if member.age and member.name]",
            "if member.age and member.name and not member.paid]",
        ),
    ],
)
def test_only_those_are_kept(task: str, code: str, new: str) -> None:
    assert new in surest(task, code)


def test_of_a_mean_they_are_left_out_before_all_else() -> None:
    code = CODE % "sum(member.age for member in members) / len(members)"
    task = "f crashes when a member has no age (None). Such members should be left out of the mean."
    assert "    members = [member for member in members if member.age is not None]\n" in surest(task, code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("f should leave out members who have paid, unless they are active.", NAMES),
        ("f should leave out members who have paid and are active.", NAMES),
        ("f should list members who have paid first.", NAMES),
        ("f should show only active members in bold.", NAMES),
        ("f leaves out members who have paid.", NAMES),
        ("f only lists active members. It should list all of them.", NAMES),
        ("Only members who are active may call f.", NAMES),
        ("f must not list inactive members twice.", NAMES),
        ("The list of f should not show who is active.", NAMES),
        ("f should skip nobody who is active.", NAMES),
        ("f should not leave out members who are active.", NAMES),
        ("Don't leave out the active members in f.", NAMES),
        ("f should stop leaving out paid members.", NAMES),
        ("f should list members who have paid.", NAMES),
        ("f should leave out members when it was paid.", NAMES),
        ("f should leave out the names of members who have paid.", NAMES),
        ("Members who are not active should not be able to vote.", NAMES),
        ("f should leave out members who have paid less than 5.", NAMES),
        ("f should only raise an error if all have paid.", NAMES),
        ("f should skip members who are tired.", NAMES),
        ("f should list only the active ones, not those who have paid.", NAMES),
        ("f should leave out members who have paid.", CODE % "[member.name for member in members if not member.paid]"),
        ("f should leave out members who have paid.", CODE % "sum(member.age for member in members) / len(members)"),
        (
            "f should leave out members who have paid.",
            CODE % "[member.street for member in members]".replace("members]", "others]"),
        ),
        ("f should leave out members who have paid.", f"{NAMES}\n\nclass Bill:\n    paid: bool\n"),
    ],
)
def test_of_anything_else_nothing_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""


def test_what_makes_a_thing_keeps_all() -> None:
    made = "\n\nclass Club:\n    def __init__(self, members: list[Member]):\n        self.members = list(members)\n"
    code = f"{NAMES}{made}"
    assert changes("Leave out members who have paid.", code, "Club.__init__") == []
