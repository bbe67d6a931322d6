"""Renaming: every place that means the name and no other, proven by scope, refused where it cannot be known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house.command_desk import CommandDesk
from tests.unit.scripted_desk import ScriptedDesk, a_brief
from workbench.crew.dispatch import work
from workbench.crew.renaming.words import Renaming, renaming
from workbench.errors import AnswerRejected, CheckFailed, EditRefused, NaniteError
from workbench.model import Proposal, Verdict

SHAPES = '''"""Shapes: calc is here."""

__all__ = ["calc", "Box"]


def calc(width, height=1):
    """Return the area, as calc does."""
    return width * height


class Box:
    def __init__(self, width):
        self.width = width

    def size(self):
        return calc(self.width)

    def calc(self):
        return self.size()


def other(calc):
    return calc
'''
USE = """import shapes
from shapes import Box, calc as area_of
from shapes import calc

calc2 = {"size": 1}
print(calc(2), shapes.calc(2, height=3), area_of(1), Box(1).size())
"""
FILES = {"shapes.py": SHAPES, "use.py": USE}


async def renamed(
    task: str, files: dict[str, str], *answers: str, check: tuple[str, ...] = ()
) -> tuple[Proposal, dict[str, str]]:
    desk = ScriptedDesk(*answers)
    proposal = await work(a_brief("rename", task, files, check=check, found={"elsewhere": "{}"}), desk)
    after = dict(files) | {edit.path: (edit.after or b"").decode() for edit in proposal.edits}
    return proposal, after


async def test_a_function_is_renamed_wherever_it_is_meant() -> None:
    proposal, after = await renamed("Rename the function `calc` to `area`.", FILES)
    assert after["shapes.py"] == (
        SHAPES.replace('["calc"', '["area"')
        .replace("def calc(width", "def area(width")
        .replace("calc(self.width)", "area(self.width)")
    )
    assert after["use.py"] == (
        USE.replace("calc as area_of", "area as area_of")
        .replace("import calc\n", "import area\n")
        .replace("print(calc(2), shapes.calc", "print(area(2), shapes.area")
    )
    assert proposal.verdict is Verdict.PROVEN
    assert all(check.ok for check in proposal.checks)
    assert sum(check.proof for check in proposal.checks) == 2


async def test_names_of_other_scopes_are_left_alone() -> None:
    code = "x = 1\n\n\ndef f(x):\n    return [x for x in x]\n\n\ndef g():\n    return x\n"
    _, after = await renamed("rename x in a.py to count", {"a.py": code})
    assert after["a.py"] == "count = 1\n\n\ndef f(x):\n    return [x for x in x]\n\n\ndef g():\n    return count\n"
    _, after = await renamed("rename x in f to items", {"a.py": code})
    assert after["a.py"] == code.replace("def f(x)", "def f(items)").replace("for x in x", "for x in items")


async def test_an_argument_is_renamed_at_its_calls_too() -> None:
    proposal, after = await renamed("Rename the argument height of calc to depth.", FILES)
    assert "def calc(width, depth=1):" in after["shapes.py"]
    assert "return width * depth" in after["shapes.py"]
    assert "shapes.calc(2, depth=3)" in after["use.py"]
    assert proposal.verdict is Verdict.PROVEN


async def test_a_method_is_found_by_its_name_and_so_not_proven() -> None:
    proposal, after = await renamed("rename Box.size to extent", FILES)
    assert "def extent(self)" in after["shapes.py"]
    assert "return self.extent()" in after["shapes.py"]
    assert "Box(1).extent()" in after["use.py"]
    assert '"size": 1' in after["use.py"]
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any(note.startswith("not proven: members") for note in proposal.notes)


async def test_a_class_its_annotations_and_reexports_follow() -> None:
    files = {
        "pkg/__init__.py": "from .core import Node\n\n__all__ = ['Node']\n",
        "pkg/core.py": "class Node:\n    def to(self, o: 'Node') -> 'list[Node]':\n        return [Node(), o]\n",
        "app.py": "from pkg import Node\nimport pkg.core\n\nx: Node = pkg.core.Node()\n",
    }
    proposal, after = await renamed("`Node` -> `Vertex`", files)
    assert after["pkg/__init__.py"] == "from .core import Vertex\n\n__all__ = ['Vertex']\n"
    assert "class Vertex:" in after["pkg/core.py"]
    assert "o: 'Vertex') -> 'list[Vertex]'" in after["pkg/core.py"]
    assert after["app.py"] == "from pkg import Vertex\nimport pkg.core\n\nx: Vertex = pkg.core.Vertex()\n"
    assert proposal.verdict is Verdict.PROVEN


@pytest.mark.parametrize(
    ("task", "files", "code"),
    [
        ("rename calc to Box", FILES, "clash"),
        ("rename calc to class", FILES, "clash"),
        ("rename calc to 9x", FILES, "no-names"),
        ("rename calc to calc", FILES, "no-change"),
        ("rename gone to here", FILES, "no-such-symbol"),
        ("rename a to b", {"a.py": "a = 1\n\n\ndef f(b):\n    return a + b\n"}, "clash"),
        ("rename a to b", {"a.py": "a = 1\nprint(b)\n"}, "clash"),
        ("rename a to len", {"a.py": "a = 1\nprint(len([a]))\n"}, "clash"),
        ("rename calc to area", FILES | {"use.py": "import shapes\n\ngetattr(shapes, 'calc')(1)\n"}, "dynamic-use"),
        ("rename f to g", {"a.py": "def f(): pass\n", "b.py": "def f(): pass\n"}, "ambiguous"),
        ("rename A.get to fetch", {"a.py": "class A:\n    def get(self): pass\n"}, "ambiguous"),
        (
            "rename A.run to go",
            {"a.py": "class A:\n    def run(self): pass\n\n\nclass B:\n    def run(self): pass\n"},
            "ambiguous",
        ),
        ("rename A.__init__ to start", {"a.py": "class A:\n    def __init__(self): pass\n"}, "dynamic-use"),
        ("make it nicer", FILES, "no-names"),
    ],
)
async def test_what_cannot_be_done_safely_is_refused(task: str, files: dict[str, str], code: str) -> None:
    with pytest.raises(NaniteError) as caught:
        await renamed(task, files)
    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize(
    ("files", "doubt"),
    [
        ({"a.py": "@command\ndef f(): pass\n"}, "decorated"),
        ({"a.py": "def f(): pass\n", "b.py": "from a import *\n\nf()\n"}, "everything"),
        ({"a.py": "def f(): pass\n", "b.py": "import a\n\nm = a\nm.f()\n"}, "may be the module"),
        ({"a.py": "def f(): pass\n\n\nTABLE = {'f': f}\n"}, "has the text"),
    ],
)
async def test_what_the_trees_cannot_show_is_not_called_proven(files: dict[str, str], doubt: str) -> None:
    proposal, after = await renamed("rename f to g", files)
    assert "def g()" in after["a.py"]
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any(doubt in note for note in proposal.notes)


async def test_patches_of_tests_follow_by_their_whole_path() -> None:
    files = {
        "pkg/a.py": "def f(): pass\n",
        "test_a.py": "from unittest.mock import patch\n\n\n@patch('pkg.a.f')\ndef test_it(f): pass\n",
    }
    _, after = await renamed("rename f in pkg/a.py to g", files)
    assert "@patch('pkg.a.g')\ndef test_it(f)" in after["test_a.py"]


async def test_line_endings_and_marks_stay() -> None:
    code = "\ufeffdef f():\r\n    return 'ü'\r\n\r\n\r\nprint(f())\r\n"
    _, after = await renamed("rename f to g", {"a.py": code})
    assert after["a.py"] == code.replace("def f", "def g").replace("print(f", "print(g")


async def test_a_better_name_is_asked_for_and_written_like_the_old_one() -> None:
    desk = ScriptedDesk(json.dumps({"name": "Other"}), json.dumps({"name": "rectangleArea"}))
    proposal = await work(a_brief("rename", "Find a better name for `calc`.", {"shapes.py": SHAPES}), desk)
    assert b"def rectangle_area(width" in (proposal.edits[0].after or b"")
    assert "taken already" in desk.refused[0]
    assert desk.asked[0].max_tokens <= 100


async def test_names_used_outside_the_targets_are_refused(tmp_path: Path) -> None:
    desk = CommandDesk(tmp_path, FILES | {"README.md": "calc\n", "free.py": "def calc(): pass\n"})
    with pytest.raises(EditRefused) as caught:
        await work(desk.brief("rename", "rename calc to area", ["shapes.py"]), desk)
    assert caught.value.code == "used-elsewhere"
    assert "use.py" in caught.value.message
    assert "free.py" not in caught.value.message
    proposal = await work(desk.brief("rename", "rename calc to area", ["shapes.py", "use.py"]), desk)
    assert proposal.verdict is Verdict.PROVEN
    assert "calc still stands in README.md" in proposal.notes


async def test_where_nobody_looked_outside_the_targets_nothing_is_proven() -> None:
    proposal = await work(a_brief("rename", "rename calc to area", FILES), ScriptedDesk())
    assert proposal.verdict is Verdict.UNVERIFIED
    assert "not proven: nobody looked where else calc stands" in proposal.notes


async def test_a_check_settles_what_the_trees_cannot(tmp_path: Path) -> None:
    files = FILES | {"a_check.py": "import use\n"}
    desk = CommandDesk(tmp_path, files, allow=("python a_check.py",))
    brief = desk.brief("rename", "rename Box.size to extent", ["shapes.py", "use.py"], ["python a_check.py"])
    assert (await work(brief, desk)).verdict is Verdict.CHECKED
    desk = CommandDesk(
        tmp_path, files | {"a_check.py": "import shapes\n\nvars(shapes.Box)['size']\n"}, allow=("python a_check.py",)
    )
    brief = desk.brief("rename", "rename Box.size to extent", ["shapes.py", "use.py"], ["python a_check.py"])
    with pytest.raises(CheckFailed):
        await work(brief, desk)


async def test_an_answer_without_a_name_is_refused() -> None:
    with pytest.raises(AnswerRejected):
        await renamed("find a better name for calc", {"shapes.py": SHAPES}, "no", "no")


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("rename a to b", Renaming("a", "b")),
        ("Rename `load_all` to `load`", Renaming("load_all", "load")),
        ("Rename the method Box.size to Box.extent", Renaming("Box.size", "extent")),
        ("`a` -> `b`", Renaming("a", "b")),
        ("a_b → c_d", Renaming("a_b", "c_d")),
        ("rename function f() to g()", Renaming("f", "g")),
        ("rename x in pkg/a.py to y", Renaming("x", "y", "pkg/a.py")),
        ("rename the variable n in mean to count", Renaming("n", "count", "mean")),
        ("Rename the parameter l of mean to values.", Renaming("l", "values", "mean")),
        ("change the name of calc to area", Renaming("calc", "area")),
        ("Find a better name for the variable l in mean", Renaming("l", "", "mean")),
        ("rename calc", Renaming("calc")),
        ("rename calc to something clearer", Renaming("calc")),
        ("rename calc to 9x", None),
        ("make it faster", None),
    ],
)
def test_a_task_says_what_is_renamed(task: str, expected: Renaming | None) -> None:
    assert renaming(task) == expected
