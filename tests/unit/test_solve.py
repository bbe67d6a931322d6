"""Solving: in which order tries come, what ends them, and how much is claimed of what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief, fenced
from workbench.checks.trial_values import Trial
from workbench.crew.dispatch import work
from workbench.crew.solving.plan import AFRESH, SAMPLED, Budget
from workbench.errors import AnswerRejected, CheckFailed, EngineUnavailable
from workbench.exchange import ChatRequest, Completion
from workbench.model import Brief, Check, Excerpt, FileEdit, Proposal, Solving, TestFile, Verdict

SOURCE = 'def greet(name):\n    return "Hello " + name\n\n\n' + "\n\n".join(
    f"def other_{number}(x):\n    y = x + {number}\n    return y\n" for number in range(30)
)
TASK = "Let `greet` say good day."
FAILS = [Check(name="pytest", ok=False, output="AssertionError: 'Hi' != 'Good day'", seconds=1.0)]
PASSES = [Check(name="pytest", ok=True, seconds=1.0)]
WRONG = fenced('def greet(name):\n    return "Hi " + name\n')
RIGHT = fenced('def greet(name):\n    return "Good day " + name\n')


def said(word: str, *, comment: str = "", **more: Any) -> Answer:
    return Answer(
        text=fenced(f'def greet(name):\n    {comment or "pass"}\n    return "{word} " + name\n'),
        **more,
    )


def brief(
    *,
    check: tuple[str, ...] = (),
    repairs: int = 1,
    task: dict[str, object] | None = None,
    solving: dict[str, object] | None = None,
    **more: Any,
) -> Brief:
    tries = Solving.model_validate({"samples": 1, "retries": 1, "wrap": False} | (solving or {}))
    made = a_brief("patch", TASK, {"a.py": SOURCE}, check=check, repairs=repairs, solving=tries, **more)
    spec = made.task.spec.model_copy(update=task or {})
    return made.model_copy(update={"task": made.task.model_copy(update={"spec": spec})})


def after(proposal: Proposal) -> str:
    content = proposal.edits[0].after
    assert content is not None
    return content.decode()


def ways(desk: ScriptedDesk) -> list[str]:
    """How each question was put: plainly, marked by a comment in the code, by an example, or both."""
    found = []
    for request in desk.asked:
        marked = "marked" if f"# TODO: {TASK}" in request.messages[-1].content else ""
        found.append(" ".join(filter(None, [marked, "example" if len(request.messages) > 2 else ""])))
    return found


async def test_with_a_check_an_answer_is_mended_and_then_asked_for_afresh() -> None:
    desk = ScriptedDesk(WRONG, WRONG, RIGHT, checks=[FAILS, FAILS, PASSES])
    proposal = await work(brief(check=("pytest",)), desk)
    assert proposal.verdict is Verdict.CHECKED
    assert ways(desk) == ["", "marked", "marked example"]
    assert [request.seed for request in desk.asked] == [0, 1, 2]
    assert "'Hi' != 'Good day'" in desk.asked[1].messages[-1].content
    assert "'Hi' != 'Good day'" not in desk.asked[2].messages[-1].content


async def test_ways_of_asking_take_turns_before_warmth_does() -> None:
    desk = ScriptedDesk(*[WRONG] * 5, RIGHT, checks=[*[FAILS] * 5, PASSES])
    await work(brief(check=("pytest",), repairs=2, solving={"retries": 3}), desk)
    assert ways(desk) == ["", "marked", "marked", *["marked example"] * 3]
    assert [request.temperature for request in desk.asked] == [0.0, 0.0, SAMPLED, 0.0, AFRESH, AFRESH]


async def test_a_mark_in_an_answer_is_taken_out_again() -> None:
    kept = f'# TODO: {TASK}\n    return "Good day " + name'
    answer = fenced(f"def greet(name):\n    {kept}\n")
    desk = ScriptedDesk(WRONG, answer, checks=[FAILS, PASSES])
    proposal = await work(brief(check=("pytest",)), desk)
    assert '"Good day " + name' in after(proposal)
    assert "TODO" not in after(proposal)


async def test_the_first_proof_ends_it() -> None:
    desk = ScriptedDesk(RIGHT, RIGHT, checks=[PASSES])
    proposal = await work(brief(check=("pytest",), solving={"samples": 3}), desk)
    assert len(desk.asked) == 1
    assert proposal.verdict is Verdict.CHECKED
    assert not any("agreed" in note for note in proposal.notes)


async def test_what_failed_is_climbed_with_to_the_larger_model() -> None:
    desk = ScriptedDesk(WRONG, WRONG, WRONG, RIGHT, checks=[FAILS, FAILS, FAILS, PASSES])
    proposal = await work(brief(check=("pytest",), ladder=("large",)), desk)
    assert [request.model for request in desk.asked] == ["tiny", "tiny", "tiny", "large"]
    assert desk.asked[3].temperature == 0.0
    assert proposal.verdict is Verdict.CHECKED
    assert "climbed to large" in proposal.notes


async def test_climbing_can_be_switched_off() -> None:
    desk = ScriptedDesk(WRONG, WRONG, checks=[FAILS, FAILS])
    with pytest.raises(CheckFailed):
        await work(brief(check=("pytest",), ladder=("large",), solving={"climb": False, "retries": 0}), desk)
    assert {request.model for request in desk.asked} == {"tiny"}


async def test_in_the_end_it_says_what_was_tried_by_whom_and_why_it_was_refused() -> None:
    desk = ScriptedDesk(WRONG, "Sure.", WRONG, WRONG, WRONG, WRONG, checks=[FAILS] * 5)
    with pytest.raises(CheckFailed) as caught:
        await work(brief(check=("pytest",), ladder=("large",)), desk)
    said_of_all = caught.value.message
    assert "after 6 tries" in said_of_all
    assert "tiny first: checks-failed; tiny mended: no-" in said_of_all
    assert "large afresh: checks-failed" in said_of_all
    assert "'Hi' != 'Good day'" in said_of_all


class WithoutTheLarge(ScriptedDesk):
    """A desk that has no model but the tiny one."""

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        if request.model != "tiny":
            raise EngineUnavailable("no engine has it", code="model-missing")
        return await super().ask(voice, request)


async def test_a_larger_model_that_is_not_there_changes_nothing_about_the_failure() -> None:
    desk = WithoutTheLarge(WRONG, checks=[FAILS])
    with pytest.raises(CheckFailed, match=r"in one try \(large could not be asked: model-missing\)"):
        await work(brief(check=("pytest",), ladder=("large",), repairs=0, solving={"retries": 0}), desk)


async def test_a_first_model_that_is_not_there_is_said_at_once() -> None:
    desk = WithoutTheLarge()
    with pytest.raises(EngineUnavailable):
        await work(brief().model_copy(update={"model": "large"}), desk)


async def test_a_model_whose_answers_are_cut_off_is_not_asked_again_but_climbed_from() -> None:
    cut = Answer(text="```python\ndef greet(", finish="length", prompt_tokens=7_900)
    desk = ScriptedDesk(cut, RIGHT, checks=[PASSES])
    proposal = await work(brief(check=("pytest",), ladder=("large",)), desk)
    assert [request.model for request in desk.asked] == ["tiny", "large"]
    assert proposal.verdict is Verdict.CHECKED


async def test_no_try_begins_that_could_not_end_within_the_tokens() -> None:
    dear = Answer(text=WRONG, prompt_tokens=300, completion_tokens=100)
    desk = ScriptedDesk(dear, dear, checks=[FAILS, FAILS])
    with pytest.raises(CheckFailed, match="after 2 tries"):
        await work(brief(check=("pytest",), repairs=5, task={"budget_tokens": 1_100}), desk)
    assert desk.is_used_up


async def test_no_try_begins_that_could_not_end_within_the_seconds_checks_included() -> None:
    slow = Answer(text=WRONG, seconds=2.0)
    desk = ScriptedDesk(slow, slow, checks=[FAILS, FAILS])
    with pytest.raises(CheckFailed, match="after 2 tries"):
        await work(brief(check=("pytest",), repairs=5, task={"budget_seconds": 8.0}), desk)
    assert desk.is_used_up


async def test_the_first_try_is_made_however_small_the_budget() -> None:
    desk = ScriptedDesk(RIGHT, checks=[PASSES])
    proposal = await work(brief(check=("pytest",), task={"budget_tokens": 1}), desk)
    assert proposal.verdict is Verdict.CHECKED


async def test_a_budget_is_never_longer_than_the_task_may_take() -> None:
    slow = Answer(text=WRONG, seconds=20.0)
    desk = ScriptedDesk(slow, checks=[FAILS])
    with pytest.raises(CheckFailed, match="in one try"):
        await work(brief(check=("pytest",), task={"timeout": 30.0}), desk)


async def test_of_a_larger_model_nothing_less_is_expected() -> None:
    slow = Answer(text=WRONG, seconds=40.0)
    desk = ScriptedDesk(slow, checks=[FAILS])
    with pytest.raises(CheckFailed, match="in one try"):
        await work(brief(check=("pytest",), ladder=("large",), repairs=0, solving={"retries": 0, "seconds": 60}), desk)


def test_a_budget_says_what_is_spent() -> None:
    assert str(Budget(tokens=9_000, seconds=60)) == "0 of 9,000 tokens and 0 of 60 s are spent"


async def test_two_that_agree_are_enough() -> None:
    first, second = said("Good day"), said("Good day", comment="# politely\n    pass")
    desk = ScriptedDesk(first, second)
    proposal = await work(brief(solving={"samples": 3}), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert "2 of 2 answers agreed" in proposal.notes
    assert ways(desk) == ["", "marked"]
    assert "politely" not in after(proposal)


async def test_three_others_outvote_the_first() -> None:
    desk = ScriptedDesk(said("Hi"), *[said("Good day")] * 4)
    proposal = await work(brief(solving={"samples": 7}), desk)
    assert '"Good day "' in after(proposal)
    assert ways(desk) == ["", "marked", "marked example", "marked", "marked example"]
    assert [request.temperature for request in desk.asked][:3] == [0.0, 0.0, 0.0]
    assert desk.asked[3].temperature
    assert "4 of 5 answers agreed" in proposal.notes
    assert proposal.summary.endswith(f"{TASK} (4 of 5 answers agreed)")
    assert proposal.verdict is Verdict.UNVERIFIED


async def test_two_others_do_not_outvote_the_first_which_is_said_to_stand_alone() -> None:
    desk = ScriptedDesk(said("Hi"), said("Good day"), said("Good day"))
    proposal = await work(brief(solving={"samples": 3}), desk)
    assert '"Hi "' in after(proposal)
    assert len(desk.asked) == 2
    assert "1 of 2 answers agreed" in proposal.notes


NOISY = fenced('def greet(name):\n    pass\n    return "Ho " + name\n\n\nprint(greet("you"))\n')


@pytest.mark.parametrize(
    ("answers", "is_noisy"),
    [([NOISY, said("Hi")], True), ([said("Hi"), NOISY], False), ([said("Hi"), *[NOISY] * 4], True)],
)
async def test_what_was_noted_of_an_answer_that_is_not_taken_is_not_said(
    answers: list[str | Answer], is_noisy: bool
) -> None:
    proposal = await work(brief(solving={"samples": 7 if len(answers) > 2 else 2}), ScriptedDesk(*answers))
    assert ('"Ho "' in after(proposal)) is is_noisy
    assert any("left out of the answer" in note for note in proposal.notes) is is_noisy
    assert any("answers agreed" in note for note in proposal.notes)


async def test_an_answer_that_cannot_be_used_counts_as_one_that_does_not_agree() -> None:
    desk = ScriptedDesk(said("Hi"), "Sure.", said("Hi"))
    proposal = await work(brief(solving={"samples": 3}), desk)
    assert "2 of 3 answers agreed" in proposal.notes
    assert len(desk.refused) == 1


async def test_samples_keep_to_the_budget() -> None:
    desk = ScriptedDesk(said("Hi"), said("Ho"))
    proposal = await work(brief(solving={"samples": 5}, task={"budget_tokens": 300}), desk)
    assert "1 of 2 answers agreed" in proposal.notes
    assert any("within the budget" in note for note in proposal.notes)


TEST = """import pytest
from a import greet, other_1


def test_other():
    assert other_1(1) == 2


def test_greet():
    assert greet('Ann') == 'Good day Ann'
"""


async def test_the_tests_that_a_check_names_are_shown_as_far_as_they_speak_of_the_change() -> None:
    desk = ScriptedDesk(RIGHT, checks=[PASSES])
    tests = (Excerpt(path="test_a.py", first=1, last=10, text=TEST),)
    await work(brief(check=("pytest",), tests=tests), desk)
    assert "assert greet('Ann') == 'Good day Ann'" in desk.question
    assert "other_1" not in desk.question
    assert desk.question.index("def greet") < desk.question.index("test_greet") < desk.question.index("Task:")


async def test_tests_can_be_kept_out_of_the_prompt() -> None:
    desk = ScriptedDesk(RIGHT, checks=[PASSES])
    tests = (Excerpt(path="test_a.py", first=1, last=10, text=TEST),)
    await work(brief(check=("pytest",), tests=tests, solving={"tests": False}), desk)
    assert "test_greet" not in desk.question


NEAR = TestFile(path="tests/test_a.py", command="pytest tests/test_a.py", is_allowed=True)


async def test_tests_that_are_not_allowed_are_offered_and_never_run() -> None:
    desk = ScriptedDesk(RIGHT)
    near = NEAR.model_copy(update={"is_allowed": False})
    proposal = await work(brief(tests_near=(near,)), desk)
    assert desk.tried == []
    assert any("tests/test_a.py uses it" in note and "pytest tests/test_a.py" in note for note in proposal.notes)
    assert proposal.verdict is Verdict.UNVERIFIED


async def test_allowed_tests_that_pass_before_and_after_prove_nothing_new() -> None:
    green = [Check(name=NEAR.command, ok=True)]
    desk = ScriptedDesk(RIGHT, checks=[green, green])
    proposal = await work(brief(tests_near=(NEAR,)), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert proposal.checks[-1].name == NEAR.command
    assert desk.tried[1] == ()


async def test_an_allowed_test_that_waited_for_the_change_checks_it() -> None:
    desk = ScriptedDesk(
        RIGHT, checks=[[Check(name=NEAR.command, ok=True)], [Check(name=NEAR.command, ok=False, output="E")]]
    )
    proposal = await work(brief(tests_near=(NEAR,), solving={"samples": 3}), desk)
    assert proposal.verdict is Verdict.CHECKED
    assert len(desk.asked) == 1


async def test_a_change_that_breaks_an_allowed_test_is_mended() -> None:
    red = [Check(name=NEAR.command, ok=False, output="AssertionError: it broke")]
    green = [Check(name=NEAR.command, ok=True)]
    desk = ScriptedDesk(WRONG, RIGHT, checks=[red, green, green])
    proposal = await work(brief(tests_near=(NEAR,)), desk)
    assert "it broke" in desk.question
    assert '"Good day "' in after(proposal)
    assert proposal.verdict is Verdict.UNVERIFIED


async def test_an_allowed_test_that_failed_before_and_fails_still_is_not_held_against_the_change() -> None:
    red = [Check(name=NEAR.command, ok=False, output="E")]
    desk = ScriptedDesk(RIGHT, checks=[red, red])
    proposal = await work(brief(tests_near=(NEAR,)), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert all(check.name != NEAR.command for check in proposal.checks)


async def test_the_same_answers_lead_to_the_same_questions() -> None:
    def desk() -> ScriptedDesk:
        return ScriptedDesk("Sure.", said("Hi"), said("Ho"), said("Ho"))

    first, second = desk(), desk()
    one = await work(brief(solving={"samples": 3}), first)
    other = await work(brief(solving={"samples": 3}), second)
    assert (one.edits, one.notes) == (other.edits, other.notes)
    assert first.asked == second.asked


async def test_a_prompt_that_no_model_holds_ends_it_at_once() -> None:
    desk = ScriptedDesk()
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("patch", "Change it.", {"a.txt": "word " * 4_000}, context=2_000, ladder=("large",)), desk)
    assert caught.value.code == "too-long-for-model"


# What is asked of the world and fails


class Refusing(ScriptedDesk):
    """A desk that runs no command."""

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        raise CheckFailed("no guard can be had here", code="no-sandbox")


class Dying(ScriptedDesk):
    """A desk whose engine dies when all that was prepared is said."""

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        if not self._answers:
            raise EngineUnavailable("the engine died", code="engine-died")
        return await super().ask(voice, request)


async def test_tests_that_nobody_asked_for_and_that_cannot_be_run_fail_nothing() -> None:
    proposal = await work(brief(tests_near=(NEAR,)), Refusing(RIGHT))
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("were not run: no guard" in note for note in proposal.notes)


async def test_a_check_that_was_asked_for_and_cannot_be_run_fails_the_task() -> None:
    with pytest.raises(CheckFailed) as caught:
        await work(brief(check=("pytest",)), Refusing(RIGHT))
    assert caught.value.code == "no-sandbox"


async def test_an_engine_that_dies_while_opinions_are_gathered_leaves_what_was_said() -> None:
    proposal = await work(brief(solving={"samples": 3}), Dying(RIGHT))
    assert '"Good day " + name' in after(proposal)
    assert any("no further answer: the engine died" in note for note in proposal.notes)


async def test_a_command_that_the_task_demands_is_run_for_every_kind() -> None:
    answer = '{"summary": "Greets somebody by name."}'
    made = a_brief("docstrings", "Document greet.", {"a.py": SOURCE}, check=("pytest",))
    proposal = await work(made, ScriptedDesk(answer, checks=[PASSES]))
    assert proposal.verdict is Verdict.PROVEN
    assert [check.name for check in proposal.checks][-1] == "pytest"
    with pytest.raises(CheckFailed, match="Good day"):
        await work(made, ScriptedDesk(answer, checks=[FAILS]))
