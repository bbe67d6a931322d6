"""Empty parts of a text that is cut, and empty lines of one that is put together, are left out."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str = "f") -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


def changes(task: str, code: str, name: str = "f") -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


CODE = "def f(text):\n    return [item.strip() for item in text.split(',')]\n"
LOOP = """
def f(text):
    found = []
    for item in text.split(","):
        found.append(int(item))
    return found
"""
LABEL = """
def f(name, extra, town):
    return "\\n".join([name, extra, town])
"""


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        ("f should leave out empty items.", CODE, "text.split(',') if item.strip()]"),
        ("Empty entries should be dropped by f: 'a,,b' is ['a', 'b'].", CODE, "text.split(',') if item.strip()]"),
        ("f should skip parts that are empty.", CODE, "text.split(',') if item.strip()]"),
        (
            "f should skip empty parts.",
            LOOP,
            "        if not item.strip():\n            continue\n        found.append(",
        ),
        (
            "f should drop empty parts.",
            "def f(text):\n    return text.split(';')\n",
            "[part for part in text.split(';') if part]",
        ),
        (
            "f has an empty line if there is no extra. Please leave it out.",
            LABEL,
            "(line for line in [name, extra, town] if line)",
        ),
    ],
)
def test_they_are_left_out(task: str, code: str, new: str) -> None:
    assert new in surest(task, code)


def test_behind_a_part_that_loses_its_blanks() -> None:
    code = LOOP.replace("        found", "        item = item.strip()\n        found")
    assert "        if not item:\n            continue\n        found" in surest("f should skip empty parts.", code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("f should keep empty items.", CODE),
        ("f should raise a ValueError for empty items, not skip them.", CODE),
        ("f should not drop empty items any more.", CODE),
        ("f should leave out empty items only at the end.", CODE),
        ("f should leave out empty items unless strict is set.", CODE),
        ("f should leave out items.", CODE),
        ("f should leave out empty items.", CODE.replace("split(',')", "split()")),
        ("f should leave out empty items.", CODE.replace("',')]", "',') if item.strip()]")),
        (
            "f should skip empty parts.",
            LOOP.replace("        found", "        if not item:\n            break\n        found"),
        ),
        ("f has an empty line below the name. Please leave it out.", LABEL.replace("[name,", "['Dear',")),
        ("f has an empty line below the name. Please leave it out.", LABEL.replace("[name, extra, town]", "name")),
    ],
)
def test_of_anything_else_nothing_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""
