"""Where new parameters of an answer end up: behind the old ones, and in the header at all."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.answers.new_parameters import with_new_ones_last
from workbench.crew.dispatch import work

BEFORE = "def pad(text, fill=' ', *, strict=False):\n    return text\n"


@pytest.mark.parametrize(
    ("header", "body", "stands"),
    [
        ("text, width=0, fill=' ', *, strict=False", "width", "text, fill=' ', width=0, *, strict=False"),
        (
            "width: int = 0, text=None, fill=' ', *, strict=False",
            "width",
            "text=None, fill=' ', width: int = 0, *, strict",
        ),
        ("text, fill=' ', width=0, *, strict=False", "width", "text, fill=' ', width=0, *, strict=False"),
        # One that must be given has its place, and what was renamed is not new.
        ("text, width, fill=' ', *, strict=False", "width", "text, width, fill=' ', *, strict=False"),
        ("text, width=0, filler=' ', *, strict=False", "width", "text, width=0, filler=' ', *, strict=False"),
        ("text, width=0, fill=' ', *, strict=False", "pad(text, 1)", "text, width=0, fill=' ', *, strict=False"),
        # What the task states and the body looks at is in the header too.
        ("text, fill=' ', *, strict=False", "text + width", "text, fill=' ', *, strict=False, width=0)"),
        ("text, fill=' ', *, strict=False", "text + other", "text, fill=' ', *, strict=False)"),
        ("text, fill=' ', *, strict=False, **more", "text + width", "text, fill=' ', *, strict=False, **more)"),
    ],
)
def test_new_parameters_come_last(header: str, body: str, stands: str) -> None:
    answer = f"def pad({header}):\n    return {body}\n"
    made = with_new_ones_last("Add a parameter width=0 to pad.", BEFORE.encode(), answer.encode()).decode()
    assert f"def pad({stands}" in made


@pytest.mark.parametrize("task", ["Add a second parameter width=0", "Add width=0 in front of fill"])
def test_a_place_that_the_task_speaks_of_is_kept(task: str) -> None:
    answer = b"def pad(text, width=0, fill=' ', *, strict=False):\n    return text\n"
    assert with_new_ones_last(task, BEFORE.encode(), answer) == answer


def test_comments_and_lines_of_a_header_stay_where_they_are() -> None:
    answer = (
        "def pad(\n    text,\n    width=0,  # in cells\n    fill=' ',\n    *,\n    strict=False,\n):\n    return text\n"
    )
    made = with_new_ones_last("Add a parameter width=0.", BEFORE.encode(), answer.encode()).decode()
    assert made == answer.replace("width=0,  # in cells\n    fill=' '", "fill=' ',  # in cells\n    width=0")


def test_what_does_not_parse_or_has_a_mark_is_left_alone() -> None:
    assert with_new_ones_last("Add width=0.", BEFORE.encode(), b"def pad(") == b"def pad("
    marked = b"\xef\xbb\xbfdef pad(text, width=0, fill=' ', *, strict=False):\n    return width\n"
    assert with_new_ones_last("Add a parameter width=0.", BEFORE.encode(), marked) == marked


async def test_a_new_parameter_in_front_needs_no_second_answer() -> None:
    desk = ScriptedDesk(
        fenced("def pad(text, width=0, fill=' ', *, strict=False):\n    return text.ljust(width, fill)\n")
    )
    proposal = await work(a_brief("patch", "Let pad cope with width=0: an option.", {"a.py": BEFORE}), desk)
    assert b"def pad(text, fill=' ', width=0, *, strict=False):" in (proposal.edits[0].after or b"")
    assert any("behind those that were there" in note for note in proposal.notes)


NESTED = """class Table:
    def outer({}):
        width = 1

        def inner(text):
            return text

        return inner
"""


@pytest.mark.parametrize(
    ("header", "name", "is_added"),
    [
        ("self, limit", "limit", False),
        ("self, *limit", "limit", False),
        ("self, **limit", "limit", False),
        ("self", "width", False),
        ("self", "limit", True),
    ],
)
def test_what_the_function_around_has_is_no_new_parameter(header: str, name: str, is_added: bool) -> None:
    before = NESTED.format(header)
    answer = before.replace("return text", f"return text[:{name}]")
    made = with_new_ones_last(f"Add a parameter {name}=3 to inner.", before.encode(), answer.encode()).decode()
    assert made == (answer.replace("inner(text)", f"inner(text, {name}=3)") if is_added else answer)


@pytest.mark.parametrize("owner", ["outer", "table"])
def test_what_no_function_has_goes_to_the_outermost_but_where_another_is_named(owner: str) -> None:
    before = NESTED.format("self")
    answer = before.replace("return text", "return text[:limit]")
    made = with_new_ones_last(f"Add a parameter limit=3 to {owner}.", before.encode(), answer.encode()).decode()
    assert made == answer.replace("outer(self)", "outer(self, limit=3)")


def test_what_another_function_has_is_one() -> None:
    before = "def other(width):\n    limit = 1\n\n\ndef pad(text):\n    return text\n"
    answer = before.replace("return text", "return text[:width]")
    made = with_new_ones_last("Add a parameter width=3 to pad.", before.encode(), answer.encode()).decode()
    assert "def pad(text, width=3):" in made
