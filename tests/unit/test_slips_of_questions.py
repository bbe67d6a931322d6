"""A case that is asked for by the wrong parameter, judged by the task's example."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import edit, made
from workbench.crew.dispatch import work
from workbench.crew.slips.finding import righted
from workbench.errors import CheckFailed
from workbench.model import Solving, Verdict

LINE = """def line(name, born=None, died=None):
    if born is None:
        return name
    return f"{name} ({born}-{died})"
"""
OVER = LINE.replace("return name\n", 'return f"{name} (born {born})"\n')
RIGHT = LINE.replace(
    "        return name\n", '        return name\n    if died is None:\n        return f"{name} (born {born})"\n'
)
TASK = "line('Ida', 1970) gives 'Ida (1970-None)'. It should give 'Ida (born 1970)'."
WRONG = CheckFailed("AssertionError\n  line('Ida', 1970) gave 'Ida (1970-None)'", code="checks-failed", hint="")


def texts(before: str, after: str) -> list[str]:
    return [(one.edits[0].after or b"").decode() for one in righted(TASK, [edit(before, after)], WRONG)]


def test_an_old_case_that_was_written_over_stands_before_the_new_one_again() -> None:
    assert RIGHT in texts(LINE, OVER)


def test_a_question_of_its_own_is_asked_of_another_parameter() -> None:
    bare = LINE.replace("    if born is None:\n        return name\n", "")
    new = bare.replace("    return", '    if not born:\n        return f"{name} (born {born})"\n    return')
    assert new.replace("not born", "not died") in texts(bare, new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Both must be given, the case is as it was, or it belongs to another one.
        (LINE.replace("=None", ""), OVER.replace("=None", "")),
        (LINE, LINE.replace("-{died}", " - {died}")),
        (
            LINE.replace("    if born", "    if not name:\n        return ''\n    elif born"),
            OVER.replace("    if born", "    if not name:\n        return ''\n    elif born"),
        ),
    ],
)
def test_nothing_is_asked_of_another_where_that_is_not_plain(before: str, after: str) -> None:
    assert not any("died is None" in text for text in texts(before, after))


@pytest.mark.slow
async def test_it_is_set_right_by_the_example_of_a_task_that_nothing_checks() -> None:
    desk = ScriptedDesk(*[fenced(OVER)] * 3)
    brief = a_brief("patch", TASK, {"a.py": LINE}, solving=Solving(samples=1, wrap=False))
    proposal = await work(brief, desk)
    assert (proposal.edits[0].after or b"").decode() == RIGHT
    assert proposal.verdict is Verdict.UNVERIFIED
    assert len(desk.asked) == 1


RECIPE = """class Recipe:
    def __init__(self, litres, grams):
        self.litres = litres
        self.grams = grams

    def scale(self, litres):
        return self.grams * litres / self.litres
"""
GUARD = "        if litres == 0:\n            return self.grams\n"


def test_a_new_case_is_asked_for_by_the_field_of_a_name_and_not_the_parameter() -> None:
    after = RECIPE.replace("        return self.grams *", f"{GUARD}        return self.grams *")
    task = "scale should give the grams as they are where the recipe has 0 litres"
    found = made(RECIPE, after, "python check.py failed: ZeroDivisionError", task=task)
    assert after.replace("if litres", "if self.litres") in found
    turned = after.replace("if litres", "if self.litres")
    assert after in made(RECIPE, turned, "python check.py failed: AssertionError", task=task)
    alone = after.replace("/ self.litres", "/ 2")
    assert alone.replace("if litres", "if self.litres") not in made(RECIPE, alone, "check failed", task=task)
