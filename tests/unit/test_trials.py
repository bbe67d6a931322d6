"""How a changed function is called before and after: which calls are found, and what they tell in a real sandbox."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.checks.command import run_commands
from workbench.checks.trial import interpreter, runs_code
from workbench.checks.trial_values import ANY
from workbench.checks.worktree import Worktree
from workbench.crew.judging.trials import MOST, trials
from workbench.model import Check, FileEdit
from workbench.repository import Repository
from workbench.settings import CheckSettings

from .trial_cases import a_test, edit, found, source, told

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


# Which calls


def test_of_a_task_about_calls_that_fail_all_others_must_go_on_as_before() -> None:
    old = """
        def likeness(one, other):
            if one == other:
                return 1.0
            return len(set(one) & set(other)) / min(len(one), len(other))
    """
    new = old.replace(
        "if one == other", "if not one or not other:\n                return 0.0\n            if one == other"
    )
    test = "assert likeness('', 'ab') == 0.0\n"
    task = "likeness fails with a ZeroDivisionError if one of the texts is empty. Return 0.0 in that case."
    trial = found(old, new, test, task=task)
    assert {"__f('', '')", "__f('ab', 'ab')"} <= {*trial.calls}
    assert trial.keeps
    assert not found(old, new, test, task="likeness should be 0.0 if one of the texts is empty.").keeps


def test_calls_are_those_of_examples_and_what_tests_do_not_say_themselves() -> None:
    test = "import m\nassert m.count([1, 2], 3) == 5\nassert count([1], key=len) == 1\ncount(rows)\nx.count([9])\n"
    trial = found(COUNT, COUNT.replace("start=0):", "start=0, key=None):"), test)
    assert trial.calls == (
        "__f('ab')",
        "__f([1])",
        "__f('')",
        "__f(iter([1, 2]), 3)",
        "__f((1, 2), 3)",
        "__f([], 3)",
        "__f([1, 2], 0)",
        "__f([1, 2], 2)",
        "__f([1, 2], 4)",
        "__f(iter([1]))",
        "__f((1,))",
        "__f([])",
        "__f('AB')",
        "__f('ab ab')",
        "__f('a')",
        "__f('Ab')",
        "__f('ab_9é-')",
    )
    assert trial.keeps
    assert trial.before.startswith("def count(seq, start=0):\n")


def example(call: str, body: str = "return 1", signature: str = "f(a)") -> str:
    return f'def {signature}:\n    """Do.\n\n    >>> {call}\n    1\n    """\n    {body}\n'


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
    call = f"f({argument})"
    assert bool(trials("t", [edit(example(call), example(call, "return 2"))], [])) == is_tried


@pytest.mark.parametrize(
    ("signature", "keeps"),
    [
        ("f(a, b=None)", True),
        ("f(a, *, b=0)", True),
        ("f(a, b=True)", False),
        ("f(a)", False),
        ("f(a=3, b=None)", False),
        ("f(a, b)", None),
        ("f(b)", False),
        ("f(b, a)", None),
        ("f(b, *, c)", None),
        ("f(*, a)", None),
        ("f()", None),
    ],
)
def test_calls_must_go_as_before_where_a_change_only_adds_what_need_not_be_given(
    signature: str, keeps: bool | None
) -> None:
    made = trials("t", [edit(example("f(1)"), example("f(1)", "return 2", signature))], [])
    assert [trial.keeps for trial in made] == ([] if keeps is None else [keeps])


@pytest.mark.parametrize(
    ("task", "may_raise"),
    [
        ("count must raise ValueError or a TypeError for words", ("ValueError", "TypeError")),
        ("count must refuse words", (ANY,)),
        ("validate the words", (ANY,)),
        ("count words as one", ()),
    ],
)
def test_what_may_be_raised_is_what_the_task_speaks_of(task: str, may_raise: tuple[str, ...]) -> None:
    assert found(example("f(1)"), example("f(1)", "return 2"), "", task).may_raise == may_raise


def test_errors_are_kept_where_the_task_says_so() -> None:
    added = example("f(1)", "return 2", "f(a, b=None)")
    assert found(example("f(1)"), added, "", "add b; without it, f raises as before").keeps_errors
    assert not found(example("f(1)"), added, "", "add b, which is returned for nothing").keeps_errors


def test_a_parameter_with_another_name_is_the_same_to_calls_that_do_not_name_it() -> None:
    before = example("f(1)").replace("    1\n", "    1\n    >>> f(a=2)\n    1\n", 1)
    assert found(before, before.replace("f(a):", "f(text):").replace("return 1", "return 2")).calls == (
        "__f(1)",
        "__f(0)",
        "__f(2)",
    )


def test_methods_coroutines_new_functions_and_two_at_once_are_not_called() -> None:
    for before in (
        "class A:\n    def f(self, a):\n        return 1\n",
        "async def f(a):\n    return 1\n",
        example("f(1)") + "\n\n" + example("g(1)", "return 1", "g(a)"),
    ):
        assert not trials("t", [edit(before, before.replace("return 1", "return 2"))], [a_test("f([1])\ng([1])")])
    assert not trials("t", [edit(example("f(1)"), example("f(1)") + "\n\n" + example("g(1)", "", "g(a)"))], [])


@pytest.mark.parametrize(
    ("annotation", "shapes"),
    [
        ("", ("__f(iter([1]))", "__f((1,))", "__f([])")),
        (": Iterable[int]", ("__f(iter([1]))", "__f((1,))", "__f([])")),
        (": Sequence[int]", ("__f((1,))", "__f([])")),
        (": list[int]", ("__f([])",)),
    ],
)
def test_a_shape_is_one_that_the_function_says_it_takes(annotation: str, shapes: tuple[str, ...]) -> None:
    before = f"def f(a{annotation}):\n    return 1\n"
    assert found(before, before.replace("1", "2"), "f([1])").calls == shapes


def test_no_more_than_so_many_calls_are_made() -> None:
    test = "\n".join(f"f([{number}])" for number in range(100))
    assert len(found("def f(a):\n    return 1", "def f(a):\n    return 2", test).calls) == MOST


# What they tell


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


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
    assert (check.name, check.ok, check.output) == ("count as before", True, "5 calls, none fails that did not")
    assert check.seconds > 0


async def test_a_call_that_fails_now_and_did_not_before_is_told(root: Path) -> None:
    check = await one(root, "    return len(seq)")
    assert check.ok is False
    assert check.output == (
        "count(iter([1, 2, 3])) gave 3 before the change; it must go on to do that, but now it raises TypeError: "
        "object of type 'list_iterator' has no len()"
    )


async def test_an_error_that_the_task_speaks_of_is_none_nor_is_one_of_its_kind(root: Path) -> None:
    body = "    if not seq:\n        raise UnicodeError(seq)\n    return len(list(seq))"
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


async def test_other_texts_go_as_before_where_a_change_just_adds(root: Path) -> None:
    before = "def top(text):\n    return text[:1].upper() + text[1:]\n"
    rest = "(text[1:].lower() if low else text[1:].upper())"
    after = f"def top(text, low=False):\n    return text[:1].upper() + {rest}\n"
    (check,) = await told(root, edit(before, after), "from a import top\nassert top('fOO') == 'FOO'\n")
    assert not check.ok
    assert "'Foo'" in check.output


async def test_another_value_may_be_what_was_asked_for(root: Path) -> None:
    assert (await one(root, "    return len(list(seq)) or 7")).ok


async def test_a_value_that_is_gone_is_no_other_value(root: Path) -> None:
    body = "    if isinstance(seq, list):\n        return len(seq)"
    check = await one(root, body)
    assert check.output == (
        "count(iter([1, 2, 3])) gave 3 before the change; it must go on to do that, but now it gives None"
    )


async def test_what_goes_for_nothing_may_be_asked_for(root: Path) -> None:
    body = "    if isinstance(seq, list):\n        return len(seq)"
    assert (await one(root, body, task="return None for all but lists")).ok


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("    while not seq:\n        pass\n    return len(list(seq))", "count([]) gave 0 before the change; it must"),
        ("    import os\n    if not seq:\n        os._exit(0)\n    return len(list(seq))", "now it ends the program"),
    ],
)
async def test_a_call_that_never_comes_back_is_told(root: Path, body: str, words: str) -> None:
    check = await one(root, body)
    assert check.ok is False
    assert words in check.output


async def test_what_differs_from_call_to_call_tells_nothing(root: Path) -> None:
    before = "import random\n\ndef f(a):\n    return random.random()\n"
    (check,) = await told(root, edit(before, before.replace("random.random()", "2")), "from a import f\nf([1])\n")
    assert check.ok


async def test_sets_that_are_alike_are_alike_wherever_they_lie(root: Path) -> None:
    before = "def f(a, b=None):\n    return [{0, 8}, {'k': {8, 0}}]\n"
    after = before.replace("b=None", "b=None, c=None").replace("{0, 8}", "{8, 0}")
    (check,) = await told(root, edit(before, after), "from a import f\nf([1])\n")
    assert check.output == "5 calls go as they did"


async def test_an_error_whose_words_fail_is_an_error(root: Path) -> None:
    before = "class E(Exception):\n    def __str__(self):\n        raise ValueError\n\ndef f(a):\n    return 1\n"
    after = before.replace("    return 1", "    if not a:\n        raise E\n    return 1")
    (check,) = await told(root, edit(before, after), "from a import f\nf([1])\n")
    assert check.output.endswith("now it raises E")


async def test_the_repository_may_write_what_it_likes_into_the_report(root: Path) -> None:
    forged = [{}, 7, {"trial": "x"}, {"trial": 0, "number": 0, "ending": []}, {"trial": 1e999, "number": 0}]
    before = source(
        f"""
        import json, os

        def f(a):
            try:
                for row in {[json.dumps(row) for row in forged] + ["[" * 3_000]}:
                    os.write(3, row.encode() + b"\\n")
            except OSError:
                pass
            return len(a)
        """
    )
    after = before.replace("return len(a)", "return len(a) if a else None")
    (check,) = await told(root, edit(before, after), "from a import f\nf([1])\n")
    assert "f([]) gave 0 before" in check.output


async def test_commands_that_run_no_code_start_none(root: Path) -> None:
    changed = edit(example("f(1)"), example("f(1)", "return None"))
    (root / "a.py").write_bytes(changed.before or b"")
    command = f"{sys.executable} -m py_compile a.py"
    made = trials("t", [changed], [])
    checks = await run_commands(Repository(root), [changed], [command], CheckSettings(allow=(command,)), made)
    assert [check.name for check in checks] == [command]


async def test_a_module_that_is_not_found_by_its_name_is_left_alone(root: Path) -> None:
    changed = edit("raise ImportError\ndef f(a):\n    return 1\n", "raise ImportError\ndef f(a):\n    return 2\n")
    assert await told(root, changed, "f = print\nf(1)\n") == []


@pytest.mark.parametrize(
    ("argv", "runs"),
    [
        (["pytest", "-q"], True),
        (["/x/.venv/bin/python3.12", "-m", "pytest"], True),
        (["python", "check.py"], True),
        (["python", "-c", "import a"], True),
        (["python", "-m", "py_compile", "a.py"], False),
        (["python"], False),
        (["mypy", "a.py"], False),
        ([], False),
    ],
)
def test_which_commands_run_code_of_the_repository(argv: list[str], runs: bool) -> None:
    assert runs_code(argv) == runs


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("#!{beside}/python3.12 -I\nimport pytest\n", "{beside}/python3.12"),
        ("#!/opt/bin/python3\n", None),
        ("#!{beside}/deploy\n", None),
        ("#!/bin/sh\n", None),
        ("", None),
    ],
)
def test_the_python_of_a_program_lies_beside_it(tmp_path: Path, text: str, python: str | None) -> None:
    worktree = Worktree(base=tmp_path / "scratch", root=tmp_path / "repository")
    program = tmp_path / "bin/pytest"
    program.parent.mkdir()
    program.write_text(text.format(beside=program.parent), encoding="utf-8")
    assert interpreter(program, worktree) == (python and python.format(beside=program.parent))
    assert interpreter(tmp_path / "none", worktree) is None
    assert interpreter(worktree.tree / "python", worktree) is None
