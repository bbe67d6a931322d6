"""Which answers agree, and whose is taken."""

from __future__ import annotations

import pytest

from workbench.crew.solving.sense import sense
from workbench.crew.solving.vote import is_settled, majority
from workbench.model import FileEdit

A, B, C, D = ((("a.py", text),) for text in "abcd")


def of(path: str, text: str | None, task: str = "") -> tuple[tuple[str, str], ...]:
    return sense(task, [FileEdit(path=path, before=b"", after=None if text is None else text.encode())])


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("a.py", "def f(x):\n    return x+1\n", 'def f(x):\n    """Add."""\n    # one\n    return (x + 1)\n'),
        ("a.js", "function f(x) { return x + 1; }\n", "// adds\nfunction f(x) {\n  return x + 1; /* one */\n}\n"),
        ("a.go", "package a\nfunc F() int { return 1 }\n", "package a\n\n// F is one.\nfunc F() int { return 1 }\n"),
        ("a.txt", "one\ntwo\n", "one  \n\ntwo\n"),
    ],
)
def test_layout_comments_and_docstrings_do_not_matter(path: str, one: str, other: str) -> None:
    assert of(path, one) == of(path, other)


REFUSES = "def f(x):\n    if x < 0:\n        raise ValueError({})\n    return x\n"


@pytest.mark.parametrize("other", ["'x is below zero'", "f'negative: {x}'", "f'{x!r} is too small'"])
def test_words_of_a_message_that_nobody_gave_do_not_matter(other: str) -> None:
    task = "f should raise a ValueError for negative numbers"
    assert of("a.py", REFUSES.format("'x must not be negative'"), task) == of("a.py", REFUSES.format(other), task)


@pytest.mark.parametrize(
    "other", ["'below zero'", "", "'too small', x", "Text('too small')", "x", "'no such thing' + x"]
)
def test_words_of_a_message_that_the_task_gives_matter(other: str) -> None:
    task = "f should raise a ValueError that says 'too small: -1'"
    assert of("a.py", REFUSES.format("f'too small: {x}'"), task) != of("a.py", REFUSES.format(other), task)
    assert of("a.py", REFUSES.format("'x'"), task) != of("a.py", REFUSES.format("'x'").replace("Value", "Type"), task)


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("a.py", "def f(x):\n    return x + 1\n", "def f(x):\n    return x + 2\n"),
        ("a.py", 'X = """a"""\n', 'X = """b"""\n'),
        ("a.js", "let x = 'a b';\n", "let x = 'a  b';\n"),
        ("a.js", "let x = 1;\n", "let y = 1;\n"),
        ("a.py", "def f(:\n", "def g(:\n"),
        ("a.txt", "one\n", "two\n"),
        ("a.txt", "one\n", None),
    ],
)
def test_what_does_matter_is_told_apart(path: str, one: str, other: str | None) -> None:
    assert of(path, one) != of(path, other)


A_LINE = "def line(self):\n{}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "    if self.guide is None:\n        return self.hour\n    name = self.guide.name\n    return f'{name}!'\n",
            "    if self.guide:\n        return f'{self.guide.name}!'\n    else:\n        return self.hour\n",
        ),
        ("    return a if b else c\n", "    if not b:\n        return c\n    return a\n"),
        ("    x: int = 1\n    g(x)\n", "    g(1)\n"),
        ("    rows = g()\n    for one in rows:\n        h(one)\n", "    for one in g():\n        h(one)\n"),
        ("    rows = g()\n    return {one: 1 for one in rows}\n", "    return {one: 1 for one in g()}\n"),
        ("    return d.get(k, 0)\n", "    if k not in d:\n        return 0\n    return d[k]\n"),
    ],
)
def test_the_same_said_otherwise_agrees(one: str, other: str) -> None:
    assert of("a.py", A_LINE.format(one)) == of("a.py", A_LINE.format(other).replace("(self)", "(self) -> str"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("    return a if b else c\n", "    if b:\n        return c\n    return a\n"),
        ("    x = 1\n    g(x)\n    h(x)\n", "    g(1)\n    h(x)\n"),
        ("    if a:\n        return 1\n    x()\n", "    x()\n    if a:\n        return 1\n"),
        ("    if a:\n        x()\n    return 2\n", "    if a:\n        x()\n        return 2\n"),
        ("    return d.get(k)\n", "    return d.get(k, 0)\n"),
        ("    return a is b\n", "    return a is None\n"),
        # What is worked out once, and what is at each turn, or later.
        ("    n = len(a)\n    while n > 1:\n        a.pop()\n", "    while len(a) > 1:\n        a.pop()\n"),
        ("    n = g()\n    return [n for _ in a]\n", "    return [g() for _ in a]\n"),
        ("    n = g()\n    return lambda: n\n", "    return lambda: g()\n"),
    ],
)
def test_something_else_does_not_agree(one: str, other: str) -> None:
    assert of("a.py", A_LINE.format(one)) != of("a.py", A_LINE.format(other))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((A,), (0, 1)),
        ((A, B), (0, 1)),
        ((A, B, B), (1, 2)),
        ((A, B, C), (0, 1)),
        ((None, B, A), (1, 1)),
        ((A, B, A, B), (0, 2)),
        ((A, None, None), (0, 1)),
    ],
)
def test_most_win_and_of_equals_the_first(answers: tuple[object, ...], expected: tuple[int, int]) -> None:
    assert majority(answers) == expected  # type: ignore[arg-type]  # they are senses


@pytest.mark.parametrize(
    ("answers", "most", "expected"),
    [
        ((A,), 1, True),
        ((A,), 3, False),
        ((A, A), 3, True),
        ((A, B), 3, False),
        ((A, B, None), 3, False),
        ((A, B, B), 3, True),
        ((A, B, None, B), 3, True),
        ((A, B, None, C), 3, False),
        ((A, B, None, C, None), 3, True),
        ((A, None, None, None, None), 3, True),
        ((A, B, C, D), 2, True),
        ((None, None), 3, False),
        ((A, A), 5, False),
        ((A, A, A), 5, True),
    ],
)
def test_asking_ends_once_nothing_can_change(answers: tuple[object, ...], most: int, expected: bool) -> None:
    assert is_settled(answers, most) is expected  # type: ignore[arg-type]  # they are senses


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((A,), (0, 1)),
        ((A, B, B), (0, 1)),
        ((A, B, C, B), (0, 1)),
        ((A, B, B, B), (1, 3)),
        ((A, B, A, B, B), (0, 2)),
        ((None, B, A, A), (2, 2)),
    ],
)
def test_a_first_answer_of_two_votes_needs_three_others_to_be_outvoted(
    answers: tuple[object, ...], expected: tuple[int, int]
) -> None:
    assert majority(answers, 2) == expected  # type: ignore[arg-type]  # they are senses


@pytest.mark.parametrize(
    ("answers", "most", "expected"),
    [
        ((A,), 1, True),
        ((A,), 3, False),
        ((A, B), 3, True),
        ((A, A), 3, True),
        ((A, None), 3, False),
        ((A, B), 5, False),
        ((A, A), 5, True),
        ((A, B, C), 5, False),
        ((A, B, B), 5, False),
        ((A, B, C, None), 5, True),
        ((A, B, B, B), 5, True),
    ],
)
def test_asking_ends_once_three_others_can_no_longer_agree(
    answers: tuple[object, ...], most: int, *, expected: bool
) -> None:
    assert is_settled(answers, most, 2) is expected  # type: ignore[arg-type]  # they are senses
