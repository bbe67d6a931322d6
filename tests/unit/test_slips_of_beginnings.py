"""New lines at the beginning of a function go through the old ones, and know an empty text."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.cases import nearer
from workbench.crew.slips.finding import without_evident

TASK = "clean should also take a postcode with the country in front of it, as in 'D-20359'."
CLEANS = """def clean(text: str) -> str:
    \"\"\"Return the five digits of a postcode.\"\"\"
    code = text.strip().replace(" ", "")
    if len(code) != 5 or not code.isdigit():
        raise ValueError(f"not a postcode: {text!r}")
    return code
"""
REFUSES = """def clean(text):
    if not text.isdigit():
        raise ValueError(text)
    return int(text)
"""
EARLY = '    if text.startswith("D-"):\n        return text[2:]\n'


def early(code: str, lines: str = EARLY) -> str:
    first = "    code =" if "    code =" in code else "    if not"
    return code.replace(first, f"{lines}{first}", 1)


def nearest(before: str, after: str, task: str = TASK) -> list[str]:
    return [(one.edits[0].after or b"").decode() for one in nearer(task, [edit(before, after)])]


def righted(before: str, after: str) -> str:
    (made,), _ = without_evident(TASK, [edit(before, after)])
    return (made.after or b"").decode()


def test_a_piece_goes_where_the_old_lines_clean_it() -> None:
    behind = '\n    if code.startswith("D-"):\n        code = code[2:]\n    if len'
    assert nearest(CLEANS, early(CLEANS)) == [CLEANS.replace("\n    if len", behind)]
    on_one_line = nearest(CLEANS, early(CLEANS, '    if text.startswith("D-"): return text[2:]\n'))
    assert on_one_line == [
        CLEANS.replace("\n    if len", '\n    if code.startswith("D-"): code = code[2:]\n    if len')
    ]
    by_name = EARLY.replace("text[2:]", 'text.removeprefix("D-").strip()')
    assert 'code = code.removeprefix("D-").strip()' in nearest(CLEANS, early(CLEANS, by_name))[0]


def test_a_piece_is_refused_as_the_whole_is() -> None:
    wanted = early(REFUSES).replace("return text[2:]", "text = text[2:]")
    assert nearest(REFUSES, early(REFUSES)) == [wanted]


def test_a_piece_behind_the_cleaning_is_refused_too() -> None:
    before = REFUSES.replace("    if not", "    text = text.strip()\n    if not")
    after = before.replace("    if not", f"{EARLY}    if not")
    assert nearest(before, after) == [after.replace("return text[2:]", "text = text[2:]")]


@pytest.mark.parametrize(
    ("before", "lines", "task"),
    [
        (CLEANS, EARLY.replace("text[2:]", '"20359"'), TASK),
        (CLEANS, EARLY.replace("text[2:]", "text"), TASK),
        (CLEANS, EARLY.replace("text[2:]", "clean(text[2:])"), TASK),
        (CLEANS, EARLY + "    print(text)\n", TASK),
        (CLEANS, EARLY, TASK + " What stands behind it is returned as it is."),
        ("def clean(text):\n    if not text:\n        return None\n    return text\n", EARLY, TASK),
    ],
)
def test_what_is_no_piece_or_goes_nowhere_stays(before: str, lines: str, task: str) -> None:
    assert nearest(before, early(before, lines), task) == []


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("text[0] == 'D'", "text.startswith('D')"),
        ("text[-1] == '.'", "text.endswith('.')"),
        ("text[0] != 'D'", "not text.startswith('D')"),
        ("text[0] == 'D' and text[1:]", "text.startswith('D') and text[1:]"),
    ],
)
def test_an_empty_text_is_asked_too(asked: str, written: str) -> None:
    after = CLEANS.replace("    code =", f"    if {asked}:\n        text = text[2:]\n    code =")
    assert righted(CLEANS, after) == after.replace(asked, written)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (CLEANS, "text and text[0] == 'D'"),
        (CLEANS, "len(text) > 1 and text[0] == 'D'"),
        (CLEANS, "text[0] == 'D-'"),
        (CLEANS, "text[0] == other"),
        (CLEANS, "text[1] == 'D'"),
        (CLEANS.replace("text: str", "text: list[str]"), "text[0] == 'D'"),
        (CLEANS.replace("text: str", "text").replace("text.strip()", "str(text)"), "text[0] == 'D'"),
    ],
)
def test_what_may_not_be_a_text_or_is_not_empty_is_left(before: str, asked: str) -> None:
    after = before.replace("    code =", f"    if {asked}:\n        text = text[2:]\n    code =")
    assert righted(before, after) == after


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("def work(line: str):\n    line = line.split(',')\n    return line[1]\n", "    return"),
        (
            "def work(rows):\n    for row in rows:\n        row = row.strip().split(';')\n        use(row[1])\n",
            "        use",
        ),
        ("def work(text: str, rows):\n    for text in rows:\n        use(text)\n", "        use"),
        (
            "def work(text: str):\n    try:\n        return int(text)\n    except LookupError:\n        return 0\n",
            "        r",
        ),
    ],
)
def test_a_text_that_became_a_list_or_is_tried_is_left(before: str, first: str) -> None:
    name, margin = next(one for one in ("line", "row", "text") if one in before), first[: -len(first.lstrip())]
    after = before.replace(first, f"{margin}if {name}[0] == 'D':\n{margin}    return None\n{first}", 1)
    assert righted(before, after) == after


def test_a_text_that_was_stripped_is_one_still() -> None:
    before = "def work(line: str):\n    line = line.strip()\n    return line\n"
    after = before.replace("    return", "    if line[0] == '#':\n        return ''\n    return")
    assert righted(before, after) == after.replace("line[0] == '#'", "line.startswith('#')")
