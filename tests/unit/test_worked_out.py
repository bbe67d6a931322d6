"""Answers held against the examples of a task, where nothing may run."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import edit
from workbench.crew.dispatch import work
from workbench.crew.judging.worked_out import worked_out
from workbench.model import Brief, FileEdit, Solving, Verdict

KILO = "def amount(grams):\n    if grams > 1000:\n        return f'{grams // 1000} kg'\n    return f'{grams} g'\n"
RIGHT = KILO.replace("> 1000", ">= 1000")
WRONG = KILO.replace("    return f'{grams} g'", "    return f'{grams / 1000} kg'")
DAY = "from datetime import date\ndef day():\n    return date.today()\n"
TASK = "Bug: amount(1000) gives '1000 g', it should give '1 kg'."


def after(text: str) -> tuple[FileEdit, ...]:
    return (edit(KILO, text),)


def test_an_example_that_did_not_hold_and_does_now_is_held() -> None:
    found = worked_out(TASK, after(RIGHT))
    assert [one.call for one in found.held] == ["amount(1000)"]
    assert not found.missed


def test_one_that_does_not_is_missed_in_the_words_of_a_failed_check() -> None:
    found = worked_out(TASK, after(WRONG))
    assert found.missed == "AssertionError\n  amount(1000) gave '1.0 kg'\n  wanted: '1 kg'"
    assert worked_out(TASK, after(KILO.replace("return f'{grams} g'", "return grams.kg"))).missed.startswith(
        "AttributeError\n  amount(1000)\n  wanted"
    )


CLOCK = r"""import re


def clock(text: str):
    hour, minute = re.fullmatch(r'(\d+):(\d+)', text).groups()
    return int(hour), int(minute)
"""


def test_a_value_that_is_to_be_taken_as_another_must_be_and_the_other_still() -> None:
    task = "Please let clock accept 9.30 as well as 9:30."
    both, dot = CLOCK.replace("+):(", "+)[:.]("), CLOCK.replace("+):(", "+)[.](")
    assert [one.call for one in worked_out(task, (edit(CLOCK, both),)).held] == ["clock('9.30')"]
    assert "clock('9.30')" in worked_out(task, (edit(CLOCK, dot),)).missed


def test_a_text_that_is_to_be_taken_must_give_something_and_that_says_little() -> None:
    task = "clock should ignore blanks, as people write times like '9: 30'."
    blanks = CLOCK.replace(", text)", ", text.replace(' ', ''))")
    found = worked_out(task, (edit(CLOCK, blanks),))
    assert not found.held
    assert not found.missed
    missed = worked_out(task, (edit(CLOCK, CLOCK.replace(", text)", ", text.strip())")),)).missed
    assert missed == "AttributeError\n  clock('9: 30')\n  wanted: a value, and no error"
    # What is taken today need not be spoken of.
    assert not worked_out(task.replace("'9: 30'", "'9:30'"), (edit(CLOCK, "import re\n" + CLOCK),)).missed


@pytest.mark.parametrize(
    ("task", "before", "text"),
    [
        # It is met as things are, what is said of today is not so, or nothing is said.
        ("amount(5) gives '5 g'.", KILO, WRONG),
        ("amount(1000) gives '1000 grams', it should give '1 kg'.", KILO, WRONG),
        ("amount should give kilos from 1000 on.", KILO, WRONG),
        # What the world around it says is not known.
        ("day() should give 1.", DAY, DAY.replace("()\n", "().day\n")),
        # A method is called on something that nobody shows, and a nested function by nobody.
        (
            "f(1) should be 2.",
            "class A:\n    def f(self):\n        return 1\n",
            "class A:\n    def f(self):\n        return 3\n",
        ),
        (
            "f(1) should be 2.",
            "def g():\n    def f(n):\n        return 1\n    return f\n",
            "def g():\n    def f(n):\n        return 3\n    return f\n",
        ),
    ],
)
def test_nothing_is_said_where_no_example_tells(task: str, before: str, text: str) -> None:
    found = worked_out(task, (edit(before, text),))
    assert not found.held
    assert not found.missed


HOUR = """def hour(text):
    \'\'\'Return a time in hours: '18:30' is 18.5, and hour('9:00') is 9.0.\'\'\'
    hours, minutes = text.split(':')
    return int(hours) + int(minutes) / 60
"""


def test_what_the_docstring_says_must_go_on_to_hold() -> None:
    task = "hour should take '18' as well: hour('18') is 18.0."
    start = HOUR[: HOUR.index("    hours,")]
    missed = worked_out(task, (edit(HOUR, f"{start}    return float(text)\n"),)).missed
    assert missed == "ValueError\n  hour('9:00')\n  wanted: 9.0"
    right = f"{start}    hours, _, minutes = text.partition(':')\n    return int(hours) + int(minutes or 0) / 60\n"
    assert not worked_out(task, (edit(HOUR, right),)).missed
    other = "hour('9:00') should be 9, no fraction."
    assert worked_out(other, (edit(HOUR, f"{start}    return 7\n"),)).missed == ""


async def test_a_change_that_was_made_of_the_example_itself_is_not_judged_by_it() -> None:
    code = "def group(age):\n    if age > 65:\n        return 'senior'\n    return 'adult'\n"
    brief = a_brief("patch", "group(65) gives 'adult', it should give 'senior'.", {"a.py": code})
    proposal = await work(brief, ScriptedDesk())
    assert b"age >= 65" in (proposal.edits[0].after or b"")


def asked(task: str = TASK, **solving: object) -> Brief:
    tries = Solving.model_validate({"samples": 3, "retries": 1, "wrap": False, "climb": False} | solving)
    return a_brief("patch", task, {"a.py": KILO}, solving=tries)


async def test_a_change_of_the_host_that_an_example_asks_for_needs_no_model() -> None:
    desk = ScriptedDesk()
    proposal = await work(asked(), desk)
    assert b">= 1000" in (proposal.edits[0].after or b"")
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("worked out from the code, and not run: amount(1000) gives '1 kg'" in note for note in proposal.notes)
    assert not desk.asked
    assert not desk.tried


OTHER = "amount(0) gives '0 g', it should give 'nothing'."


async def test_an_answer_that_misses_it_is_mended_and_one_that_meets_it_needs_no_second_opinion() -> None:
    meets = fenced(KILO.replace("    if grams >", "    if not grams:\n        return 'nothing'\n    if grams >"))
    desk = ScriptedDesk(
        fenced(KILO.replace("    if grams >", "    if not grams:\n        return 'none'\n    if grams >")), meets
    )
    proposal = await work(asked(OTHER), desk)
    assert b"'nothing'" in (proposal.edits[0].after or b"")
    assert "amount(0) gave 'none'" in desk.asked[1].messages[-1].content
    assert len(desk.asked) == 2


async def test_the_first_is_proposed_with_what_it_misses_where_all_do() -> None:
    misses = fenced(KILO.replace("    if grams >", "    if not grams:\n        return 'none'\n    if grams >"))
    proposal = await work(asked(OTHER), ScriptedDesk(*[misses] * 6))
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("amount(0) gave 'none'" in note for note in proposal.notes)


async def test_a_slip_is_set_right_where_an_example_tells_that_it_is_one() -> None:
    task = "amount(999.5) gives '999.5 g', it should give '1 kg'; round first."
    slip = fenced(KILO.replace("    if grams >", "    grams = round(grams)\n    if grams >"))
    proposal = await work(asked(task, retries=0), ScriptedDesk(*[slip] * 4))
    assert b"grams = round(grams)" in (proposal.edits[0].after or b"")


async def test_nothing_is_worked_out_where_words_are_off() -> None:
    answer = fenced(WRONG)
    proposal = await work(asked(words=False, slips=False, samples=1), ScriptedDesk(answer))
    assert b"grams / 1000" in (proposal.edits[0].after or b"")


def test_overloads_are_no_functions_of_their_own() -> None:
    stubs = "@overload\ndef amount(grams: int) -> str: ...\n@overload\ndef amount(grams: None) -> None: ...\n"
    head = f"from typing import overload\n\n\n{stubs}"
    edits = (edit(head + KILO, head + RIGHT),)
    assert [one.call for one in worked_out(TASK, edits).held] == ["amount(1000)"]
