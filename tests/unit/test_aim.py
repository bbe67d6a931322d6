"""Which symbols a change is about, by the words of its task."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_crew_patch import LARGE, POLITE
from workbench.crew.dispatch import work


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
