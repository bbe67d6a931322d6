"""What is put in the place of something means what it says, looks like the file and does no harm."""

from __future__ import annotations

import time

import pytest

from tests.unit.test_plain_changes import texts
from workbench.crew.plain.finding import MOST


def test_texts_before_a_place_may_be_of_more_bytes_than_signs() -> None:
    (made,) = texts("Zero counts.", "def work(n):\n    return 'größe', n or 1\n")
    assert made == "def work(n):\n    return 'größe', (1 if n is None else n)\n"


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        ("The whole text.", "def work(a, b):\n    return (a or b).match(b)\n", "return (a or b).fullmatch(b)"),
        ("The last dot.", "def work(a, b):\n    return (a + b).find('.')\n", "return (a + b).rfind('.')"),
        ("No blank name.", "def work(n=None):\n    return 1 if not n else 2\n", "(not n or not n.strip())"),
        ("No blank name.", "def work(n: str):\n    return 1 if not n else 2\n", "return 1 if not n.strip() else 2"),
        ("Inclusive.", "def work(a, b):\n    return (a <  # why\n        b) or a > 'x'\n", "    return (a <=  # why"),
        ("Inclusive.", "def work(a):\n    return range(a - 1)\n", "return range(a)"),
        ("A missing key.", 'def work(row, a):\n    return row["k", a]\n', 'return row.get(("k", a))'),
        ("Newest first.", 'def work(a):\n    return sorted(a, key=at["x"])\n', 'sorted(a, key=at["x"], reverse=True)'),
        ("Not the caller's list.", "def work(a=None):\n    a.pop()\n", "    a = None if a is None else a.copy()\n"),
        ("'a-b' instead of 'a+b'.", "def work(a):\n    return f'a+b{a:+}', 'a+b'\n", "return f'a+b{a:+}', 'a-b'"),
    ],
)
def test_what_is_put_in_means_what_it_says_and_looks_like_the_file(task: str, code: str, written: str) -> None:
    assert any(written in text for text in texts(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        # A comment would be lost.
        (
            "Skip it.",
            "def work(a):\n    for x in a:\n        if x:\n            raise E(\n"
            "                x  # why\n            )\n        y(x)\n",
        ),
        ("Newest first.", "def work(a):\n    return sorted(\n        a,  # all\n    )\n"),
        # A loop that nothing leaves does not end.
        ("Skip it.", "def work(a):\n    while True:\n        if a():\n            break\n        b()\n"),
        ("Skip it.", "def work(a):\n    for x in count():\n        if a(x):\n            break\n        b()\n"),
        # What is called is called once.
        ("True is no number.", "def work(a):\n    return isinstance(next(a), int)\n"),
        # Something else than True or False would be given out.
        ("Never keep a missing one.", "def work(a, seen):\n    return a in seen\n"),
        ("Keep the order.", "def work(a):\n    return set(a)\n"),
        # What is asked for is the negative.
        ("Zero counts.", "def work(a):\n    return 1 if -a else 2\n"),
        # Types and decorators do not run, or run at another time.
        (
            "A missing key.",
            "@known['a']\ndef work(a: dict[str, int]) -> list[int]:\n    b: set[int] = a\n    return b\n",
        ),
        # A docstring is no text that is given out; the sign of a format is none.
        ("'{1: 2}' instead of '{1:2}'.", 'def work(a):\n    """Do a:b."""\n    return f\'{a:>3}\'\n'),
        ("'a-b' instead of 'a+b'.", "def work(a):\n    return f'{a:+}'\n"),
        # The words mean something else.
        ("Ignore case.", "def work(a):\n    for x in a:\n        if x:\n            return x\n        y(x)\n"),
        # What is refused is something else than what is skipped.
        (
            "Skip lines that begin with ';' as well, they fail.",
            "def work(a):\n    for x in a:\n        if not x:\n            continue\n"
            "        if '=' not in x:\n            raise E(x)\n        y(x)\n",
        ),
        (
            "Skip lines that begin with ';'.",
            "def work(a):\n    for x in a:\n        if '=' not in x:\n            raise E(x)\n        y(x)\n",
        ),
        ("List at most 3 of them.", "def work(a):\n    return sorted(a)\n"),
        ("In this case list nothing.", "def work(a):\n    return sorted(a)\n"),
        ("Put the lower bound first.", "def work(a):\n    return sorted(a)\n"),
        ("Oldest first.", "def work(a, down):\n    return sorted(a, reverse=down)\n"),
    ],
)
def test_what_would_do_harm_is_not_made(task: str, code: str) -> None:
    assert texts(task, code) == []


def test_long_files_and_tasks_take_no_time() -> None:
    code = "def work(a):\n" + "".join(f"    b{n} = f'{{a or {n}}} {{a[\"k\"]}}'\n" for n in range(200))
    task = "Zero counts; a missing key. " + "{a}" * 3_000 + " instead of " + "{b}" * 3_000
    begun = time.process_time()
    assert len(texts(task, code)) == MOST
    assert time.process_time() - begun < 5


def test_words_between_apostrophes_are_no_value() -> None:
    made = texts("It doesn't know a missing key; it shouldn't fail.", "def work(row):\n    return row['k']\n")
    assert made == ["def work(row):\n    return row.get('k')\n"]


def test_in_a_format_only_what_is_surely_there_is_changed() -> None:
    code = 'def work(n, m):\n    return f"""\n{n} {n or 1}""" f"{m or n or 1}{n or 1}"\n'
    for text in texts("Zero counts.", code):
        assert text.count("n or 1") == 2
        assert text.count("(1 if n is None else n)") == 1


UNIT = "Add a parameter `unit='wind'` to work."


GONE = "If it is not there, simply do nothing: no ValueError."


OF_A_PATTERN = "def work(s):\n    match s:\n        case 'wind':\n            return 1\n"


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (UNIT, "def work(s):\n    return'wind'\n", "    return(unit)\n"),
        (UNIT, "def work(s):\n    return f\"{s['wind']} \"\n", ""),
        (UNIT, "def work(s):\n    return 'wind ' f'{s}'\n", ""),
        (UNIT, OF_A_PATTERN, ""),
        ("Add a parameter `n=5`.", "N = 5\ndef work(s):\n    N = 7\n    return N + s\n", ""),
        ("Add a parameter `n=5`.", "N = 5\nN += 1\ndef work(s):\n    return N + s\n", ""),
        ("Add a parameter `n=5`.", "def work(s):\n    global n\n    return 5 + s\n", ""),
        ("Add a parameter `n=5`.", "def work(s):\n    return n(5) + s\n", ""),
        (UNIT, "def work(s):\n    'wind'\n    def g():\n        'wind'\n    return g\n", ""),
        ("Add a parameter `n=007`.", "def work(s):\n    return 7\n", ""),
        ("10 counts too.", "def work(n):\n    return 0 <= n < 10\n", "    return 0 <= n <= 10\n"),
        ("-5 is one.", "def work(n):\n    return n > -5\n", "    return n >= -5\n"),
        (
            "0 is fine; at least the limit.",
            "def work(n, limit):\n    return n == 0 or n > limit\n",
            "    return n == 0 or n >= limit\n",
        ),
        (GONE, "def work(a, b):\n    a.pop((b))\n", "    a.pop((b), None)\n"),
        (GONE, "def work(a, b):\n    del a[b, 1]\n", "    a.pop((b, 1), None)\n"),
        ("'x' counts too.", "def work(a, b):\n    return (a or b) == 'y'\n", "    return (a or b) in ('y', 'x')\n"),
        (
            "It fits with the dots.",
            "def work(a, b):\n    return a[: 3 if b else 4] + '...'\n",
            "    return a[: (3 if b else 4) - 3] + '...'\n",
        ),
    ],
)
def test_what_is_put_there_means_what_it_says(task: str, code: str, written: str) -> None:
    found = texts(task, code)
    assert (written in found[0] and len(found) == 1) if written else not found


def test_a_default_that_cannot_be_read_leaves_the_other_words() -> None:
    loop = "def work(s):\n    for a in s:\n        if a:\n            break\n        print(a)\n"
    assert texts("Add a parameter `n=007`, skip it and go on.", loop) == [loop.replace("break", "continue")]


def test_an_end_that_no_word_is_about_stays_where_another_change_will_do() -> None:
    assert [one.partition("return ")[2].strip() for one in texts("Up to the limit.", WITHIN)] == [
        "0 < n < limit",
        "0 <= n <= limit",
        "0 < n <= limit",
    ]


WITHIN = "def work(n, limit):\n    return 0 <= n < limit\n"


@pytest.mark.parametrize(
    ("line", "guard"),
    [
        ("a.remove(b or c)", "if (b or c) in a:"),
        ("(a or c).remove(b)", "if b in (a or c):"),
        ("a.remove(b.strip())  # c", "if b.strip() in a:"),
        ("a.remove(b); print(b)", ""),
        ("a.remove(next(b))", ""),
        ("a.remove(b := c)", ""),
    ],
)
def test_what_is_taken_out_is_asked_for_once_and_alone(line: str, guard: str) -> None:
    found = [one for one in texts(GONE, f"def work(a, b, c):\n    {line}\n") if "if " in one]
    assert found == ([f"def work(a, b, c):\n    {guard}\n        {line}\n"] if guard else [])
