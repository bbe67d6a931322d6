"""What an answer asks of values that do not have it: refused where nothing runs it, or set right by a near name."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import edit
from workbench.crew.dispatch import work
from workbench.crew.judging.misfits import misfit
from workbench.crew.slips.finding import righted
from workbench.errors import CheckFailed
from workbench.model import Solving

STAYS = """class Stay:
    def __init__(self, guest: str, day: int) -> None:
        self.guest = guest
        self.day = day


def late(stays: list[Stay], day: int) -> list[Stay]:
    return [stay for stay in stays if stay.day > day]
"""
BY = "    return sorted((stay for stay in stays if stay.day > day), key=lambda stay: stay.{})\n"


def by(field: str) -> str:
    return STAYS[: STAYS.index("    return [")] + BY.format(field)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (by("guest"), ""),
        (by("guest_name"), "'Stay' object has no attribute 'guest_name'"),
        (by("is_late()"), "'Stay' object has no attribute 'is_late'"),
        # Types of Python's own are told apart in ways that no checker sees.
        (by("day.name"), ""),
        (STAYS.replace("[stay for", "late([]) or [stay for"), 'Missing positional argument "day" in call to "late"'),
        (
            STAYS.replace("[stay for stay in stays if stay.day > day]", "[Stay('a', 1, 2)]"),
            'Too many arguments for "Stay"',
        ),
        (
            STAYS.replace("\n\n\ndef late", "\n\n    def ends(self) -> int:\n        return 1\n\n\ndef late").replace(
                "stay.day > day", "stay.ends(day)"
            ),
            'Too many arguments for "ends" of "Stay"',
        ),
        (STAYS.replace("    return [", "    other: object = stays\n    other.sort()\n    return ["), ""),
    ],
)
def test_what_values_do_not_have_is_named_in_words(new: str, words: str) -> None:
    found = misfit([edit(STAYS, new)])
    assert words in found if words else "has no attribute 'sort'" in found or not found


DECLARED = STAYS.replace(
    "    def __init__(self, guest: str, day: int) -> None:\n        self.guest = guest\n        self.day = day\n",
    "    guest: str\n    day: int\n",
)


def test_a_declared_field_that_is_a_text_has_no_name_and_is_meant_itself() -> None:
    wrong = DECLARED.replace("[stay for stay in stays if stay.day > day]", "sorted(stays, key=lambda s: s.guest.name)")
    assert "'str' object has no attribute 'name'" in misfit([edit(DECLARED, wrong)])
    fault = CheckFailed(misfit([edit(DECLARED, wrong)]), code="misfit", hint="")
    texts = [(one.edits[0].after or b"").decode() for one in righted("", [edit(DECLARED, wrong)], fault)]
    assert any("key=lambda s: s.guest)" in text for text in texts)


@pytest.mark.parametrize(
    "new",
    [
        DECLARED.replace("    return [", "    name = day.name\n    return ["),
        DECLARED.replace("guest: str", "guest: str | Guest").replace("stay.day >", "stay.guest.name >"),
        DECLARED.replace("stay.day > day", "stay.guest.upper()"),
    ],
)
def test_values_that_may_be_something_else_are_left_alone(new: str) -> None:
    assert not misfit([edit(DECLARED, new)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # It is set where it is not declared.
        ("\n\ndef late", "\n\ndef book(stay: Stay):\n    stay.number = 1\n\n\ndef late"),
        ("\n\ndef late", "\n\nStay.number = 1\n\n\ndef late"),
        ("        self.day = day\n", "        object.__setattr__(self, 'number', 1)\n"),
        ("        self.day = day\n", "        vars(self).update(number=1)\n"),
        # Others are told apart by their type, or a decorator puts it there.
        ("\n\ndef late", "\n\nclass Long(Stay):\n    number = 1\n\n\ndef late"),
        ("class Stay", "from rows import numbered\n\n\n@numbered\nclass Stay"),
    ],
)
def test_a_field_that_may_be_there_is_left_alone(old: str, new: str) -> None:
    before = STAYS.replace(old, new)
    assert not misfit([edit(before, before.replace("stay.day > day", "stay.number > day"))])


def test_a_field_of_which_it_is_caught_that_it_is_not_there_is_left_alone() -> None:
    new = "    try:\n        return stays[0].number\n    except AttributeError:\n        pass\n    return ["
    assert not misfit([edit(STAYS, STAYS.replace("    return [", new))])


def test_a_field_that_an_answer_sets_is_there() -> None:
    new = "    for stay in stays:\n        stay.is_late = True\n    return ["
    assert not misfit([edit(STAYS, STAYS.replace("    return [", new))])


@pytest.mark.parametrize(
    ("head", "call", "is_wrong"),
    [
        ("from dataclasses import dataclass\n\n\n@dataclass\nclass Stay:", "Stay('a', 1, 2)", True),
        ("from attrs import define\n\n\n@define\nclass Stay:", "Stay('a', 1)", False),
        ("from pydantic.dataclasses import dataclass\n\n\n@dataclass\nclass Stay:", "Stay('a', 1)", False),
        ("class Stay:", "make(Stay)", False),
        ("class Stay(metaclass=Numbered):", "Stay('a', 1)", False),
    ],
)
def test_a_class_that_a_decorator_or_another_makes_is_called_as_that_says(head: str, call: str, is_wrong: bool) -> None:
    meta = "class Numbered(type):\n    def __call__(cls, *given):\n        return given\n\n\n"
    before = f"{meta}{head}\n    guest: str\n    day: int\n\n\ndef late(stays):\n    return stays\n"
    assert bool(misfit([edit(before, before.replace("return stays", f"return {call}"))])) is is_wrong


def test_a_function_of_which_a_decorator_gives_a_part_is_called_without_it() -> None:
    typed = "from typing import Callable, TypeVar\n\nF = TypeVar('F', bound=Callable)\n\n\n"
    before = f"{typed}def with_base(f: F) -> F:\n    return lambda *given: f(1, *given)\n\n\n@with_base\n"
    before += "def load(base, key):\n    return key\n\n\ndef both():\n    return None\n"
    assert not misfit([edit(before, before.replace("return None", "return load(2)"))])


def test_what_was_so_before_and_other_languages_are_left_alone() -> None:
    wrong = by("guest_name")
    assert not misfit([edit(wrong, wrong.replace("> day", ">= day"))])
    assert not misfit([edit("def f(x):\n    return x.a\n", "def f(x):\n    return x.b\n")])
    assert not misfit([edit(STAYS, by("guest_name")).model_copy(update={"path": "a.js"})])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        self.guest = guest\n", "        self.__dict__.update(guest=guest)\n"),
        ("class Stay:", "class Stay(Base):"),
        ("class Stay:", "class Stay(Protocol):"),
    ],
)
def test_a_class_whose_fields_need_not_all_stand_in_it_is_left_alone(old: str, new: str) -> None:
    assert not misfit([edit(STAYS.replace(old, new), by("surname").replace(old, new))])


def test_what_a_mixin_asks_of_itself_is_left_alone() -> None:
    mixin = "class Named:\n    def title(self):\n        return 'x'\n"
    assert not misfit([edit(mixin, mixin.replace("'x'", "self.name"))])


ONE_TRY = Solving.model_validate({"samples": 1, "retries": 0, "wrap": False, "climb": False})
TASK = "late should put what it gives into the order of the guests' names, please."


def answer(field: str) -> str:
    return fenced(by(field)[STAYS.index("def late") :])


async def test_the_nearest_field_is_taken_where_nothing_runs_the_answer() -> None:
    proposal = await work(a_brief("patch", TASK, {"a.py": STAYS}, solving=ONE_TRY), ScriptedDesk(answer("guest_name")))
    assert b"stay.guest)" in (proposal.edits[0].after or b"")
    assert any("a slip of the answer was set right" in note for note in proposal.notes)


async def test_what_is_near_to_nothing_is_refused_with_what_is_wrong() -> None:
    brief = a_brief("patch", TASK, {"a.py": STAYS}, solving=ONE_TRY)
    desk = ScriptedDesk(*[answer("surname")] * 3)
    with pytest.raises(CheckFailed, match="surname"):
        await work(brief, desk)


SHIFT = """from dataclasses import dataclass
from datetime import datetime


@dataclass
class Shift:
    start: str
    at: datetime
    hours: float

    def text(self) -> str:
        return self.start


def shout(text: str) -> str:
    return str(text).upper()
"""


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("self.start + 24 * 60", 'Unsupported operand types for + ("str" and "int")'),
        ("self.at - self.hours", 'No overload variant of "__sub__" of "datetime" matches argument type "float"'),
        (
            "str(datetime.strptime(self.at, '%H'))",
            'Argument 1 to "strptime" of "datetime" has incompatible type "datetime"; expected "str"',
        ),
        # Numbers are taken for each other, a function of the file may take more than it says, and None comes and goes.
        ("str(self.hours + 1)", ""),
        ("'a' * int(self.hours)", ""),
        ("bytes(self.hours).decode()", ""),
        ("shout(3)", ""),
        ("min([self.start], default=None) + 'a'", ""),
    ],
)
def test_plain_values_with_nothing_in_common_are_not_put_together(new: str, words: str) -> None:
    assert misfit([edit(SHIFT, SHIFT.replace("return self.start", f"return {new}"))]) == words


def test_a_text_may_come_into_a_list_of_numbers() -> None:
    before = "def sizes(texts: list[str]):\n    found, seen = [1], {1}\n    return found, seen\n"
    new = before.replace("    return", "    found.append('more')\n    seen.add('more')\n    return")
    assert not misfit([edit(before, new)])
    assert misfit([edit(before, before.replace("return found", "return found + 1"))])
