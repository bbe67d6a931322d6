"""Changes that need no model: made where the words of a task name them, and nowhere else."""

from __future__ import annotations

import textwrap

import pytest

from workbench.crew.plain.finding import MOST, plain_changes
from workbench.model import Source


def texts(task: str, code: str, name: str = "work", path: str = "a.py") -> list[str]:
    source = Source(path=path, content=textwrap.dedent(code).encode("utf-8"))
    return [(made.edits[0].after or b"").decode("utf-8") for made in plain_changes(task, source, name)]


WIND = """
    def work(speed, degrees=None):
        if degrees:
            return f"wind {speed} from {degrees}"
        return f"wind {speed}"
"""


FILL = """
    def work(songs, seconds):
        taken = []
        for song in songs:
            if song.length > seconds:
                break
            taken.append(song)
            seconds -= song.length
        return taken
"""


ROMAN = """
    def work(n):
        if not isinstance(n, int):
            raise TypeError("decimals can not be converted")
        return "I" * n
"""


COMMENT = "def work(line):\n    return line.startswith('#')\n"


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        ("Bug: work(7, 0) says only 'wind 7'; 0 is north.", WIND, "if degrees is not None:"),
        ("Zero counts too.", "def work(n):\n    return n or 5\n", "return (5 if n is None else n)"),
        (
            "An empty text is one.",
            "def work(t=None):\n    if not t:\n        return 1\n    return 2\n",
            "if t is None:",
        ),
        (
            "Treat an empty name like none.",
            "def work(n):\n    if n is None:\n        return 1\n    return n\n",
            "if not n:",
        ),
        (
            "A name of only whitespace counts as none.",
            "def work(n):\n    if n is None:\n        return 1\n    return n\n",
            "if (n is None or not n.strip()):",
        ),
        ("It should skip that song and go on with the ones after it.", FILL, "            continue\n"),
        (
            "Skip rows that are no numbers, instead of raising.",
            "def work(rows):\n    out = []\n    for row in rows:\n        if not row.isdigit():\n"
            "            raise ValueError(row)\n        out.append(int(row))\n    return out\n",
            "            continue\n",
        ),
        ("work(True) should raise TypeError.", ROMAN, "if (isinstance(n, bool) or not isinstance(n, int)):"),
        (
            "Visits that only touch do not overlap.",
            "def work(a, b):\n    return a.start <= b.end and b.start <= a.end\n",
            "return a.start < b.end and b.start < a.end",
        ),
        ("Both ends inclusive.", "def work(a, b):\n    return list(range(a, b))\n", "list(range(a, b + 1))"),
        (
            "work(None) fails with a TypeError; it should be False.",
            "def work(n):\n    try:\n        return n == int(n)\n    except ValueError:\n        return False\n",
            "except (ValueError, TypeError):",
        ),
        (
            "The whole text has to match.",
            "import re\n\n\ndef work(text):\n    return re.match('[a-z]+', text)\n",
            "re.fullmatch('[a-z]+', text)",
        ),
        (
            "Sort by the order of LEVELS backwards.",
            "LEVELS = ['low', 'high']\n\n\ndef work(counts):\n    return sorted(counts)\n",
            "sorted(counts, key=LEVELS.index, reverse=True)",
        ),
        ("Newest first.", "def work(a):\n    return sorted(a, key=age)\n", "sorted(a, key=age, reverse=True)"),
        ("Oldest first.", "def work(a):\n    a.sort(reverse=True)\n    return a\n", "    a.sort()\n"),
        ("List them in any case.", "def work(a):\n    return sorted(a)\n", "sorted(a, key=str.lower)"),
        ("Keep the order.", "def work(a):\n    return list(set(a))\n", "list(dict.fromkeys(a))"),
        ("Use the last dot.", "def work(t):\n    return t.partition('.')\n", "t.rpartition('.')"),
        ("Split at the first '=' only.", "def work(t):\n    return t.split('=')\n", "t.split('=', 1)"),
        ("Every begun hour counts, round up.", "def work(m):\n    return m // 60\n", "return (-(-m // 60))"),
        (
            "A missing key gives 'unknown'.",
            "def work(row):\n    return row['name']\n",
            "return row.get('name', 'unknown')",
        ),
        (
            "Keep every book without an isbn.",
            "def work(isbn, seen):\n    if isbn in seen:\n        return 1\n    return 2\n",
            "if isbn and isbn in seen:",
        ),
        (
            "The caller's list is not to be changed.",
            "def work(rows):\n    rows.sort()\n    return rows\n",
            "    rows = rows.copy()\n    rows.sort()\n",
        ),
        (
            "No blank before the dots.",
            "def work(t, n):\n    return t[: n - 3] + '...'\n",
            "t[: n - 3].rstrip() + '...'",
        ),
        (
            "Put a space after the colon: '{1: 2}' instead of '{1:2}'.",
            "def work(a, b):\n    return f'{a}:{b}'\n",
            "return f'{a}: {b}'",
        ),
        (
            "It should also accept a position with a space and no comma.",
            "def work(t):\n    a, b = t.split(',')\n    return a, b\n",
            "t.replace(',', ' ').split()",
        ),
        (
            "Addresses may also be separated by ';'.",
            "def work(t):\n    return t.split(',')\n",
            "t.replace(';', ',').split(',')",
        ),
        ("Also accept a decimal comma.", "def work(t):\n    return float(t)\n", "float(t.replace(',', '.'))"),
        ("Allow underscores in it.", "def work(t):\n    return int(t[1:])\n", "int(t[1:].replace('_', ''))"),
        ("work(1000) gives '1000 g'.", "def work(n):\n    return 'kg' if n > 1000 else 'g'\n", "if n >= 1000 else"),
        (
            "Free from 50.",
            "FREE = 50\n\n\ndef work(n, most=9):\n    if n > most:\n        return 2\n    return n > FREE\n",
            "return n >= FREE",
        ),
        ("A semicolon ';' begins a comment as well.", COMMENT, "line.startswith(('#', ';'))"),
        ("It should also end with '.yml'.", "def work(t):\n    return t.endswith(('.yaml',))\n", "(('.yaml', '.yml'))"),
        ("'on' means yes, too.", "def work(t):\n    return t in {'yes', '1'}\n", "t in {'yes', '1', 'on'}"),
        ("Accept 'on' as well.", "def work(t):\n    return t == 'yes'\n", "return t in ('yes', 'on')"),
        ("Accept 'on' as well.", "def work(t):\n    return t != 'yes'\n", "return t not in ('yes', 'on')"),
        (
            "With the dots it should have at most width characters.",
            "def work(t, width):\n    return t[:width].rstrip() + '...'\n",
            "t[:width - 3].rstrip() + '...'",
        ),
        (
            "work('3x rye') raises a ValueError.",
            "def work(t):\n    n, what = t.split(' x ', 1)\n    return int(n), what.strip()\n",
            "t.split('x', 1)",
        ),
        (
            "Return that of which there is least first.",
            "def work(kilos):\n    return sorted(one for one, much in kilos.items() if much)\n",
            "key=kilos.get)",
        ),
        (
            "The most frequent first.",
            "def work(counts):\n    return sorted(counts.items())\n",
            "sorted(counts.items(), key=lambda item: item[1], reverse=True)",
        ),
        (
            "Add an optional parameter end='...' to work. It must still not be longer.",
            "def work(text, length=40):\n    return text[: length - 3].rstrip() + '...'\n",
            "def work(text, length=40, end='...'):\n    return text[: length - len(end)].rstrip() + end\n",
        ),
        (
            "Add an optional parameter currency, 'EUR' by default.",
            'def work(n: int) -> str:\n    """Say it."""\n    return f"{n:.2f} EUR"\n',
            'def work(n: int, currency: str = "EUR") -> str:\n    """Say it."""\n    return f"{n:.2f} {currency}"\n',
        ),
        (
            "Give work an argument `most`, default 60.",
            "MOST = 60\n\n\ndef work(*all, sep=1):\n    return all[:MOST]\n",
            "def work(*all, sep=1, most=MOST):\n    return all[:most]\n",
        ),
        (
            "A keyword sep=2 for the second one.",
            "class A:\n    def work(self):\n        return 2, 2\n",
            "    def work(self, sep=2):\n        return 2, sep\n",
        ),
        (
            "work raises a KeyError when it is free already. It should do nothing then.",
            "def work(taken, seat):\n    taken.remove(seat)\n",
            "    taken.discard(seat)\n",
        ),
        (
            "work raises a ValueError when it is not there; ignore that.",
            "def work(taken, seat):\n    taken.remove(seat)\n",
            "    if seat in taken:\n        taken.remove(seat)\n",
        ),
        (
            "work raises a KeyError for a missing one. Just return None.",
            "def work(taken, seat):\n    return taken.pop(seat)\n",
            "taken.pop(seat, None)",
        ),
        (
            "work raises a KeyError for a missing one. It should do nothing.",
            "def work(taken, seat):\n    del taken[seat]\n",
            "    taken.pop(seat, None)\n",
        ),
        ("work(3) gives '3;' now, it should be '3,'.", "def work(n):\n    return str(n) + ';'\n", "str(n) + ','"),
    ],
)
def test_what_the_words_name_is_changed(task: str, code: str, written: str) -> None:
    made = texts(task, code, "A.work" if code.startswith("class") else "work")
    assert any(written in text for text in made)
    assert len(made) <= MOST


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("Make it faster.", WIND),
        ("Write the speed in knots.", FILL),
        ("Say what is wrong with n.", ROMAN),
        ("Write a comma behind it.", "def work(t):\n    return t.split(';')\n"),
        (
            "Strip spaces around the parts, with or without commas.",
            "def work(t):\n    return [one.strip() for one in t.split(',')]\n",
        ),
        ("Commas are accepted already.", "def work(t):\n    return t.split(',')\n"),
        # A word of the task that is nowhere compared, a text that is cut, no number that the task has.
        ("Say 'on' as well.", "def work(t):\n    return t\n"),
        ("Accept 'on' as well.", "def work(t):\n    return t in names\n"),
        ("It may be longer.", "def work(t):\n    return t[1:] + '...'\n"),
        ("work(5) is wrong.", "def work(n):\n    return n > 1000\n"),
        ("work('3 x rye') is wrong.", "def work(t):\n    return t.split(' x ', 1)\n"),
        # No parameter that is new, none with a value that stands there, one whose name means something else there.
        ("Let the parameter n=3 be.", "def work(n):\n    return 3\n"),
        ("Add a parameter m=3.", "def work(n):\n    return '3', True\n"),
        ("Add a parameter m=3.", "def work(n):\n    m = 3\n    return m\n"),
        ("Add a parameter to work that says so, 3 by default.", "def work(n):\n    return 3\n"),
        ("Add a parameter m=None.", "def work(n):\n    return None\n"),
        # What is on or off is no value that could be nothing.
        ("Zero counts too.", "def work(n, loud=False):\n    if loud:\n        return 1\n    return n\n"),
        # It is no number that is asked for, or no truth value passes already.
        ("work(True) is wrong.", "def work(n):\n    return isinstance(n, str)\n"),
        ("work(True) is wrong.", "def work(n):\n    return isinstance(n, (int, bool))\n"),
        # The last line of a loop's body may as well be left out.
        ("Skip it.", "def work(a):\n    for one in a:\n        return one\n"),
        # Two samples that differ in more than one way.
        ("work(1) gives 'a-b;c' now, it should be 'a+b,c'.", "def work(n):\n    return 'a-b;c'\n"),
    ],
)
def test_nothing_else_is(task: str, code: str) -> None:
    assert texts(task, code) == []


def test_the_comparison_that_has_the_number_is_the_only_one_that_is_changed() -> None:
    code = "def work(low, high):\n    if low < 0:\n        return 1\n    return high > 30\n"
    assert texts("There is none when the low is exactly 0.", code) == [code.replace("low < 0", "low <= 0")]


def test_of_spans_that_only_touch_both_ends_are_changed_at_once() -> None:
    code = "def work(a, b):\n    return a.start <= b.end and b.start <= a.end\n"
    task = "work says yes when one ends at 20:00 and the next begins then. These do not overlap."
    assert "a.start < b.end and b.start < a.end" in texts(task, code)[0]


def test_without_a_number_those_that_stand_together_come_first() -> None:
    code = "def work(a, b, c):\n    if a < b and b < c:\n        return a > c\n    return 1\n"
    together, *single = texts("It should be inclusive.", code)
    assert "a <= b and b <= c" in together
    assert [text.count("=") for text in single] == [1, 1, 1]


def test_a_place_in_a_list_is_no_key() -> None:
    assert texts("A missing item gives None.", "def work(row):\n    return row[0] + row[-1] + row[1:]\n") == []


def test_methods_are_found_by_their_qualified_name_and_others_stay() -> None:
    code = "class A:\n    def work(self, n):\n        return n or 1\n\n    def other(self, n):\n        return n or 1\n"
    (made,) = texts("Zero counts.", code, "A.work")
    assert made == code.replace("n or 1", "(1 if n is None else n)", 1)


def test_what_cannot_be_read_is_left_alone() -> None:
    assert texts("Zero counts.", "def work(n:\n") == []
    assert texts("Zero counts.", "def work(n):\n    return n or 1\n", path="a.js") == []
    assert texts("Zero counts.", "def work(n):\r\n    return n or 1\r\n") == []
    assert texts("Zero counts.", "def work(n):\n    return n or 1\n", "nothing") == []


READING = (
    "def work(line):\n    ph, degrees = line.split(';')\n"
    "    return Reading(float(ph), float(degrees) if degrees else None)\n"
)


def test_a_comma_is_read_in_each_number() -> None:
    made = plain_changes(
        "It should read numbers with a comma too.", Source(path="a.py", content=READING.encode()), "work"
    )
    wanted = READING.replace("(ph)", "(ph.replace(',', '.'))").replace(
        "float(degrees)", "float(degrees.replace(',', '.'))"
    )
    assert wanted in [(one.edits[0].after or b"").decode() for one in made]
