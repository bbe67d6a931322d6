"""Answers that were written whole, though they were to call the old function."""

from __future__ import annotations

import pytest

from tests.unit.test_wrapping import code, fenced, made
from workbench.crew.wrapping import put_in
from workbench.errors import EditRefused

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


NAME = """
    def name(text):
        text = " ".join(text.split())
        first, _, last = text.rpartition(" ")
        return first, last
"""


def test_of_cases_that_are_made_up_the_first_is_kept_and_the_old_body_follows() -> None:
    answer = """
        def name(text):
            parts = text.split(", ")
            if len(parts) == 2:
                return parts[1], parts[0]
            elif len(parts) == 1:
                return parts[0], ""
            else:
                raise ValueError(text)
    """
    whole = put_in(code(NAME), "name", f"```python\n{code(answer)}\n```", unseen=True)
    meant = """
        def name(text):
            parts = text.split(", ")
            if len(parts) == 2:
                return parts[1], parts[0]
            text = " ".join(text.split())
            first, _, last = text.rpartition(" ")
            return first, last
    """
    assert code(meant) in whole


QUERY = """
    def normalized(query):
        if not query:
            return query
        return percent(query)
"""


def test_what_is_written_whole_must_do_what_the_old_one_did() -> None:
    answer = fenced(
        """
        def normalized(query, sort=False):
            parts = query.split("&")
            return "&".join(sorted(parts) if sort else parts)
        """
    )
    with pytest.raises(EditRefused, match="neither the old one nor percent"):
        put_in(code(QUERY), "normalized", answer)
    whole = fenced("def normalized(query, sort=False):\n    return percent(query) if query else query")
    assert put_in(code(QUERY), "normalized", whole) == whole


def test_an_old_function_that_is_made_up_is_left_out() -> None:
    answer = """
        def old_name(text):
            return text.split(" ")

        def name(text):
            result = old_name(text)
            return result[::-1]
    """
    whole = put_in(code(NAME), "name", f"```python\n{code(answer)}\n```", unseen=True)
    assert "old_name" not in whole
    assert "[::-1]" in whole
    with pytest.raises(EditRefused):
        put_in(code(NAME), "name", f"```python\n{code(answer)}\n```")
