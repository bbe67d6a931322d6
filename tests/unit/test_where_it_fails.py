"""Of several functions that its tests call, the one that is asked for where they fail is to be changed."""

from __future__ import annotations

import contextlib
import re
import time

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_called_by_tests import SLOTS
from workbench.crew.aiming.called_by_tests import asked_where_it_fails, done_before
from workbench.crew.aiming.naming import is_told_when, named
from workbench.crew.dispatch import work
from workbench.edits.foreign.symbols import symbols_of
from workbench.errors import NaniteError
from workbench.model import Check, Excerpt, Solving

TEST = """def test_it():
    assert clock(90) == '1:30'
    programme = Programme([])
    assert programme.printed() == ''
"""
TRACEBACK = 'Traceback (most recent call last):\n  File "{path}", line {row}, in <module>\nAssertionError\n'


def excerpt(path: str = "tests/test_slots.py", first: int = 1) -> Excerpt:
    return Excerpt(path=path, first=first, last=first + 3, text=TEST)


@pytest.mark.parametrize(
    ("output", "name"),
    [
        (TRACEBACK.format(path="tests/test_slots.py", row=2), "clock"),
        (TRACEBACK.format(path="/tmp/copy/tests/test_slots.py", row=4), "Programme.printed"),
        ("tests/test_slots.py:4: AssertionError\n", "Programme.printed"),
        ("tests/test_slots.py:3: AssertionError\n", None),
        ("tests/test_slots.py:2: AssertionError\ntests/test_slots.py:4: AssertionError\n", None),
        ("tests/test_slots.py:90: AssertionError\nslots.py:2: KeyError\n", None),
        (TRACEBACK.format(path="other_slots.py", row=2), None),
        ("", None),
    ],
)
def test_the_line_in_which_tests_fail_tells_what_is_asked_for(output: str, name: str | None) -> None:
    assert asked_where_it_fails(output, [excerpt()], symbols_of("slots.py", SLOTS)) == name


def test_lines_are_counted_from_where_the_tests_that_are_known_begin() -> None:
    output = TRACEBACK.format(path="tests/test_slots.py", row=11)
    assert asked_where_it_fails(output, [excerpt(first=10)], symbols_of("slots.py", SLOTS)) == "clock"
    assert asked_where_it_fails(output, [excerpt(first=1)], symbols_of("slots.py", SLOTS)) is None


STUDIOS = """class Studio:
    def __init__(self, places):
        self.places = places

    def capacity(self):
        return self.places


def suitable(studios, dancers):
    return [one for one in studios if one.capacity() > dancers]
"""
CHECK = "small = Studio(20)\nassert small.capacity() == 20\nassert suitable([small], 20) == [small]\n"
FAILS = Check(name="pytest", ok=False, output=TRACEBACK.format(path="check.py", row=3))
PASSES = Check(name="pytest", ok=True)
TASK = "A studio that just fits (20 dancers, capacity 20) is not offered, though it is large enough."


@pytest.mark.parametrize("task", [TASK, "One that just fits is not offered, though it is large enough."])
async def test_what_the_failing_line_asks_for_is_shown_alone(task: str) -> None:
    right = fenced(
        "def suitable(studios, dancers):\n    return [one for one in studios if one.capacity() >= dancers]\n"
    )
    desk = ScriptedDesk(right, checks=[[FAILS], [PASSES]])
    tests = (Excerpt(path="check.py", first=1, last=3, text=CHECK),)
    solving = Solving(slips=False, retries=1, compare=False)
    proposal = await work(
        a_brief("patch", task, {"a.py": STUDIOS}, check=["pytest"], tests=tests, solving=solving), desk
    )
    assert b">= dancers" in (proposal.edits[0].after or b"")
    assert len(desk.asked) == 1
    assert "Rewrite `suitable`" in desk.asked[0].messages[-1].content
    assert "the check fails where it asks for suitable" in proposal.notes


async def test_what_was_meant_before_is_shown_once_it_is_begun_afresh() -> None:
    copied = fenced(
        "def suitable(studios, dancers):\n    return [one for one in studios if one.capacity() > dancers]\n"
    )
    desk = ScriptedDesk(*[copied] * 9, checks=[[FAILS]] * 9)
    tests = (Excerpt(path="check.py", first=1, last=3, text=CHECK),)
    solving = Solving(slips=False, retries=1, compare=False, branches=0, wrap=False)
    with contextlib.suppress(NaniteError):
        await work(a_brief("patch", TASK, {"a.py": STUDIOS}, check=["pytest"], tests=tests, solving=solving), desk)
    assert "def capacity(self):" in desk.asked[-1].messages[-1].content
    assert "def suitable" in desk.asked[-1].messages[-1].content


async def test_what_a_task_writes_as_code_stands_wherever_the_check_fails() -> None:
    desk = ScriptedDesk(*["Sure."] * 9, checks=[[FAILS]] * 9)
    tests = (Excerpt(path="check.py", first=1, last=3, text=CHECK),)
    solving = Solving(slips=False, retries=1, branches=0, wrap=False)
    task = "`capacity` should have one more."
    with contextlib.suppress(NaniteError):
        await work(a_brief("patch", task, {"a.py": STUDIOS}, check=["pytest"], tests=tests, solving=solving), desk)
    assert "Rewrite the method `capacity`" in desk.asked[0].messages[-1].content


def test_a_file_is_told_by_its_last_name_and_what_is_looked_at_by_the_line_that_made_it() -> None:
    text = TEST.replace("assert programme.printed() == ''", "said = programme.printed()\n    assert said == ''")
    tests = [Excerpt(path="tests/test_slots.py", first=1, last=5, text=text)]
    assert (
        asked_where_it_fails("    test_slots.py:5: got x", tests, symbols_of("slots.py", SLOTS)) == "Programme.printed"
    )
    assert asked_where_it_fails("    test_slots.py:3: got x", tests, symbols_of("slots.py", SLOTS)) is None
    assert asked_where_it_fails("    other_slots.py:5: got x", tests, symbols_of("slots.py", SLOTS)) is None


BOX = """class DepositBox:
    def __init__(self):
        self.held = {}

    def put_in(self, hire, cents):
        \"\"\"Take a deposit for a hire.\"\"\"
        self.held[hire] = cents

    def total(self):
        \"\"\"Return what the box holds.\"\"\"
        return sum(self.held.values())
"""
SAVES = "box = DepositBox()\nbox.put_in('H1', 2000)\nbox.put_in('H1', 500)\nassert box.total() == 2500\n"
EMPTY = Check(name="pytest", ok=False, output=TRACEBACK.format(path="check.py", row=4))


@pytest.mark.parametrize(
    ("task", "asked"),
    [
        ("When a second deposit for the same hire comes in, the first one is forgotten.", {"put_in"}),
        ("When somebody puts in 2000 and then 500, it must be 2500.", {"put_in"}),
        ("The total is wrong: what the box holds should be 2500 here.", {"total"}),
        ("2000 and then 500 should make 2500.", {"put_in", "total"}),
    ],
)
async def test_what_is_done_before_may_be_meant(task: str, asked: set[str]) -> None:
    desk = ScriptedDesk(*["Sure."] * 9, checks=[[EMPTY]] * 9)
    tests = (Excerpt(path="check.py", first=1, last=4, text=SAVES),)
    solving = Solving(slips=False, retries=1, branches=0, wrap=False)
    with contextlib.suppress(NaniteError):
        await work(a_brief("patch", task, {"a.py": BOX}, check=["pytest"], tests=tests, solving=solving), desk)
    question = desk.asked[0].messages[-1].content
    # What only stands around is shown by its first line, with dots for the rest.
    assert set(re.findall(r"def (put_in|total)\(.*\):\n", question)) == asked


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("box.put_in", ("DepositBox.put_in",)),
        ("deposit_box.put_in", ("DepositBox.put_in",)),
        ("self.total", ("DepositBox.total",)),
        ("os.total", ()),
        ("ox.total", ()),
        ("x.total", ()),
    ],
)
def test_a_call_of_a_thing_names_the_method_of_its_class(word: str, names: tuple[str, ...]) -> None:
    task = f"After {word}('H1', 500) the first one is gone."
    assert named(task, ["DepositBox", "DepositBox.put_in", "DepositBox.total"]) == names


def test_the_class_of_exactly_that_name_is_meant() -> None:
    names = ["Box", "Box.take", "Inbox", "Inbox.take", "DepositBox", "DepositBox.take"]
    assert named("After box.take('H1') the first one is gone.", names) == ("Box.take",)


@pytest.mark.parametrize(
    ("task", "name", "is_told"),
    [
        ("Strip the name when a customer is added to the list.", "CustomerList.add", True),
        ("Strip the name when somebody checks in.", "GuestBook.checkIn", True),
        ("Whenever we are planning a trip, sort it.", "Book.plan", True),
        ("When two trips are planned, whenever a bag is carried, sort it.", "Book.carry", True),
        ("When we add one, sort it.", "Book.add", True),
        ("If a trip is added again, sort it.", "Book.add", True),
        ("As soon as somebody adds a trip, sort it.", "Book.add", True),
        ("Sort it even when nobody has added a trip.", "Book.add", False),
        ("When it shows an add button, sort it.", "Book.add", False),
        ("When it gets full, sort it.", "Book.get", False),
        ("When it is full, add one.", "Book.add", False),
        ("The address is stripped.", "Book.add", False),
        ("When an address is there, strip it.", "Book.add", False),
    ],
)
def test_a_task_says_when_by_a_verb(task: str, name: str, is_told: bool) -> None:
    assert is_told_when(task, name) is is_told


TWO = """def test_total():
    box = DepositBox()
    box.put_in('H1', 1)
    got = box.total()
    assert got == 1


def test_nothing():
    box = DepositBox()
    got = box.held_by('H1')
    assert got == 0
"""


def test_what_another_test_of_the_file_does_before_says_nothing() -> None:
    symbols = symbols_of("a.py", f"{BOX}\n    def held_by(self, hire):\n        return self.held[hire]\n")
    tests = [Excerpt(path="test_box.py", first=3, last=13, text=TWO)]
    output = "test_box.py:13: AssertionError\n"
    assert asked_where_it_fails(output, tests, symbols) == "DepositBox.held_by"
    assert done_before(output, tests, symbols, "DepositBox.held_by") == ()


def test_a_line_of_many_blanks_before_it_takes_no_time() -> None:
    tests = [Excerpt(path="check.py", first=1, last=2, text=" " * 4000 + "x\nassert x\n")]
    begun = time.perf_counter()
    assert asked_where_it_fails("check.py:2: AssertionError\n", tests, symbols_of("a.py", BOX)) is None
    assert time.perf_counter() - begun < 2
