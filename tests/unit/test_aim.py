"""Which symbols a change is about, by the words of its task."""

from __future__ import annotations

import contextlib

import pytest

from tests.unit.scripted_desk import JudgingDesk, ScriptedDesk, a_brief, fenced
from tests.unit.test_crew_patch import LARGE, POLITE
from workbench.crew.aiming.aim import _meant
from workbench.crew.aiming.naming import named
from workbench.crew.aiming.outlines import outline_of
from workbench.crew.aiming.pointing import likely
from workbench.crew.dispatch import work
from workbench.edits.foreign.symbols import symbols_of
from workbench.errors import NaniteError
from workbench.model import Check, Excerpt, Solving, Source


@pytest.mark.parametrize(
    ("task", "is_shown"),
    [
        ("greet should raise a NameTooLong for more than 9 letters.", True),
        ("greet should raise NameError9 for a name with digits.", True),
        ("greet should raise LongNameError for more than 9 letters, not a plain ValueError.", False),
        ("greet raises LongNameError. Let LongNameError take the name.", True),
    ],
)
async def test_an_error_that_is_only_raised_is_not_to_be_changed(task: str, *, is_shown: bool) -> None:
    errors = "".join(
        f"class {name}(Exception):\n    pass\n\n\n" for name in ("NameTooLong", "NameErrors9", "LongNameError")
    )
    desk = ScriptedDesk(fenced(POLITE), fenced(POLITE))
    await work(a_brief("patch", task, {"a.py": errors + LARGE}), desk)
    name = "NameTooLong" if "NameTooLong" in task else "LongNameError"
    shows = f"class {name}" in desk.asked[0].messages[-1].content
    assert shows is (is_shown and name in task)


PICKERS = '''class Picker:
    """Somebody who picks fruit."""

    name: str
    crates: int = 0

    def fill(self, crates: int = 1) -> None:
        self.crates += crates


def ranking(pickers):
    """Return the pickers by what they have filled."""
    return sorted(pickers, key=lambda picker: picker.crates)


def total(pickers):
    return sum(picker.crates for picker in pickers)


'''
RANKED = "def ranking(pickers):\n    return sorted(pickers, key=lambda picker: 2 * picker.crates)\n"


@pytest.mark.parametrize(
    "task",
    [
        "ranking is a bore: crates should count twice.",
        "Nobody believes the ranking; crates must count twice.",
    ],
)
async def test_a_field_that_should_do_something_is_not_what_is_to_be_changed(task: str) -> None:
    desk = ScriptedDesk(fenced(RANKED), fenced(RANKED))
    await work(a_brief("patch", task, {"a.py": PICKERS + LARGE}), desk)
    assert "Rewrite `ranking`" in desk.asked[0].messages[-1].content


async def test_a_field_that_is_written_as_one_is_changed() -> None:
    desk = ScriptedDesk(fenced("class Picker:\n    crates: int = 1\n"))
    await work(a_brief("patch", "`Picker.crates` should be 1 at first.", {"a.py": PICKERS + LARGE}), desk)
    assert "ranking" not in desk.asked[0].messages[-1].content


@pytest.mark.parametrize(
    "task",
    [
        "crates should start at 1.",
        "Since May crates must be 1 at first.",
        "Half ones are brought too: crates must be a float.",
    ],
)
async def test_a_field_that_should_be_something_is_what_is_to_be_changed(task: str) -> None:
    tests = Excerpt(path="check.py", first=1, last=3, text="one = Picker()\none.fill(1.5)\nassert one.crates == 2.5\n")
    desk = ScriptedDesk(fenced("class Picker:\n    crates: float = 1\n"), checks=[[Check(name="pytest", ok=True)]] * 2)
    brief = a_brief("patch", task, {"a.py": PICKERS + LARGE}, check=["pytest"], tests=(tests,))
    (edit,) = (await work(brief, desk)).edits
    assert b"crates: float = 1\n" in (edit.after or b"")


SMALL = '''class Letter:
    """Something that goes out by mail."""

    def __init__(self, name, lines):
        self.name = name
        self.lines = lines

    def opening(self):
        return f"Dear {self.name},"


def team_average(ratings):
    """Return the average, whole."""
    return round(sum(ratings) / len(ratings)) if ratings else 0


def is_rated(player):
    return player.rating > 0


def top(players):
    return sorted(players, key=lambda player: player.rating)


def longest(letters):
    return max(letters, key=lambda letter: len(letter.lines))
'''


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Players without a rating pull down the average of their team.", {"team_average"}),
        ("Without a name 'Dear ,' is no good opening.", {"Letter.opening"}),
        ("Something is wrong with the numbers, 0 should be 1.", set()),
        ("Give the first 20.", set()),
    ],
)
def test_the_words_of_a_task_and_what_it_quotes_are_of_a_few_functions(task: str, names: set[str]) -> None:
    assert {*likely(task, SMALL, symbols_of("a.py", SMALL), 3)} == names


def test_a_quoted_word_of_two_parts_is_a_word_too() -> None:
    code = "def fee():\n    return 'PayPal fee'\n\n\ndef other():\n    return 1\n"
    assert likely("It should say 'PayPal costs'.", code, symbols_of("a.py", code), 3) == ("fee",)


async def test_a_small_file_is_not_shown_whole_where_no_test_tells_but_the_words_fit_few_functions() -> None:
    averaged = "def team_average(ratings):\n    known = [one for one in ratings if one]\n    return round(sum(known))\n"
    desk = ScriptedDesk(*[fenced(averaged)] * 3)
    task = "Players without a rating pull down the average of their team."
    (edit,) = (await work(a_brief("patch", task, {"a.py": SMALL}), desk)).edits
    shown = desk.asked[0].messages[-1].content
    assert "def team_average" in shown
    assert "def longest" not in shown
    assert "def top" not in shown
    assert b"known" in (edit.after or b"")


async def test_a_small_file_is_shown_whole_where_the_words_fit_nothing_and_once_it_is_begun_anew() -> None:
    desk = ScriptedDesk(*[fenced("def other(): ...")] * 9)
    with pytest.raises(NaniteError):
        await work(a_brief("patch", "Something is wrong with the numbers.", {"a.py": SMALL}), desk)
    assert "def longest" in desk.asked[0].messages[-1].content
    desk = ScriptedDesk(*[fenced("def team_average(ratings:\n")] * 9)
    with pytest.raises(NaniteError):
        await work(a_brief("patch", "Unrated players pull the average of a team down.", {"a.py": SMALL}), desk)
    shown = [one.messages[-1].content for one in desk.asked]
    assert "def longest" not in shown[0]
    assert "def longest" in shown[-1]


SHOP = """class Delivery:
    done = False

    def finish(self):
        self.done = True


def fee(total):
    return 0 if total > 50 else 7
"""


@pytest.mark.parametrize(
    ("task", "is_class"),
    [
        ("Delivery should be free for an order of exactly 50 euros already.", False),
        ("It is too dear. Delivery is to be free at 50 already.", False),
        ("`Delivery` should be free at 50 already.", True),
        ("For 50 a Delivery should be free already.", True),
    ],
)
async def test_a_class_that_is_the_first_word_is_not_meant_where_the_tests_do_not_see_it(
    task: str, *, is_class: bool
) -> None:
    tests = Excerpt(path="check.py", first=1, last=1, text="assert fee(50) == 0\n")
    fee = fenced("def fee(total):\n    return 0 if total > 49 else 7\n")
    desk = ScriptedDesk(*[fee] * 9, checks=[[Check(name="pytest", ok=True)]] * 9)
    solving = Solving(slips=False, retries=0, branches=0)
    brief = a_brief("patch", task, {"a.py": SHOP + LARGE}, check=["pytest"], tests=(tests,), solving=solving)
    with contextlib.suppress(NaniteError):
        await work(brief, desk)
    assert ("Rewrite `fee`" in desk.asked[0].messages[-1].content) is not is_class


BOOK = """class Book:
    def __init__(self):
        self.guests = []

    def check_in(self, name):
        self.guests.append(name)

    def find(self, name):
        return next((one for one in self.guests if one == name), None)
"""


async def test_what_the_tests_lead_to_beside_a_plain_word_can_be_changed_once_it_is_begun_afresh() -> None:
    tests = Excerpt(path="check.py", first=1, last=1, text="b.check_in(' Ann ')\nassert b.find('Ann') == 'Ann'\n")
    task = "Names come with spaces, so that a find fails. They should be clean from the start."
    copied = fenced("    def find(self, name):\n        return next((one for one in self.guests if one == name), 0)\n")
    done = fenced("    def check_in(self, name):\n        self.guests.append(name.strip())\n")
    solving = Solving(retries=1, branches=0, wrap=False, slips=False)
    brief = a_brief("patch", task, {"a.py": BOOK + LARGE}, check=["pytest"], tests=(tests,), solving=solving)
    desk = JudgingDesk(copied, copied, done, passes=lambda text, _: "append(name.strip())" in text)
    (edit,) = (await work(brief, desk)).edits
    assert "def check_in(self, name): ..." in desk.asked[0].messages[-1].content
    assert b"append(name.strip())" in (edit.after or b"")


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Names come with blanks and we can't find the guest.", ()),
        ("Raise a ValueError then and leave everything as it is.", ()),
        ("Please find a guest in any case.", ()),
        ("Searching for 'meyer' doesn't find the Meyers.", ()),
        ("Where a leave day is asked for, say so.", ()),
        ("After a leave of a week, say so.", ("Book.leave",)),
        ("find the guest in any case.", ("Book.find",)),
        ("A guest should be found by find in any case.", ("Book.find",)),
        ("We can't find the guest, for find minds the case.", ("Book.find",)),
        ("To `leave` the hotel costs nothing.", ("Book.leave",)),
        ("A stay that ends at noon is no stay.", ()),
        ("When two guests have the same leave, the older one comes first.", ()),
        ("Guests with equal ends or the same leave are sorted by leave.", ("Book.leave",)),
        ("ends is the last day that is paid, so a guest should still be there on that day.", ()),
        ("ends() is the last day that is paid, so a guest should still be there on that day.", ("Book.ends",)),
        ("`ends` is the last day that is paid, so a guest should still be there on that day.", ("Book.ends",)),
        ("ends is the last day that is paid, so ends should count that day.", ("Book.ends",)),
        ("ends is the last day, so give that day.", ("Book.ends",)),
        ("Make sure that ends in the list are no stays.", ("Book.ends",)),
        ("A guest who finds somebody should see that ends gives the day.", ("Book.ends",)),
    ],
)
def test_a_plain_word_that_only_says_what_is_done_is_no_name(task: str, names: tuple[str, ...]) -> None:
    assert named(task, ("Book", "Book.ends", "Book.find", "Book.leave")) == names


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("If an article is added again, raise its count instead of adding another line.", ()),
        ("Lines add their article and count.", ("Line.article", "Line.count")),
        ("Please add a default for the count.", ("Line.count",)),
    ],
)
def test_fields_are_meant_where_something_is_to_be_added_to_a_class(task: str, names: tuple[str, ...]) -> None:
    code = b"class Line:\n    article: str\n    count: int\n\n\ndef total(lines):\n    return sum(lines)\n"
    assert _meant(outline_of(Source(path="a.py", content=code)), task) == names


async def test_a_plain_word_that_no_test_sees_is_no_name() -> None:
    tests = Excerpt(path="check.py", first=1, last=1, text="b.check_in(' Ann ')\nassert b.guests == ['Ann']\n")
    desk = ScriptedDesk(
        fenced("    def check_in(self, name):\n        self.guests.append(name.strip())\n"),
        checks=[[Check(name="pytest", ok=True)]] * 2,
    )
    task = "Guests that nobody can find by the desk should be clean from the start."
    brief = a_brief("patch", task, {"a.py": BOOK + LARGE}, check=["pytest"], tests=(tests,))
    (edit,) = (await work(brief, desk)).edits
    assert "def check_in" in desk.asked[0].messages[-1].content
    assert b"append(name.strip())" in (edit.after or b"")


GUESTS = """\
class Book:
    def __init__(self):
        self.guests = []

    def greet(self, name):
        return 'Hello ' + name

    def leave(self, name):
        self.guests.remove(name)
"""


async def test_of_several_functions_the_one_that_was_answered_first_is_asked_for_again() -> None:
    done = fenced("    def greet(self, name):\n        return 'Hi ' + name\n")
    desk = ScriptedDesk(fenced(GUESTS.replace("Hello", "Hi")), done)
    brief = a_brief("patch", "They should say Hi to everybody.", {"a.py": GUESTS}, solving=Solving(samples=3))
    proposal = await work(brief, desk)
    first, second = (request.messages[-1].content for request in desk.asked)
    assert "self.guests.remove(name)" in first
    assert "Rewrite `Book`" in first
    assert "self.guests.remove(name)" not in second
    assert "Rewrite the method `greet`" in second
    assert "2 of 2 answers agreed" in proposal.notes


async def test_all_functions_are_asked_for_again_where_the_first_answer_added_one() -> None:
    more = fenced(GUESTS.replace("Hello", "Hi") + "\n    def bow(self):\n        return 1\n")
    desk = ScriptedDesk(*[more] * 3)
    brief = a_brief("patch", "They should say Hi to everybody.", {"a.py": GUESTS}, solving=Solving(samples=3))
    await work(brief, desk)
    assert "self.guests.remove(name)" in desk.asked[1].messages[-1].content


async def test_a_sure_change_may_be_of_another_function_than_plain_words_name() -> None:
    code = (
        "class Pass:\n    def left(self):\n        return 10 - self.used\n\n"
        "    def status(self):\n        return f'{self.holder}: {self.left()} lessons left'\n"
    )
    task = "If there is only one lesson left the desk reads out 'Mia: 1 lessons left'. Make that 'Mia: 1 lesson left'."
    desk = ScriptedDesk()
    (edit,) = (await work(a_brief("patch", task, {"a.py": code}), desk)).edits
    assert desk.asked == []
    assert b"""lesson{"" if self.left() == 1 else "s"} left""" in (edit.after or b"")


@pytest.mark.parametrize(
    ("task", "is_one"),
    [
        ("When a student cancels, the first one on the waiting list should move up.", True),
        ("If somebody has cancelled, the waiting list should move up.", True),
        ("Students move up even when nobody has cancelled.", False),
        ("When a student cancels or enrols, the waiting list should move up.", False),
    ],
)
async def test_a_verb_says_which_function_is_meant_where_nothing_else_does(task: str, is_one: bool) -> None:
    code = (
        "class Course:\n    def enrol(self, name):\n        self.students.append(name)\n\n"
        "    def cancel(self, name):\n        self.students.remove(name)\n\n"
        "    def promote(self):\n        self.students.append(self.waiting.pop(0))\n"
    )
    new = "    def cancel(self, name):\n        self.students.remove(name)\n        self.promote()\n"
    desk = ScriptedDesk(*[fenced(new)] * 6)
    with contextlib.suppress(NaniteError):
        await work(a_brief("patch", task, {"a.py": code + LARGE}), desk)
    assert ("Rewrite the method `cancel`" in desk.asked[0].messages[-1].content) is is_one
