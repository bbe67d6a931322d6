"""Calls that gave something and fail now by a slip."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import edit
from workbench.crew.dispatch import work
from workbench.crew.judging.still_works import fails_now
from workbench.model import Solving

OUT = '''import re


def cut(text, encoding=None):
    """Take comments out.

    >>> import web.html
    >>> web.html.cut('a <!-- b --> c')
    'a  c'
    """
    return re.sub('<!--.*?-->', '', text)
'''
BY = OUT.replace("encoding=None)", "encoding=None, by=None)").replace("'', text", "by, text")
TASK = "cut should take a text `by` that stands in the place of each comment."
LOWER = "def low(text: str, times: int) -> str:\n    return text.lower() * times\n"


def test_a_doctest_that_fails_now_is_told() -> None:
    said = fails_now(TASK, [edit(OUT, BY)])
    assert said == "cut('a <!-- b --> c') gave 'a  c' before the change, and now it raises TypeError"
    assert not fails_now(TASK, [edit(OUT, BY.replace("by=None", "by=''"))])
    assert not fails_now("cut should raise a TypeError without `by`.", [edit(OUT, BY)])


@pytest.mark.parametrize(
    ("after", "error"),
    [
        (LOWER.replace("text.lower()", "text.lower().name"), "AttributeError"),
        (LOWER.replace("* times", "* number"), "NameError"),
        (LOWER.replace("* times", "+ times"), "TypeError"),
        (LOWER.replace("* times", "* 2"), ""),
        (LOWER.replace("    return", "    if not text:\n        raise ValueError(text)\n    return"), ""),
        (LOWER.replace("    return", "    if not times:\n        raise TypeError(times)\n    return"), ""),
    ],
)
def test_plain_values_of_the_types_that_are_stated_are_tried(after: str, error: str) -> None:
    said = fails_now("low should be lower.", [edit(LOWER, after)])
    assert said.endswith(f"raises {error}") if error else not said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Nobody says what comes, or it failed before.
        (LOWER.replace(": str", "").replace(": int", ""), LOWER.replace(": str", "").replace(": int", "") + "\n"),
        ("def f(x):\n    return x\n", "def f(x):\n    return x.strip()\n"),
        ("def f(x: int):\n    return x.a\n", "def f(x: int):\n    return x.b\n"),
        (
            "class A:\n    def f(self, x: int):\n        return x\n",
            "class A:\n    def f(self, x: int):\n        return x.b\n",
        ),
    ],
)
def test_nothing_is_said_where_nothing_is_known(before: str, after: str) -> None:
    assert not fails_now("f should do more.", [edit(before, after)])


async def test_the_model_is_told_and_asked_again() -> None:
    right = BY.replace("by=None", "by=''")
    desk = ScriptedDesk(fenced(BY), fenced(right))
    proposal = await work(a_brief("patch", TASK, {"a.py": OUT}, solving=Solving(samples=1, wrap=False)), desk)
    assert "now it raises TypeError" in desk.question
    assert (proposal.edits[0].after or b"").decode() == right


@pytest.mark.parametrize("head", ["area(width: float, height: float)", "area(side: tuple[float, float])", "area(side)"])
def test_calls_that_are_to_be_others_need_not_work(head: str) -> None:
    name = "side[0] * side[1]" if "side" in head else "width * height"
    before = "def area(side: float) -> float:\n    return side * side\n"
    assert not fails_now("area should take both sides.", [edit(before, f"def {head} -> float:\n    return {name}\n")])
