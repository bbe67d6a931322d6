"""Wrappers put into the function they wrap: what the file gets, that it does the same, and what cannot be put there."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.wrappers import CASES, COUNT
from workbench.crew.wrapping.wrapper import adds, can_wrap, changes_result, put_in, wanted, with_old_name, without_body
from workbench.errors import EditRefused


def code(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def fenced(text: str) -> str:
    return f"```python\n{code(text)}\n```\n"


def made(old: str, name: str, answer: str) -> str:
    return put_in(code(old), name, fenced(answer)).removeprefix("```python\n").removesuffix("\n```\n")


@pytest.mark.parametrize("name", CASES)
def test_the_new_lines_go_before_the_old_ones(name: str) -> None:
    old, answer, whole = CASES[name]
    function = code(old).partition("def ")[2].partition("(")[0]
    assert can_wrap(code(old), function)
    assert made(old, function, answer) == code(whole)


@given(st.one_of(st.lists(st.integers(0, 3), max_size=3), st.text("ab", max_size=3), st.integers()))
@pytest.mark.parametrize("name", [name for name in CASES if CASES[name][0] is COUNT])
def test_the_function_does_what_its_wrapper_did(name: str, value: Any) -> None:
    _, answer, _ = CASES[name]
    apart: dict[str, Any] = {}
    exec(code(COUNT).replace("def count", "def old_count") + "\n" + code(answer), apart)
    together: dict[str, Any] = {}
    exec(made(COUNT, "count", answer), together)
    assert outcome(apart["count"], value) == outcome(together["count"], value)


def outcome(function: Any, value: Any) -> object:
    extra = {"key": str, "predicate": bool, "limit": 1, "how": "set", "empty": 7}
    known = inspect.signature(function).parameters
    found: list[object] = []
    for given_too in ({}, {name: extra[name] for name in known if name in extra}):
        try:
            found.append(function(value, **given_too))
        except Exception as error:
            found.append((type(error), str(error)))
    return found


def test_a_method_is_called_on_what_it_belongs_to_and_keeps_its_own_margin() -> None:
    shown = """
        class Top:
            def __init__(self):
                self.rows = []

            def most(self, n=None):
                return self.rows[:n]
    """
    assert "def old_most(self, n=None):" in with_old_name(code(shown), "Top.most")
    assert with_old_name(code(shown), "Top.most").count("old_") == 1
    assert "and then returns `self.old_most(...)`. Answer with `def most` alone" in wanted(code(shown), "Top.most")
    answer = """
        class Top:
            def most(self, n=None):
                if n is not None and n < 0:
                    raise ValueError(n)
                return self.old_most(n)
    """
    whole = """
        def most(self, n=None):
            if n is not None and n < 0:
                raise ValueError(n)
            return self.rows[:n]
    """
    assert made(shown, "Top.most", answer) == code(whole)


LONG = """
    def without(d, *keys):
        \"\"\"Return d without keys.\"\"\"
        # Copies are cheap.
        made = dict(d)
        for key in keys:
            made.pop(key, None)
        return made
"""


def test_a_function_can_be_shown_without_its_body() -> None:
    assert without_body(code(LONG), "without") == code(
        """
        def old_without(d, *keys):
            \"\"\"Return d without keys.\"\"\"
            ...
        """
    )
    assert without_body(code(COUNT), "count") == "def old_count(seq):\n    ..."


def test_what_is_returned_in_the_place_of_a_body_that_was_not_shown_is_made_up() -> None:
    answer = fenced(
        """
        def without(d, *keys, strict=False):
            if strict and set(keys) - set(d):
                raise KeyError(*set(keys) - set(d))
            return {key: value for key, value in d.items() if key not in keys}
        """
    )
    whole = put_in(code(LONG), "without", answer, unseen=True)
    assert "raise KeyError" in whole
    assert whole.endswith("        made.pop(key, None)\n    return made\n```\n")
    assert put_in(code(LONG), "without", answer) == answer
    nothing_new = fenced("def without(d, *keys):\n    return {}")
    with pytest.raises(EditRefused, match="does not call"):
        put_in(code(LONG), "without", nothing_new, unseen=True)


def test_what_a_generator_runs_over_is_its_own() -> None:
    old = "def count(seq):\n    return sum(1 for i in seq)"
    guard = "    if key is None:\n        return old_count(seq)\n"
    answer = f"def count(seq, key=None):\n{guard}    return sum(1 for i in seq if key(i))"
    assert made(old, "count", answer).endswith("return sum(1 for i in seq if key(i))\n    return sum(1 for i in seq)")


def test_a_wrapper_may_have_to_call() -> None:
    with pytest.raises(EditRefused, match="does not call"):
        put_in(code(COUNT), "count", fenced("def count(seq):\n    return 0"), must_call=True)


def test_where_a_wrapper_returns_nothing_in_the_end_the_old_body_follows() -> None:
    answer = "def count(seq):\n    if seq is None:\n        return 0"
    assert made(COUNT, "count", answer) == code(COUNT).replace(
        "seq):\n", "seq):\n    if seq is None:\n        return 0\n"
    )
    procedure = "def log(text):\n    print(text)"
    whole = fenced("def log(text):\n    if text:\n        print(text)")
    assert put_in(procedure, "log", whole) == whole


@pytest.mark.parametrize(
    ("task", "is_more"),
    [
        ("Add a parameter b=None to f.", True),
        ("f must return [] when x is negative", True),
        ("Its error message should say which n was given, if there is one", False),
        ("Join the names with '_then_' instead of '_of_'.", False),
    ],
)
def test_a_task_that_adds_something_is_known_by_its_words(task: str, is_more: bool) -> None:
    assert adds(task) == is_more


def test_what_need_not_be_given_is_new_and_not_an_old_parameter_under_another_name() -> None:
    old = "def first(rows, default=None, pred=None):\n    return next(filter(pred, rows), default)"
    answer = """
        def first(rows, default=None, required=False):
            if required and not any(map(pred, rows)):
                raise ValueError
            return old_first(rows, default)
    """
    assert made(old, "first", answer).startswith(
        "def first(rows, default=None, pred=None, required=False):\n    if required"
    )


def test_an_answer_may_be_indented_and_go_on_with_what_is_no_python() -> None:
    answer = """
            def count(seq):
                if seq is None:
                    return 0
                return old_count(seq)

            # Test it
            assert count([1) == 1
    """
    block = f"```python\n{textwrap.indent(code(answer), '    ')}\n```\n"
    assert "    if seq is None:\n        return 0\n    if hasattr" in put_in(code(COUNT), "count", block)


def test_tabs_stay_tabs() -> None:
    assert made("def f(a):\n\treturn a", "f", "def f(a):\n    if a:\n        a = 0\n    return old_f(a)") == (
        "def f(a):\n\tif a:\n\t\ta = 0\n\treturn a"
    )


def test_an_answer_that_calls_nothing_was_written_whole() -> None:
    answer = fenced("def count(seq):\n    return 0")
    assert put_in(code(COUNT), "count", answer) == answer


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("def count(seq):\n    return old_count(seq) + 1", "worked on"),
        ("def count(seq):\n    n = old_count(seq)\n    return n", "worked on"),
        ("def count(seq):\n    if old_count(seq):\n        return 1\n    return old_count(seq)", "before it decides"),
        ("def count(seq):\n    for _ in seq:\n        return old_count(seq)", "worked on"),
        ("def count(seq, a=1):\n    if a:\n        return old_count(seq)", "returns nothing"),
        ("def count(seq, a=1):\n    if a:\n        seq = old_count(seq)\n    return seq", "two ways"),
        ("def count(seq, a=1):\n    return old_count(seq, a)", "more than that takes"),
        ("def count(seq, a=1):\n    return old_count(seq, a=a)", "takes no `a`"),
        ("def count(seq):\n    return old_count()", "without `seq`"),
        ("def count(*args):\n    return old_count(*args)", "any arguments"),
        ("def count(seq):\n    len = 3\n    return old_count(seq)", "`len` would mean"),
        ("def count(seq, sum=None):\n    if sum:\n        return 0\n    return old_count(seq)", "`sum` would mean"),
        ("def count(seq):\n    global seen\n    seen = 1\n    return old_count(seq)", "shares names"),
        ("def count(seq, f=str):\n    return old_count(map(lambda x: f(seq), seq))", "`seq` changes after"),
        ("def count(seq):\n    return old_count((seq := [1]))", "sets a name"),
        ("def count(seq):\n    return old_count(lambda: [seq for _ in seq])", "`seq` changes after"),
        ("def count(seq):\n    return other.thing.old_count(seq)", "on something else"),
        ("def count(seq):\n    return old_count(*[seq])", "other arguments"),
        ("def count(seq):\n    if int(seq):\n        return old_count(seq)\n    return old_count(seq)", "the same"),
        (
            'def count(seq):\n    if not seq:\n        return """a\n  b"""\n    return old_count(seq)',
            "several lines",
        ),
        ("@cache\ndef count(seq):\n    return old_count(seq)", "decorated"),
        ("def help(x):\n    return x\ndef count(seq):\n    return old_count(help(seq))", "`help` beside it"),
        ("def old_count(seq):\n    return 3\ndef count(seq):\n    return old_count(seq)", "changes the old one"),
        ("def count(seq):\n    with quiet():\n        return old_count(seq)", "worked on"),
        ("async def count(seq):\n    return old_count(seq)", "async"),
        ("def count(seq):\n    return old_count(old_count(seq))", "worked on"),
        ("def count(seq):\n    try:\n        return old_count(seq)\n    except TypeError:\n        seq = 1", "nothing"),
        ("def count(seq:\n    return old_count(seq)", "not Python"),
    ],
)
def test_what_cannot_be_put_there_is_refused_and_says_why(answer: str, why: str) -> None:
    with pytest.raises(EditRefused, match=why) as refused:
        put_in(code(COUNT), "count", fenced(answer))
    assert refused.value.code == "not-a-wrapper"


SPAN = "def span(low, high=9, *rest, **more):\n    low = low + 1\n    import json\n    return low, high, rest, more"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("def span(low, high=9):\n    return old_span(low)", "does not hand on `high`"),
        ("def span(low, high=9, *rest):\n    return old_span(low, high)", "not hand on all arguments"),
        ("def span(low, high=9, **more):\n    return old_span(low, high)", "not hand on all keywords"),
        ("def span(low, *rest):\n    return old_span(low, *rest)", "no parameter `high`"),
        ("def span(low, high=9, *rest):\n    rest = []\n    return old_span(low, high, *rest)", "takes any of"),
        ("def span(low):\n    high = 3\n    return old_span(low)", "`high` would mean"),
        ("def span(low, high=9):\n    return old_span(json.loads(low), high)", "`json` means something else"),
        (
            "def span(low, high=9):\n    try:\n        return old_span(low, high)\n    except E:\n        return low",
            "`low` may have changed",
        ),
    ],
)
def test_what_would_do_something_else_is_refused(answer: str, why: str) -> None:
    with pytest.raises(EditRefused, match=why):
        put_in(SPAN, "span", fenced(answer))


def test_a_default_that_the_wrapper_changed_is_still_that_of_the_old_one_where_it_is_not_handed_on() -> None:
    answer = "def f(a, n=None):\n    if n is None:\n        return old_f(a)\n    return old_f(a, n + 1)"
    whole = "def f(a, n=None):\n    if n is None:\n        n = 1\n    else:\n        n = n + 1\n    return a * n"
    assert made("def f(a, n=1):\n    return a * n", "f", answer) == whole


def test_what_had_to_be_given_need_not_be_if_the_wrapper_says_so() -> None:
    answer = "def f(a=None, b: int = 2):\n    if a is None:\n        a = []\n    return old_f(a, b)"
    whole = "def f(a=None, b: int = 2):\n    if a is None:\n        a = []\n    return a * b"
    assert made("def f(a, b: int):\n    return a * b", "f", answer) == whole


@pytest.mark.parametrize(
    "shown",
    [
        "@lru_cache\ndef f(a):\n    return a",
        'def f(a):\n    """f"""; return a',
        "def f(a):\n    # b\r    return a",
        "def f(a):\n    yield a",
        "@property\ndef f(a):\n    return a",
        "@f.setter\ndef f(a, b):\n    a.b = b",
        "def f(a): return a",
        "def f(a):\n    return old_f(a)",
        "def f(a):\n    return a\n\ndef f(b):\n    return b",
        "def g(a):\n    return a",
        "def f(a:\n    return a",
    ],
)
def test_what_cannot_be_wrapped(shown: str) -> None:
    assert not can_wrap(shown, "f")


JOIN = 'def f(s):\n    return "".join(s)'


@pytest.mark.parametrize(
    ("task", "is_result"),
    [
        ("If `low` is true the result starts with a lower case letter", True),
        ("a slug that would be longer is cut to at most that many characters", True),
        ("Return the names as a tuple instead.", True),
        ("The returned list should be sorted.", True),
        ("Words of up to 4 characters must be returned unchanged.", False),
        ("Add `required=False` at the end of the parameters", False),
        ("n below 0 is a ValueError", False),
        ("f fails with a TypeError as soon as one has no year. Those without a year should come at the end.", False),
    ],
)
def test_a_task_about_the_result_is_known_by_its_words(task: str, is_result: bool) -> None:
    assert changes_result(task) == is_result


def test_work_on_the_result_is_asked_for_only_where_there_is_one_to_work_on() -> None:
    task = "The result should be sorted."
    assert "begins with `result = old_f(...)`" in wanted(JOIN, "f", on_result=changes_result(task))
    assert "begins with" not in wanted(JOIN, "f", on_result=changes_result("n below 0 is a ValueError"))
    assert "begins with" not in wanted("def f(a):\n    if a:\n        return 1\n    return 2", "f", on_result=True)
    assert "`result = await old_f(...)`" in wanted("async def f(a):\n    return a", "f", on_result=True)
