"""Changes that need no model: made where the words of a task name them, and nowhere else."""

from __future__ import annotations

import textwrap
import time

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.plain_changes import MOST, plain_changes
from workbench.errors import CheckFailed
from workbench.model import Brief, Check, Proposal, Solving, Source, Verdict


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
        ("Strip spaces around the parts, with or without commas.", "def work(t):\n    return t.split(',')\n"),
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


TEN = "def ten(n):\n    return n or 10\n"
NONE_ASKED = "def ten(n):\n    return (10 if n is None else n)\n"
BETTER = fenced("def ten(n):\n    if n is None:\n        return 10\n    return n\n")
TASK = "ten(0) gives 10, but 0 counts."
FAILS = [Check(name="pytest", ok=False, output="AssertionError", seconds=1.0)]
PASSES = [Check(name="pytest", ok=True, seconds=1.0)]
GOES_FURTHER = [*PASSES, Check(name="as before", ok=False, output="ten(3) gives 4 now", seconds=1.0)]


def asked(**solving: object) -> Brief:
    tries = Solving.model_validate({"samples": 1, "retries": 0, "wrap": False, "climb": False} | solving)
    return a_brief("patch", TASK, {"a.py": TEN}, check=("pytest",), solving=tries)


def after(proposal: Proposal) -> str:
    return (proposal.edits[0].after or b"").decode()


async def test_a_change_of_the_host_is_taken_where_it_mends_what_failed_and_no_model_is_asked() -> None:
    desk = ScriptedDesk(checks=[FAILS, PASSES])
    proposal = await work(asked(), desk)
    assert after(proposal) == NONE_ASKED
    assert proposal.verdict is Verdict.CHECKED
    assert any(note.startswith("no model was asked") for note in proposal.notes)
    assert desk.tried[0] == ()
    assert not desk.asked


async def test_commands_that_pass_anyway_are_no_proof_of_it() -> None:
    desk = ScriptedDesk(BETTER, checks=[PASSES, PASSES])
    proposal = await work(asked(), desk)
    assert "    if n is None:\n" in after(proposal)
    assert any("pass as things are" in note for note in proposal.notes)


async def test_what_failed_is_not_tried_again_when_the_model_failed_too() -> None:
    wrong = fenced("def ten(n):\n    return n or 11\n")
    desk = ScriptedDesk(wrong, wrong, checks=[FAILS] * 4)
    with pytest.raises(CheckFailed):
        await work(asked(), desk)
    host = [edits for edits in desk.tried if edits and edits[0].after == NONE_ASKED.encode()]
    assert len(host) == 1


async def test_what_goes_further_is_left_to_the_model() -> None:
    desk = ScriptedDesk(BETTER, checks=[FAILS, GOES_FURTHER, PASSES])
    assert "    if n is None:\n" in after(await work(asked(), desk))


async def test_none_is_made_without_commands_or_where_slips_are_off() -> None:
    desk = ScriptedDesk(BETTER, checks=[PASSES])
    assert "    if n is None:\n" in after(await work(asked(slips=False), desk))
    desk = ScriptedDesk(BETTER)
    proposal = await work(asked().model_copy(update={"task": a_brief("patch", TASK, {"a.py": TEN}).task}), desk)
    assert proposal.verdict is Verdict.UNVERIFIED
    assert not desk.tried


async def test_a_slow_check_leaves_the_model_its_tries() -> None:
    slow, passes = ([one[0].model_copy(update={"seconds": 30.0})] for one in (FAILS, PASSES))
    code = "def ten(n, least=None):\n    least = least or 1\n    return max(least, n or 10)\n"
    made = asked(seconds=120)
    made = a_brief("patch", TASK, {"a.py": code}, check=("pytest",), solving=made.solving)
    desk = ScriptedDesk(fenced(code.replace("n or 10", "n")), checks=[slow, passes])
    assert (await work(made, desk)).verdict is Verdict.CHECKED
    assert len(desk.tried) == 2


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
