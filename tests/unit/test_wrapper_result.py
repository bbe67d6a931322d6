"""Wrappers that work on what the old function returns: what the file gets, that it does the same, what is refused."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.crew.wrapping.wrapper import put_in
from workbench.errors import EditRefused


def code(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def made(old: str, answer: str, name: str = "f") -> str:
    return (
        put_in(code(old), name, f"```python\n{code(answer)}\n```\n").removeprefix("```python\n").removesuffix("\n```\n")
    )


JOIN = """
    def f(s):
        return "".join(w.title() or "_" for w in s.split("_"))
"""

SLUG = """
    def f(s, by="_"):
        ret = by.join(s.split())

        if not ret:
            ret = by
        return ret
"""

CASES = {
    "a variable of its own": (
        JOIN,
        """
        def f(s, low=False):
            result = old_f(s)
            # The first letter only.
            if low:
                result = result[:1].lower() + result[1:]  # if any
            return result
        """,
        """
        def f(s, low=False):
            result = "".join(w.title() or "_" for w in s.split("_"))
            # The first letter only.
            if low:
                result = result[:1].lower() + result[1:]  # if any
            return result
        """,
    ),
    "two ways": (
        JOIN,
        """
        def f(s, low=False):
            if low:
                r = old_f(s)
                return r.lower()
            return old_f(s)
        """,
        """
        def f(s, low=False):
            r = "".join(w.title() or "_" for w in s.split("_"))
            if low:
                return r.lower()
            return r
        """,
    ),
    "no variable": (
        JOIN,
        """
        def f(s, limit=None):
            if limit == 0:
                return ""
            s = s.strip()
            return old_f(s)[:limit]
        """,
        """
        def f(s, limit=None):
            if limit == 0:
                return ""
            s = s.strip()
            result = "".join(w.title() or "_" for w in s.split("_"))
            return result[:limit]
        """,
    ),
    "one or the other": (
        JOIN,
        """
        def f(s, limit=None):
            return old_f(s) if limit is None else old_f(s)[:limit]
        """,
        """
        def f(s, limit=None):
            result = "".join(w.title() or "_" for w in s.split("_"))
            return result if limit is None else result[:limit]
        """,
    ),
    "another value on one way": (
        JOIN,
        """
        def f(s, low=False):
            if not low:
                out = old_f(s)
            else:
                out = old_f(s).lower()
            return out
        """,
        """
        def f(s, low=False):
            out = "".join(w.title() or "_" for w in s.split("_"))
            if low:
                out = out.lower()
            return out
        """,
    ),
    "the old one's variable": (
        SLUG,
        """
        def f(s, by="_", limit=None):
            slug = old_f(s, by)
            # Cut it.
            if limit is not None and len(slug) > limit:
                slug = slug[:limit]  # slug
            return slug
        """,
        """
        def f(s, by="_", limit=None):
            ret = by.join(s.split())

            if not ret:
                ret = by
            # Cut it.
            if limit is not None and len(ret) > limit:
                ret = ret[:limit]  # slug
            return ret
        """,
    ),
    "the old one's variable, where the wrapper has none": (
        SLUG,
        """
        def f(s, by="_", limit=None):
            return old_f(s, by)[:limit].rstrip(by)
        """,
        """
        def f(s, by="_", limit=None):
            ret = by.join(s.split())

            if not ret:
                ret = by
            return ret[:limit].rstrip(by)
        """,
    ),
    "another argument": (
        JOIN,
        """
        def f(s, limit=None):
            found = old_f(s.strip())
            for end in ("a", "b"):
                found = found.removesuffix(end)
            return found[:limit]
        """,
        """
        def f(s, limit=None):
            s = s.strip()
            found = "".join(w.title() or "_" for w in s.split("_"))
            for end in ("a", "b"):
                found = found.removesuffix(end)
            return found[:limit]
        """,
    ),
    "what it returns is run over": (
        JOIN,
        """
        def f(s, limit=None):
            return [one for one in old_f(s) if one != "_"]
        """,
        """
        def f(s, limit=None):
            result = "".join(w.title() or "_" for w in s.split("_"))
            return [one for one in result if one != "_"]
        """,
    ),
    "a comment after the return, and a text joined": (
        """
        def f(s):
            text = s
            text += "!"
            return text  # done
        """,
        """
        def f(s, low=False):
            return ", ".join(old_f(s)) if low is False else old_f(s)
        """,
        """
        def f(s, low=False):
            text = s
            text += "!"
            return ", ".join(text) if low is False else text
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_lines_that_work_on_a_result_go_after_the_old_ones(name: str) -> None:
    old, answer, whole = CASES[name]
    assert made(old, answer) == code(whole)


@given(st.text("ab_ ", max_size=6), st.integers(0, 4))
@pytest.mark.parametrize("name", CASES)
def test_the_function_does_what_its_wrapper_did(name: str, text: str, limit: int) -> None:
    old, answer, _ = CASES[name]
    apart: dict[str, Any] = {}
    exec(code(old).replace("def f", "def old_f") + "\n" + code(answer), apart)
    together: dict[str, Any] = {}
    exec(made(old, answer), together)
    parameter = "low" if "low" in answer else "limit"
    for more in ({}, {parameter: limit}):
        assert apart["f"](text, **more) == together["f"](text, **more)


def test_a_method_keeps_its_margin_and_an_awaited_result_its_order() -> None:
    old = """
        class Top:
            async def most(self, n=None):
                \"\"\"Return them.\"\"\"
                # All of them.
                return await self.rows(
                    n)
    """
    answer = """
        async def most(self, n=None, reverse=False):
            rows = await self.old_most(n)
            if reverse:
                rows.reverse()
            return rows
    """
    whole = """
        async def most(self, n=None, reverse=False):
            \"\"\"Return them.\"\"\"
            # All of them.
            rows = await self.rows(
                n)
            if reverse:
                rows.reverse()
            return rows
    """
    assert made(old, answer, "Top.most") == code(whole)


def test_tabs_stay_tabs_after_the_old_lines_too() -> None:
    assert made("def f(a):\n\treturn a + 1", "def f(a):\n    r = old_f(a)\n    if r:\n        r = 0\n    return r") == (
        "def f(a):\n\tr = a + 1\n\tif r:\n\t\tr = 0\n\treturn r"
    )


def test_a_name_that_is_taken_is_not_given_to_the_result() -> None:
    answer = "def f(a, result=None):\n    return old_f(a)[:result]"
    assert made("def f(a):\n    value = 1\n    return a * value", answer).splitlines()[-2:] == [
        "    made = a * value",
        "    return made[:result]",
    ]


PERHAPS = """
    def f(a):
        for b in a:
            pass
        return b
"""


def test_a_variable_that_is_perhaps_not_set_is_looked_at_where_it_was() -> None:
    assert "    return b\n" not in made(PERHAPS, "def f(a, low=False):\n    c = old_f(a)\n    return 0 if low else c")
    assert "    c = b\n" in made(PERHAPS, "def f(a, low=False):\n    c = old_f(a)\n    return 0 if low else c")
    with pytest.raises(EditRefused, match="`b` is perhaps not set"):
        made(PERHAPS, "def f(a, low=False):\n    b = old_f(a)\n    return 0 if low else b")


@pytest.mark.parametrize(
    "body",
    [
        "with open(a) as file:\n        b = file.read()",
        "try:\n        b = a + 1\n    except TypeError:\n        b = 0",
        "try:\n        b = a + 1\n    except TypeError:\n        raise E from None\n    finally:\n        print(a)",
        "if a:\n        b = 1\n    else:\n        b = 2",
    ],
)
def test_a_variable_that_is_surely_set_is_taken_over(body: str) -> None:
    old = f"def f(a):\n    {body}\n    return b"
    assert made(old, "def f(a, low=False):\n    c = old_f(a)\n    return 0 if low else c") == (
        f"def f(a, low=False):\n    {body}\n    return 0 if low else b"
    )


ONE = """
    def f(a, b=2):
        c = log(a)
        a = c + b
        return a * c
"""


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("def f(a, b=2):\n    r = old_f(a, b)\n    return r + a", "`a` may have changed"),
        ("def f(a, b=2):\n    r = old_f(a, b + 1)\n    return r + b", "`b` may have changed"),
        ("def f(a, b=2):\n    return log(1) + old_f(a, b)", "something before"),
        ("def f(a, b=2):\n    return a.b + old_f(a, b)", "something before"),
        ("def f(a, b=2):\n    return LEVEL.now + old_f(a, b)", "something before"),
        ("def f(a, b=2):\n    return {**b, 1: old_f(a, b)}", "something before"),
        ("def f(a, b=2):\n    if b:\n        return old_f(a, b) + 1\n    return old_f(a, b)", "something before"),
        (
            "def f(a, b=2, n=0):\n    if n > 1:\n        return old_f(a, b) + 1\n    return old_f(a, b)",
            "something before",
        ),
        (
            "def f(a, b=2, n=0):\n    if DEBUG:\n        return old_f(a, b) + 1\n    return old_f(a, b)",
            "something before",
        ),
        (
            "def f(a, b=2, n=0):\n    keep(n)\n    if n:\n        return old_f(a, b) + 1\n    return old_f(a, b)",
            "something before",
        ),
        ("def f(a, b=2, n=0):\n    if n:\n        return old_f(a, b) + 1\n    return 0", "one way"),
        ("def f(a, b=2, n=0):\n    if n is None:\n        r = old_f(a, b)\n    return r", "one way"),
        ("def f(a, b=2, n=0):\n    r = old_f(a, b)\n    if n:\n        return r", "returns nothing"),
        ("def f(a, b=2):\n    return (old_f(a, b), old_f(a, b))", "twice"),
        ("def f(a, b=2):\n    r = old_f(a, b)\n    while r:\n        r = old_f(a, b)\n    return r", "twice"),
        ("def f(a, b=2):\n    if old_f(a, b):\n        return 1\n    return old_f(a, b)", "twice"),
        ("def f(a, b=2, n=0):\n    return n or old_f(a, b) + 1", "one way"),
        ("def f(a, b=2, n=0):\n    return old_f(a, b) + 1 if n else 0", "one way"),
        ("def f(a, b=2):\n    return [old_f(a, b) for _ in b]", "one way"),
        ("def f(a, b=2):\n    g = lambda: old_f(a, b)\n    return g()", "one way"),
        ("def f(a, b=2):\n    with lock:\n        r = old_f(a, b)\n    return r", "within something"),
        ("def f(a, b=2):\n    return list(map(old_f, a))", "something else with the old one"),
        ("def f(a, b=2, n=0):\n    if n:\n        return old_f(a, 1) + 1\n    return old_f(a, b)", "one thing here"),
        ("def f(a, b=2):\n    c = 3\n    r = old_f(a, b)\n    return r + c", "`c` means something else"),
        ("def f(a, b=2, c=3):\n    r = old_f(a, b)\n    return r + c", "`c` means something else"),
        ("def f(a, b=2):\n    r = old_f(a, b)\n    del r\n    return 1", "deletes"),
        ("def f(a, b=2):\n    r = old_f(a, b)\n    return [r, locals()]", "its own names"),
        ("def f(a, b=2):\n    yield 1\n    r = old_f(a, b)\n    return r", "yields"),
        ("def f(a, b=2):\n    log = old_f(a, b)\n    return log", "`log` would mean"),
        ("def f(a, b=2):\n    g = lambda: a\n    r = old_f(a, b)\n    return r + g()", "`a` changes after"),
        (
            "def f(a, b=2, n=0):\n    if n:\n        r = old_f(a, b)\n    else:\n        r = old_f(a, b)\n    return r",
            "same",
        ),
        ("def f(a, b=2):\n    old_f(a, b)\n    return 1", "within something, or does something"),
    ],
)
def test_what_might_do_something_else_is_refused_and_says_why(answer: str, why: str) -> None:
    with pytest.raises(EditRefused, match=why):
        made(ONE, answer)


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("def f(a):\n    if a:\n        return 1\n    return 2", "worked on"),
        ("def f(a):\n    print(a)", "worked on"),
        ("def f(a):\n    n = 1\n    return lambda: n", "`n` changes after"),
        ("def f(a):\n    return (n for n in a if a)", "`a` changes after"),
    ],
)
def test_some_old_functions_hand_out_nothing_that_could_be_worked_on(old: str, why: str) -> None:
    with pytest.raises(EditRefused, match=why):
        made(old, "def f(a):\n    n = old_f(a)\n    a = n + 1\n    return a")


def test_a_return_inside_another_function_is_not_the_old_ones_own() -> None:
    old = "def f(a):\n    def g(x):\n        return x\n    return g(a)"
    assert made(old, "def f(a):\n    return old_f(a) + 1").endswith("    result = g(a)\n    return result + 1")


def test_what_a_list_runs_over_is_its_own_whatever_the_old_lines_call_so() -> None:
    assert made(ONE, "def f(a, b=2):\n    return [c for c in old_f(a, b)]").endswith("return [c for c in result]")


def test_a_method_that_the_old_lines_set_anew_is_looked_up_before_them() -> None:
    old = "class Top:\n    def f(self, a):\n        self.how = a\n        return a"
    assert made(old, "def f(self, a):\n    return self.other(self.old_f(a))", "Top.f").endswith("return self.other(a)")
    with pytest.raises(EditRefused, match="something before"):
        made(old, "def f(self, a):\n    return self.how(self.old_f(a))", "Top.f")
