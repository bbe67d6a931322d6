"""Both sides of a comparison in one case, where a task says that case is no matter."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.finding import without_evident

TASK = "find should ignore case."
OLD = "def find(self, name):\n    return [one for one in self.all if one.name == name]\n"


def written(old: str, new: str, task: str = TASK) -> str:
    edits, _ = without_evident(task, [edit(old, new)])
    return (edits[0].after or b"").decode()


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (OLD.replace("    return", "    name = name.lower()\n    return"), "one.name.lower() == name]"),
        (
            OLD.replace("    return", "    wanted = name.casefold()\n    return").replace("== name]", "== wanted]"),
            "one.name.casefold() ==",
        ),
        (OLD.replace("== name]", "== name.upper()]"), "one.name.upper() == name.upper()]"),
        (OLD.replace("one.name ==", "one.name.lower() =="), "== name.lower()]"),
        (OLD.replace("one.name == name", "one['name'] == name.strip().lower()"), "one['name'].lower() =="),
    ],
)
def test_the_other_side_is_written_in_the_same_case(new: str, wanted: str) -> None:
    assert wanted in written(OLD, new)


@pytest.mark.parametrize(
    ("old", "new", "task"),
    [
        (OLD, OLD.replace("one.name == name", "one.name.lower() == name.lower()"), TASK),
        (OLD, OLD.replace("== name]", "== name.lower()]"), "find should look for names in small letters."),
        # A constant knows its own case.
        (OLD, "def find(self, name):\n    return name.lower() == 'all'\n", TASK),
        (OLD, "def find(self, name):\n    return name.lower() == ALL\n", TASK),
        # The name may be something else than what is in one case.
        (
            OLD,
            OLD.replace(
                "    return", "    if self.strict:\n        name = name.lower()\n    name = str(name)\n    return"
            ),
            TASK,
        ),
        # What was compared so before is no slip of the answer.
        (
            "def find(self, a, b):\n    return a.lower() == b\n",
            "def find(self, a, b):\n    return a.lower() == b or not b\n",
            TASK,
        ),
    ],
)
def test_what_may_be_meant_stays(old: str, new: str, task: str) -> None:
    assert written(old, new, task) == new
