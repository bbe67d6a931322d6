"""What is not known exactly has no answer, and whatever a file says, nothing of the machine is reached."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.unit import reckon_calls
from tests.unit.reckon_unknowns import UNKNOWN
from tests.unit.reckon_world import IMPORTS
from workbench.checks.reckon import Reckoned, reckon


def test_what_is_not_known_has_no_answer() -> None:
    known: dict[str, Reckoned] = {}
    for start in range(0, len(UNKNOWN), 10):
        questions = UNKNOWN[start : start + 10]
        answers = zip(questions, reckon(IMPORTS, questions), strict=True)
        known |= {question: answer for question, answer in answers if answer is not None}
    assert known == {}


@pytest.mark.parametrize(
    "text",
    [
        "def f(:",
        "def f(): return 1\nreturn 2",
        "def f(): return 1\ndef g(a, a): pass",
        "def f(): return 1\ndef g():\n    nonlocal x",
        "def f(): return 1\ndef g():\n    x = 1\n    global x",
        "def f(): return 1\ndef g():\n    break",
        "def f(): return 1\nclass A:\n    yield 1",
        "from os.path import *\ndef f(): return 1",
        "def f(): return 1\ntry:\n    from lib import *\nexcept ImportError:\n    pass",
        "globals()['f'] = 3\ndef g(): pass\ndef f(): return 1\nglobals().update(f=lambda: 2)",
        "def f(): return 1\nraise ValueError",
        "def f(): return 1\n1 / 0",
        "def f(): return 1\nf = unknown(f)",
        "import lib\n@lib.deco\ndef f(): return 1",
        "import lib\ndef f(): return TABLE['a']\nTABLE = {'a': 1}\nlib.fill(TABLE)",
        "import lib\ndef f(): return TABLE['a']\nOTHER = TABLE = {'a': 1}\nlib.fill(OTHER)",
        "import lib\nclass A:\n    x = 1\ndef f(): return A.x\nlib.change(A)",
        "import lib\nclass A:\n    x = 1\ndef f(): return A.x\nA.x = lib.x",
        "import lib\nN = 1\ndef change():\n    global N\n    N += 1\n    lib.go()\nchange()\ndef f(): return N",
        "import lib\nif lib.x:\n    def f(): return 1\nelse:\n    def f(): return 2",
        "try:\n    import lib\n    A = 1\nexcept ImportError:\n    A = 2\ndef f(): return A",
        "import lib\nclass B(lib.Base):\n    x = 1\ndef f(): return B.x",
        "async def f(): return 1",
        "class M(type):\n    pass\nclass A(metaclass=M):\n    x = 1\ndef f(): return A.x",
        "class A:\n    def __new__(cls): return 5\ndef f(): return A()",
        "class A(dict):\n    pass\ndef f(): return A()",
        "class A:\n    def __del__(self): pass\ndef f(): return A() and 1",
        "import sys\nsys.modules[__name__].f = lambda: 2\ndef f(): return 1",
        "from decimal import Decimal, getcontext\ngetcontext().prec = 4\ndef f(): return Decimal(1) / 3",
        "from decimal import Decimal, getcontext as g\ng().prec = 4\ndef f(): return Decimal(1) / 3",
        "import decimal\ndef g(): decimal.getcontext().prec = 4\ng()\ndef f(): return decimal.Decimal(1) / 3",
        "import calendar\ncalendar.setfirstweekday(6)\ndef f(): return calendar.monthcalendar(2024, 2)",
        "import sys\ndef g():\n    sys.modules[__name__].N = 5\nN = 1\ng()\ndef f(): return N",
        "import lib\nX = {}\nY = X\nX['a'] = lib.a()\ndef f(): return Y",
        "import lib\nclass A: pass\na = A()\nb = [a]\na.x = lib.a()\ndef f(): return hasattr(b[0], 'x')",
        "import lib\nX = [1]\nY = X\nX += lib.a()\ndef f(): return Y",
        "import lib\nX = {}\ng = lambda: X.update(a=lib.a())\ng()\ndef f(): return X",
        "import lib\nX = {}\ng = X.update\ng(a=lib.a())\ndef f(): return X",
        "import lib\nclass A:\n    x = 1\nB = A\nlib.change(B)\ndef f(): return A.x",
        "import lib\nclass A:\n    x = 1\nclass B(A): pass\nlib.change(A)\ndef f(): return B.x",
        "import lib\ndef g():\n    r = lib.a()\n    g.seen.append(1)\ng.seen = []\ng()\ndef f(): return g.seen",
        "\0",
        "\ud800",
        "(" * 5000,
        "def f(): return " + "+".join(["1"] * 20000),
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_a_file_that_is_not_known_gives_no_answers(text: str) -> None:
    assert reckon(text, ["f()"]) == (None,)


def test_a_part_that_is_not_known_spoils_only_what_uses_it() -> None:
    text = "import lib\nA = lib.a()\nB = 2\ndef f(): return B\ndef g(): return A\n@lib.x\ndef h(): pass\n"
    assert reckon(text, ["f()", "g()", "h()", "B"]) == (Reckoned("2"), None, None, Reckoned("2"))


def test_nothing_of_one_question_is_left_for_the_next() -> None:
    text = (
        "SEEN = []\nclass A:\n    n = 0\n\ndef f(x, kept=[]):\n    SEEN.append(x)\n    kept.append(x)\n    A.n += 1\n"
    )
    text += "    return SEEN, kept, A.n\n"
    assert reckon(text, ["f(1)", "f(2)"]) == (Reckoned("([1], [1], 1)"), Reckoned("([2], [2], 1)"))


@pytest.mark.parametrize(
    "slow",
    [
        "re.match('(a+)+$', 'a' * 40 + 'b')",
        "sum(itertools.repeat(1))",
        "list(itertools.count())",
        "[].extend(itertools.count())",
    ],
)
def test_what_takes_too_long_is_ended_and_earlier_answers_stay(slow: str) -> None:
    begun = time.monotonic()
    found = reckon("import re, itertools\ndef f():\n    return 1\n", ["f()", slow, "f()"])
    assert found[:2] == (Reckoned("1"), None)
    assert time.monotonic() - begun < 6


def test_a_fraction_that_would_be_long_takes_no_time_of_later_questions() -> None:
    text = "from fractions import Fraction\nfrom decimal import Decimal\n"
    asked = ["Fraction('1e999999999')", "Fraction(Decimal('1e99999999'))", "Fraction('1e3')"]
    assert reckon(text, asked) == (None, None, Reckoned("Fraction(1000, 1)"))


def test_a_loop_that_never_ends_leaves_time_for_later_questions() -> None:
    text = "def f():\n    while True:\n        pass\n\ndef g():\n    yield 1\n    yield from g()\n"
    assert reckon(text, ["f()", "list(g())", "1 + 1"]) == (None, None, Reckoned("2"))


def test_odd_questions_have_no_answers() -> None:
    assert reckon("", []) == ()
    assert reckon(
        "X = 1", ["", " ", "X", "X;X", "yield", "[x async for x in y]", "\0", "\ud800", "X\nX", "(" * 300]
    ) == (*(None, None, Reckoned("1"), None, None, None, None, None, None, None),)
    assert reckon("", [5]) == (None,)  # type: ignore[list-item]


def test_nothing_is_written_where_the_file_would_have_it_written(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text = f"import os\nopen({str(mark)!r}, 'w')\nos.mkdir({str(mark)!r})\ndef f():\n    open({str(mark)!r}, 'w')\n"
    assert reckon(text, ["f()", f"open({str(mark)!r}, 'w')"]) == (None, None)
    assert not mark.exists()


def test_the_order_of_a_set_is_known_where_it_makes_no_difference() -> None:
    text = """
def longest(words):
    return max(len(word) for word in set(words))

def joined(words):
    return ",".join(sorted(word.upper() for word in set(words)))

def first(words):
    for word in set(words):
        return word

def counted(words):
    counts = {}
    for word in set(words):
        counts[word] = words.count(word)
    return sorted(counts.items()), counts == {"a": 2, "b": 1}

def middle(words):
    return list(set(words))[1]
"""
    questions = [f"{name}(['a', 'b', 'a'])" for name in ("longest", "joined", "first", "counted")]
    questions += ["middle('abc')", "first('a')"]
    assert reckon(text, questions) == (
        *(Reckoned("1"), Reckoned("'A,B'"), None, Reckoned("([('a', 2), ('b', 1)], True)"), None, Reckoned("'a'")),
    )


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setattr(os, "environ", {"PYTHONHASHSEED": "nonsense", "PYTHONPATH": "/nowhere"})


@pytest.mark.usefixtures("bare")
def test_the_environment_makes_no_difference() -> None:
    assert reckon("", ["1 + 1"]) == (Reckoned("2"),)


@pytest.mark.slow
def test_real_looking_modules_are_known_and_never_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    plain = known = 0
    for path, questions in reckon_calls.targets().items():
        text = path.read_text(encoding="utf-8")
        found: list[Reckoned | None] = []
        for start in range(0, len(questions), 40):
            found += reckon(text, questions[start : start + 40])
        expected = reckon_calls.really(path, questions)
        for question, one, other in zip(questions, found, expected, strict=True):
            assert one in (None, other), (path, question)
            if reckon_calls.is_plain(question, path):
                plain += 1
                known += one is not None
    with capsys.disabled():
        print(f"known: {known} of {plain} calls of plain functions")
    assert known > 0.95 * plain
