"""A behaviour change: what is shown, what is taken of an answer, how it is mended, and when the crew says no."""

from __future__ import annotations

import json

import pytest

from tests.unit.scripted_desk import Answer, ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.errors import AnswerRejected, CheckFailed, EditRefused, NaniteError, TaskRefused
from workbench.events import CheckFinished
from workbench.model import Check, Excerpt, Proposal, Verdict

FILLER = "\n\n".join(f"def other_{number}(x):\n    y = x + {number}\n    return y\n" for number in range(30))
LONG_DOCSTRING = '"""Return the greeting.\n\n    >>> greet("Ann")\n    \'Hello Ann\'\n    """'
LARGE = f'import re\n\n\ndef greet(name):\n    {LONG_DOCSTRING}\n    return "Hello " + name\n\n\n{FILLER}'
SMALL = 'NAME = "x"\n\n\ndef greet(name):\n    return "Hello " + name\n'
POLITE = 'def greet(name):\n    return "Good day " + name\n'


def after(proposal: Proposal, place: int = 0) -> str:
    content = proposal.edits[place].after
    assert content is not None
    return content.decode()


async def test_a_named_function_alone_is_shown_and_changed() -> None:
    desk = ScriptedDesk(fenced(POLITE))
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert "def greet" in desk.question
    assert "import re" not in desk.question
    assert "other_1" not in desk.question
    assert after(proposal) == LARGE.replace('"Hello " + name', '"Good day " + name')
    assert proposal.verdict is Verdict.UNVERIFIED
    assert "greet in a.py" in proposal.summary


async def test_the_static_text_comes_first_and_the_task_last() -> None:
    desk = ScriptedDesk(fenced(POLITE))
    reads = [Excerpt(path="b.py", first=3, last=4, text="GOOD = 1")]
    await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, reads=reads), desk)
    system, user = desk.asked[0].messages
    assert system.role == "system"
    assert "greet" not in system.content
    places = [user.content.index(text) for text in ("b.py:3-4", "def greet", "Task: Let `greet`")]
    assert places == sorted(places)


async def test_a_long_docstring_is_neither_read_nor_written_and_comes_back_whole() -> None:
    desk = ScriptedDesk(fenced('def greet(name):\n    """Say it."""\n    return "Good day " + name\n'))
    proposal = await work(a_brief("patch", "greet should say good day", {"a.py": LARGE}), desk)
    assert ">>>" not in desk.question
    assert LONG_DOCSTRING in after(proposal)
    assert "Say it." not in after(proposal)


async def test_a_task_about_docstrings_sees_and_changes_them() -> None:
    desk = ScriptedDesk(fenced('def greet(name):\n    """Greet."""\n    return "Hello " + name\n'))
    proposal = await work(a_brief("patch", "Shorten the docstring of greet.", {"a.py": LARGE}), desk)
    assert ">>>" in desk.question
    assert '"""Greet."""' in after(proposal)
    assert ">>>" not in after(proposal)


async def test_what_is_not_in_play_stays_as_it_is() -> None:
    answer = fenced(POLITE + "\n\ndef other_1(x):\n    return 0\n")
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), ScriptedDesk(answer))
    assert "y = x + 1\n" in after(proposal)


async def test_an_edit_by_lines_is_taken_and_what_fits_loosely_is_marked_for_review() -> None:
    search = 'def greet(name):\nreturn "Hello " + name\n'
    answer = f"a.py\n<<<<<<< SEARCH\n{search}=======\n{search.replace('Hello', 'Good day')}>>>>>>> REPLACE\n"
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": SMALL}), ScriptedDesk(answer))
    assert after(proposal) == SMALL.replace("Hello", "Good day")
    assert proposal.edits[0].fuzzy
    assert "a.py:4: match fuzzy, level 3 (0.90)" in proposal.notes


async def test_an_answer_stopped_at_its_fence_is_whole() -> None:
    desk = ScriptedDesk(fenced(POLITE).removesuffix("```"))
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert "Good day" in after(proposal)
    assert desk.asked[0].stop == ("\n```\n",)


async def test_a_small_file_needs_no_name_in_the_task() -> None:
    desk = ScriptedDesk(fenced(POLITE))
    proposal = await work(a_brief("patch", "Say good day instead of hello.", {"a.py": SMALL}), desk)
    assert len(desk.asked) == 1
    assert after(proposal) == SMALL.replace("Hello", "Good day")


async def test_in_a_large_file_the_model_names_the_symbols_first_under_a_schema() -> None:
    desk = ScriptedDesk(json.dumps({"names": ["greet"]}), fenced(POLITE))
    proposal = await work(a_brief("patch", "Say good day instead of hello.", {"a.py": LARGE}), desk)
    schema = desk.asked[0].response_schema
    assert schema is not None
    assert "greet" in schema["properties"]["names"]["items"]["enum"]
    assert "other_3" not in desk.asked[1].messages[-1].content
    assert "Good day" in after(proposal)
    assert any("chosen by the model: greet" in note for note in proposal.notes)


@pytest.mark.parametrize("answer", ["greet, I think", json.dumps({"names": ["nothing"]}), "[]", '{"names": 3}'])
async def test_a_choice_that_names_nothing_is_an_error(answer: str) -> None:
    desk = ScriptedDesk(answer)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("patch", "Say good day instead of hello.", {"a.py": LARGE}), desk)
    assert caught.value.code == "no-symbol"
    assert desk.refused


async def test_a_method_is_shown_in_its_class_with_the_constructor() -> None:
    source = (
        "class Box:\n    def __init__(self, size):\n        self.size = size\n\n"
        "    def grow(self):\n        self.size += 1\n\n    def shrink(self):\n        self.size -= 1\n\n\n" + FILLER
    )
    desk = ScriptedDesk(fenced("class Box:\n    def grow(self):\n        self.size += 2\n"))
    proposal = await work(a_brief("patch", "Box.grow should grow by two.", {"a.py": source}), desk)
    assert "self.size = size" in desk.question
    assert "def shrink(self)" in desk.question
    assert "self.size -= 1" not in desk.question
    assert after(proposal) == source.replace("+= 1", "+= 2")


@pytest.mark.parametrize(
    "answer",
    ["def reset(self):\n    self.size = 0\n", "class Box:\n    def reset(self):\n        self.size = 0\n"],
)
async def test_a_new_method_lands_in_its_class_however_it_is_answered(answer: str) -> None:
    source = "class Box:\n    def __init__(self, size):\n        self.size = size\n\n\n" + FILLER
    desk = ScriptedDesk(fenced(answer))
    proposal = await work(a_brief("patch", "Add a method `reset(self)` to the class Box.", {"a.py": source}), desk)
    assert "        self.size = size\n\n    def reset(self):\n        self.size = 0\n" in after(proposal)


async def test_a_new_method_goes_into_the_class_whose_field_is_named() -> None:
    source = "class Box:\n    params: str = ''\n\n    def show(self):\n        return self.params\n\n\n" + LARGE
    method = "    def get(self, key):\n        return key in self.params\n"
    desk = ScriptedDesk(fenced(f"class Box:\n{method}"))
    task = "Add a method get(key) to Box that looks a key up in params."
    proposal = await work(a_brief("patch", task, {"a.py": source}), desk)
    content = proposal.edits[0].after
    assert content is not None
    assert content.decode() == source.replace(
        "        return self.params\n", f"        return self.params\n\n{method}", 1
    )


async def test_a_new_function_is_added_and_the_rest_kept() -> None:
    desk = ScriptedDesk(fenced("def twice(x):\n    return 2 * x\n"))
    proposal = await work(a_brief("patch", "Add a function `twice(x)`.", {"a.py": LARGE}), desk)
    assert "def twice(x):\n    return 2 * x\n" in after(proposal)
    assert after(proposal).startswith(LARGE.rstrip("\n")[:100])


async def test_other_languages_are_answered_whole() -> None:
    source = "function greet(name) {\n  return 'Hello ' + name;\n}\n"
    desk = ScriptedDesk(fenced(source.replace("Hello", "Good day"), "javascript"))
    proposal = await work(a_brief("patch", "Say good day.", {"a.js": source}), desk)
    assert "```javascript" in desk.question
    assert after(proposal) == source.replace("Hello", "Good day")


async def test_several_targets_are_changed_one_by_one() -> None:
    files = {"a.py": LARGE, "b.py": LARGE.replace("greet", "welcome"), "c.py": FILLER}
    desk = ScriptedDesk(fenced(POLITE), fenced(POLITE.replace("greet", "welcome")))
    proposal = await work(a_brief("patch", "Let `greet` and `welcome` say good day.", files), desk)
    assert [edit.path for edit in proposal.edits] == ["a.py", "b.py"]
    assert "Good day" in after(proposal, 0)
    assert "Good day" in after(proposal, 1)


async def test_of_several_targets_those_that_need_no_change_are_left_alone() -> None:
    files = {"a.py": LARGE, "b.py": LARGE.replace("greet", "welcome")}
    unchanged = fenced('def welcome(name):\n    return "Hello " + name\n')
    desk = ScriptedDesk(fenced(POLITE), unchanged)
    proposal = await work(a_brief("patch", "Let `greet` say good day, as `welcome` does.", files), desk)
    assert [edit.path for edit in proposal.edits] == ["a.py"]


async def test_the_summary_names_what_really_changed() -> None:
    desk = ScriptedDesk(fenced(POLITE))
    proposal = await work(a_brief("patch", "Say good day instead of hello.", {"a.py": SMALL}), desk)
    assert proposal.summary == "Changes greet in a.py: Say good day instead of hello."


async def test_checks_that_pass_make_it_checked() -> None:
    desk = ScriptedDesk(fenced(POLITE), checks=[[Check(name="pytest", ok=True)]])
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, check=["pytest"]), desk)
    assert proposal.verdict is Verdict.CHECKED
    assert [check.name for check in proposal.checks][-1] == "pytest"
    assert desk.tried == [proposal.edits]


async def test_a_check_that_could_not_run_proves_nothing() -> None:
    desk = ScriptedDesk(fenced(POLITE), checks=[[Check(name="pytest", ok=None)]])
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, check=["pytest"]), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert "some checks could not be run" in proposal.notes


async def test_a_failed_check_is_mended_with_its_own_last_words() -> None:
    failed = Check(name="pytest", ok=False, output="AssertionError: expected 'Good day Ann'")
    desk = ScriptedDesk(
        fenced(POLITE.replace("Good day", "Hi")), fenced(POLITE), checks=[[failed], [Check(name="pytest", ok=True)]]
    )
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, check=["pytest"]), desk)
    assert "expected 'Good day Ann'" in desk.question
    assert "Hi" not in desk.question
    assert desk.asked[1].messages[0] == desk.asked[0].messages[0]
    assert '"""' not in desk.asked[0].messages[-1].content
    assert '"""Return the greeting."""' in desk.question
    assert "# TODO: " not in desk.asked[0].messages[-1].content
    assert "# TODO: " in desk.asked[1].messages[-1].content
    assert "Good day" in after(proposal)
    assert proposal.verdict is Verdict.CHECKED


async def test_checks_that_still_fail_end_the_task_with_their_last_words() -> None:
    failed = [Check(name="pytest", ok=False, output="AssertionError: still wrong")]
    wrong = [fenced(POLITE.replace("Good day", word)) for word in ("Hi", "Ho", "Hu")]
    desk = ScriptedDesk(*wrong, checks=[failed, failed, failed])
    brief = a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, check=["pytest"], repairs=2)
    with pytest.raises(CheckFailed, match=r"after 3 tries.*pytest failed.*still wrong") as caught:
        await work(brief, desk)
    assert caught.value.code == "checks-failed"
    assert desk.is_used_up
    assert len(desk.refused) == 3


async def test_commands_are_not_run_on_what_the_cheap_checks_refuse() -> None:
    answer = 'def greet(name):\n    return translate("Good day " + name)\n'
    desk = ScriptedDesk(fenced(answer), fenced(POLITE), checks=[[Check(name="pytest", ok=True)]])
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, check=["pytest"]), desk)
    assert "a.py uses translate, which nothing defines or imports" in desk.question
    assert len(desk.tried) == 1
    assert proposal.verdict is Verdict.CHECKED
    told = [event for event in desk.events if isinstance(event, CheckFinished) and event.ok is False]
    assert [event.name for event in told] == ["names"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "empty-answer"),
        ("   \n", "empty-answer"),
        ("I would be glad to help you with that change!", "no-code"),
        ("我会帮助你修改这个函数, 让它说你好。", "no-code"),
        (fenced("function greet(name) { return 'Good day ' + name; }", "javascript"), "does-not-parse"),
        (fenced("def greet(name):\n    return 'Good day' +\n"), "does-not-parse"),
        (fenced("def greet(name):\n    # ... existing code ...\n    return 1\n"), "placeholder"),
        (fenced('def greet(name):\n    """Return the greeting."""\n    return "Hello " + name\n'), "no-change"),
        (fenced("def something_else(name):\n    return 1\n"), "off-target"),
        ("```diff\n-    return 1\n+    return 2\n```", "not-found"),
    ],
)
async def test_an_answer_that_cannot_be_used_is_refused_twice_and_never_applied(answer: str, code: str) -> None:
    desk = ScriptedDesk(answer, answer)
    with pytest.raises((AnswerRejected, EditRefused)) as caught:
        await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert caught.value.code == code
    assert "after 2 tries" in caught.value.message
    assert len(desk.refused) == 2


async def test_a_refused_answer_is_mended() -> None:
    desk = ScriptedDesk("Sure, I can do that.", fenced(POLITE))
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert "the answer has no code" in desk.question
    assert "Good day" in after(proposal)


async def test_who_changes_nothing_is_shown_how_the_check_fails_as_it_is() -> None:
    same = fenced('def greet(name):\n    return "Hello " + name\n')
    fails = [Check(name="c", ok=False, output="AssertionError: it says Hello")]
    desk = ScriptedDesk(same, fenced(POLITE), checks=[fails, [Check(name="c", ok=True)]])
    proposal = await work(a_brief("patch", "Let greet say good day.", {"a.py": SMALL}, check=("c",)), desk)
    assert desk.tried[0] == ()
    assert "AssertionError: it says Hello" in desk.question
    assert proposal.verdict is Verdict.CHECKED


async def test_without_repairs_one_bad_answer_is_the_end() -> None:
    desk = ScriptedDesk("Sure.")
    with pytest.raises(EditRefused, match="in one try"):
        await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, repairs=0), desk)
    assert len(desk.asked) == 1


async def test_a_cut_off_answer_is_asked_for_again_with_more_room() -> None:
    cut = Answer(text="```python\ndef greet(name):\n    ret", finish="length", completion_tokens=256)
    desk = ScriptedDesk(cut, fenced(POLITE))
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert desk.asked[1].max_tokens == 2 * desk.asked[0].max_tokens
    assert desk.asked[1].messages == desk.asked[0].messages
    assert "Good day" in after(proposal)


async def test_an_answer_cut_off_twice_is_never_applied() -> None:
    cut = Answer(text=fenced(POLITE), finish="length", completion_tokens=256)
    desk = ScriptedDesk(cut, cut)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert caught.value.code == "cut-off"
    assert len(desk.asked) == 2


async def test_a_cut_off_answer_in_a_full_window_is_not_asked_for_again() -> None:
    cut = Answer(text=fenced(POLITE), finish="length", prompt_tokens=700, completion_tokens=256)
    desk = ScriptedDesk(cut)
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, context=1_000), desk)
    assert caught.value.code == "cut-off"


async def test_a_file_that_does_not_fit_the_window_is_an_error_before_anything_is_asked() -> None:
    desk = ScriptedDesk()
    with pytest.raises(AnswerRejected) as caught:
        await work(a_brief("patch", "Change it.", {"a.txt": "word " * 4_000}, context=2_000), desk)
    assert caught.value.code == "too-long-for-model"
    assert desk.asked == []


async def test_context_that_does_not_fit_is_left_out_by_name() -> None:
    reads = [Excerpt(path="big.py", first=1, last=900, text="word " * 4_000)]
    desk = ScriptedDesk(fenced(POLITE))
    brief = a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}, reads=reads, context=2_000)
    proposal = await work(brief, desk)
    assert "big.py" not in desk.question
    assert any("big.py:1-900" in note for note in proposal.notes)
    assert any(event.event == "context-dropped" for event in desk.events)


async def test_windows_line_endings_and_a_byte_order_mark_are_kept() -> None:
    source = "\ufeff" + LARGE.replace("\n", "\r\n")
    desk = ScriptedDesk(fenced(POLITE))
    proposal = await work(a_brief("patch", "Let `greet` say good day.", {"a.py": source}), desk)
    assert "\r" not in desk.question
    assert after(proposal) == source.replace('Hello " + name', 'Good day " + name')


async def test_a_file_that_does_not_parse_is_mended_whole() -> None:
    desk = ScriptedDesk(fenced("def f():\n    return 1\n"))
    proposal = await work(a_brief("patch", "Mend the syntax.", {"a.py": "def f(:\n    return 1\n"}), desk)
    assert after(proposal) == "def f():\n    return 1\n"


async def test_the_same_answers_lead_to_the_same_questions() -> None:
    def desk() -> ScriptedDesk:
        return ScriptedDesk(json.dumps({"names": ["greet"]}), "Sure.", fenced(POLITE))

    brief = a_brief("patch", "Say good day instead of hello.", {"a.py": LARGE})
    first, second = desk(), desk()
    assert (await work(brief, first)).edits == (await work(brief, second)).edits
    assert first.asked == second.asked


async def test_an_unknown_kind_is_refused_before_anything_is_asked() -> None:
    desk = ScriptedDesk()
    with pytest.raises(TaskRefused):
        await work(a_brief("dance"), desk)


async def test_an_error_says_what_to_do() -> None:
    desk = ScriptedDesk("", "")
    with pytest.raises(NaniteError) as caught:
        await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("head", "expression", "said"),
    [
        ("from itertools import zip\n", "list(zip(name))", "itertools.zip"),
        ("import itertools\n", "isinstance(name, itertools.Iterator)", "itertools.Iterator"),
        ("import collections as c\n", "isinstance(name, c.Sequence)", "collections.Sequence"),
    ],
)
async def test_what_a_well_known_module_does_not_have_is_told_before_anything_runs(
    head: str, expression: str, said: str
) -> None:
    wrong = f"{head}\ndef greet(name):\n    return {expression}\n"
    desk = ScriptedDesk(fenced(wrong), fenced(POLITE))
    await work(a_brief("patch", "Let `greet` say good day.", {"a.py": LARGE}), desk)
    assert f"uses {said}, which nothing defines or imports" in desk.question


async def test_what_newer_pythons_have_and_what_was_there_before_is_left_alone() -> None:
    source = f"import itertools\n\nOLD = itertools.gone\n{LARGE}"
    answer = "def greet(name):\n    return [*itertools.batched(name, 2), itertools.chain(name)]\n"
    desk = ScriptedDesk(fenced(answer))
    await work(a_brief("patch", "Let `greet` say good day.", {"a.py": source}), desk)
    assert len(desk.asked) == 1
