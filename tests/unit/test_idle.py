"""Answers that ask something and do the same either way are no change."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.answers.idle import is_idle
from workbench.crew.dispatch import work
from workbench.errors import EditRefused
from workbench.model import FileEdit, Solving

LATE = "def days_late(due, paid):\n    return (paid - due).days\n"
IDLE = "def days_late(due, paid):\n    if paid < due:\n        return (paid - due).days\n    return (paid - due).days\n"


def edit(before: str, after: str) -> tuple[FileEdit, ...]:
    return (FileEdit(path="a.py", before=before.encode(), after=after.encode()),)


@pytest.mark.parametrize(
    "after",
    [
        IDLE,
        "def days_late(due, paid):\n    if paid < due:\n        return (paid - due).days\n    else:\n"
        "        return (paid - due).days\n",
        "def days_late(due, paid):\n    return (paid - due).days if due else (paid - due).days\n",
        "def days_late(due, paid):\n    if due:\n        if paid:\n            return (paid - due).days\n"
        "        return (paid - due).days\n    return (paid - due).days\n",
    ],
)
def test_the_same_either_way_is_no_change(after: str) -> None:
    assert is_idle("", edit(LATE, after))


NEXT = """def upcoming(feedings, now):
    later = [one for one in plan(feedings) if one.at > now]
    return later[0] if later else None
"""
TAKE = """def take(self, name, number):
    left = self.stock.get(name, 0) - number
    if left < 0:
        raise ValueError(name)
    self.stock[name] = left
"""


GIVEN = "def resolve(self, env):\n    found = env.get(self.name, '')\n    return found if found is not None else ''\n"


@pytest.mark.parametrize(
    "new",
    [
        "    if found is not None:\n        return found\n    return found if found is not None else ''\n",
        "    if found is None:\n        return found if found is not None else ''\n    return found\n",
        "    if not found is not None:\n        return ''\n    else:\n        return found\n",
    ],
)
def test_a_choice_that_is_only_written_otherwise_is_no_change(new: str) -> None:
    head = GIVEN[: GIVEN.index("    return")]
    after = f"{head}{new}"
    assert is_idle("", edit(GIVEN, after))
    assert not is_idle(
        "", edit(GIVEN, after.replace("''\n", "None\n").replace("return found\n", "return found or 0\n"))
    )


@pytest.mark.parametrize(
    ("before", "ahead"),
    [
        (NEXT, "    later = [one for one in plan(feedings) if one.at > now]\n    if later:\n        return later[0]\n"),
        (TAKE, TAKE.partition("\n")[2]),
    ],
)
def test_old_lines_said_once_more_before_the_old_ones_are_no_change(before: str, ahead: str) -> None:
    head, _, body = before.partition("\n")
    assert is_idle("", edit(before, f"{head}\n{ahead}{body}"))


@pytest.mark.parametrize(
    ("before", "ahead"),
    [
        (NEXT, NEXT.partition("\n")[2].replace("> now", ">= now").replace(" if later else None", "")),
        ("def f(x):\n    x = x.strip()\n    return x\n", "    x = x.strip()\n"),
        ("def close(self):\n    self.file.write(self.end)\n    self.flush()\n", "    self.flush()\n"),
        ("def f(a, b):\n    return a + b\n", "    if b:\n        return a\n"),
        ("def f(self, x):\n    self.items.append(x)\n", "    if x:\n        return\n"),
        ("def f(x):\n    y = g(x)\n    return y or x\n", "    if x:\n        raise ValueError(x)\n"),
    ],
)
def test_lines_that_say_something_new_or_are_done_earlier_are_a_change(before: str, ahead: str) -> None:
    head, _, body = before.partition("\n")
    assert not is_idle("", edit(before, f"{head}\n{ahead}{body}"))


LESS = "def less(n):\n    if n > 14:\n        return 10\n    if n > 7:\n        return 5\n    return 0\n"


def test_what_is_only_written_with_else_is_no_change() -> None:
    head, _, tail = LESS.partition("    if n > 7")
    chain = f"{head}    elif n > 7{tail.replace('    return 0', '    else:' + chr(10) + '        return 0')}"
    assert is_idle("", edit(LESS, chain))
    assert not is_idle("Take out the needless `else`.", edit(chain, LESS))
    assert not is_idle("", edit(LESS, chain.replace("> 7", ">= 7")))
    assert not is_idle("", edit(LESS, chain.replace("    else:\n        return 0\n", "    else:\n        print(n)\n")))


@pytest.mark.parametrize(
    "after",
    [
        "def days_late(due, paid):\n    if paid < due:\n        return 0\n    return (paid - due).days\n",
        "def days_late(due, paid):\n    return max(0, (paid - due).days)\n",
        "def days_late(due, paid, most=None):\n    if most:\n        return (paid - due).days\n"
        "    return (paid - due).days\n",
        "def days_late(due, paid):\n    if paid:\n        print(paid)\n    return (paid - due).days\n",
    ],
)
def test_what_does_something_else_in_a_case_is_one(after: str) -> None:
    assert not is_idle("", edit(LATE, after))


@pytest.mark.parametrize(
    "test",
    ["seen.pop()", "log(paid)", "int(paid)", "(paid := due)", "due.index(paid)", "next(due)", "not (yield)"],
)
def test_what_a_question_does_itself_is_a_change(test: str) -> None:
    asks = f"    if {test}:\n        return (paid - due).days\n"
    assert not is_idle("", edit(LATE, LATE.replace("    return", f"{asks}    return")))
    assert not is_idle("", edit(LATE, f"{LATE[:-1]} if {test} else (paid - due).days\n"))


@pytest.mark.parametrize(
    "test", ["paid.startswith('a')", "isinstance(paid, str) and len(paid) > 1", "due.get('a') < 2"]
)
def test_a_question_that_only_asks_is_none(test: str) -> None:
    asks = f"    if {test}:\n        return (paid - due).days\n"
    assert is_idle("", edit(LATE, LATE.replace("    return", f"{asks}    return")))


def test_who_takes_an_idle_question_out_makes_a_change() -> None:
    assert not is_idle("Simplify days_late.", edit(IDLE, LATE))


def test_what_does_not_parse_is_none_of_it() -> None:
    assert not is_idle("", edit(LATE, "def days_late(due, paid:\n"))


async def test_an_idle_answer_is_asked_again() -> None:
    idle = fenced(IDLE)
    solving = Solving.model_validate({"samples": 1, "retries": 0, "wrap": False})
    asked = a_brief("patch", "days_late should return 0 instead of a negative number.", {"a.py": LATE}, solving=solving)
    with pytest.raises(EditRefused, match="does the same as before"):
        await work(asked, ScriptedDesk(idle, idle, idle))


@pytest.mark.parametrize("first", ["    connect()\n", "    part = a / b\n", "    if a is None:\n        return 1\n"])
def test_a_choice_before_what_old_lines_do_first_is_a_change(first: str) -> None:
    choice = "    if b == 0:\n        return 0\n"
    before = f"def f(a, b):\n{first}{choice}    return a\n"
    assert not is_idle("", edit(before, before.replace(first, f"{choice}{first}")))


@pytest.mark.parametrize("task", ["Avoid the inline if in sign.", "Write sign with an if statement."])
def test_who_asks_for_a_choice_of_another_form_gets_it(task: str) -> None:
    before = "def sign(n):\n    return 1 if n > 0 else -1\n"
    after = "def sign(n):\n    if n > 0:\n        return 1\n    return -1\n"
    assert is_idle("sign should be quick.", edit(before, after))
    assert not is_idle(task, edit(before, after))


def test_who_asks_for_an_else_gets_one() -> None:
    before = "def sign(n):\n    if n < 0:\n        return -1\n    return 1\n"
    after = before.replace("    return 1", "    else:\n        return 1")
    assert not is_idle("Add an explicit else to sign.", edit(before, after))
    assert is_idle("sign should be 0 for 0.", edit(before, after))
