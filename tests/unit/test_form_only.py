"""What a change of form alone may do, and what it may not, by what a linter said."""

from __future__ import annotations

import pytest

from workbench.checks.linters import Diagnostic, Edit
from workbench.crew.linting.fixes import with_fixes
from workbench.crew.linting.form_only import says_otherwise, without_new_comments
from workbench.model import FileEdit


def said(message: str, line: int, before: str, after: str) -> str:
    return says_otherwise(message, line, FileEdit(path="a.py", before=before.encode(), after=after.encode()))


UNUSED = "Local variable `x` is assigned to but never used"


@pytest.mark.parametrize(
    ("message", "line", "before", "after"),
    [
        (UNUSED, 2, "def f(a):\n    x = {\n        'one': 1,\n    }\n    return a\n", "def f(a):\n    return a\n"),
        (UNUSED, 2, "def f(a, c):\n    x = c\n    return a\n", "def f(a, c):\n    return a\n"),
        (
            "Use a context manager for opening files",
            2,
            "def f(p):\n    h = open(p)\n    t = h.read()\n    h.close()\n    return t\n",
            "def f(p):\n    with open(p) as h:\n        t = h.read()\n    return t\n",
        ),
        (
            "Combine `if` branches using logical `or` operator",
            2,
            "def f(a, b):\n    if a:\n        return g('x')\n    elif b:\n        return g('x')\n    return 2\n",
            "def f(a, b):\n    if a or b:\n        return g('x')\n    return 2\n",
        ),
        (
            "Replace `yield` over `for` loop with `yield from`",
            2,
            "def f(a):\n    for x in a:\n        yield x\n",
            "def f(a):\n    yield from a\n",
        ),
        (
            "First argument of a method should be named `self`",
            2,
            "class A:\n    def f(this):\n        return this.x\n",
            "class A:\n    def f(self):\n        return self.x\n",
        ),
        (
            "Prefer `TypeError` exception for invalid type",
            3,
            "def f(a):\n    if not isinstance(a, int):\n        raise ValueError('no')\n    return a\n",
            "def f(a):\n    if not isinstance(a, int):\n        raise TypeError('no')\n    return a\n",
        ),
        (
            "Version block is outdated for minimum Python version",
            2,
            "import sys\nif sys.version_info < (3, 6):\n    raise SystemExit('too old')\nx = 1\n",
            "import sys\nx = 1\n",
        ),
        (
            "Use `list` or `list.copy` to create a copy of a list",
            4,
            "def f(a):\n    r = []\n    for x in a:\n        r.append(x)\n    return r\n",
            "def f(a):\n    r = []\n    r.extend(a)\n    return r\n",
        ),
        (
            "Use `list.extend` with a generator",
            5,
            "def f(a, b):\n    r = []\n    r.extend(b)\n    for x in a:\n        r.append(x + 1)\n    return r\n",
            "def f(a, b):\n    r = []\n    r.extend(b)\n    r.extend(x + 1 for x in a)\n    return r\n",
        ),
        (
            "Ambiguous variable name: `l`",
            2,
            "def f(a):\n    l = a.x\n    l()\n",
            "def f(a):\n    made = a.x\n    made()\n",
        ),
        (
            "Ambiguous variable name: `l`",
            2,
            "def f(a):\n    l = a + 1\n    return l\n\n\ndef g(line):\n    return line\n",
            "def f(a):\n    line = a + 1\n    return line\n\n\ndef g(line):\n    return line\n",
        ),
        (
            "Do not explicitly `return None` in function if it is the only possible return value",
            3,
            "def f(a):\n    a.x()\n    return None\n",
            "def f(a):\n    a.x()\n",
        ),
        ("Line too long", 1, "x = 1  # a very long comment\n", "x = 1  # shorter\n"),
        ("trailing newline", 9, "x = 1\n\n", "x = 1\n"),
        ("whitespace", 3, "x = 1\ry = 2\rz = 3 \r", "x = 1\ry = 2\rz = 3\r"),
    ],
)
def test_what_a_finding_asks_for_may_be_done(message: str, line: int, before: str, after: str) -> None:
    assert said(message, line, before, after) == ""


@pytest.mark.parametrize(
    ("message", "line", "before", "after", "why"),
    [
        (
            UNUSED,
            2,
            "def f(a):\n    x = 1\n    if a:\n        return a\n    return None\n",
            "def f(a):\n    return None\n",
            "no longer has `return a`",
        ),
        (
            UNUSED,
            2,
            "def f(a, c):\n    x = c\n    return a + 1\n",
            "def f(a, c):\n    return 1\n",
            "no longer looks at a",
        ),
        (
            "Ambiguous variable name: `l`",
            2,
            "def f(a):\n    l = a\n    return l == 1\n",
            "def f(a):\n    b = a\n    return b != 1\n",
            "only a name may change",
        ),
        (
            "Variable `theName` in function should be lowercase",
            2,
            "def f(a, b):\n    theName = a\n    return theName\n",
            "def f(a, b):\n    the_name = b\n    return the_name\n",
            "no longer looks at a",
        ),
    ],
)
def test_what_it_does_not_ask_for_is_seen(message: str, line: int, before: str, after: str, why: str) -> None:
    assert why in said(message, line, before, after)


def test_what_a_package_hands_on_is_not_unused() -> None:
    message = "`.a.f` imported but unused; consider removing, adding to `__all__`, or using a redundant alias"
    before = b"import os\nfrom .a import f\n"

    def after(text: str) -> str:
        return says_otherwise(message, 2, FileEdit(path="p/__init__.py", before=before, after=text.encode()))

    assert "others may import f from here" in after("import os\n")
    assert after("import os\nfrom .a import f as f\n") == after("from .a import f\n") == ""


def test_code_too_deep_to_be_written_anew_is_no_crash() -> None:
    before = f"def f(x):\n    return {'x + ' * 3000}x\n"
    assert said("whitespace", 1, before, f"{before}\n") in {"", "it cannot be told what such code does; change less"}


def test_a_comment_in_the_place_of_another_is_left() -> None:
    before, after = "x = 1  # long, long\ny = 2\n", "x = 1  # short\ny = 2\n"
    assert without_new_comments("Line too long", before, after) == after
    assert without_new_comments("Line too long", "x = 1\n", "x = 2  # new\n") == "x = 2\n"


def test_fixes_in_the_first_line_behind_a_byte_order_mark_stand_where_the_linter_says() -> None:
    fix = (Edit(line=1, column=5, end_line=1, end_column=11, text='"abc"'),)
    found = Diagnostic(path="a.py", line=1, code="F541", message="f-string without any placeholders", fix=fix)
    assert with_fixes({"a.py": '\ufeffx = f"abc"\n'.encode()}, [found]) == {"a.py": '\ufeffx = "abc"\n'.encode()}
