"""A text that is cut ends with dots."""

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


CODE = """
def f(text: str, width: int = 40) -> str:
    return text[:width]
"""
FIT = "If f has to cut the text, it should end in '...'. The dots count too."
GUARDED = """
def f(text, width=20):
    if len(text) <= width:
        return text
    return text[:width]
"""
SUBJECT = """
def f(title: str) -> str:
    return f"Your book: {title}"
"""


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        (FIT, CODE, '    if len(text) <= width:\n        return text\n    return text[: width - 3] + "..."\n'),
        ("When f cuts a text let it end with '…'; it must not be longer than width.", CODE, 'text[: width - 1] + "…"'),
        (
            "f('Summer holidays', 9) should be 'Summer...', so that one sees where it was cut.",
            CODE,
            'text[: width - 3] + "',
        ),
        ("f('Summer holidays', 6) should be 'Summer...', so that one sees where it was cut.", CODE, 'text[:width] + "'),
        (
            "A text that is too long should end in three dots in f, which count as well.",
            CODE,
            'text[: width - 3] + "..."',
        ),
        (FIT, GUARDED, '        return text\n    return text[: width - 3] + "..."\n'),
        (FIT, CODE.replace("return text[:width]", "cut = text[:20]\n    return cut"), 'else text[:17] + "..."'),
        (
            "If a title is longer than 30 characters, f should use only its first 30 characters and '...' after them.",
            SUBJECT,
            '    if len(title) > 30:\n        title = title[:30] + "..."\n',
        ),
        (
            "f should cut titles that are longer than 30 characters, with '...' at the end, at most 30 in all.",
            SUBJECT,
            '        title = title[:27] + "..."\n',
        ),
    ],
)
def test_it_ends_with_dots(task: str, code: str, new: str) -> None:
    assert new in changes(task, code)[0]


@pytest.mark.parametrize("task", [FIT, "f('Summer holidays', 9) should be 'Summer...' where it was cut."])
def test_words_and_examples_are_sure(task: str) -> None:
    assert '    return text[: width - 3] + "..."\n' in surest(task, CODE)


def test_where_nothing_says_whether_dots_count_both_are_tried_and_none_is_sure() -> None:
    task = "If f has to cut the text, it should end in '...'."
    assert [one.count("width - 3") for one in changes(task, CODE)] == [1, 0]
    assert surest(task, CODE) == ""


def test_a_text_is_cut_between_words() -> None:
    code = "def f(text, width):\n    return text[: width - 3] + '...'\n"
    made = changes("f should not cut in the middle of a word.", code)
    assert any('text[: width - 3].rsplit(" ", 1)[0] + ' in one for one in made)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (
            "f should raise a ValueError for a text that is too long, its message ends in '...'. The dots count too.",
            CODE,
        ),
        ("If f has to cut the text, it should end in '...' instead of a word. The dots count too.", CODE),
        ("If f has to cut the text, it should end in '...' or '--'. Only if strict is given the dots count too.", CODE),
        ("If f has to cut the text, it should never end in '...'. The dots count too.", CODE),
        ("f should end in '...'.", CODE),
        ("f is too long.", CODE),
        (FIT, CODE.replace("text[:width]", "text[width:]")),
        (FIT, CODE.replace("text[:width]", "text[:width] + '>'")),
        (FIT, CODE.replace("text[:width]", "text[:2] == 'ab'")),
        ("If a title is longer than 30 characters, f should use its first 40 and '...' after them.", SUBJECT),
        (
            "If a title is longer than 30 characters, f should use only its first 30 and '...' after them.",
            SUBJECT.replace("{title}", "{title} {title}"),
        ),
    ],
)
def test_of_anything_else_nothing_is_sure(task: str, code: str) -> None:
    assert surest(task, code) == ""
