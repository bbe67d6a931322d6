"""Tests that a nanite writes: in the repository's layout, kept only if they pass and notice a fault."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.command_desk import CommandDesk
from tests.unit.scripted_desk import Answer, fenced
from workbench.crew.dispatch import work
from workbench.crew.testing.layout_of_tests import command_for, module_of, test_path
from workbench.crew.testing.mutation import mutants
from workbench.errors import AnswerRejected, CheckFailed
from workbench.model import Proposal, Verdict

# Names that pytest would take for tests of its own.
place_of, test_path.__test__ = test_path, False  # type: ignore[attr-defined]
del test_path

PYTEST = "python -m pytest -q {file}"
SOURCE = '''def clamp(value, low, high):
    """Return value, kept between low and high."""
    if value < low:
        return low
    return min(value, high)


def shout(words):
    return words.upper() + "!"
'''
GOOD = """def test_clamp():
    assert clamp(5, 0, 10) == 5
    assert clamp(0, 0, 3) == 0
    assert clamp(-1, 0, 3) == 0"""
BLIND = "def test_clamp():\n    assert clamp(5, 0, 10) is not clamp"


def a_desk(
    tmp_path: Path, *answers: str | Answer, more: dict[str, str] | None = None, allow: tuple[str, ...] = (PYTEST,)
) -> CommandDesk:
    return CommandDesk(tmp_path, {"text.py": SOURCE} | (more or {}), *answers, allow=allow)


def after(proposal: Proposal) -> str:
    (edit,) = proposal.edits
    return (edit.after or b"").decode()


async def test_a_test_that_notices_a_fault_is_kept_where_tests_belong(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(GOOD))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert proposal.edits[0].path == "tests/test_text.py"
    assert proposal.edits[0].before is None
    assert after(proposal) == f"from text import clamp\n\n\n{GOOD}\n"
    assert proposal.verdict is Verdict.CHECKED
    assert [check.ok for check in proposal.checks] == [True, True]
    assert proposal.checks[0].name == "python -m pytest -q tests/test_text.py"
    assert proposal.checks[1].name == "fails where clamp is wrong"
    assert not (tmp_path / "tests").exists()


@pytest.mark.slow
async def test_a_test_that_passes_whatever_the_code_does_is_not_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(BLIND), fenced(BLIND))
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert caught.value.code == "no-test"
    assert "passes also where the code is wrong" in caught.value.message


KNOWN = """from text import clamp


def test_known():
    assert [clamp(number, 0, 3) for number in (-1, 0, 1, 3, 9)] == [0, 0, 1, 3, 3]
"""


@pytest.mark.slow
@pytest.mark.parametrize("path", ["tests/test_other.py", "tests/test_text.py"])
async def test_what_other_tests_notice_is_not_to_the_credit_of_a_new_one(tmp_path: Path, path: str) -> None:
    desk = a_desk(tmp_path, fenced(BLIND), fenced(BLIND), more={path: KNOWN}, allow=("python -m pytest -q",))
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("tests", "Test clamp.", ["text.py"], ["python -m pytest -q"]), desk)
    assert caught.value.code == "no-test"
    assert "notice already what a new one of clamp does, such as line" in caught.value.message
    assert not desk.is_used_up, "a second answer would not be new either"


async def test_what_a_test_uses_of_the_module_is_imported_from_it(tmp_path: Path) -> None:
    source = f"class Low(ValueError):\n    pass\n\n\n{SOURCE}".replace(
        "        return low\n", "        raise Low(value)\n"
    )
    good = """def test_clamp():
    assert clamp(5, 0, 10) == 5
    with pytest.raises(Low):
        clamp(-1, 0, 3)"""
    desk = CommandDesk(tmp_path, {"text.py": source}, fenced(good), allow=(PYTEST,))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert "from text import Low\nfrom text import clamp\n" in after(proposal) or "import Low, clamp" in after(proposal)
    assert proposal.verdict is Verdict.CHECKED


async def test_the_first_test_of_a_repository_may_be_run_by_a_wide_command(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(GOOD), allow=("python -m pytest -q",))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"], ["python -m pytest -q"]), desk)
    assert proposal.verdict is Verdict.CHECKED


async def test_a_test_that_the_tasks_own_command_does_not_run_is_unverified(tmp_path: Path) -> None:
    command = "python -m pytest -q tests/test_other.py"
    more = {"tests/test_other.py": "def test_other():\n    assert True\n"}
    desk = a_desk(tmp_path, fenced(GOOD), more=more, allow=(command,))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"], [command]), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert [check.name for check in proposal.checks] == [command]


async def test_a_wrong_expectation_is_dropped_and_the_rest_kept(tmp_path: Path) -> None:
    wrong = GOOD.replace("== 5\n", "== 5\n    assert clamp(11, 0, 10) == 11\n")
    desk = a_desk(tmp_path, fenced(wrong))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert after(proposal) == f"from text import clamp\n\n\n{GOOD}\n"
    assert proposal.verdict is Verdict.CHECKED
    assert "clamp: 1 wrong expectations of the model were dropped" in proposal.notes


async def test_a_test_that_only_fails_is_mended_by_what_was_said(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced("def test_clamp():\n    assert clamp(11, 0, 10) == 11"), fenced(GOOD))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert proposal.verdict is Verdict.CHECKED
    assert "assert 10 == 11" in desk.question


async def test_it_is_appended_to_the_tests_there_are(tmp_path: Path) -> None:
    there = "import pytest\n\nfrom text import shout\n\n\ndef test_clamp():\n    assert shout('a') == 'A!'\n"
    desk = a_desk(tmp_path, fenced(GOOD), more={"tests/unit/test_text.py": there})
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    (edit,) = proposal.edits
    text = after(proposal)
    assert edit.path == "tests/unit/test_text.py"
    assert edit.before == there.encode()
    assert "def test_clamp():\n    assert shout('a')" in text
    assert "def test_clamp_2():\n    assert clamp(5, 0, 10)" in text
    names = {
        alias.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert names == {"shout", "clamp"}
    assert text.startswith("import pytest\n\nfrom text import clamp, shout\n\n\ndef test_clamp")


@pytest.mark.parametrize(
    "there",
    [
        "",
        '"""Tests."""\n',
        "x = 1\n",
        "from text import (\n    shout,\n)\n\n\ndef test_a():\n    shout\n",
        "import text\r\n\r\n\r\ndef test_a():\r\n    text\r\n",
        "# only words\n",
        "if True:\n    import text\n",
    ],
)
async def test_whatever_the_test_file_holds_stays(tmp_path: Path, there: str) -> None:
    desk = a_desk(tmp_path, fenced(GOOD), allow=())
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_text.py").write_bytes(there.encode())
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    text = after(proposal)
    ahead = iter(text.split("\n"))
    assert all(any(line == other for other in ahead) for line in there.rstrip("\n").split("\n"))
    compile(text, "test_text.py", "exec")
    assert "from text import clamp" in text
    assert text.replace("\r\n", "\n").endswith(f"{GOOD}\n")
    assert ("\r\n" in text) == ("\r\n" in there)


async def test_without_a_command_it_is_unverified_and_says_what_to_allow(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(GOOD), allow=("ruff check .",))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert desk.commands == []
    assert any("nanites allow 'pytest -q {path}'" in note for note in proposal.notes)


async def test_only_what_no_test_names_is_tested_where_the_task_names_nothing(tmp_path: Path) -> None:
    there = "from text import clamp\n\n\ndef test_clamp():\n    assert clamp(1, 0, 2) == 1\n"
    shout = "def test_shout():\n    assert shout('a') == 'A!'\n    assert shout('') == '!'"
    desk = a_desk(tmp_path, fenced(shout), more={"tests/test_text.py": there})
    proposal = await work(desk.brief("tests", "", ["text.py"]), desk)
    assert "Tests shout in tests/test_text.py" in proposal.summary
    desk = a_desk(tmp_path, more={"tests/test_text.py": there + "\n\ndef test_shout():\n    shout\n"})
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("tests", "", ["text.py"]), desk)
    assert caught.value.code == "nothing-to-do"


async def test_an_answer_that_never_ends_is_taken_as_far_as_it_is_whole(tmp_path: Path) -> None:
    many = "".join(f"    assert clamp({number}, 0, 99) == {number}\n" for number in range(30))
    cut = Answer(text=f"```python\ndef test_clamp():\n{many}    assert clamp(30, (0", finish="length")
    desk = a_desk(tmp_path, cut, allow=())
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert after(proposal).count("assert") == 4
    assert after(proposal).endswith("assert clamp(3, 0, 99) == 3\n")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("I cannot.", "no Python"),
        (fenced("def helper():\n    return 1"), "no test function"),
        (fenced("def test_clamp():\n    clamp(1, 2, 3)"), "no test function"),
        (fenced("def test_clamp():\n    assert True"), "no test function"),
        (fenced("def test_clamp(database):\n    assert clamp(1, 2, 3)"), "no test function"),
        (fenced("def test_clamp():\n    assert clamp(numpy.inf, 0, 1) == 1"), "nothing defines"),
        (fenced("def test_clamp(:\n"), "no Python"),
    ],
)
async def test_answers_that_are_no_test_are_refused(tmp_path: Path, answer: str, why: str) -> None:
    desk = a_desk(tmp_path, answer, answer, allow=())
    with pytest.raises(AnswerRejected):
        await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert all(why in reason for reason in desk.refused)


async def test_imports_of_what_is_at_hand_are_kept_and_of_the_code_made_right(tmp_path: Path) -> None:
    test = "def test_clamp():\n    with pytest.raises(TypeError):\n        clamp(None, 0, math.inf)"
    code = f"import math\nimport numpy\nfrom your_module import clamp\n\n{test}"
    desk = a_desk(tmp_path, fenced(code), allow=())
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert after(proposal).startswith("import math\nimport pytest\n\nfrom text import clamp\n\n\ndef test_clamp():")


async def test_two_targets_whose_tests_go_to_one_file_take_turns(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(GOOD), more={"a/text.py": SOURCE, "b/text.py": SOURCE})
    proposal = await work(desk.brief("tests", "Test clamp.", ["a/text.py", "b/text.py"]), desk)
    assert [edit.path for edit in proposal.edits] == ["tests/test_text.py"]
    assert "from a.text import clamp" in after(proposal)
    left = "b/text.py: left out: its tests would go to tests/test_text.py too; run it again for it"
    assert left in proposal.notes


async def test_a_name_that_the_test_file_has_of_another_module_is_not_taken_from_its_tests(tmp_path: Path) -> None:
    there = "from a.text import clamp\n\n\ndef test_it():\n    assert clamp(1, 0, 2) == 1\n"
    desk = a_desk(tmp_path, more={"b/text.py": SOURCE, "tests/test_text.py": there})
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("tests", "Test clamp.", ["b/text.py"]), desk)
    assert "a clamp of another module" in caught.value.message
    # What a package passes on is the same.
    desk = a_desk(tmp_path, fenced(GOOD), more={"tests/test_text.py": there.replace("a.text", "b")}, allow=())
    assert (await work(desk.brief("tests", "Test clamp.", ["b/text.py"]), desk)).edits


async def test_a_target_without_a_test_leaves_the_file_to_the_next(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(GOOD), more={"a/text.py": "x = 1\n", "b/text.py": SOURCE})
    proposal = await work(desk.brief("tests", "Test clamp.", ["a/text.py", "b/text.py"]), desk)
    assert "from b.text import clamp" in after(proposal)


async def test_unittest_gets_a_class(tmp_path: Path) -> None:
    command = "python -m unittest tests.test_text"
    desk = a_desk(tmp_path, fenced(GOOD), more={"tests/__init__.py": ""}, allow=(command,))
    proposal = await work(desk.brief("tests", "Test clamp.", ["text.py"], [command]), desk)
    assert "class TestClamp(unittest.TestCase):\n    def test_clamp(self):" in after(proposal)
    assert proposal.verdict is Verdict.CHECKED


async def test_files_that_are_no_code_to_test_are_left_out(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, more={"a.md": "# A\n", "tests/test_text.py": "x = 1\n"})
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("tests", "", ["a.md", "tests/test_text.py"]), desk)
    assert caught.value.code == "nothing-to-do"


@pytest.mark.parametrize(
    ("path", "files", "expected"),
    [
        ("text.py", [], "tests/test_text.py"),
        ("text.py", ["test_other.py"], "test_text.py"),
        (
            "src/pkg/text.py",
            ["tests/unit/test_a.py", "tests/unit/test_b.py", "tests/e2e/test_c.py"],
            "tests/unit/test_text.py",
        ),
        ("pkg/text.py", ["pkg/test_a.py", "tests/test_b.py", "tests/test_c.py"], "pkg/test_text.py"),
        ("pkg/text.py", ["tests/pkg/test_text.py", "tests/other/test_text.py"], "tests/pkg/test_text.py"),
        ("pkg/text.py", ["tests/a_test.py"], "tests/text_test.py"),
        ("pkg/text.py", ["tests/text_test.py"], "tests/text_test.py"),
    ],
)
def test_the_place_of_a_test_follows_the_repository(path: str, files: list[str], expected: str) -> None:
    assert place_of(path, files) == expected


@pytest.mark.parametrize(
    ("path", "files", "expected"),
    [
        ("text.py", [], "text"),
        ("src/pkg/text.py", ["src/pkg/__init__.py"], "pkg.text"),
        ("src/text.py", [], "text"),
        ("pkg/sub/text.py", ["pkg/__init__.py", "pkg/sub/__init__.py"], "pkg.sub.text"),
        ("apps/pkg/text.py", ["apps/pkg/__init__.py"], "pkg.text"),
        ("pkg/__init__.py", ["pkg/__init__.py"], "pkg"),
        ("pkg/text.py", [], "pkg.text"),
    ],
)
def test_a_module_is_named_as_it_is_imported(path: str, files: list[str], expected: str) -> None:
    assert module_of(path, files) == expected


@pytest.mark.parametrize(
    ("checks", "allowed", "expected"),
    [
        ((), (), ""),
        ((), ("make test", "ruff check"), ""),
        ((), ("pytest -q",), "pytest -q"),
        ((), ("pytest -q", "pytest -q tests/test_text.py"), "pytest -q tests/test_text.py"),
        ((), ("pytest -q tests/test_other.py",), ""),
        ((), ("pytest -q", "pytest -q {path}"), "pytest -q tests/test_text.py"),
        ((), ("pytest -q tests", "pytest -q"), "pytest -q tests"),
        (("pytest -x",), ("pytest -q {file}",), "pytest -x"),
        (("pytest -q tests/test_other.py",), (), ""),
        (("pytest -q tests/test_other.py",), ("pytest -q {file}",), "pytest -q tests/test_text.py"),
        (("pytest tests/test_other.py", "pytest tests"), (), "pytest tests"),
        (("python -m unittest tests.test_other",), (), ""),
        (("python -m unittest tests.test_text",), (), "python -m unittest tests.test_text"),
        (("python -m unittest",), (), "python -m unittest"),
    ],
)
def test_the_narrowest_command_runs_a_test(checks: tuple[str, ...], allowed: tuple[str, ...], expected: str) -> None:
    assert command_for("tests/test_text.py", {"tests/test_text.py"}, checks, allowed) == expected


def test_mutants_each_have_one_fault_and_parse() -> None:
    source = SOURCE + "\n\ndef loop(n):\n    while n > 0:\n        n -= 1\n    return f'{n + 1}' if n == 0 else 'ü'\n"
    found = mutants(source, "clamp", 20)
    assert len(found) >= 4
    for mutant in found:
        ast.parse(mutant.text)
        changed = [
            number
            for number, pair in enumerate(zip(source.split("\n"), mutant.text.split("\n"), strict=True))
            if pair[0] != pair[1]
        ]
        assert len(changed) == 1
        assert 1 < changed[0] < 6
    assert any("value <= low" in mutant.text for mutant in found)
    assert any("return None" in mutant.text for mutant in found)
    # A loop that never ends would only waste the time of the command.
    assert all("while n > 0:\n        n -= 1" in mutant.text for mutant in mutants(source, "loop", 50))
    assert mutants(source, "gone") == ()
    assert mutants("def f(:", "f") == ()


@pytest.mark.parametrize(("path", "hint"), [("src/text.py", "pip install -e ."), ("text.py", "`python -m pytest")])
async def test_code_that_the_tests_cannot_import_ends_it_at_once(tmp_path: Path, path: str, hint: str) -> None:
    files = {path: SOURCE, "tests/test_other.py": "def test_other():\n    assert True\n"}
    desk = CommandDesk(tmp_path, files, fenced(GOOD), allow=("python -P -m pytest -q {file}",))
    with pytest.raises(CheckFailed) as caught:
        await work(desk.brief("tests", "Test clamp.", [path]), desk)
    assert caught.value.code == "cannot-import"
    assert hint in caught.value.hint
    assert desk.is_used_up, "asking again would not help"


async def test_what_the_code_imports_and_is_not_there_ends_it_as_well(tmp_path: Path) -> None:
    files = {"text.py": f"import no_such_thing\n\n\n{SOURCE}", "tests/test_other.py": ""}
    desk = CommandDesk(tmp_path, files, fenced(GOOD), allow=(PYTEST,))
    with pytest.raises(CheckFailed) as caught:
        await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)
    assert caught.value.hint == "install no_such_thing where the tests run"
    assert desk.is_used_up


async def test_a_module_that_a_test_itself_names_is_no_fault_of_the_code(tmp_path: Path) -> None:
    named = "def test_clamp():\n    import no_such_thing\n    assert clamp(5, 0, 3) == 3\n"
    files = {"text.py": SOURCE, "tests/test_other.py": "def test_other():\n    assert True\n"}
    desk = CommandDesk(tmp_path, files, fenced(named), fenced(GOOD), allow=("python -m pytest -q {file}",))
    assert (await work(desk.brief("tests", "Test clamp.", ["text.py"]), desk)).edits
