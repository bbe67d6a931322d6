"""Wrappers among the tries, and what comes of a change that passed its check and does more than it should."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.errors import CheckFailed
from workbench.model import Brief, Check, Excerpt, Proposal, Solving, Verdict

GREET = 'def greet(name):\n    return "Hello " + name\n'
SOURCE = (
    GREET
    + "\n\n"
    + "\n\n".join(f"def other_{number}(x):\n    y = x + {number}\n    return y\n" for number in range(30))
)
ADD = "Let `greet` return '' when name is empty."
FAILS = [Check(name="pytest", ok=False, output="'Hi' != ''", seconds=1.0)]
PASSES = [Check(name="pytest", ok=True, seconds=1.0)]
BOTH_FAIL = FAILS
"""What two answers that did other things come to together."""
WRONG = fenced('def greet(name):\n    return "Hi " + name\n')
WHOLE = fenced('def greet(name):\n    if not name:\n        return ""\n    return "Hello " + name\n')
WRAPPER = fenced('def greet(name):\n    if not name:\n        return ""\n    return old_greet(name)\n')
UNWRAPPED = fenced("def greet(name):\n    name = name.title()\n    return old_greet(name)\n")
MADE_UP = fenced('def greet(name):\n    if not name:\n        return ""\n    return f"Hi {name}"\n')
TEST = Excerpt(path="test_a.py", first=1, last=1, text='assert greet("Ann") == "Hello Ann"\n')


def brief(task: str = ADD, *, check: tuple[str, ...] = ("pytest",), **solving: Any) -> Brief:
    tries = Solving.model_validate({"samples": 1, "retries": 1} | solving)
    return a_brief("patch", task, {"a.py": SOURCE}, check=check, solving=tries, tests=(TEST,))


def after(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


def ways(desk: ScriptedDesk) -> list[str]:
    found = []
    for request in desk.asked:
        asked = request.messages[-1].content
        if "def old_greet" in asked:
            found.append("wrapped" if '"Hello " + name' in asked else "unseen")
        else:
            found.append(
                "mended" if "A first try was wrong" in asked else "ahead" if "only the lines" in asked else "plain"
            )
    return found


async def test_what_is_added_is_asked_for_as_a_wrapper_and_put_into_the_function() -> None:
    desk = ScriptedDesk(WRONG, WRONG, WRAPPER, checks=[FAILS, FAILS, PASSES])
    proposal = await work(brief(), desk)
    assert ways(desk) == ["plain", "mended", "wrapped"]
    assert after(proposal).startswith(
        'def greet(name):\n    if not name:\n        return ""\n    return "Hello " + name\n'
    )
    assert proposal.verdict is Verdict.CHECKED
    assert "returns `old_greet(...)`" in desk.question


async def test_where_nothing_judges_it_a_wrapper_comes_first_for_it_leaves_alone_what_is_there() -> None:
    desk = ScriptedDesk(WRAPPER)
    await work(brief(check=()), desk)
    assert ways(desk) == ["wrapped"]


async def test_then_the_first_lines_alone_then_without_the_body_then_afresh() -> None:
    desk = ScriptedDesk(*[WRONG] * 4, UNWRAPPED, WHOLE, checks=[*[FAILS] * 5, BOTH_FAIL, PASSES])
    await work(brief(), desk)
    assert ways(desk) == ["plain", "mended", "wrapped", "ahead", "unseen", "plain"]


async def test_other_words_are_asked_for_plainly_first() -> None:
    desk = ScriptedDesk(WRONG, WRONG, WRONG, MADE_UP, checks=[FAILS, FAILS, FAILS, PASSES])
    proposal = await work(brief("Let `greet` greet nobody by nothing."), desk)
    assert ways(desk) == ["plain", "mended", "ahead", "unseen"]
    assert '    return "Hello " + name\n' in after(proposal)


async def test_without_a_check_a_wrapper_is_the_second_opinion_on_a_wrapper() -> None:
    desk = ScriptedDesk(WRAPPER, WRAPPER)
    proposal = await work(brief(check=(), samples=3), desk)
    assert ways(desk) == ["wrapped", "unseen"]
    assert "2 of 2 answers agreed" in proposal.notes
    assert proposal.verdict is Verdict.UNVERIFIED


async def test_without_a_check_a_wrapper_that_wraps_nothing_is_asked_for_plainly() -> None:
    desk = ScriptedDesk(MADE_UP, WHOLE)
    await work(brief(check=()), desk)
    assert ways(desk) == ["wrapped", "plain"]
    desk = ScriptedDesk(WHOLE)
    await work(brief(check=()), desk)
    assert ways(desk) == ["wrapped"]


async def test_a_result_that_is_to_change_is_asked_for_so_and_worked_on_after_the_old_lines() -> None:
    loud = "def greet(name, loud=False):\n    result = old_greet(name)\n    return result.upper() if loud else result\n"
    desk = ScriptedDesk(fenced(loud))
    task = "Add a parameter `loud=False` to `greet`. If it is true the result is in capitals."
    proposal = await work(brief(task, check=()), desk)
    assert "it begins with `result = old_greet(...)`" in desk.question
    assert after(proposal).startswith(
        'def greet(name, loud=False):\n    result = "Hello " + name\n    return result.upper() if loud else result\n'
    )


async def test_wrappers_can_be_switched_off() -> None:
    desk = ScriptedDesk(WRONG, WRONG, WHOLE, checks=[FAILS, FAILS, PASSES])
    await work(brief(wrap=False), desk)
    assert ways(desk) == ["plain", "mended", "plain"]


async def test_a_wrapper_that_cannot_be_put_in_is_a_try_that_failed() -> None:
    odd = fenced("def greet(name):\n    return old_greet(name) + old_greet(name)\n")
    desk = ScriptedDesk(odd, WHOLE)
    await work(brief(check=()), desk)
    assert ways(desk) == ["wrapped", "plain"]
    assert any("cannot be put before" in reason for reason in desk.refused)


# What a comparison says

CHANGED = Check(name="greet as before", ok=False, output="greet('Ann') gave 'Hello Ann' before the change")
SAME = Check(name="greet as before", ok=True, output="3 calls")


async def test_calls_of_a_change_that_passes_go_to_the_desk_with_its_check() -> None:
    desk = ScriptedDesk(WHOLE, checks=[[*PASSES, SAME]])
    proposal = await work(brief(), desk)
    (trial,) = desk.trials[0]
    assert trial.calls == ("__f('')",)
    assert [check.name for check in proposal.checks if check.ok][-2:] == ["pytest", "greet as before"]
    assert proposal.verdict is Verdict.CHECKED


async def test_the_old_lines_behind_a_new_case_come_before_what_is_made_up() -> None:
    made_up = fenced('def greet(name):\n    if not name:\n        return ""\n    return name\n')
    desk = ScriptedDesk(made_up, checks=[PASSES])
    proposal = await work(brief(), desk)
    assert after(proposal).count('"Hello "') == 1
    assert "the old lines follow what is new" in proposal.notes
    assert proposal.verdict is Verdict.CHECKED


async def test_a_change_that_goes_further_is_told_and_a_better_one_is_taken() -> None:
    desk = ScriptedDesk(MADE_UP, WHOLE, checks=[[*PASSES, CHANGED], [*PASSES, SAME]])
    proposal = await work(brief(), desk)
    assert after(proposal).count('"Hello "') == 1
    assert proposal.verdict is Verdict.CHECKED
    assert CHANGED.output in desk.refused


async def test_where_none_does_better_it_is_offered_as_unverified_and_says_so() -> None:
    desk = ScriptedDesk(MADE_UP, WRONG, WRONG, checks=[[*PASSES, CHANGED], FAILS, FAILS])
    proposal = await work(brief(retries=5), desk)
    assert len(desk.asked) == 3
    assert "Hi {name}" in after(proposal)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert f"something else changed: {CHANGED.output}" in proposal.notes


async def test_comparing_can_be_switched_off() -> None:
    desk = ScriptedDesk(MADE_UP, checks=[PASSES])
    await work(brief(compare=False), desk)
    assert desk.trials == [()]


SAYS = 'def cut(n):\n    if n < 0:\n        raise ValueError(f"wrong n: {n}")\n    return n\n'
SAY_TASK = "The error of `cut` for -1 should read 'n is -1, and less than 0', for 0 is the least."


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [("'n is -1, and less than 0'", False), ("f'n is {n}, and less than 0'", True), ("'n is below zero'", True)],
)
async def test_an_example_in_a_message_is_not_taken_for_the_message(said: str, is_kept: bool) -> None:
    answer = fenced(SAYS.replace('f"wrong n: {n}"', said))
    source = SAYS + SOURCE
    solving = Solving(samples=1, retries=0, wrap=False, slips=False)
    desk = ScriptedDesk(answer, answer, checks=[PASSES, PASSES])
    made = a_brief("patch", SAY_TASK, {"a.py": source}, check=("pytest",), solving=solving)
    proposal = await work(made, desk)
    assert (proposal.verdict is Verdict.CHECKED) == is_kept
    assert any("that is an example" in note for note in proposal.notes) != is_kept


async def test_a_check_that_fails_is_told_and_nothing_is_compared() -> None:
    desk = ScriptedDesk(WRONG, WRONG, WRONG, UNWRAPPED, checks=[*[FAILS] * 4, BOTH_FAIL])
    with pytest.raises(
        CheckFailed, match="first: checks-failed; mended: checks-failed; wrapped: checks-failed; unseen"
    ):
        await work(brief(retries=0), desk)
