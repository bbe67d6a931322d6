"""Answers that were written whole, though they were to call the old function."""

from __future__ import annotations

import pytest

from tests.unit.test_wrapping import made

OLD = "def f(n):\n    return n + 1\n"


@pytest.mark.parametrize(
    "body",
    [
        "    with lock(n):\n        return n + 1",
        "    while True:\n        if n:\n            return n + 1\n        n = 3",
        "    match n:\n        case None:\n            return 0\n        case _:\n            return n + 1",
    ],
)
def test_an_answer_that_ends_in_a_block_is_whole(body: str) -> None:
    assert made(OLD, "f", f"def f(n):\n{body}") == f"def f(n):\n{body}"


def test_the_old_body_follows_a_block_that_may_be_left() -> None:
    body = "    with suppress(KeyError):\n        return KNOWN[n]"
    assert made(OLD, "f", f"def f(n):\n{body}") == f"def f(n):\n{body}\n    return n + 1"
    body = "    match n:\n        case None:\n            return 0"
    assert made(OLD, "f", f"def f(n):\n{body}").endswith("    return n + 1")
