"""Names that the old lines clean at every look are cleaned where new lines hand them on; and nothing else is."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident
from workbench.crew.answers.written_out import written_out
from workbench.crew.slips.finding import righted
from workbench.errors import CheckFailed
from workbench.model import Excerpt, FileEdit

START = "def start(text):\n    return parse(text.strip(), 1)\n"


def test_a_name_is_cleaned_as_ever_where_it_is_handed_on() -> None:
    after = "def start(text):\n    return iso(text) if 'T' in text else parse(text.strip(), 1)\n"
    assert evident("start should take a T too.", START, after) == after.replace("iso(text)", "iso(text.strip())")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (START, START.replace("    return", "    if ',' in text:\n        raise Wrong(text)\n    return")),
        # It is cleaned once for all, handed to the function itself, only asked about, or not cleaned at every look.
        (START, "def start(text):\n    text = text.strip()\n    return iso(text) or parse(text, 1)\n"),
        (START, START.replace("    return", "    if isinstance(text, int) or not text:\n        return 0\n    return")),
        (START.replace("1)", "text)"), "def start(text):\n    return iso(text) or parse(text.strip(), text)\n"),
        ("def start(text):\n    return parse(text.strip('-'))\n", "def start(text):\n    return iso(text)\n"),
    ],
)
def test_what_is_cleaned_otherwise_or_need_not_be_stays(before: str, after: str) -> None:
    assert evident("start should take a T too.", before, after) == after


TEXT = "def text(self):\n    return f'#{self.number} {self.name}: {self.seats} seats'\n"
TEST = Excerpt(path="test_a.py", first=1, last=1, text="assert Booking(7, 'Ada').text() == '#7 Ada: 1 seat'\n")


def said(new: str, task: str = "Say seat if there is one.") -> str:
    after = TEXT.replace("    return", f"    if self.seats == 1:\n        return {new}\n    return")
    return written_out(task, [FileEdit(path="a.py", before=TEXT.encode(), after=after.encode())], [TEST])


def test_what_only_gives_out_the_words_of_a_test_is_told_so() -> None:
    assert "'Ada' of the example written out" in said("f'#7 Ada: 1 seat'")
    assert "'Ada' of the example written out" in said("'#7 Ada: 1 seat'")
    assert said("f'#{self.number} {self.name}: 1 seat'") == ""
    assert said("'one seat alone'", "It should be 'one seat alone'.") == ""
    assert written_out("", [], [TEST]) == ""


FIND = "def find(name):\n    return table.get(name.lower())\n"
TAKE = "def start(text):\n    for row in rows:\n        parse(text.strip(), row)\n"


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        # Who asks for it as it comes, or no longer cleaned, gets that.
        ("Add exact=False.", FIND, "def find(name, exact=False):\n    return table.get(name) or name.lower()\n"),
        ("A should not be a.", FIND, "def find(name):\n    return table.get(name)\n"),
        ("A is tried first.", FIND, "def find(name):\n    return table.get(name) or table.get(name.lower())\n"),
        ("Mind the case.", FIND, "def find(name):\n    return known(name) or table.get(name.lower())\n"),
        ("Say it.", FIND, FIND.replace("    return", "    log.info('%s', name)\n    return")),
        ("Say it.", FIND, FIND.replace("    return", "    print(name)\n    return")),
        ("Collect it.", FIND, FIND.replace("    return", "    wrong.append(KeyError(name))\n    return")),
        # It may be nothing, or something else.
        ("Try it.", FIND, FIND.replace("    return", "    if name is None:\n        return other(name)\n    return")),
        ("Try it.", FIND, FIND.replace("    return", "    name += fix(name)\n    return")),
        ("Try it.", FIND, FIND.replace("    return", "    name: str = fix(name)\n    return")),
        ("Try it.", FIND, FIND.replace("    return", "    each = lambda name: fix(name)\n    return")),
    ],
)
def test_a_name_that_may_be_meant_as_it_comes_stays(task: str, before: str, after: str) -> None:
    assert evident(task, before, after) == after


def test_elements_that_may_be_none_are_not_asked_cleaned() -> None:
    before = "def items(xs):\n    return [x.strip() for x in xs]\n"
    after = before.replace("xs]", "xs if x]")
    assert evident("Leave out what is empty.", before, after) == after.replace("if x]", "if x.strip()]")
    assert evident("Leave out None and what is empty.", before, after) == after
    text = before.replace("[x", "f'ä{[x").replace("]\n", "]}'\n")
    assert "if x" in evident("Leave out what is empty.", text, text.replace("xs]", "xs if x]"))


@pytest.mark.parametrize(
    ("decorator", "call"),
    [("@classmethod", "()"), ("@cache", "()"), ("@property", ""), ("@functools.cached_property", "")],
)
def test_only_what_is_read_like_a_field_is_not_called(decorator: str, call: str) -> None:
    before = f"class Hall:\n    {decorator}\n    def seats(self):\n        return 1\n\n\ndef f(hall):\n    return 1\n"
    after = f"{before[: -len('1') - 1]}hall.seat()\n"
    fault = CheckFailed("'Hall' object has no attribute 'seat'", code="checks-failed", hint="")
    found = righted("", [FileEdit(path="a.py", before=before.encode(), after=after.encode())], fault)
    assert (found[0].edits[0].after or b"").decode() == after.replace("seat()\n", f"seats{call}\n")


def test_words_of_a_test_that_cannot_be_written_to_a_file_are_read() -> None:
    test = TEST.model_copy(update={"text": "assert text() == 'a \\ud800 of nothing'\n"})
    edit = FileEdit(path="a.py", before=TEXT.encode(), after=TEXT.replace("self.name", "self.nick").encode())
    assert written_out("", [edit], [test]) == ""


NONE = Excerpt(path="test_a.py", first=1, last=1, text="assert Booking(7).text() == 'no name, 1 seat'\n")


def test_what_a_task_says_over_two_lines_it_says_itself() -> None:
    after = TEXT.replace("    return", "    if not self.name:\n        return 'no name, 1 seat'\n    return")
    edit = FileEdit(path="a.py", before=TEXT.encode(), after=after.encode())
    assert written_out("It should be no name,\n  1 seat.", [edit], [NONE]) == ""
    assert "'no name, 1 seat'" in written_out("It should be told.", [edit], [NONE])


GREETS = "def greet(name, kind='party'):\n    return f'Dear {name}'\n"


@pytest.mark.parametrize(
    ("new", "test", "given"),
    [
        ("'Best wishes, Anna!'", "assert greet('Anna', kind='x') == 'Best wishes, Anna!'", "Anna"),
        ("f'Best wishes, Anna{kind}'", "assert greet('Anna') == 'Best wishes, Annaparty'", "Anna"),
        ("TEXTS.get(kind, 'Best, Anna!').format(name=name)", "assert greet(name='Anna') == 'Best, Anna!'", "Anna"),
        ("f'Best wishes, {name}!'", "assert greet('Anna') == 'Best wishes, Anna!'", ""),
        # What is passed may well be asked for, or given out as it is.
        ("'Best wishes' if name == 'Anna' else ''", "assert greet('Anna') == 'Best wishes'", ""),
        ("{'Anna': 'Best wishes'}[name]", "assert greet('Anna') == 'Best wishes'", ""),
        ("'Anna'", "assert greet('Anna') == 'Anna'", ""),
        ("'Best wishes, Annabel'", "assert greet('Anna') == 'Best wishes, Annabel'", ""),
        ("'Best x'", "assert greet('x') == 'Best x'", ""),
        # A kind is asked for, and others pass something to what is not the function.
        ("'party time' if kind == 'party' else ''", "assert greet('Ann', 'party') == 'party time'", ""),
        ("'open since today' if kind == 'open' else ''", "assert greet('A', 'open') == 'open since today'", ""),
        ("'Best, Anna!' if name == 'Anna' else ''", "assert greet('Anna') == 'Best, Anna!'", "Anna"),
        ("'no name'", "assert greet('A') == 'no name'\nassert text.count('name')", ""),
    ],
)
def test_what_a_test_passes_is_not_to_be_written_out_even_if_the_task_shows_it(new: str, test: str, given: str) -> None:
    edit = FileEdit(path="a.py", before=GREETS.encode(), after=GREETS.replace("f'Dear {name}'", new).encode())
    tests = [Excerpt(path="test_a.py", first=1, last=1, text=f"{test}\n")]
    task = "What is open gives 'open since today'. 'Best wishes, Anna!' Best, Annabel, Best x, 'no name'"
    words = written_out(task, [edit], tests)
    assert (f"has {given!r} of the example written out" in words) is bool(given)


CODE = "def code(text):\n    return text.strip().upper()\n"
CLOSED = "def code(text):\n    return text{}.replace(' ', '').upper()\n"


def test_a_text_is_stripped_as_ever_where_more_is_taken_out() -> None:
    task = "code should drop the blanks inside as well"
    assert evident(task, CODE, CLOSED.format("")) == CLOSED.format(".strip()")


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        ("code should keep blanks at the end", CODE, CLOSED.format("")),
        ("code should no longer strip", CODE, CLOSED.format("")),
        ("code should drop blanks", CODE.replace(".strip()", ""), CLOSED.format("")),
        ("code should drop blanks", CODE, CLOSED.format("").replace("upper()", "strip()")),
        (
            "code should drop blanks",
            CODE,
            CODE.replace("text.strip().upper()", "''.join(text.split()).upper() or text"),
        ),
        (
            "code should drop blanks",
            CODE,
            "def code(text):\n    text = text.replace(' ', '')\n    return text.upper()\n",
        ),
    ],
)
def test_a_text_that_is_not_to_be_stripped_or_is_otherwise_is_left(task: str, before: str, after: str) -> None:
    assert evident(task, before, after) == after


def test_a_method_that_is_called_nowhere_any_more_is_called_where_an_example_misses_it() -> None:
    before, after = (
        "def tidy(text):\n    return text.strip().title()\n",
        "def tidy(text):\n    return ' '.join(text.split())\n",
    )
    fault = CheckFailed("AssertionError\n  tidy(x) gave 'a b'\n  wanted: 'A B'", code="checks-failed", hint="")
    edits = [FileEdit(path="a.py", before=before.encode(), after=after.encode())]
    found = [(one.edits[0].after or b"").decode() for one in righted("tidy should squeeze blanks", edits, fault)]
    assert after.replace("split())", "split()).title()") in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("line.strip().split('\\t')", "line.rstrip('\\n').split('\\t')"),
        ("line.strip().split('\\t')", "line.replace('\\n', '').split('\\t')"),
        ("line.strip().startswith('#')", "line.startswith('#')"),
    ],
)
def test_a_text_that_is_looked_at_as_it_comes_is_left(old: str, new: str) -> None:
    before, after = (f"def look(line):\n    return {said}\n" for said in (old, new))
    assert evident("look should go by the first column, and see an empty last one.", before, after) == after


NOTE = """def note(lines):
    counts = {}
    for line in lines:
        one, n = line.split(':')
        # here
    return counts
"""
KEPT = "counts[one.strip()] = int(n)"


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        ("counts[one] = counts.get(one, 0) + int(n)", "counts[one.strip()] = counts.get(one.strip(), 0) + int(n)"),
        (
            "if one in counts:\n            counts[one] += int(n)\n        else:\n            counts[one] = int(n)",
            "if one.strip() in counts:\n            counts[one.strip()] += int(n)\n"
            "        else:\n            counts[one.strip()] = int(n)",
        ),
        ("counts.setdefault(one, []).append(int(n))", "counts.setdefault(one.strip(), []).append(int(n))"),
        ("counts[one.strip()] = counts.get(one, 0) + 1", "counts[one.strip()] = counts.get(one.strip(), 0) + 1"),
        # It is cleaned in another way, or used for something else.
        ("one = one.strip()\n        counts[one] = counts.get(one, 0) + int(n)", ""),
        ("counts[one] = len(one) + int(n)", ""),
        ("for one in lines:\n            counts[one] = int(n)", ""),
    ],
)
def test_a_key_that_was_cleaned_is_so_still(new: str, wanted: str) -> None:
    before, after = (NOTE.replace("# here", line) for line in (KEPT, new))
    made = evident("Numbers of a name that comes twice should be added up.", before, after)
    assert made == after.replace(new, wanted or new)
    assert evident("Keep the blanks around a name.", before, after) == after


@pytest.mark.parametrize("asked", ["name in (None, '')", "name in {None}", "name == None"])
def test_a_key_that_may_be_none_is_left(asked: str) -> None:
    before = "def look(name):\n    return TABLE[name.strip()]\n"
    after = f"def look(name):\n    if {asked}:\n        return 0\n    return TABLE[name]\n"
    assert evident("look should give 0 for None.", before, after) == after


def test_a_key_that_the_task_wants_as_it_is_spelt_is_left() -> None:
    after = "def look(names, seen):\n    for one in names:\n        seen.append(one)\n"
    before = after.replace("(one)", "(one.strip().lower())")
    assert evident("look should give the names in their own spelling.", before, after) == after


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("a.js", "players === '4' ? [4, 4] : players.split('-')"),
        ("a.js", "if (players == 12) {\n    return { 12 };\n  }"),
        ("a.js", "if (players === 12) return 12;"),
        ("a.go", "if players == 12 {\n\t\treturn 12\n\t}"),
        ("a.py", "if self.players == 12:\n        return 12\n"),
    ],
)
def test_an_example_that_is_asked_for_alone_works_nothing_out(path: str, new: str) -> None:
    told = written_out("4 should be [4, 4].", [FileEdit(path=path, before=b"players", after=new.encode())], [])
    assert told.startswith(("players ==", "self.players =="))
    assert "alone; work it out of" in told


@pytest.mark.parametrize(
    ("before", "new"),
    [
        ("", "if (n === 1) return 1;"),
        ("", "if (n === 11) return 'th';"),
        ("", "if (n === 12) return n;"),
        ("", "return age >= 12 ? 12 : 0;"),
        ("", "n === 12 ? count(12) : 3"),
        ("if (n === 12) return 12;", "if (n === 12) return 12; // a dozen"),
    ],
)
def test_a_case_of_its_own_is_none_of_an_example(before: str, new: str) -> None:
    assert written_out("12 is a dozen.", [FileEdit(path="a.js", before=before.encode(), after=new.encode())], []) == ""


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.js", "return hour % 12;", "return hour === 12 ? 12 : hour % 12;"),
        ("a.py", "return hour % 12\n", "if hour == 12:\n    return 12\nreturn hour % 12\n"),
        ("a.py", "if n == 4:\n    return [4, 4]\n", "if ready:\n    if n == 4:\n        return [4, 4]\n"),
    ],
)
def test_a_number_that_stays_or_was_asked_for_before_may_be_asked_for(path: str, before: str, after: str) -> None:
    assert written_out("", [FileEdit(path=path, before=before.encode(), after=after.encode())], []) == ""
