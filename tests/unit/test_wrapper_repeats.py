"""Old lines that a wrapper says again: they stand once where that does the same, and stay where it may not."""

from __future__ import annotations

import pytest

from tests.unit.test_wrapper_place import GUARDED
from tests.unit.test_wrapping import code, made

CASE = "if len(text) > 9:\n        return text[:9]"
GUARD = "if extra is None:\n        raise ValueError(extra)"
LAST = "    return text.strip()"


def put_in(first: str, *new: str) -> str:
    """Return what stands in a function with first lines once a wrapper's new lines are put into it."""
    lines = "\n    ".join([*new, "return old_tidy(text, extra)\n"])
    answer = f"def tidy(text, extra=None):\n    {lines}"
    return code(made(GUARDED.format(first=first), "tidy", answer)).partition("\n")[2]


@pytest.mark.parametrize(
    "first",
    [
        CASE,
        "text = text.strip()",
        "text = text.strip('.').lower()",
        "name = text.upper()",
        f"text = text.strip()\n    {CASE}",
        "name = str(text)\n    if name.startswith('#'):\n        return None",
        f"if not text:\n        return ''\n    {CASE}",
    ],
)
def test_first_lines_said_again_stand_once_before_a_guard_or_behind_it(first: str) -> None:
    assert put_in(first, first, GUARD) == f"    {first}\n    {GUARD}\n{LAST}"
    assert put_in(first, GUARD, first) == f"    {GUARD}\n    {first}\n{LAST}"


def test_the_old_ones_stay_with_their_comments() -> None:
    first = f"# Too long.\n    {CASE}  # nine"
    assert put_in(first, f"# The old one.\n    {CASE}", GUARD) == f"    {first}\n    {GUARD}\n{LAST}"


def test_of_two_first_lines_one_may_be_said_again() -> None:
    more = "if text == '-':\n        return ''"
    assert put_in(f"{CASE}\n    {more}", CASE, GUARD) == f"    {CASE}\n    {GUARD}\n    {more}\n{LAST}"


@pytest.mark.parametrize(
    "first",
    [
        "text = text[1:]",
        "text = text.strip() + '.'",
        "text = text.replace('aa', 'a')",
        "extra = text\n    text = text.lower()",
        "if not text:\n        return ''\n    text = text.strip()",
        "if text:\n        print(text)",
        "if take(text):\n        return ''",
        "if (size := len(text)) > 9:\n        return size",
        "text += '.'",
        "if text:\n        return text\n    else:\n        extra = 1",
    ],
)
def test_what_may_differ_the_second_time_is_said_twice(first: str) -> None:
    assert put_in(first, first, GUARD).count(first.partition("\n")[0]) == 2


@pytest.mark.parametrize(
    "between", ["text = text.removeprefix('#')", "print(text)", "if extra:\n        text = extra", "extra.clear()"]
)
def test_old_lines_before_what_does_something_stay_as_they_were_written(between: str) -> None:
    assert put_in(CASE, CASE, between).count(CASE) == 2


def test_of_two_on_one_line_neither_is_left_out_alone() -> None:
    both = "text = text.strip(); extra = 1"
    assert put_in(both, both, GUARD).count(both) == 1
    assert put_in(both, "text = text.strip()", GUARD).count("text = text.strip()") == 2


NOTE = """def add_note(notes, text, author=""):
    note = text.strip()
    if author:
        note = f"{author}: {note}"
    notes.append(note)
"""


def noted(*new: str) -> str:
    written = "\n".join(["def add_note(notes, text, author=''):", *(f"    {line}" for line in new)])
    return code(made(NOTE, "add_note", written))


def test_what_the_old_function_does_is_not_done_twice() -> None:
    copied = ["    note = text.strip()", "    if author:", "        note = f'{author}: {note}'"]
    made = noted("if text.strip():", *copied, "    notes.append(note)", "    return old_add_note(notes, text, author)")
    assert made.count("notes.append(note)") == 1
    assert made.count("note = text.strip()") == 1
    assert "if text.strip():" in made or "if not text.strip():" in made


def test_new_lines_between_stay() -> None:
    made = noted(
        "note = text.strip()",
        "if not note:",
        "    return None",
        "notes.append(note)",
        "old_add_note(notes, text, author)",
    )
    assert made.count("notes.append(note)") == 1
    assert "if not note:" in made


def test_what_is_done_otherwise_is_done_too() -> None:
    made = noted("notes.append(text)", "return old_add_note(notes, text, author)")
    assert made.count("notes.append(") == 2
