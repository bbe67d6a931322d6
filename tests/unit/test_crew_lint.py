"""Linting: the linter's own fixes first, then one finding at a time, kept only if the linter confirms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.command_desk import CommandDesk
from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.checks.linters import commands_for, linter_of, read_report
from workbench.crew.dispatch import work
from workbench.errors import AnswerRejected, CheckFailed
from workbench.model import Check, Proposal, Verdict

RUFF = "ruff check {file}"
SETTINGS = '[lint]\nselect = ["E", "F", "I"]\nunfixable = ["E711", "F841"]\n'
"""Rules that it has fixes for, unsafe ones, are left to a nanite."""
SOURCE = """import os
import sys, re


def first(items):
    if items == None:
        return re
    return items[0]


def last(items):
    l = len(items)
    return items[l - 1]
"""
FIRST = "def first(items):\n    if items is None:\n        return re\n    return items[0]"
NAMED = '{"name": "length"}'
LAST = "def last(items):\n    length = len(items)\n    return items[length - 1]"


def after(proposal: Proposal, path: str = "a.py") -> str:
    return next((edit.after or b"").decode() for edit in proposal.edits if edit.path == path)


def a_desk(tmp_path: Path, *answers: str, source: str = SOURCE, allow: tuple[str, ...] = (RUFF,)) -> CommandDesk:
    return CommandDesk(tmp_path, {"a.py": source, "ruff.toml": SETTINGS}, *answers, allow=allow)


async def test_the_linter_mends_what_it_can_and_a_nanite_the_rest(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, fenced(FIRST), NAMED)
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    text = after(proposal)
    assert text.startswith("import re\n\n\ndef first")
    assert FIRST in text
    assert LAST in text
    assert proposal.verdict is Verdict.CHECKED
    assert desk.is_used_up
    assert [(check.name, check.ok) for check in proposal.checks] == [("ruff check a.py", True)]
    assert "Mends 6 of 6" in proposal.summary
    assert (tmp_path / "a.py").read_text() == SOURCE


async def test_no_model_is_asked_where_the_linter_does_it_all(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, source="import os\nimport sys\n\nprint(1)\n")
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    assert after(proposal).strip() == "print(1)"
    assert desk.asked == []
    assert "2 by the linter's own fixes" in proposal.summary


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (FIRST.replace("is None", "== None  # noqa: E711"), "silences"),
        (FIRST.replace("is None", "== None"), "changes nothing"),
        (FIRST.replace("items is None", "not items and x"), "x, which nothing defines"),
        (FIRST.replace("if items is", "l = items\n    if l is"), "new finding"),
        (FIRST.replace("items is None", "(items is None"), "parses"),
        (FIRST.replace("is None", "== None and True"), "still there"),
        (FIRST + "\n" + "\n".join(f"    x{n} = {n}" for n in range(20)), "lines for one finding"),
    ],
)
async def test_an_answer_that_does_not_mend_is_not_kept(tmp_path: Path, answer: str, why: str) -> None:
    desk = a_desk(tmp_path, fenced(answer), fenced(answer), NAMED)
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    assert "items == None" in after(proposal)
    assert LAST in after(proposal)
    assert why in " ".join(desk.refused)
    assert any(note.startswith("still there: a.py:") for note in proposal.notes)
    assert proposal.verdict is Verdict.CHECKED
    assert proposal.checks[0].name == "ruff check a.py: 5 fewer, none new"


async def test_a_check_that_the_task_demands_must_pass_whole(tmp_path: Path) -> None:
    bad = fenced(FIRST.replace("is None", "== None"))
    desk = a_desk(tmp_path, bad, bad, NAMED, allow=("ruff check a.py",))
    proposal = await work(desk.brief("lint", targets=["a.py"], check=["ruff check a.py"]), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert [check.ok for check in proposal.checks] == [False]


async def test_another_check_that_fails_lets_nothing_through(tmp_path: Path) -> None:
    allow = (RUFF, "python a_check.py")
    files = {"a.py": "import os\n", "ruff.toml": SETTINGS, "a_check.py": "import sys\n\nsys.exit('no')\n"}
    desk = CommandDesk(tmp_path, files, allow=allow)
    with pytest.raises(CheckFailed) as caught:
        await work(desk.brief("lint", targets=["a.py"], check=["python a_check.py"]), desk)
    assert caught.value.code == "checks-failed"


async def test_a_task_may_name_rules(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, NAMED)
    proposal = await work(desk.brief("lint", "Mend E741 only.", targets=["a.py"]), desk)
    assert after(proposal) == SOURCE.replace("l = len", "length = len").replace("[l - 1]", "[length - 1]")
    assert "1 of 1" in proposal.summary


async def test_nothing_to_mend_is_said(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, source="print(1)\n")
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("lint", targets=["a.py"]), desk)
    assert caught.value.code == "nothing-to-do"


async def test_nothing_mended_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    bad = fenced("print(l)")
    desk = a_desk(tmp_path, bad, bad, source="l = 1\nprint(l)\n")
    with pytest.raises(AnswerRejected) as caught:
        await work(desk.brief("lint", targets=["a.py"]), desk)
    assert caught.value.code == "not-mended"


async def test_a_linter_that_breaks_is_said(tmp_path: Path) -> None:
    desk = CommandDesk(tmp_path, {"a.py": "import os\n", "ruff.toml": "[lint]\nselect = 3\n"}, allow=(RUFF,))
    with pytest.raises(CheckFailed) as caught:
        await work(desk.brief("lint", targets=["a.py"]), desk)
    assert caught.value.code == "linter-failed"
    assert "ruff" in caught.value.message


async def test_line_endings_stay(tmp_path: Path) -> None:
    source = "def f(x):\r\n    return x == None\r\n"
    desk = CommandDesk(
        tmp_path, {"a.py": "", "ruff.toml": SETTINGS}, fenced("def f(x):\n    return x is None"), allow=(RUFF,)
    )
    (tmp_path / "a.py").write_bytes(source.encode())
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    assert after(proposal) == source.replace("==", "is")


def test_no_linter_allowed_names_the_one_to_allow(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed) as caught:
        commands_for(tmp_path, ["a.py"], (), ("pytest -q", "ruff check --fix a.py"))
    assert caught.value.code == "command-not-allowed"
    assert caught.value.hint == "nanites allow 'ruff check {file}'"
    with pytest.raises(CheckFailed) as caught:
        commands_for(tmp_path, ["a.ts"], (), ())
    assert "eslint --format json {file}" in caught.value.hint


@pytest.mark.parametrize(
    ("checks", "allowed", "commands"),
    [
        (("ruff check .", "pytest"), ("ruff check .",), ("ruff check .",)),
        ((), ("ruff check .", "pytest"), ("ruff check .",)),
        ((), ("ruff check .", "ruff check {path}"), ("ruff check a.py", "ruff check 'b c.py'")),
        ((), ("flake8 .", "python -m ruff check ."), ("python -m ruff check .",)),
        ((), ("flake8 {file}",), ("flake8 a.py", "flake8 'b c.py'")),
    ],
)
def test_the_command_is_the_tasks_or_the_one_allowed(
    tmp_path: Path, checks: tuple[str, ...], allowed: tuple[str, ...], commands: tuple[str, ...]
) -> None:
    assert commands_for(tmp_path, ["a.py", "b c.py"], checks, allowed) == commands


@pytest.mark.parametrize(
    ("command", "linter"),
    [
        ("ruff check .", "ruff"),
        ("python3 -m ruff check", "ruff"),
        ("npx eslint .", "eslint"),
        ("uv run ruff check", "ruff"),
        ("go vet ./...", "go vet"),
        ("pytest -q", None),
        ("cat ruff", None),
        ("'", None),
    ],
)
def test_a_linter_is_known_by_its_command(command: str, linter: str | None) -> None:
    assert linter_of(command) == linter


@pytest.mark.parametrize(
    ("output", "found"),
    [
        ("a.py:3:1: F401 'os' imported but unused", ("a.py", 3, "F401", "'os' imported but unused")),
        ("./b/a.py:3:1: E501 [*] line too long", ("b/a.py", 3, "E501", "[*] line too long")),
        (
            "a.py:7: error: Name 'x' is not defined  [name-defined]",
            ("a.py", 7, "name-defined", "Name 'x' is not defined  [name-defined]"),
        ),
        (
            "a.go:9:2: declared and not used: x (typecheck)",
            ("a.go", 9, "typecheck", "declared and not used: x (typecheck)"),
        ),
        (
            "src/a.js\n  2:7  error  'x' is not defined  no-undef\n\n✖ 1 problem",
            ("src/a.js", 2, "no-undef", "'x' is not defined"),
        ),
        (
            '[{"filePath": "a.js", "messages": [{"ruleId": "semi", "line": 4, "message": "Missing"}]}]',
            ("a.js", 4, "semi", "Missing"),
        ),
        ("a.sh:2:6: note: Double quote [SC2086]", ("a.sh", 2, "SC2086", "Double quote [SC2086]")),
    ],
)
def test_reports_are_read_in_every_usual_form(output: str, found: tuple[str, int, str, str]) -> None:
    (one,) = read_report(f"some words first\n{output}\nFound 1 error.")
    assert (one.path, one.line, one.code, one.message) == found


@pytest.mark.parametrize("output", ["", "[", "[1, 2]", "{}", "[{}]", "\x00", "All checks passed!"])
def test_what_is_no_report_has_no_findings(output: str) -> None:
    assert read_report(output) == ()


async def test_other_languages_are_mended_by_their_lines() -> None:
    source = "function f(a) {\n  var b = 1;\n  return a;\n}\n"
    said = Check(name="eslint a.js", ok=False, output="a.js\n  2:7  error  'b' is never used  no-unused-vars")
    desk = ScriptedDesk(
        fenced("function f(a) {\n  return a;\n}", "javascript"),
        checks=[[said], [Check(name="eslint a.js", ok=True, guard="x")]],
    )
    brief = a_brief("lint", "", {"a.js": source}, found={"linter": '["eslint a.js"]'})
    proposal = await work(brief, desk)
    assert after(proposal, "a.js") == "function f(a) {\n  return a;\n}\n"
    assert "```javascript" in desk.question
    assert "'b' is never used" in desk.question


async def test_fixes_are_not_put_into_lines_that_hold_a_secret(tmp_path: Path) -> None:
    secret = "AKIA" + "IOSFODNN7ABCDEFG"
    source = f"import os; key = '{secret}'; import sys\nimport re\n\nprint(key)\n"
    same = fenced("import os; key = 'WITHHELD_1'; import sys")
    desk = a_desk(tmp_path, same, same, same, same, source=source, allow=(RUFF,))
    proposal = await work(desk.brief("lint", "Mend F401.", targets=["a.py"]), desk)
    text = after(proposal)
    assert f"'{secret}'" in text
    assert "import re" not in text
    assert text.startswith("import os; key = ")
    assert all(secret not in message.content for request in desk.asked for message in request.messages)


@pytest.mark.parametrize("answer", ["```python\n```", "```python\n", "```\n\n```"])
async def test_a_line_that_must_go_is_an_empty_block(tmp_path: Path, answer: str) -> None:
    source = "def f():\n    unused = 3\n    return 1\n"
    desk = a_desk(tmp_path, answer, source=source)
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    assert after(proposal) == "def f():\n    return 1\n"
    assert "empty block" in desk.question


async def test_one_line_is_asked_for_first_and_then_all_around_it(tmp_path: Path) -> None:
    source = "def f(x):\n    return x == None\n"
    desk = a_desk(tmp_path, fenced("return x == None"), fenced("def f(x):\n    return x is None"), source=source)
    proposal = await work(desk.brief("lint", targets=["a.py"]), desk)
    assert after(proposal) == source.replace("==", "is")
    first, second = (request.messages[-1].content for request in desk.asked)
    assert "Write this one line anew, mended:\n```python\nreturn x == None\n```" in first
    assert "Write all of the code above anew" in second
    assert "changes nothing" in second
    desk = a_desk(tmp_path, fenced("return x is None"), source=source)
    assert after(await work(desk.brief("lint", targets=["a.py"]), desk)) == source.replace("==", "is")
