"""Changes that need no model within a task: judged before one is asked, and left to it where that proves nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.unit.scripted_desk import JudgingDesk, ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.errors import CheckFailed
from workbench.model import Brief, Check, Excerpt, Proposal, Solving, Verdict

TEN = "def ten(n):\n    return n or 10\n"


NONE_ASKED = "def ten(n):\n    return (10 if n is None else n)\n"


BETTER = fenced("def ten(n):\n    if n is None:\n        return 10\n    return n\n")


TASK = "ten(0) gives 10, but 0 counts."


FAILS = [Check(name="pytest", ok=False, output="AssertionError", seconds=1.0)]


PASSES = [Check(name="pytest", ok=True, seconds=1.0)]


GOES_FURTHER = [*PASSES, Check(name="as before", ok=False, output="ten(3) gives 4 now", seconds=1.0)]


def asked(**solving: object) -> Brief:
    tries = Solving.model_validate({"samples": 1, "retries": 0, "wrap": False, "climb": False} | solving)
    return a_brief("patch", TASK, {"a.py": TEN}, check=("pytest",), solving=tries)


def after(proposal: Proposal) -> str:
    return (proposal.edits[0].after or b"").decode()


async def test_a_change_of_the_host_is_taken_where_it_mends_what_failed_and_no_model_is_asked() -> None:
    desk = ScriptedDesk(checks=[FAILS, PASSES])
    proposal = await work(asked(), desk)
    assert after(proposal) == NONE_ASKED
    assert proposal.verdict is Verdict.CHECKED
    assert any(note.startswith("no model was asked") for note in proposal.notes)
    assert desk.tried[0] == ()
    assert not desk.asked


async def test_commands_that_pass_anyway_are_no_proof_of_it() -> None:
    desk = ScriptedDesk(BETTER, checks=[PASSES, PASSES])
    proposal = await work(asked(), desk)
    assert "    if n is None:\n" in after(proposal)
    assert any("pass as things are" in note for note in proposal.notes)


async def test_what_failed_is_not_tried_again_when_the_model_failed_too() -> None:
    wrong = fenced("def ten(n):\n    return n or 11\n")
    desk = ScriptedDesk(wrong, wrong, checks=[FAILS] * 6)
    with pytest.raises(CheckFailed):
        await work(asked(), desk)
    host = [edits for edits in desk.tried if edits and edits[0].after == NONE_ASKED.encode()]
    assert len(host) == 1


async def test_what_goes_further_is_left_to_the_model() -> None:
    desk = ScriptedDesk(BETTER, checks=[FAILS, GOES_FURTHER, PASSES])
    assert "    if n is None:\n" in after(await work(asked(), desk))


async def test_none_is_made_without_commands_or_where_slips_are_off() -> None:
    desk = ScriptedDesk(BETTER, checks=[PASSES])
    assert "    if n is None:\n" in after(await work(asked(slips=False), desk))
    desk = ScriptedDesk(BETTER)
    proposal = await work(asked().model_copy(update={"task": a_brief("patch", TASK, {"a.py": TEN}).task}), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert not desk.tried


async def test_a_slow_check_leaves_the_model_its_tries() -> None:
    slow, passes = ([one[0].model_copy(update={"seconds": 30.0})] for one in (FAILS, PASSES))
    code = "def ten(n, least=None):\n    least = least or 1\n    return max(least, n or 10)\n"
    made = asked(seconds=120)
    made = a_brief("patch", TASK, {"a.py": code}, check=("pytest",), solving=made.solving)
    desk = ScriptedDesk(fenced(code.replace("n or 10", "n")), checks=[slow, passes])
    assert (await work(made, desk)).verdict is Verdict.CHECKED
    assert len(desk.tried) == 2


CLOCK = r"""import re


def clock(text: str):
    hour, minute = re.fullmatch(r'(\d+):(\d+)', text).groups()
    return int(hour), int(minute)
"""


async def test_what_is_to_be_taken_as_another_value_is_needs_no_model_and_no_check() -> None:
    desk = ScriptedDesk()
    brief = a_brief("patch", "Please let clock accept 9.30 as well as 9:30.", {"a.py": CLOCK})
    proposal = await work(brief, desk)
    assert "    text = text.replace('.', ':')\n    hour, minute = " in after(proposal)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("worked out from the code" in note for note in proposal.notes)


async def test_values_that_differ_in_more_than_a_sign_are_left_to_a_model() -> None:
    answer = CLOCK.replace("    hour,", "    if text == 'noon':\n        return 12, 0\n    hour,")
    desk = ScriptedDesk(fenced(answer))
    brief = a_brief("patch", "Please let clock accept 'noon' as well as '12:00'.", {"a.py": CLOCK})
    proposal = await work(brief, desk)
    assert "noon" in after(proposal)
    assert len(desk.asked) == 1


HALVES = '''def parse_time(text):
    """Read a time such as '14:30'."""
    hours, _, minutes = text.strip().partition(":")
    return int(hours) * 60 + int(minutes)
'''


async def test_what_an_answer_left_of_the_task_is_done_by_the_host() -> None:
    task = "parse_time should understand '14.30' besides '14:30', and '14' too."
    half = fenced(HALVES.replace("int(minutes)", "int(minutes or 0)"))
    brief = a_brief("patch", task, {"a.py": HALVES}, check=["pytest"], repairs=0)
    desk = JudgingDesk(half, passes=lambda text, _: "minutes or 0" in text and '"."' in text.replace("'", '"'))
    proposal = await work(brief, desk)
    assert proposal.verdict is Verdict.CHECKED
    assert len(desk.asked) == 1
    assert proposal.edits[0].before == HALVES.encode()


async def test_what_the_model_may_choose_from_is_what_the_tests_lead_to() -> None:
    others = "\n\n".join(f"def other_{number}(x):\n    y = x + {number}\n    return y\n" for number in range(40))
    chain = ("inner", "second", "third", "outer")
    steps = "\n\n".join(f"def {name}(x):\n    return {of}(x)\n" for of, name in pairwise(("int", *chain)))
    code = f"{steps}\n\n{others}"
    test = "assert outer(1) == 2\n"
    brief = a_brief("patch", "One more, please.", {"a.py": code}, check=["pytest"], repairs=0)
    brief = brief.model_copy(update={"tests": (Excerpt(path="check.py", first=1, last=1, text=test),)})
    fails = [Check(name="pytest", ok=False, output="AssertionError")]
    answer = fenced("def inner(x):\n    return int(x) + 1\n")
    desk = ScriptedDesk('{"names": ["inner"]}', answer, checks=[fails, PASSES])
    await work(brief, desk)
    assert "other_1" not in desk.asked[0].messages[-1].content
    assert "inner" in desk.asked[0].messages[-1].content
