"""Answers that were written whole, though they were to call the old function."""

from __future__ import annotations

import ast

import pytest

from tests.unit.test_wrapping import code, fenced, made
from workbench.crew.wrapping.call import mismatched
from workbench.crew.wrapping.wrapper import put_in
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


WEB = """
    def web(name, long=False):
        if name.startswith("#"):
            return name
        name = name.lower()
        return NAMES[name]
"""


@pytest.mark.parametrize(
    "given", ["[1, 2]", "{'a': 1}", "[int(v) for v in name]", "(1, 2)", "7", "long=long, name=[1]"]
)
def test_what_the_old_lines_take_for_a_text_is_handed_on_as_one(given: str) -> None:
    answer = fenced(f"""
        def web(name, long=False):
            if not name:
                return None
            return old_web({given})
        """)
    with pytest.raises(EditRefused, match="as name, and the old lines ask that for its startswith"):
        put_in(code(WEB), "web", answer)


def test_what_may_be_a_text_or_need_not_is_handed_on() -> None:
    for given in ("name.strip(), long", "NAMES[name], long", "name, [1]", "name + '#', long=long"):
        answer = f"def web(name, long=False):\n    if not name:\n        return None\n    return old_web({given})"
        assert put_in(code(WEB), "web", fenced(answer))
    asking = WEB.replace("if name", "if isinstance(name, str) and name")
    answer = "def web(name, long=False):\n    if not name:\n        return None\n    return old_web([1], long)"
    assert put_in(code(asking), "web", fenced(answer))


@pytest.mark.parametrize(
    ("work", "given"),
    [
        # It is only asked for as a text where it is one.
        ("    if long:\n        return name.lower()\n", "name=[1], long=False"),
        ("    try:\n        return name.lower()\n    except AttributeError:\n        pass\n", "long, [1]"),
        ("    match name:\n        case str():\n            return name.lower()\n", "long, [1]"),
        # It is not known which parameter is given.
        ("    name.lower()\n", "*known, [1]"),
    ],
)
def test_what_the_old_lines_may_not_take_for_a_text_need_not_be_one(work: str, given: str) -> None:
    old = f"def web(long, name, rest=None):\n{work}    return NAMES[name]\n"
    answer = f"def web(name, long=False):\n    if not name:\n        return None\n    return old_web({given})"
    assert not mismatched(first_function(answer), first_function(old), "old_web", is_method=False)


def first_function(text: str) -> ast.FunctionDef:
    (node,) = ast.parse(text).body
    assert isinstance(node, ast.FunctionDef)
    return node


DEPOSIT = """
    def deposit(price):
        return round(price * SHARE, 2)
"""


def test_what_is_written_whole_and_says_all_is_as_good_as_a_call() -> None:
    whole = fenced("def deposit(price):\n    return max(20, round(price * SHARE, 2))")
    assert put_in(code(DEPOSIT), "deposit", whole, must_call=True) == whole
    other = fenced("def deposit(price):\n    if price < 20:\n        return 20\n    return round(price * SHARE)")
    with pytest.raises(EditRefused, match="does not call the old one"):
        put_in(code(DEPOSIT), "deposit", other, must_call=True)
