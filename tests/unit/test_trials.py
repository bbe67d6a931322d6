"""How a changed function is called before and after: which calls are found, and what they tell in a real sandbox."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from workbench.checks.command import run_commands
from workbench.checks.trial import ANY, Trial, interpreter
from workbench.crew.trials import MOST, trials
from workbench.model import Check, Excerpt, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

CHECK = f"{sys.executable} check.py"

COUNT = '''
    def count(seq, start=0):
        """Count.

        >>> count("ab")
        2
        >>> count(known)
        3
        """
        return start + sum(1 for _ in seq)
'''


def source(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def edit(before: str, after: str, path: str = "a.py") -> FileEdit:
    return FileEdit(path=path, before=source(before).encode(), after=source(after).encode())


def a_test(text: str) -> Excerpt:
    return Excerpt(path="check.py", first=1, last=1 + text.count("\n"), text=text)


def found(before: str, after: str, test: str = "", task: str = "change it") -> Trial:
    (trial,) = trials(task, [edit(before, after)], [a_test(test)] if test else [])
    return trial


# Which calls


def test_calls_are_those_of_examples_and_tests_then_the_same_in_other_shapes() -> None:
    test = "assert m.count([1, 2], 3) == 5\nassert count([1], key=len) == 1\ncount(rows)\ncount(*x)\n"
    trial = found(COUNT, COUNT.replace("start=0):", "start=0, key=None):"), test)
    assert trial.calls == (
        "__f('ab')",
        "__f([1, 2], 3)",
        "__f([1])",
        "__f('')",
        "__f(iter('ab'))",
        "__f(iter([1, 2]), 3)",
        "__f((1, 2), 3)",
        "__f([], 3)",
        "__f([1, 2], 0)",
        "__f([1, 2], -1)",
        "__f(iter([1]))",
        "__f((1,))",
        "__f([])",
    )
    assert trial.keeps
    assert trial.before.startswith("def count(seq, start=0):\n")


@pytest.mark.parametrize(
    ("argument", "is_tried"),
    [
        ("lambda x: x > 1", True),
        ("str.lower", True),
        ("[x for x in range(3)]", True),
        ("{'a': {1, 2}}", True),
        ("lambda x: other(x)", False),
        ("open('secret')", False),
        ("self.rows", False),
    ],
)
def test_only_calls_that_say_all_themselves_are_made(argument: str, is_tried: bool) -> None:
    before = "def f(a):\n    return 1\n"
    assert bool(trials("t", [edit(before, before.replace("1", "2"))], [a_test(f"f({argument})")])) == is_tried


@pytest.mark.parametrize(
    ("after", "keeps"),
    [
        ("def f(a, b=None):\n    return 2", True),
        ("def f(a, *, b=0):\n    return 2", True),
        ("def f(a, b=True):\n    return 2", False),
        ("def f(a, b):\n    return 2", False),
        ("def f(a):\n    return 2", False),
        ("def f(a=3, b=None):\n    return 2", False),
        ("def f(b=None):\n    return 2", False),
    ],
)
def test_calls_must_go_as_before_where_a_change_only_adds_what_need_not_be_given(after: str, keeps: bool) -> None:
    assert found("def f(a):\n    return 1", after, "f(1)").keeps == keeps


@pytest.mark.parametrize(
    ("task", "may_raise"),
    [
        ("count must raise ValueError or a TypeError for words", ("ValueError", "TypeError")),
        ("count must refuse words", (ANY,)),
        ("count words as one", ()),
    ],
)
def test_what_may_be_raised_is_what_the_task_speaks_of(task: str, may_raise: tuple[str, ...]) -> None:
    assert found("def f(a):\n    return 1", "def f(a):\n    return 2", "f(1)", task).may_raise == may_raise


def test_methods_coroutines_new_functions_and_what_stays_are_not_called() -> None:
    before = "class A:\n    def f(self, a):\n        return 1\nasync def g(a):\n    return 1\ndef h(a):\n    return 1\n"
    after = before.replace("self, a):\n        return 1", "self, a):\n        return 2").replace("g(a):", "g(b):")
    assert not trials("t", [edit(before, f"{after}def new(a):\n    return 1\n")], [a_test("f(1)\ng(1)\nh(1)\nnew(1)")])


def test_no_more_than_so_many_calls_are_made() -> None:
    test = "\n".join(f"f({number})" for number in range(100))
    assert len(found("def f(a):\n    return 1", "def f(a):\n    return 2", test).calls) == MOST


# What they tell


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


async def told(root: Path, changed: FileEdit, test: str, task: str = "change it") -> list[Check]:
    """Return the checks of the trials of a change that passes its test."""
    assert changed.before is not None
    place = root / changed.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(changed.before)
    (root / "check.py").write_text(test, encoding="utf-8")
    made = trials(task, [changed], [a_test(test)])
    checks = await run_commands(Repository(root), [changed], [CHECK], CheckSettings(allow=(CHECK,)), made)
    assert checks[0].ok, checks[0].output
    return list(checks[1:])


PLAIN = """
    import json
    from pkg.other import double

    def count(seq):
        return double(sum(1 for _ in seq)) // 2
"""


async def one(root: Path, body: str, signature: str = "count(seq)", task: str = "change it") -> Check:
    """Return the check of a trial in a package of two modules."""
    after = source(PLAIN).replace("count(seq)", signature).replace("    return double(sum(1 for _ in seq)) // 2", body)
    (root / "pkg").mkdir()
    (root / "pkg/__init__.py").touch()
    (root / "pkg/other.py").write_text("def double(x):\n    return 2 * x\n", encoding="utf-8")
    changed = FileEdit(path="pkg/counting.py", before=source(PLAIN).encode(), after=after.encode())
    test = "from pkg.counting import count\nassert count([1, 2, 3]) == 3\n"
    (check,) = await told(root, changed, test, task)
    return check


async def test_calls_that_all_go_well_are_counted(root: Path) -> None:
    check = await one(root, "    return len(list(seq))")
    assert check == Check(name="count as before", ok=True, output="4 calls, none fails that did not")


async def test_a_call_that_fails_now_and_did_not_before_is_told(root: Path) -> None:
    check = await one(root, "    return len(seq)")
    assert check.ok is False
    assert check.output == (
        "count(iter([1, 2, 3])) gave 3 before the change; it must go on to do that, but now it raises TypeError: "
        "object of type 'list_iterator' has no len()"
    )


async def test_an_error_that_the_task_speaks_of_is_none(root: Path) -> None:
    body = "    if not seq:\n        raise ValueError(seq)\n    return len(list(seq))"
    assert (await one(root, body, task="raise ValueError if it is empty")).ok


async def test_a_slip_is_one_also_where_the_task_speaks_of_errors(root: Path) -> None:
    body = "    if isinstance(seq, tuple):\n        return seq.size\n    return len(list(seq))"
    check = await one(root, body, task="refuse what is empty")
    assert "count((1, 2, 3)) gave 3 before" in check.output
    assert "AttributeError" in check.output


async def test_another_value_counts_only_where_a_change_just_adds(root: Path) -> None:
    body = "    return len(list(seq)) or 7"
    check = await one(root, body, "count(seq, key=None)")
    assert check.output == "count([]) gave 0 before the change; it must go on to do that, but now it gives 7"


async def test_another_value_may_be_what_was_asked_for(root: Path) -> None:
    assert (await one(root, "    return len(list(seq)) or 7")).ok


async def test_a_value_that_is_gone_is_no_other_value(root: Path) -> None:
    body = "    if isinstance(seq, list):\n        return len(seq)"
    check = await one(root, body)
    assert check.output == (
        "count(iter([1, 2, 3])) gave 3 before the change; it must go on to do that, but now it gives None"
    )


async def test_a_change_for_some_calls_leaves_most_as_they_were(root: Path) -> None:
    check = await one(root, "    return 3 + 4 * (next(iter(seq), 0) == 0)", task="give 7 when it is empty")
    assert check.ok
    changed = edit("def f(a):\n    return a\n", "def f(a):\n    return 2 * a\n", "b.py")
    (told_of,) = await told(root, changed, "from b import f\nf(1)\nf(2)\nf(3)\n", "give 0 when it is negative")
    assert told_of.output.startswith("f(1) gave 1 before")


async def test_what_differs_from_call_to_call_and_what_does_not_end_tells_nothing(root: Path) -> None:
    before = "import random\n\ndef f(a):\n    return random.random()\n\ndef g(a):\n    return a\n"
    after = before.replace("random.random()", "2").replace("return a\n", "while a == 0:\n        pass\n    return a\n")
    checks = await told(root, edit(before, after), "from a import f, g\nf(1)\ng(1)\n")
    assert [(check.name, check.ok, check.output) for check in checks] == [
        ("g as before", True, "1 calls, none fails that did not")
    ]


async def test_a_module_that_is_not_found_by_its_name_is_left_alone(root: Path) -> None:
    changed = edit("raise ImportError\ndef f(a):\n    return 1\n", "raise ImportError\ndef f(a):\n    return 2\n")
    assert await told(root, changed, "f = print\nf(1)\n") == []


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("#!/opt/bin/python3.12 -I\nimport pytest\n", "/opt/bin/python3.12"),
        ("#!/bin/sh\n", None),
        ("", None),
    ],
)
def test_the_python_of_a_program_is_in_its_first_line(tmp_path: Path, text: str, python: str | None) -> None:
    (tmp_path / "pytest").write_text(text, encoding="utf-8")
    assert interpreter(tmp_path / "pytest") == python
    assert interpreter(tmp_path / "none") is None
