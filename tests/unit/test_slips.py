"""Slips of small models set right by the host: which are seen, and what becomes of the answer."""

from __future__ import annotations

import ast

import pytest

from workbench.crew.slips.finding import MOST, righted, without_evident
from workbench.errors import CheckFailed
from workbench.model import FileEdit


def edit(before: str, after: str, path: str = "a.py") -> FileEdit:
    return FileEdit(path=path, before=before.encode(), after=after.encode())


def made(before: str, after: str, said: str, *, code: str = "checks-failed", task: str = "Do it.") -> list[str]:
    """Return what each slip set right makes of the file, without what went before it."""
    found = righted(task, (edit(before, after),), CheckFailed(said, code=code, hint=""))
    return [(one.edits[0].after or b"").decode() for one in found]


SHORT = "def short(text):\n    return text[0] + text[-1]\n"


def test_a_new_boundary_is_moved_and_an_old_one_is_not() -> None:
    before = "def short(text):\n    if len(text) > 9:\n        return ''\n    return text\n"
    after = before.replace("    return text\n", "    if len(text) < 4:\n        return '-'\n    return text\n")
    found = made(before, after, "AssertionError")
    assert [one.split("\n")[3].strip() for one in found] == [
        "if len(text) <= 4:",
        "if len(text) > 4:",
        # The two choices change places.
        "if len(text) > 9:",
        "if len(text) < 5:",
        "if len(text) < 3:",
    ]
    assert all("len(text) > 9" in one for one in found)


def test_an_old_boundary_is_moved_where_it_raises_now() -> None:
    before = "def top(rows, n):\n    if n <= 0:\n        return []\n    return rows[:n]\n"
    after = before.replace("return []", "raise ValueError(n)")
    said = "top(x, 0) gave [] before the change; it must go on to do that, but now it raises ValueError: 0"
    assert made(before, after, said, code="not-as-before")[0] == after.replace("<=", "<")
    assert made(before, before.replace("rows[:n]", "rows[n:]"), "AssertionError") == []


def test_no_boundary_is_moved_where_the_code_itself_is_broken() -> None:
    after = "def short(text):\n    if len(text) < 4:\n        return text\n    return text[0] + text[-1]\n"
    assert made(SHORT, after, "NameError: name 'x' is not defined") == []
    assert made(SHORT, after, "it gave 'x' before the change", code="not-as-before") == []
    lost = "short('abcd') gave 'ad' before the change; it must go on to do that, but now it raises {}: too short"
    assert made(SHORT, after, lost.format("TypeError"), code="not-as-before") == []
    assert made(SHORT, after, lost.format("ValueError"), code="not-as-before") != []
    assert made(SHORT, after, "AssertionError") != []


def test_what_is_tried_is_bounded() -> None:
    lines = "".join(f"    if len(text) < {number}:\n        return '{number}'\n" for number in range(20))
    assert len(made(SHORT, f"def short(text):\n{lines}    return text[0] + text[-1]\n", "AssertionError")) == MOST


def test_a_text_where_numbers_come_too() -> None:
    before = "def nth(number):\n    return f'{number}th'\n"
    after = "def nth(number):\n    number = number.strip()\n    return f'{number}th'\n"
    (one,) = made(before, after, "raises AttributeError: 'int' object has no attribute 'strip'", code="not-as-before")
    assert "    if isinstance(number, str):\n        number = number.strip()\n    return" in one
    asked = "def nth(number):\n    if number.isspace() or not number:\n        return ''\n    return f'{number}th'\n"
    (one,) = made(before, asked, "raises AttributeError: 'int' object has no attribute 'isspace'", code="not-as-before")
    assert "    if isinstance(number, str) and (number.isspace() or not number):\n" in one


def test_none_where_a_number_is_compared() -> None:
    before = "def take(n, items):\n    return list(items)[:n]\n"
    after = "def take(n, items):\n    if n < 0:\n        raise ValueError('n')\n    return list(items)[:n]\n"
    said = (
        "take(None, 'ab') gave ['a', 'b']; now it raises TypeError: '<' not supported between instances of 'NoneType'"
    )
    (one,) = made(before, after, f"{said} and 'int'", code="not-as-before")
    assert "    if n is not None and n < 0:\n" in one


def test_what_is_set_anew_is_returned_as_it_was() -> None:
    before = "class Seen:\n    def __next__(self):\n        self.seen += 1\n"
    reset = "\n    def reset(self):\n        self.seen = 0\n        return self.seen\n"
    right = "\n    def reset(self):\n        before = self.seen\n        self.seen = 0\n        return before\n"
    said = "it.reset() gave 0\n  wanted: 2"
    assert made(before, before + reset, said) == [before + right]
    assert made(before, before + reset.replace("= 0", "= self.first()"), said) == []
    assert made(before, before + reset.replace("return self.seen", "return self.last"), said) == []
    one_line = "\n    def reset(self):\n        if self.seen: self.seen = 0; return self.seen\n"
    assert made(before, before + one_line, said) == []


def test_a_function_that_need_not_be_given_is_called_where_it_is() -> None:
    before = "def some(rows, pred=None):\n    return list(filter(pred, rows))\n"
    new = "    if required and not any(pred(row) for row in rows):\n        raise ValueError\n"
    after = before.replace("):\n", f", required=False):\n{new}", 1)
    said = "TypeError: 'NoneType' object is not callable"
    assert made(before, after, said) == [after.replace("pred(row)", "(row if pred is None else pred(row))")]
    assert made(before, after.replace("pred=None", "pred=bool"), said) == []
    assert made(before, after.replace("pred(row)", "pred(row, 1)"), said) == []


def test_any_iterable_where_the_answer_wants_a_list() -> None:
    before = "def dot(one, other):\n    return sum(map(mul, one, other))\n"
    after = (
        'def dot(one, other, strict=False):\n    """Multiply."""\n    if strict and len(one) != len(other):\n'
        "        raise ValueError('length')\n    return sum(map(mul, one, other))\n"
    )
    one, first, other = made(
        before, after, "dot(iter([1]), [1]) ... object of type 'list_iterator' has no len()", code="not-as-before"
    )
    assert "    one = list(one)\n    if strict" in first
    assert "    other = list(other)\n    if strict" in other
    assert '    """Multiply."""\n    one = list(one)\n    other = list(other)\n    if strict' in one


@pytest.mark.parametrize("word", ["lazily", "infinite", "a generator"])
def test_what_may_be_endless_is_not_made_a_list(word: str) -> None:
    before = "def head(items):\n    return next(iter(items))\n"
    after = (
        f'def head(items):\n    """Go {word}."""\n    if not items:\n        return 0\n    return next(iter(items))\n'
    )
    assert made(before, after, "head(iter([])) raises StopIteration", code="not-as-before") == []
    assert made(before, after.replace(word, "on"), "head(iter([]))", code="not-as-before") != []


def test_a_keyword_is_taken_out_before_the_others_are_handed_on() -> None:
    before = "def without(d, **kwargs):\n    made = factory(kwargs)\n    return made\n"
    after = before.replace("    made", "    strict = kwargs.get('strict', False)\n    made", 1)
    (one,) = made(before, after, "TypeError: without() got an unexpected keyword argument 'strict'")
    assert "    strict = kwargs.pop('strict', False)\n" in one


FIRST = "def first(items):\n    return next(iter(items))\n"
GIVES_NONE = "first([]) raised StopIteration before the change; it must go on to do that, but now it gives None"


def test_what_is_given_none_is_told_from_what_is_given_nothing() -> None:
    after = (
        "def first(items, default=None):\n    for item in items:\n        return item\n"
        "    if default is not None:\n        return default\n    return next(iter(items), None)\n"
    )
    found = made(FIRST, after, GIVES_NONE, code="not-as-before")
    assert found[0].startswith("_MISSING = object()\n\n\ndef first(items, default=_MISSING):\n")
    assert "    if default is not _MISSING:\n" in found[0]


def test_without_the_new_parameter_the_old_lines_do_the_work() -> None:
    after = "def first(items, default=None):\n    return next(iter(items), default)\n"
    (one,) = made(
        f"no_default = '__none__'\n\n\n{FIRST}",
        f"no_default = '__none__'\n\n\n{after}",
        GIVES_NONE,
        code="not-as-before",
    )
    assert "_MISSING" not in one
    scope: dict[str, object] = {}
    exec(one, scope)
    first = scope["first"]
    assert callable(first)
    assert (first([1]), first([], 7), first([], None)) == (1, 7, None)
    with pytest.raises(StopIteration):
        first([])


def test_a_default_of_none_that_the_task_states_stays() -> None:
    after = "def first(items, default=None):\n    return next(iter(items), default)\n"
    task = "Add a parameter default=None to first."
    assert made(FIRST, after, GIVES_NONE, code="not-as-before", task=task) == []


def test_none_that_counts_is_told_from_nothing() -> None:
    before = "@cache\ndef top(items):\n    return max(items)\n"
    after = "@cache\ndef top(items, default=None):\n    return max(items) if default is None else default\n"
    edits = (edit(before, after),)
    ((one,), _) = without_evident("Return default if it was passed (also if it is None).", edits)
    assert (
        (one.after or b"").decode().startswith("_MISSING = object()\n\n\n@cache\ndef top(items, default=_MISSING):\n")
    )
    assert without_evident("Return default if it was passed.", edits) == (edits, ())


def evident(before: str, after: str, task: str = "Do it.") -> str:
    ((one,), _) = without_evident(task, (edit(before, after),))
    return (one.after or b"").decode()


@pytest.mark.parametrize(
    ("task", "line", "stands"),
    [
        ("keep='' is kept", "r'[^a-z' + keep + r']'", "r'[^a-z' + re.escape(keep) + r']'"),
        ("keep='' is kept", "f'[^a-z{keep}]'", "f'[^a-z{re.escape(keep)}]'"),
        ("keep='' is kept", "keep", "keep"),
        ("keep='' is kept", "r'[^a-z' + old + r']'", "r'[^a-z' + old + r']'"),
        ("keep is a pattern", "r'[^a-z' + keep + r']'", "r'[^a-z' + keep + r']'"),
    ],
)
def test_a_new_parameter_in_a_pattern_says_what_it_says(task: str, line: str, stands: str) -> None:
    before = "import re\n\n\ndef alone(text, old=''):\n    return re.sub('[^a-z]', '', text)\n"
    after = f"import re\n\n\ndef alone(text, old='', keep=''):\n    return re.sub({line}, '', text)\n"
    assert evident(before, after, task) == after.replace(line, stands)


ALL = "import os\n"
DISTINCT = "\n\ndef all_distinct({}):\n    return len(set(iterable)) == len(iterable)\n"


@pytest.mark.parametrize("parameter", ["iterable", "iterable: Iterable[int]", "iterable=()"])
def test_the_length_of_an_iterable_is_seen_without_a_check(parameter: str) -> None:
    after = ALL + DISTINCT.format(parameter)
    assert "):\n    iterable = list(iterable)\n    return len(set" in evident(ALL, after)


def test_what_is_not_called_an_iterable_or_was_measured_before_is_left() -> None:
    after = ALL + DISTINCT.format("iterable")
    renamed = after.replace("iterable", "items")
    assert evident(ALL, renamed) == renamed
    typed = renamed.replace("(items):", "(items: Iterable[int]):")
    assert "items = list(items)" in evident(ALL, typed)
    before = after.replace("==", "!=")
    assert evident(before, after) == after
    own = after.replace("    return", "    iterable = tuple(iterable)\n    return")
    assert evident(ALL, own) == own
    lazy = after.replace("    return", '    """Go lazily."""\n    return')
    assert evident(ALL, lazy) == lazy


def test_a_method_of_texts_on_what_an_example_gives_as_a_number() -> None:
    before = 'def nth(number):\n    """Say it.\n\n    >>> nth(1)\n    \'1th\'\n    """\n    return f"{number}th"\n'
    after = before.replace("    return", "    number = number.strip()\n    return")
    assert "    if isinstance(number, str):\n        number = number.strip()\n" in evident(before, after)
    texts = before.replace("nth(1)", "nth('1')"), after.replace("nth(1)", "nth('1')")
    assert evident(*texts) == texts[1]
    numbers = after.replace(".strip()", ".bit_length()")
    assert evident(before, numbers) == numbers


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.js", SHORT, SHORT.replace("0", "1")),
        ("a.py", "", SHORT),
        ("a.py", SHORT, "def short(text:\n"),
        ("a.py", SHORT + "\ndef b():\n    return 1\n", SHORT.replace("0", "1") + "\ndef b():\n    return 2 < 3\n"),
        ("a.py", SHORT, "def short(text):\r\n    return len(text) < 3\r\n"),
    ],
    ids=["another language", "a new file", "no Python", "two functions", "line ends of DOS"],
)
def test_other_answers_are_left_alone(path: str, before: str, after: str) -> None:
    assert (
        righted("Do it.", (edit(before, after, path),), CheckFailed("AssertionError", code="checks-failed", hint=""))
        == ()
    )


def test_all_that_is_made_parses() -> None:
    before = "class A:\n    def f(self, n, *, of=()):\n        return [x for x in of if x > n]\n"
    after = before.replace("        return", "        if n < 0 or len(of) >= 2: return []\n        return")
    for said in ("AssertionError", "iter([1])", "'<' not supported between instances of 'NoneType' and 'int'"):
        for text in made(before, after, said):
            ast.parse(text)
            assert text not in {before, after}


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("iterable=None", "if not iterable:\n        return 0\n    return sum(iterable)"),
        ("iterable: Iterable[int] | None", "if not iterable:\n        return 0\n    return sum(iterable)"),
        ("it", "if not it:\n        raise ValueError\n    return next(it)"),
        ("it: dict", "return it['k'] + len(it)"),
        ("it", "it[0] = len(it)\n    return it"),
        ("iterable", "if isinstance(iterable, str):\n        return 1\n    return len(iterable)"),
        ("iterable", "return iterable[:3] if len(iterable) > 3 else iterable"),
        ("iterable, n=1", "if not iterable:\n        return []\n    return list(islice(iterable, n))"),
        ("iterable", "if not iterable:\n        return 0\n    return iterable.pop()"),
    ],
)
def test_an_iterable_that_is_more_than_gone_through_is_left(header: str, body: str) -> None:
    after = f"{ALL}\n\ndef f({header}):\n    {body}\n"
    assert evident(ALL, after) == after
    waits = after.replace("def f", "async def f")
    assert evident(ALL, waits) == waits


@pytest.mark.parametrize(
    "body",
    [
        "value = d.get(k, default)\n    if not value and default is None:\n        raise KeyError\n    return value",
        "return h(d, default=default) if default is None else h(d)",
        "default = default or d.get('x')\n    if default is None:\n        raise KeyError\n    return default",
        "if default is None:\n        return d[k]\n    return default(k)",
    ],
    ids=["with another test", "handed on", "set anew", "called"],
)
def test_none_that_is_more_than_given_back_is_left(body: str) -> None:
    before = "def get(d, k):\n    return d[k]\n"
    after = f"def get(d, k, default=None):\n    {body}\n"
    task = "Add a parameter default to get; return it where the key is missing, even if it is None."
    assert evident(before, after, task) == after


@pytest.mark.parametrize(
    "body",
    [
        "ts = fromtimestamp(ts)\n    ts = ts.replace(tzinfo=None)\n    return ts",
        "x = [ts] if isinstance(ts, int) else ts\n    if ts.count(1) > 1:\n        raise ValueError\n    return x",
        "if isinstance(ts, str):\n        ts = ts.strip()\n    return ts",
        "ts = ts.strip(); other = ts\n    return other",
        "text = text.strip()\n    return text",
    ],
    ids=["set before", "asked for its type", "guarded already", "two in a line", "another parameter"],
)
def test_a_text_is_only_guarded_where_that_is_plain(body: str) -> None:
    before = 'def f(ts, text=""):\n    """Do.\n\n    >>> f(3)\n    """\n    return ts\n'
    after = before.replace("return ts", body)
    assert evident(before, after) == after


def test_a_mark_is_no_value_for_nothing_given() -> None:
    after = "MARKER = '#'\n\n\ndef first(items, default=None):\n    return items[0] if default is None else default\n"
    before = f"MARKER = '#'\n\n\n{FIRST}"
    found = made(before, after, GIVES_NONE, code="not-as-before")
    assert found[0].startswith("MARKER = '#'\n\n\n_MISSING = object()\n\n\ndef first(items, default=_MISSING):")


def test_a_keyword_taken_out_may_be_missing() -> None:
    before = "def without(d, **kw):\n    return factory(kw)\n"
    after = "def without(d, **kw):\n    if kw.get('strict'):\n        raise KeyError\n    return factory(kw)\n"
    (one,) = made(before, after, "unexpected keyword argument 'strict'")
    assert "if kw.pop('strict', None):" in one


def test_a_comparison_within_another_test_keeps_together() -> None:
    before = "def f(n):\n    return n\n"
    after = "def f(n):\n    if not n > 3:\n        return 0\n    return n\n"
    (one,) = made(before, after, "'>' not supported between instances of 'NoneType' and 'int'", code="not-as-before")
    assert "if not (n is not None and n > 3):" in one


def test_an_old_test_before_new_lines_is_not_touched() -> None:
    before = "def f(s):\n    if s.startswith('a'):\n        return 1\n    return 0\n"
    assert made(before, before.replace("1", "2"), "'int' object has no attribute 'startswith'") == []


def test_methods_have_slips_too_and_what_stands_beside_them_is_looked_at() -> None:
    before = "class A:\n    def short(self, text):\n        return text[0]\n"
    after = before.replace("        return", "        if len(text) < 4:\n            return text\n        return")
    assert "if len(text) <= 4:" in made(before, after, "AssertionError")[0]
    assert made(f"LIMIT = 1\n{before}", f"LIMIT = 2\n{after}", "AssertionError") == []
    assert made(before, f"import re\n{after}", "AssertionError") != []


def test_what_is_too_deep_is_left_alone() -> None:
    deep = "def g(x):\n    if x == 0:\n        return 0\n" + "".join(
        f"    elif x == {n}:\n        return {n}\n" for n in range(900)
    )
    assert made(f"{deep}\n\n{SHORT}", f"{deep}\n\n{SHORT.replace('0', '1')}", "AssertionError") == []
