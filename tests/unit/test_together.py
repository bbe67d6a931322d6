"""Two answers that did a part each are made one, and judged."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.solving.together import together
from workbench.model import Check, FileEdit, Solving, Verdict

FLAG = """def flag(text):
    value = text.strip()
    if value in ("1", "true"):
        return True
    return False
"""
LOWER = FLAG.replace("strip()", "strip().lower()")
YES = FLAG.replace('"true")', '"true", "yes")')
BOTH = LOWER.replace('"true")', '"true", "yes")')


def edit(after: str, before: str = FLAG, path: str = "a.py") -> tuple[FileEdit, ...]:
    return (FileEdit(path=path, before=before.encode(), after=after.encode()),)


def made(first: str, second: str, before: str = FLAG) -> str | None:
    both = together(edit(first, before), edit(second, before))
    return (both[0].after or b"").decode() if both else None


def test_lines_side_by_side_are_of_both() -> None:
    assert made(LOWER, YES) == made(YES, LOWER) == BOTH
    guard = "    if text is None:\n        return False\n"
    guarded = FLAG.replace("    value", f"{guard}    value")
    assert made(guarded, YES) == YES.replace("    value", f"{guard}    value")
    # What both did is done once.
    doubled = LOWER.replace("return False", "return None")
    assert made(doubled, YES.replace("return False", "return None")) == BOTH.replace("return False", "return None")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LOWER, LOWER),
        (LOWER, BOTH),
        (BOTH, YES),
        (LOWER, FLAG.replace("strip()", "casefold()")),
        (FLAG.replace("    if", "    one()\n    if"), FLAG.replace("    if", "    two()\n    if")),
        (FLAG.replace("    value = text.strip()\n    if value in", "    if text in"), LOWER),
        (LOWER, FLAG),
    ],
)
def test_what_touches_the_same_lines_or_adds_nothing_is_not(first: str, second: str) -> None:
    assert made(first, second) is None


def test_only_one_file_and_the_same_one() -> None:
    assert together(edit(LOWER), edit(YES, path="b.py")) is None
    assert together((*edit(LOWER), *edit(LOWER, path="b.py")), edit(YES)) is None
    assert together(edit(LOWER), edit(YES, before=f"{FLAG}\n")) is None


async def test_both_halves_pass_though_neither_did() -> None:
    fails = [Check(name="pytest", ok=False, output="no", seconds=1.0)]
    passes = [Check(name="pytest", ok=True, seconds=1.0)]
    solving = Solving.model_validate({"samples": 1, "retries": 1, "wrap": False})
    asked = a_brief(
        "patch", "flag should know 'yes', shouted as well.", {"a.py": FLAG}, check=("pytest",), solving=solving
    )

    class Desk(ScriptedDesk):
        async def try_commands(self, edits, commands, trials=()):  # type: ignore[no-untyped-def]
            return passes if edits and edits[0].after == BOTH.encode() else fails

    desk = Desk(fenced(LOWER), fenced(YES))
    proposal = await work(asked, desk)
    assert (proposal.edits[0].after or b"").decode() == BOTH
    assert proposal.verdict is Verdict.CHECKED
    assert "two answers did a part each; this is both" in proposal.notes
