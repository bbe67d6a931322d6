"""A method answered as if it were a function is put where it belongs."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.answers.as_method import in_its_class, with_first_parameter
from workbench.crew.dispatch import work
from workbench.model import Solving

FILE = """class Plan:
    def every(self, days: int = 1) -> int:
        return days

    @staticmethod
    def at(hour):
        return hour

    def all(self):
        return 1


def every(days: int = 1) -> int:
    return plan.every(days)
"""
REFUSES = "def every({}days: int = 1) -> int:\n    if days < 1:\n        raise ValueError(days)\n    return {}\n"


@pytest.mark.parametrize("wrap", [True, False])
async def test_it_gets_its_self_and_goes_into_its_class(wrap: bool) -> None:
    answer = REFUSES.format("", "self.old_every(days)" if wrap else "days")
    desk = ScriptedDesk(fenced(answer))
    task = "`Plan.every` takes 0. Raise a ValueError if it is less than 1."
    brief = a_brief("patch", task, {"a.py": FILE}, solving=Solving(samples=1, wrap=wrap))
    after = ((await work(brief, desk)).edits[0].after or b"").decode()
    assert after == FILE.replace(
        "        return days", "        if days < 1:\n            raise ValueError(days)\n        return days", 1
    )


def test_what_has_no_parameter_gets_one_too() -> None:
    found = with_first_parameter(FILE.encode(), "Plan.all", fenced("def all():\n    return 2\n"))
    assert "def all(self):" in found


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Plan.every", REFUSES.format("self, ", "days")),
        ("Plan.every", "@staticmethod\n" + REFUSES.format("", "days")),
        ("Plan.every", REFUSES.format("other, ", "days")),
        ("Plan.at", "def at(hour):\n    return hour + 1\n"),
        ("every", REFUSES.format("", "days")),
        ("Plan.every", "class Plan:\n    def every(days):\n        return 1\n"),
        ("Plan.every", REFUSES.format("", "days") + "\n\ndef other():\n    return 1\n"),
    ],
)
def test_other_answers_keep_their_parameters(name: str, answer: str) -> None:
    assert with_first_parameter(FILE.encode(), name, fenced(answer)) == fenced(answer)


def test_only_a_method_whose_name_a_function_has_too_is_put_into_its_class() -> None:
    every = fenced(REFUSES.format("self, ", "days"))
    assert "class Plan:\n    def every(self," in in_its_class(FILE.encode(), "Plan.every", every)
    assert in_its_class(FILE.encode(), "every", every) == every
    everything = fenced("def all(self):\n    return 2\n")
    assert in_its_class(FILE.encode(), "Plan.all", everything) == everything


PAGE = """def {}(self, title):
    '''Write it.

    As HTML.
    '''
    return f'''<html>
<b>{{title}}</b>
</html>'''
"""


@pytest.mark.parametrize(
    ("name", "task"), [("every", "`Plan.every` should write HTML."), ("page", "Add a method `page` to Plan.")]
)
async def test_a_text_of_several_lines_stays_as_it_is(name: str, task: str) -> None:
    desk = ScriptedDesk(fenced(PAGE.format(name)))
    brief = a_brief("patch", task, {"a.py": FILE}, solving=Solving(samples=1, wrap=False, words=False))
    after = ((await work(brief, desk)).edits[0].after or b"").decode()
    assert "        return f'''<html>\n<b>{title}</b>\n</html>'''\n" in after
    assert "\n        As HTML.\n" in after
