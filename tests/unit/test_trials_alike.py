"""Calls that must go alike, and calls that need what comes before them in a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workbench.checks.command import run_commands
from workbench.checks.trial import endings
from workbench.checks.trial_values import Ending, Pair, Trial
from workbench.checks.trial_verdict import fault
from workbench.crew.judging.trials import trials
from workbench.model import Check
from workbench.repository import Repository
from workbench.settings import CheckSettings

from .trial_cases import CHECK, a_test, edit, found, source, told

RAISES = """
def raises(error, call):
    try:
        call()
    except error:
        return
    raise AssertionError(error)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


async def one(root: Path, before: str, after: str, test: str, task: str = "change it") -> Check:
    """Return the check of a change of `a.py`."""
    (check,) = await told(root, edit(before, after), f"from a import *\n{RAISES}\n{source(test)}", task)
    return check


# Alike before, alike after

LAST = "def last(seq):\n    return list(seq)[-1]\n"
LAST_TEST = "raises(KeyError, lambda: last([]))"
LAST_TASK = "last() of an empty sequence must raise KeyError('tuple index')"


async def test_what_raised_alike_for_a_list_and_an_iterator_must_go_on_to(root: Path) -> None:
    after = LAST.replace("    return", "    if not seq:\n        raise KeyError('empty')\n    return")
    check = await one(root, LAST, after, LAST_TEST, LAST_TASK)
    assert check.output == (
        "last([]) and last(iter([])) did the same before and must go on to; now the first raises KeyError: 'empty', "
        "the second raises IndexError: list index out of range"
    )


async def test_an_error_may_become_another_for_both(root: Path) -> None:
    after = "def last(seq):\n    for item in reversed(list(seq)):\n        return item\n    raise KeyError('empty')\n"
    assert (await one(root, LAST, after, LAST_TEST, LAST_TASK)).ok


async def test_words_of_an_error_count_where_they_were_alike_before_but_not_how_they_show_an_argument(
    root: Path,
) -> None:
    before = "def last(seq):\n    for item in seq:\n        return item\n    raise ValueError('x')\n"
    shows = before.replace("'x'", "f'nothing in {seq!r} of {type(seq).__name__}'")
    assert (await one(root, before, shows, LAST_TEST.replace("KeyError", "ValueError"))).ok
    other = before.replace("    for", "    if seq == []:\n        raise ValueError('empty')\n    for")
    assert (
        "the second raises ValueError: x"
        in (await one(root, before, other, LAST_TEST.replace("KeyError", "ValueError"))).output
    )


NUMBER = """
    def spell(value):
        try:
            value = int(value)
        except ValueError:
            return value
        return 'nine' if value == 9 else str(value)
"""


async def test_what_was_the_same_for_a_number_and_its_digits_stays_the_same(root: Path) -> None:
    early = NUMBER.replace("        try:", "        if value == 10:\n            return 'ten'\n        try:", 1)
    check = await one(root, NUMBER, early, "assert spell(10) == 'ten'")
    assert check.output.startswith("spell(10) and spell('10') did the same before")
    assert check.output.endswith("now the first gives 'ten', the second gives '10'")
    late = NUMBER.replace(
        "        return 'nine'", "        if value == 10:\n            return 'ten'\n        return 'nine'"
    )
    assert (await one(root, NUMBER, late, "assert spell(10) == 'ten'")).ok


async def test_a_function_that_makes_no_numbers_need_not_take_digits(root: Path) -> None:
    after = "def spell(value):\n    return 'ten' if value == 10 else str(value)\n"
    assert (await one(root, "def spell(value):\n    return str(value)\n", after, "assert spell(10) == 'ten'")).ok


async def test_a_task_that_speaks_of_strings_means_it(root: Path) -> None:
    early = NUMBER.replace("        try:", "        if value == 10:\n            return 'ten'\n        try:", 1)
    assert (await one(root, NUMBER, early, "assert spell(10) == 'ten'", "say ten for 10, but not for strings")).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a):\n    return a in [True]\n", "def f(a):\n    return a in [True] or a == [1]\n"),
        ("def f(a):\n    raise ValueError\n", "def f(a):\n    return a[0]\n"),
    ],
)
async def test_a_thing_of_unknown_kind_may_have_gone_alike_by_chance(root: Path, before: str, after: str) -> None:
    assert (await one(root, before, after, "assert f([1])")).ok


async def test_two_that_gave_the_same_value_did_not_by_chance(root: Path) -> None:
    after = "def f(a):\n    return 7 if type(a) is list else len(a)\n"
    check = await one(root, "def f(a):\n    return len(a)\n", after, "assert f([1])")
    assert check.output.startswith("f([1]) and f((1,)) did the same before")


async def test_an_error_that_was_there_before_is_none_that_the_task_asks_for(root: Path) -> None:
    before = "def first(seq):\n    return next(iter(seq))\n"
    wrong = "def first(seq, default=0):\n    return default if not seq and default else next(iter(seq))\n"
    task = "first takes a default for what is empty. Without it, StopIteration is raised as before."
    check = await one(root, before, wrong, "assert first([], 7) == 7", task)
    assert check.output.startswith("first([], 7) and first(iter([]), 7) did the same before")


async def test_what_python_says_itself_is_no_refusal(root: Path) -> None:
    before = "def count(seq):\n    return sum(1 for _ in seq)\n"
    check = await one(root, before, "def count(seq):\n    return len(seq)\n", "count([1])", "count only what is there")
    assert check.output.endswith("now it raises TypeError: object of type 'list_iterator' has no len()")


async def test_what_differs_from_call_to_call_tells_nothing_of_two_calls_either(root: Path) -> None:
    before = "import itertools\nN = itertools.count()\n\ndef f(a):\n    return next(N)\n"
    after = before.replace("f(a)", "f(a, b=None)")
    assert (await one(root, before, after, "f([1])")).ok


def test_pairs_name_what_is_called_before_and_after() -> None:
    before = "def f(seq, n=1):\n    return n\n"
    trial = found(before, before.replace("n=1):", "n=1, key=None):"), "import m\nm.f([1], key=len)\n")
    assert trial.pairs[0] == Pair(
        one="__f([1], key=len)", other="__f(iter([1]), key=len)", one_before="__f([1])", other_before="__f(iter([1]))"
    )
    assert trial.runs[-1][:2] == (("was", "__f([1])"), ("was", "__f((1,))"))


# New functions, new keywords


async def test_a_new_function_of_an_iterable_takes_iterators(root: Path) -> None:
    before = "def old(a):\n    return a\n"
    after = before + "\n\ndef distinct(iterable):\n    return len(set(iterable)) == len(iterable)\n"
    check = await one(root, before, after, "assert distinct([1, 2])")
    assert check.name == "distinct in other shapes"
    assert check.output == (
        "distinct([1, 2]) and distinct(iter([1, 2])) must do the same; now the first gives True, "
        "the second raises TypeError: object of type 'list_iterator' has no len()"
    )
    right = before + "\n\ndef distinct(iterable):\n    a = list(iterable)\n    return len(set(a)) == len(a)\n"
    assert (await one(root, before, right, "assert distinct([1, 2])")).ok


@pytest.mark.parametrize(
    ("signature", "task"),
    [("f(rows)", "add f"), ("f(iterable: list)", "add f"), ("f(iterable)", "add f, which takes a list")],
)
def test_a_new_function_of_something_else_need_not_take_iterators(signature: str, task: str) -> None:
    assert not trials(task, [edit("A = 1\n", f"A = 1\n\n\ndef {signature}:\n    return 1\n")], [a_test("f([1])")])


WITHOUT = """
    def _refuse(names):
        if names:
            raise TypeError(names)

    def without(d, *keys, **kwargs):
        _refuse({*kwargs} - {'factory'})
        return {k: v for k, v in d.items() if k not in keys}
"""


async def test_a_keyword_given_at_its_default_is_as_if_it_were_not_given(root: Path) -> None:
    task = "Add a keyword strict=False to without; when strict is true a missing key must raise KeyError."
    test = "raises(KeyError, lambda: without({'x': 1}, 'z', strict=True))"
    strict = "if {strict} and set(keys) - set(d):\n            raise KeyError(keys)\n        _refuse("
    wrong = WITHOUT.replace("_refuse({*", strict.format(strict="kwargs.get('strict', False)") + "{*")
    check = await one(root, WITHOUT, wrong, test, task)
    assert check.output.startswith(
        "without({'x': 1}, 'z') and without({'x': 1}, 'z', strict=False) must do the same, for False is the default "
        "of strict; now the first gives {'x': 1}, the second raises TypeError"
    )
    right = WITHOUT.replace("_refuse({*", strict.format(strict="kwargs.pop('strict', False)") + "{*")
    assert (await one(root, WITHOUT, right, test, task)).ok


def test_a_keyword_that_was_looked_for_before_is_not_new() -> None:
    before = source(WITHOUT).replace("_refuse({*", "kwargs.get('strict', False)\n    _refuse({*")
    after = before.replace("return {k", "return {} or {k")
    task = "Add a keyword strict=False to without."
    assert all(not pair.why for pair in found(before, after, "without({'x': 1}, 'z')", task).pairs)


PLURAL = "def plural(word):\n    return word + 's'\n"
PLURAL_TASK = "Let plural take a second argument `count` (default None). If count is 1 the word is returned as it is."


async def test_what_is_said_of_one_value_is_not_said_of_others(root: Path) -> None:
    test = "assert plural('post', 1) == 'post'"
    wrong = "def plural(word, count=None):\n    return word if count else word + 's'\n"
    check = await one(root, PLURAL, wrong, test, PLURAL_TASK)
    assert "plural('post') and plural('post', count=2) must do the same" in check.output
    right = wrong.replace("if count else", "if count == 1 else")
    assert (await one(root, PLURAL, right, test, PLURAL_TASK)).ok
    refuses = right.replace("    return", "    if count == 2:\n        raise ValueError(count)\n    return")
    assert (await one(root, PLURAL, refuses, test, PLURAL_TASK)).ok


def test_a_test_that_gives_another_value_says_itself_what_is_right() -> None:
    after = "def plural(word, count=None):\n    return word if count else word + 's'\n"
    pairs = {test: found(PLURAL, after, test, PLURAL_TASK).pairs for test in ("plural('a', 1)", "plural('a', 3)")}
    assert [any(pair.why for pair in some) for some in pairs.values()] == [True, False]


# What comes before a call

COUNTER = """
    class Counter:
        def __init__(self):
            self.__all = []

        def update(self, items):
            self.__all += items

        def most(self, n=None):
            if n is not None and n <= 0:
                return []
            return self.__all[:n]
"""
COUNTER_TEST = """
    tc = Counter()
    other = undefined_later = 1
    tc.update("aabc")
    assert tc.most(2) == ["a", "a"]
    raises(ValueError, lambda: tc.most(-1))
"""
COUNTER_TASK = "most with a negative n returns [] today. It must raise ValueError; n == 0 stays an empty list."
REFUSES = "                raise ValueError(n)\n            if n == 0:\n                return []\n"


async def test_a_method_is_called_on_what_its_test_makes(root: Path) -> None:
    wrong = COUNTER.replace("return []", "raise ValueError(n)")
    check = await one(root, COUNTER, wrong, COUNTER_TEST, COUNTER_TASK)
    assert check.name == "Counter.most as before"
    assert check.output == (
        "tc.most(0) gave [] before the change; it must go on to do that, but now it raises ValueError: 0"
    )
    right = COUNTER.replace("n <= 0:\n                return []\n", f"n < 0:\n{REFUSES}")
    assert (await one(root, COUNTER, right, COUNTER_TEST, COUNTER_TASK)).ok


def test_what_comes_before_a_call_is_what_it_needs_and_no_assertion() -> None:
    after = COUNTER.replace("n <= 0", "n < 0")
    made = trials("change it", [edit(COUNTER, after)], [a_test(f"from a import *\n{RAISES}\n{source(COUNTER_TEST)}")])
    assert {trial.setup for trial in made} == {"from a import *\ntc = Counter()\ntc.update('aabc')"}
    assert made[0].calls == ("tc.most(0)", "tc.most(1)", "tc.most(3)")


def test_bare_calls_fill_what_is_asked_but_those_that_judge_do_not() -> None:
    test = "import a\nc = a.Counter()\nc.update('a')\nc.most(7)\nc.check('a')\na.raises(lambda: c)\nc.most(1)\n"
    made = trials("t", [edit(COUNTER, COUNTER.replace("n <= 0", "n < 0"))], [a_test(test)])
    assert {trial.setup for trial in made} == {"import a\nc = a.Counter()\nc.update('a')"}


@pytest.mark.parametrize(
    "test",
    [
        "def test_it():\n    c = Counter()\n    assert c.most(1) == []\n",
        "with raises(KeyError):\n    Counter().most(1)\n",
    ],
)
def test_calls_in_functions_and_blocks_are_found(test: str) -> None:
    made = trials("t", [edit(COUNTER, COUNTER.replace("n <= 0", "n < 0"))], [a_test(f"from a import Counter\n{test}")])
    assert [call.rpartition(".")[2] for trial in made for call in trial.calls] == ["most(0)", "most(2)"]


@pytest.mark.parametrize(
    ("before", "test"),
    [
        (COUNTER, "def test_it(c):\n    c.most(1)\n"),
        (COUNTER, "from a import Counter\nc = Counter(open('x'))\nc.most(1)\n"),
        (COUNTER, "import subprocess\nfrom a import Counter\nc = Counter(subprocess.run)\nc.most(1)\n"),
        (COUNTER, "for c in ():\n    c.most(1)\n"),
        (COUNTER.replace("n <= 0", "n <= 0 and super()"), "from a import Counter\nc = Counter()\nc.most(1)\n"),
        ("class A:\n    class B:\n        def most(self, n):\n            return []\n", "import a\na.A.B().most(1)\n"),
    ],
)
def test_a_method_that_cannot_be_called_safely_is_left_out(before: str, test: str) -> None:
    assert not trials("t", [edit(before, before.replace("return []", "return ()"))], [a_test(test)])


async def test_static_methods_and_properties_are_what_they_were(root: Path) -> None:
    before = "class A:\n    @staticmethod\n    def f(a):\n        return a\n"
    wrong = before.replace("return a", "return a if a else None")
    check = await one(root, before, wrong, "a = A()\nassert a.f(1) == 1")
    assert check.output == "a.f(0) gave 0 before the change; it must go on to do that, but now it gives None"


async def test_a_beginning_that_fails_as_things_were_tells_nothing(root: Path) -> None:
    before = "class A:\n    def f(self, a, b=0):\n        return 1\n"
    after = before.replace("return 1", "return 2 if a else None")
    begins = "from a import A\na = A()\nx = (lambda g: {number}[2 - g(2)])(a.f)\na.f(1, x)\n"
    (check,) = await told(root, edit(before, after), begins.format(number="[0, 0]"))
    assert "a.f(0, x) gave 1" in check.output
    assert not await told(root, edit(before, after), begins.format(number="[0]"))


async def test_a_test_may_make_its_package_ready_to_be_imported(root: Path) -> None:
    (root / "made").mkdir()
    (root / "made/__init__.py").write_text("import ready_by_the_test\n", encoding="utf-8")
    before = "class A:\n    def f(self, a):\n        return a\n"
    changed = edit(before, before.replace("return a", "return a or None"), "made/a.py")
    test = (
        "import sys, types\nsys.modules.setdefault('ready_by_the_test', types.SimpleNamespace())\n"
        "from made.a import A\na = A()\nassert a.f(1) == 1\n"
    )
    (check,) = await told(root, changed, test)
    assert "a.f(0) gave 0 before" in check.output


async def test_the_program_of_a_command_is_a_test(root: Path) -> None:
    before = "def f(seq):\n    return len(list(seq))\n"
    changed = edit(before, before.replace("list(seq)", "seq"))
    (root / "a.py").write_bytes(changed.before or b"")
    command = f"{sys.executable} -c 'from a import f; assert f([1]) == 1'"
    made = trials("t", [changed], [], [command])
    checks = await run_commands(Repository(root), [changed], [command], CheckSettings(allow=(command,)), made)
    assert "f(iter([1])) gave 1 before" in checks[1].output


def test_commands_without_a_program_have_none() -> None:
    changed = edit("def f(a):\n    return 1\n", "def f(a):\n    return 2\n")
    assert not trials("t", [changed], [], ["python check.py", "sh -c 'f([1])'", "python -c 'f([1", CHECK])


async def test_what_is_asked_of_negative_numbers_is_not_asked_of_zero(root: Path) -> None:
    before = "def take(n, rows):\n    return rows[:n]\n"
    after = "def take(n, rows):\n    if n <= 0:\n        raise ValueError(n)\n    return rows[:n]\n"
    task = "take must raise ValueError when n is negative"
    check = await one(root, before, after, "raises(ValueError, lambda: take(-1, [1]))", task)
    assert check.output.startswith(
        "take(0, [1]) gave [] before the change; it must go on to do that, but now it raises"
    )
    assert (await one(root, before, after.replace("<=", "<"), "raises(ValueError, lambda: take(-1, [1]))", task)).ok


async def test_a_value_that_is_fine_must_not_be_refused(root: Path) -> None:
    before = "def wait(seconds):\n    return seconds\n"
    after = "def wait(seconds):\n    if seconds <= 0:\n        raise ValueError\n    return seconds\n"
    task = "wait must raise ValueError for less than nothing, although 0 is fine"
    check = await one(root, before, after, "raises(ValueError, lambda: wait(-1))", task)
    assert check.output.startswith("wait(0) gave 0 before the change")


def test_a_function_that_called_what_is_new_now_cannot_be_had_as_it_was() -> None:
    before = "from other import helper\n\n\ndef f(a):\n    return helper(a)\n"
    after = "def helper(a):\n    return a\n\n\ndef f(a):\n    return helper(a) or 1\n"
    assert not trials("t", [edit(before, after)], [a_test("f([1])")])
    assert trials("t", [edit(before, after.replace("helper", "help_it"))], [a_test("f([1])")])


# The report


def test_a_pair_whose_calls_were_not_all_made_tells_nothing() -> None:
    pair = Pair(one="__f(1)", other="__f(2)", one_before="__f(1)", other_before="__f(2)")
    trial = Trial(path="a.py", name="f", before="def f(a): pass", pairs=(pair,))
    gave, gone = Ending("gave", "int", "1"), Ending("gone")
    assert not fault(trial, 0, (gave, gave, gone))
    assert not fault(trial, 0, (gave, gave, gone, gone))
    assert not fault(trial, 7, (gave, gave, gave, gone))
    assert fault(trial, 0, (gave, gave, gave, gone)).endswith("the second ends the program")


def test_a_program_that_ends_is_told_of_the_call_it_was_at() -> None:
    row = '{"trial": 0, "number": 1, "ending": ["gave", "int", "1", []]}'
    assert endings(row) == {0: {1: (Ending("gave", "int", "1"), Ending("gone"))}}
    assert (
        endings(row, was_ended=True) == endings(f'{row}\n{{"done": true}}') == {0: {1: (Ending("gave", "int", "1"),)}}
    )
