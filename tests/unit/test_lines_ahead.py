"""The lines that come first in a function are asked for alone, and put there."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.solving.lines_ahead import can_lead, with_lines_ahead
from workbench.errors import AnswerRejected, EditRefused
from workbench.model import Check, Solving, Verdict

PYTHON = '''class Course:
    def enrol(self, name):
        """Enrol a swimmer."""
        # The first come first.
        self.swimmers.append(name)
        return True
'''
JS = "class Shed {\n  lend(tool) {\n    // What it lends.\n    this.loans.push(tool);\n  }\n}\n"
GO = "package a\n\nfunc ok(n int) bool {\n\treturn n < Most\n}\n"
RUBY = "class A\n  def go(x)\n    x + 1\n  end\nend\n"
SHELL = 'go() {\n  echo "$1"\n}\n'
RUST = "impl A {\n    fn go(&self, n: i32) -> i32 {\n        n + 1\n    }\n}\n"


GUARD = "if (!tool) {\n  return;\n}"


@pytest.mark.parametrize(
    ("path", "text", "lines", "made"),
    [
        (
            "Course.enrol.py",
            PYTHON,
            "if name in self.swimmers:\n    return True",
            "    # The first come first.\n    if name in self.swimmers:\n        return True\n    self.swimmers",
        ),
        ("Shed.lend.js", JS, GUARD, "lend(tool) {\n  if (!tool) {\n    return;\n  }\n  // What"),
        ("ok.go", GO, "if n < 0 {\n\treturn false\n}", "{\n\tif n < 0 {\n\t\treturn false\n\t}\n\treturn n <"),
        ("A.go.rb", RUBY, "return 0 if x.nil?", "def go(x)\n  return 0 if x.nil?\n  x + 1"),
        ("go.sh", SHELL, '[ -n "$1" ] || return', 'go() {\n  [ -n "$1" ] || return\n  echo'),
        ("A.go.rs", RUST, "if n < 0 { return 0; }", "-> i32 {\n    if n < 0 { return 0; }\n    n + 1"),
    ],
)
def test_lines_come_before_the_old_ones(path: str, text: str, lines: str, made: str) -> None:
    name = path.rpartition(".")[0]
    assert can_lead(path, text, name)
    assert made in with_lines_ahead(path, text, name, fenced(lines))


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("a.py", "def go(): return 1\n", "go"),
        ("a.py", 'def go():\n    """Only says something."""\n', "go"),
        ("a.py", "go = 1\n", "go"),
        ("a.py", "def go():\n    return 1\n\n\ndef go():\n    return 2\n", "go"),
        ("a.py", "def go(:\n", "go"),
        ("a.js", "function go() { return 1; }\n", "go"),
        ("a.js", "const go = (a) => a + 1;\n", "go"),
        ("a.xyz", JS, "lend"),
    ],
)
def test_a_function_without_lines_of_its_own_has_no_first(path: str, text: str, name: str) -> None:
    assert not can_lead(path, text, name)


def test_a_function_that_is_answered_whole_is_left() -> None:
    whole = fenced("def enrol(self, name):\n    return False")
    assert with_lines_ahead("a.py", PYTHON, "Course.enrol", whole) == whole
    whole = fenced("import re\n\ndef enrol(self, name):\n    return False")
    assert with_lines_ahead("a.py", PYTHON, "Course.enrol", whole) == whole
    whole = fenced("function ok(n) {\n  return 1;\n}")
    assert with_lines_ahead("a.js", "function ok(n) {\n  return 2;\n}\n", "ok", whole) == whole
    whole = fenced("lend(tool) {\n  return 1;\n}")
    assert with_lines_ahead("a.js", JS, "Shed.lend", whole) == whole


@pytest.mark.parametrize("lines", ["", "import re", "LIMIT = 10", "# Think first.", "print(name)"])
def test_lines_that_decide_nothing_are_none(lines: str) -> None:
    with pytest.raises(AnswerRejected) as caught:
        with_lines_ahead("a.py", PYTHON, "Course.enrol", fenced(lines))
    assert caught.value.code == "no-lines"
    set_anew = with_lines_ahead("a.py", PYTHON, "Course.enrol", fenced("name = name.strip()"))
    assert "    name = name.strip()\n    self.swimmers" in set_anew


def test_old_lines_are_no_new_ones() -> None:
    with pytest.raises(EditRefused) as caught:
        with_lines_ahead("a.py", PYTHON, "Course.enrol", fenced("self.swimmers.append(name)\nreturn True"))
    assert caught.value.code == "no-change"


@pytest.mark.parametrize(("path", "text"), [("a.py", PYTHON), ("a.js", JS)])
async def test_a_model_that_copies_is_asked_for_them_once_mending_was_in_vain(path: str, text: str) -> None:
    fails, passes = ([Check(name="t", ok=ok, output="AssertionError", seconds=0.1)] for ok in (False, True))
    name, code = ("Course.enrol", PYTHON) if path == "a.py" else ("Shed.lend", JS)
    copy = fenced(code[code.index("    def") :] if path == "a.py" else code[code.index("  lend") : code.rindex("}")])
    lines = "if not name:\n    return False" if path == "a.py" else "if (!tool) {\n  return;\n}"
    task = f"{name} should do nothing when it gets nothing."
    solving = Solving(compare=False, slips=False)
    asked = a_brief("patch", task, {path: text}, check=("t",), solving=solving)
    answers = [copy] * (3 if path == "a.py" else 2)
    desk = ScriptedDesk(*answers, fenced(lines), checks=[fails, passes, passes])
    proposal = await work(asked, desk)
    assert proposal.verdict is Verdict.CHECKED
    assert "Write only the lines that are to be put at the beginning" in desk.asked[-1].messages[-1].content
    assert "class " not in desk.asked[-1].messages[-1].content
    assert f"```{'python' if path == 'a.py' else 'javascript'} block that holds only the new lines" in (
        desk.asked[-1].messages[0].content
    )
    after = (proposal.edits[0].after or b"").decode()
    assert all(row in after for row in text.split("\n"))
    assert after.count("\n") == text.count("\n") + lines.count("\n") + 1
