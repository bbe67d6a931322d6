"""Which symbols a change is about, by the words of its task."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_crew_patch import LARGE, POLITE
from workbench.crew.dispatch import work
from workbench.model import Check, Excerpt


@pytest.mark.parametrize(
    ("task", "is_shown"),
    [
        ("greet should raise a NameTooLong for more than 9 letters.", True),
        ("greet should raise NameError9 for a name with digits.", True),
        ("greet should raise LongNameError for more than 9 letters, not a plain ValueError.", False),
        ("greet raises LongNameError. Let LongNameError take the name.", True),
    ],
)
async def test_an_error_that_is_only_raised_is_not_to_be_changed(task: str, *, is_shown: bool) -> None:
    errors = "".join(
        f"class {name}(Exception):\n    pass\n\n\n" for name in ("NameTooLong", "NameErrors9", "LongNameError")
    )
    desk = ScriptedDesk(fenced(POLITE), fenced(POLITE))
    await work(a_brief("patch", task, {"a.py": errors + LARGE}), desk)
    name = "NameTooLong" if "NameTooLong" in task else "LongNameError"
    shows = f"class {name}" in desk.asked[0].messages[-1].content
    assert shows is (is_shown and name in task)


PICKERS = '''class Picker:
    """Somebody who picks fruit."""

    name: str
    crates: int = 0

    def fill(self, crates: int = 1) -> None:
        self.crates += crates


def ranking(pickers):
    """Return the pickers by what they have filled."""
    return sorted(pickers, key=lambda picker: picker.crates)


def total(pickers):
    return sum(picker.crates for picker in pickers)


'''
RANKED = "def ranking(pickers):\n    return sorted(pickers, key=lambda picker: 2 * picker.crates)\n"


@pytest.mark.parametrize(
    "task",
    [
        "ranking is a bore: crates should count twice.",
        "Nobody believes the ranking; crates must count twice.",
    ],
)
async def test_a_field_that_should_do_something_is_not_what_is_to_be_changed(task: str) -> None:
    desk = ScriptedDesk(fenced(RANKED), fenced(RANKED))
    await work(a_brief("patch", task, {"a.py": PICKERS + LARGE}), desk)
    assert "Rewrite `ranking`" in desk.asked[0].messages[-1].content


async def test_a_field_that_is_written_as_one_is_changed() -> None:
    desk = ScriptedDesk(fenced("class Picker:\n    crates: int = 1\n"))
    await work(a_brief("patch", "`Picker.crates` should be 1 at first.", {"a.py": PICKERS + LARGE}), desk)
    assert "ranking" not in desk.asked[0].messages[-1].content


@pytest.mark.parametrize(
    "task",
    [
        "crates should start at 1.",
        "Since May crates must be 1 at first.",
        "Half ones are brought too: crates must be a float.",
    ],
)
async def test_a_field_that_should_be_something_is_what_is_to_be_changed(task: str) -> None:
    tests = Excerpt(path="check.py", first=1, last=3, text="one = Picker()\none.fill(1.5)\nassert one.crates == 2.5\n")
    desk = ScriptedDesk(fenced("class Picker:\n    crates: float = 1\n"), checks=[[Check(name="pytest", ok=True)]] * 2)
    brief = a_brief("patch", task, {"a.py": PICKERS + LARGE}, check=["pytest"], tests=(tests,))
    (edit,) = (await work(brief, desk)).edits
    assert b"crates: float = 1\n" in (edit.after or b"")
