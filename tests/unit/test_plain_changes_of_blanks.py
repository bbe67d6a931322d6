"""Blanks taken off what a function cuts, or gets, where the task says so."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

STRIP_NAMES = "work should strip the names, 'Ana, Luis' is ['Ana', 'Luis']."


def changes(task: str, body: str, head: str = "text: str") -> list[str]:
    source = Source(path="a.py", content=f"def work({head}):\n    {body}\n".encode())
    made = plain_changes(task, source, "work")
    return [(one.edits[0].after or b"").decode().partition("\n")[2].strip() for one in made]


@pytest.mark.parametrize(
    ("task", "body", "wanted"),
    [
        (STRIP_NAMES, "return text.split(',')", "return [part.strip() for part in text.split(',')]"),
        (
            "Strip the blanks around all the fields.",
            "a, b = text.split(';')",
            "a, b = [part.strip() for part in text.split(';')]",
        ),
        (
            "Ignore spaces around the parts.",
            "part = text.split('/')",
            "part = [one.strip() for one in text.split('/')]",
        ),
        (
            "work must trim each of them.",
            "return [int(x) for x in text.split(',')]",
            "return [int(x.strip()) for x in text.split(',')]",
        ),
        (
            "work should trim the tags.",
            "return {x for x in text.split(',') if x}",
            "return {x.strip() for x in text.split(',') if x.strip()}",
        ),
        (
            "Strip the name and the mail.",
            "name, mail, age = text.split(',')\n    return name, mail, int(age)",
            "name, mail, age = [part.strip() for part in text.split(',')]\n    return name, mail, int(age)",
        ),
        ("Ignore spaces around the text.", "return text == 'a'", "text = text.strip()\n    return text == 'a'"),
        ("work should strip its text.", "return text", "text = text.strip()\n    return text"),
    ],
)
def test_blanks_are_taken_off(task: str, body: str, wanted: str) -> None:
    assert wanted in changes(task, body)


@pytest.mark.parametrize(
    ("task", "body", "head"),
    [
        ("work should cut at a comma.", "return text.split(',')", "text: str"),
        (STRIP_NAMES, "return text.split()", "text: str"),
        (STRIP_NAMES, "return [x.strip() for x in text.split(',')]", "text: str"),
        (STRIP_NAMES, "return [x.lower() for x in text.split(',')]", "text: str"),
        (STRIP_NAMES, "rows = text.split(',')\n    return [row.strip() for row in rows]", "text: str"),
        (STRIP_NAMES, "return {x: y for x, y in zip(text.split(','), text)}", "text: str"),
        ("Ignore spaces around the text.", "return text.strip() == 'a'", "text: str"),
        ("Ignore spaces around the text.", "return text == 'a'", "text"),
        ("Ignore spaces around it.", "return text == other", "text: str, other: str"),
        ("Strip the name.", "return text == 'a'", "text: str"),
        ("Strip the name.", "name, mail = text.split(',')\n    return name, mail", "text: str"),
    ],
)
def test_what_is_not_said_or_done_already_is_left(task: str, body: str, head: str) -> None:
    assert not any("strip()" in one and one != body for one in changes(task, body, head))


def test_of_several_texts_the_one_that_is_named_is_meant() -> None:
    made = changes("Ignore spaces around the code.", "return text == code", "text: str, code: str")
    assert "code = code.strip()\n    return text == code" in made
    assert not any("text.strip()" in one for one in made)


@pytest.mark.parametrize(
    ("task", "is_sure"),
    [
        ("Strip the names when they are read, 'Ann, Tom' has blanks around them.", True),
        ("Strip the names when they are read.", False),
        ("work should strip the quotes.", False),
        ("work should strip the trailing spaces of the names.", False),
        ("work must not strip the spaces around the names.", False),
        ("The price of a strip of tickets is 5.", False),
        ("Strip the names and leave out empty ones.", False),
        ("Strip the names if strict is given.", False),
        ("Strip the names, in any case.", False),
        ("Strip the names; raise a ValueError where none is left.", False),
    ],
)
def test_without_a_check_nothing_else_may_be_asked(task: str, *, is_sure: bool) -> None:
    source = Source(path="a.py", content=b"def work(text):\n    return text.split(',')\n")
    assert (surest_change(task, source, "work") is not None) == is_sure


@pytest.mark.parametrize(
    ("task", "head", "is_sure"),
    [
        ("Ignore spaces around the text.", "text: str", True),
        ("Spaces around the text should not matter.", "text: str", True),
        ("Put spaces around the dash.", "text: str", False),
        ("Ignore spaces around the dash.", "text: str", False),
        ("Spaces around the text are significant.", "text: str", False),
        ("work should strip the trailing slash from the text.", "text: str", False),
        ("Strip the spaces from the text.", "text: str", False),
        ("Ignore spaces around the text.", "text: str = None", False),
        ("Ignore spaces around the text of the file.", "path: str", False),
    ],
)
def test_a_text_is_stripped_without_a_check_only_where_blanks_around_it_are_to_go(
    task: str, head: str, *, is_sure: bool
) -> None:
    source = Source(path="a.py", content=f"def work({head}):\n    return text\n".encode())
    assert (surest_change(task, source, "work") is not None) == is_sure
