"""Slips set right within a task: judged like any other answer, within its budget, and left to the model if wished."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import JudgingDesk, ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import SHORT
from workbench.crew.dispatch import work
from workbench.errors import CheckFailed
from workbench.model import Check, Solving, Verdict

FAILS = [Check(name="pytest", ok=False, output="AssertionError: 'wrd' != 'word'", seconds=1.0)]
PASSES = [Check(name="pytest", ok=True, seconds=1.0)]
NEARLY = fenced("def short(text):\n    if len(text) < 4:\n        return text\n    return text[0] + text[-1]\n")


def brief(**solving: object):  # type: ignore[no-untyped-def]
    tries = Solving.model_validate({"samples": 1, "retries": 1, "wrap": False} | solving)
    return a_brief("patch", "Leave words of up to 4 characters.", {"a.py": SHORT}, check=("pytest",), solving=tries)


async def test_a_slip_is_set_right_without_another_question() -> None:
    desk = ScriptedDesk(NEARLY, checks=[FAILS, PASSES])
    proposal = await work(brief(), desk)
    assert b"if len(text) <= 4:" in (proposal.edits[0].after or b"")
    assert proposal.verdict is Verdict.CHECKED
    assert len(desk.asked) == 1
    assert any("`len(text) < 4` is `len(text) <= 4`" in note for note in proposal.notes)


async def test_where_no_slip_helps_the_model_is_told_what_its_own_answer_did() -> None:
    other = [Check(name="pytest", ok=False, output="something else", seconds=1.0)]
    desk = ScriptedDesk(NEARLY, NEARLY, NEARLY, checks=[FAILS, other, other, other] * 3)
    with pytest.raises(CheckFailed):
        await work(brief(), desk)
    assert "'wrd' != 'word'" in desk.asked[1].messages[-1].content
    assert "something else" not in desk.asked[1].messages[-1].content


async def test_none_that_counts_is_seen_before_any_check() -> None:
    answer = fenced(
        "def short(text, default=None):\n    if default is None:\n        return text[0]\n    return default\n"
    )
    task = "Add a keyword `default` to short, returned if it was passed, also if it is None."
    solving = Solving.model_validate({"samples": 1, "wrap": False})
    asked = a_brief("patch", task, {"a.py": SHORT}, check=("pytest",), solving=solving)
    proposal = await work(asked, ScriptedDesk(answer, checks=[PASSES]))
    assert b"def short(text, default=_MISSING):" in (proposal.edits[0].after or b"")


async def test_a_slip_that_loses_something_is_not_kept_for_want_of_better() -> None:
    before = "def short(text, mark):\n    return text[:3] + mark\n"
    answer = fenced("def short(text, mark):\n    if len(text) < 4:\n        return text\n    return text[:3] + '.'\n")
    solving = Solving.model_validate({"samples": 1, "retries": 1, "wrap": False})
    asked = a_brief("patch", "Leave words of up to 4 characters.", {"a.py": before}, check=("pytest",), solving=solving)
    desk = ScriptedDesk(answer, answer, answer, checks=[FAILS, FAILS, PASSES, FAILS, FAILS, FAILS] + [FAILS] * 20)
    with pytest.raises(CheckFailed):
        await work(asked, desk)
    assert len(desk.asked) == 3


async def test_slips_are_not_tried_where_a_check_takes_too_long_or_no_command_ran() -> None:
    slow = [Check(name="pytest", ok=False, output="AssertionError", seconds=200.0)]
    desk = ScriptedDesk(NEARLY, checks=[slow] * 9)
    with pytest.raises(CheckFailed):
        await work(brief(seconds=300, samples=1), desk)
    assert len(desk.tried) == 1
    unknown = fenced("def short(text):\n    if len(text) < 4:\n        return txt\n    return text[0] + text[-1]\n")
    desk = ScriptedDesk(unknown, unknown, unknown, checks=[])
    with pytest.raises(CheckFailed, match="names"):
        await work(brief(), desk)


async def test_slips_can_be_left_to_the_model() -> None:
    desk = ScriptedDesk(NEARLY, NEARLY, NEARLY, checks=[FAILS, PASSES])
    proposal = await work(brief(slips=False), desk)
    assert len(desk.asked) == 2
    assert b"len(text) < 4" in (proposal.edits[0].after or b"")


async def test_what_was_noted_of_an_answer_that_failed_is_not_said_of_the_next_one() -> None:
    code = 'def length(seconds):\n    minutes, rest = divmod(seconds, 60)\n    return f"{minutes}:{rest:02}"\n'
    case = '    if minutes > 99:\n        return f"{minutes // 60}:{minutes % 60}"\n'
    slip = code.replace("    return", f"{case}    return")
    right = slip.replace("> 99", ">= 60").replace("% 60}", "% 60:02}")
    desk = JudgingDesk(fenced(slip), fenced(right), passes=lambda text, asked: ">= 60" in text and asked > 1)
    tries = Solving(samples=1, retries=0, wrap=False)
    task = "length gives '1:15' from an hour on."
    proposal = await work(a_brief("patch", task, {"a.py": code}, check=["pytest"], solving=tries), desk)
    assert proposal.verdict is Verdict.CHECKED
    assert proposal.notes == ()
