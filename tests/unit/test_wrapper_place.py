"""Where new lines go beside the old ones: before, behind what they need, and where nothing is given back."""

from __future__ import annotations

import textwrap

import pytest

from tests.unit.test_wrapping import code, made
from workbench.errors import EditRefused

GUARDED = """
def tidy(text, extra=None):
    {first}
    return text.strip()
"""


NEW = "text = text.removeprefix('#')"


def with_first(first: str, new: str = NEW) -> list[str]:
    """Return the lines that a function with a first one gets from a wrapper that does something before it."""
    answer = f"def tidy(text, extra=None):\n    {new}\n    return old_tidy(text, extra)\n"
    return code(made(GUARDED.format(first=first), "tidy", answer)).split("\n")[1:]


@pytest.mark.parametrize(
    "first",
    [
        "if text is None:\n        return ''",
        "if not isinstance(text, str):\n        raise TypeError(text)",
        "if isinstance(text, (int, float)):  # as it is\n        return text",
        "if text is None: return ''",
        "original = text",
        "original = text\n    if text is None:\n        return original",
        "was = text\n    if extra:\n        raise ValueError(was)",
    ],
)
def test_what_the_new_lines_could_not_do_without_stays_before_them(first: str) -> None:
    kept = first.partition("\n    if extra")
    expected = f"    {kept[0]}\n    {NEW}\n{kept[1].lstrip(chr(10))}{kept[2]}".rstrip("\n").split("\n")
    assert with_first(first) == [*expected, "    return text.strip()"]


def test_it_stays_behind_the_docstring_and_before_the_new_lines() -> None:
    first = '"""Tidy it."""\n    # Nothing.\n    if text is None:\n        return None'
    assert with_first(first) == [*f"    {first}\n    {NEW}".split("\n"), "    return text.strip()"]


@pytest.mark.parametrize(
    ("first", "new"),
    [
        ("if text is not None:\n        return text.strip()", NEW),
        ("if isinstance(text, str):\n        return text.strip()", NEW),
        ("if isinstance(text, (int, str)):\n        return text", NEW),
        ("if isinstance(text, Path):\n        return text", NEW),
        ("if text is None:\n        return ''\n    else:\n        print(text)", NEW),
        ("if text is None:\n        print(text)\n        return ''", NEW),
        ("if extra is None:\n        return ''", NEW),
        ("if text == 'a':\n        return ''", NEW),
        ("if text is None:\n        return ''", "text = (text or '').removeprefix('#')"),
        ("if text is None:\n        return ''", "text = text.removeprefix('#') if text else '-'"),
        ("if text is None:\n        return ''", "text = str(text)\n    text = text.removeprefix('#')"),
        ("if text is None:\n        return ''", "if text is None:\n        raise ValueError\n    text = text.lower()"),
        ("if text is None:\n        return ''", "extra = [text]"),
        ("rest = text\n    print(rest)", NEW),
        ("rest = text", NEW),
        ("original = text", "extra = 1"),
        ("original = text; text = text.lower()", NEW),
    ],
)
def test_what_the_new_lines_can_come_before_comes_behind_them(first: str, new: str) -> None:
    assert with_first(first, new) == f"    {new}\n    {first}\n    return text.strip()".split("\n")


BOOK = """
    def book(booked, slot, guest):
        if slot in booked:
            raise ValueError("taken")
        booked[slot] = guest
"""


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        (
            """
            def book(booked, slot, guest):
                if not guest:
                    raise ValueError("nobody")
                old_book(booked, slot, guest)
            """,
            """
                if not guest:
                    raise ValueError("nobody")
            """,
        ),
        (
            """
            def book(booked, slot, guest):
                if guest:
                    old_book(booked, slot, guest.strip())
            """,
            """
                if guest:
                    guest = guest.strip()
                else:
                    return
            """,
        ),
        (
            """
            def book(booked, slot, guest):
                if guest:
                    old_book(booked, slot, guest)
                else:
                    free(slot)
            """,
            """
                if not guest:
                    free(slot)
                    return
            """,
        ),
    ],
)
def test_what_gives_nothing_back_need_not_be_returned(answer: str, first: str) -> None:
    head, _, body = code(BOOK).partition("\n")
    assert made(BOOK, "book", answer) == f"{head}\n{textwrap.indent(code(first), '    ')}\n{body}"


@pytest.mark.parametrize(
    "answer",
    [
        "def book(booked, slot, guest):\n    old_book(booked, slot, guest)\n    booked[slot] += 1\n",
        "def book(booked, slot, guest):\n    if guest:\n        old_book(booked, slot, guest)\n    print(slot)\n",
    ],
)
def test_what_comes_after_it_is_worked_on_all_the_same(answer: str) -> None:
    with pytest.raises(EditRefused, match=r"worked on|two ways"):
        made(BOOK, "book", answer)


def test_what_gives_something_back_must_be_returned() -> None:
    with pytest.raises(EditRefused, match="calls the old one within something"):
        made(
            BOOK + "        return slot\n",
            "book",
            "def book(booked, slot, guest):\n    old_book(booked, slot, guest)\n",
        )
