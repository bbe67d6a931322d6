"""Decorators that a model left out of a function it wrote anew."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.answers.decorators import with_decorators
from workbench.crew.dispatch import work
from workbench.crew.wrapping.wrapper import wanted
from workbench.model import Solving

CODE = """class Compose:
    @instanceproperty
    @cached(
        size=3,
    )
    def name(self):
        return '_of_'.join(self.names)
"""
NEW = "def name(self):\n    return '_then_'.join(self.names)\n"
TASK = "Change name so that the names are joined with '_then_'."
ABOVE = "@instanceproperty\n@cached(\n    size=3,\n)\n"


def test_they_are_put_back_above_the_function() -> None:
    assert with_decorators(TASK, CODE, "Compose.name", fenced(NEW)) == f"```python\n{ABOVE}{NEW}\n```\n"
    assert with_decorators("Do not join the property's names.", CODE, "Compose.name", fenced(NEW)) != fenced(NEW)
    framed = f"class Compose:\n    {NEW.replace(chr(10) + '    ', chr(10) + '        ')}"
    put = with_decorators(TASK, CODE, "Compose.name", fenced(framed))
    assert "class Compose:\n    @instanceproperty\n    @cached(\n        size=3,\n    )\n    def name(self):\n" in put


def test_a_text_of_several_lines_in_them_keeps_what_it_says() -> None:
    code = CODE.replace("size=3", "'''a\n      b\nc'''")
    put = with_decorators(TASK, code, "Compose.name", fenced(NEW))
    assert put == f"```python\n@instanceproperty\n@cached('a\\n      b\\nc')\n{NEW}\n```\n"


def test_they_are_those_of_the_function_itself_in_the_file_that_is_named() -> None:
    inner = NEW.replace("def ", "    def ").replace("    return", "        return")
    kept = f"def other():\n{inner}    return name\n\n\n{NEW}"
    put = with_decorators(TASK, CODE, "Compose.name", f"b.py\n{fenced(kept)}")
    assert put == f"b.py\n```python\n{kept.removesuffix(NEW)}{ABOVE}{NEW}\n```\n"
    other = fenced(f"class Other:\n    {NEW.replace(chr(10) + '    ', chr(10) + '        ')}")
    assert with_decorators(TASK, CODE, "Compose.name", other) == other


@pytest.mark.parametrize(
    ("answer", "task", "code"),
    [
        (fenced(f"@property\n{NEW}"), TASK, CODE),
        (fenced(NEW), "Make name a plain method.", CODE),
        (fenced(NEW), "Remove the @cached from name.", CODE),
        (fenced(NEW), TASK, f"{CODE}\n    @name.setter\n    def name(self, value): ...\n"),
        (fenced(NEW), TASK, CODE.replace("    @instanceproperty\n    @cached(\n        size=3,\n    )\n", "")),
        (fenced(NEW + NEW), TASK, CODE),
        (fenced("def name(self:\n"), TASK, CODE),
        (fenced(NEW) + fenced(NEW), TASK, CODE),
        (fenced("name = 3\n"), TASK, CODE),
        (fenced(NEW), "Stop caching name.", CODE),
        (fenced(NEW), TASK, CODE.replace("instanceproperty", "staticmethod").replace("(self)", "(names)")),
    ],
    ids=[
        "others",
        "a plain method",
        "taken off",
        "a setter",
        "none",
        "two",
        "torn",
        "two blocks",
        "no function",
        "a word",
        "self",
    ],
)
def test_otherwise_the_answer_stays_as_it_is(answer: str, task: str, code: str) -> None:
    assert with_decorators(task, code, "Compose.name", answer) == answer


async def test_a_method_is_asked_for_alone_and_keeps_its_decorators() -> None:
    desk = ScriptedDesk(fenced(NEW), fenced(NEW))
    proposal = await work(a_brief("patch", TASK, {"a.py": CODE}), desk)
    assert proposal.edits[0].after == CODE.replace("_of_", "_then_").encode()
    asked = desk.asked[0].messages[-1].content
    assert asked.endswith(
        "Rewrite the method `name` so that it does that. Answer with `def name` alone, without its class."
    )


async def test_an_async_method_is_asked_for_as_one_and_a_property_with_its_setter() -> None:
    kept = "class A:\n    async def name(self):\n        return 1\n"
    desk = ScriptedDesk(fenced("async def name(self):\n    return 2\n"))
    await work(a_brief("patch", "Let name give 2.", {"a.py": kept}, solving=Solving(samples=1)), desk)
    assert desk.asked[0].messages[-1].content.endswith("Answer with `async def name` alone, without its class.")
    getter = "    @property\n    def name(self):\n        return 1\n"
    setter = "    @name.setter\n    def name(self, value):\n        self.value = value\n"
    desk = ScriptedDesk(fenced(f"class A:\n{getter.replace('1', '2')}\n{setter}"))
    await work(a_brief("patch", "Let name give 2.", {"a.py": f"class A:\n{getter}\n{setter}"}), desk)
    assert desk.asked[0].messages[-1].content.endswith("Rewrite `A.name` so that it does that.")
    assert "Answer with `async def name` alone" in wanted(kept, "A.name")


async def test_a_method_is_not_asked_for_alone_where_the_task_wants_a_helper_too() -> None:
    desk = ScriptedDesk(fenced("def name(self):\n    return self._one()\n\n\ndef _one(self):\n    return 1\n"))
    code = "class A:\n    def name(self):\n        return 1\n"
    proposal = await work(a_brief("patch", "Move what A.name gives into a new method `_one`.", {"a.py": code}), desk)
    assert b"def _one" in (proposal.edits[0].after or b"")
    assert desk.asked[0].messages[-1].content.endswith("Rewrite `A.name` so that it does that.")
