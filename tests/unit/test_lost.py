"""What a change takes away unasked, and what may go."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.dispatch import work
from workbench.crew.judging.lost import half_done, lost
from workbench.crew.judging.stated import functions
from workbench.model import Check, FileEdit, Solving, Verdict

LENGTH = """class Length:
    def __init__(self, least=None, most=None, msg=None):
        self.least = least
        self.most = most
        self.msg = msg

    def __call__(self, v, hint=""):
        if self.least is not None and len(v) < self.least:
            raise ValueError(self.msg or f"at least {self.least}{hint}")
        if self.most is not None and len(v) > self.most:
            raise ValueError(self.msg or f"at most {self.most}{hint}")
        return self.found(v)
"""
TASK = "If both are the same, say 'exactly 3' instead of at least or at most 3."


def said(after: str, task: str = TASK, path: str = "a.py") -> str:
    return lost(task, (FileEdit(path=path, before=LENGTH.encode(), after=after.encode()),))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("self.most is not None and len(v) > self.most", "len(v) > 9", "self.most"),
        ("at least {self.least}{hint}", "at least {self.least}", ""),
        ("{hint}", "", "hint"),
        ("self.msg or f", "f", "self.msg"),
        ("self.found(v)", "v", ""),
    ],
    ids=["an attribute", "one of two looks", "a parameter", "a message", "a method's call"],
)
def test_what_was_looked_at_is_looked_at(old: str, new: str, words: str) -> None:
    after = LENGTH.replace(old, new, 1 if "at least" in old else -1).replace("at most {self.most}", "at most")
    assert words in said(after) if words else said(after) == ""


def test_places_and_defaults_stay() -> None:
    task = "If both are the same, say 'exactly 3'."
    assert "must keep its parameter most" in said(LENGTH.replace("most=None, msg", "msg"), task)
    assert "the default of least must stay None" in said(LENGTH.replace("least=None", "least=0"), task)


@pytest.mark.parametrize("task", ["Ignore most from now on.", "Remove the upper bound.", "msg is no longer wanted."])
def test_what_a_task_takes_away_may_go(task: str) -> None:
    after = LENGTH.replace("self.msg or f", "f").replace("self.most is not None and len(v) > self.most", "len(v) > 9")
    assert said(after)
    assert said(after, task) == ""


def test_other_ways_to_look_are_not_judged() -> None:
    looked = LENGTH.replace("self.msg or f", "vars(self)['msg'] or f")
    assert said(looked) == ""
    assert said(LENGTH.replace("self.msg or f", "f"), path="a.js") == ""


async def test_a_checked_answer_that_lost_something_is_asked_for_again_and_not_called_checked() -> None:
    before = "def short(text, mark='.'):\n    return text[:3] + mark\n"
    loses = fenced("def short(text, mark='.'):\n    if not text:\n        return ''\n    return text[:3] + '.'\n")
    passes = [Check(name="pytest", ok=True, seconds=1.0)]
    brief = a_brief(
        "patch",
        "Let short give '' for an empty text.",
        {"a.py": before},
        check=("pytest",),
        solving=Solving.model_validate({"samples": 1, "retries": 1, "wrap": False, "slips": False}),
    )
    keeps = fenced("def short(text, mark='.'):\n    if not text:\n        return ''\n    return text[:3] + mark\n")
    desk = ScriptedDesk(loses, keeps, checks=[passes, passes])
    proposal = await work(brief, desk)
    assert "no longer looks at mark" in desk.asked[1].messages[-1].content
    assert proposal.verdict is Verdict.CHECKED
    assert b"+ mark\n" in (proposal.edits[0].after or b"")

    proposal = await work(brief, ScriptedDesk(loses, loses, loses, checks=[passes, passes, passes]))
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("no longer looks at mark" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("before", "after", "task"),
    [
        ("def f(t=10):\n    return t\n", "def f(t=30):\n    return t\n", "Wait 30 seconds instead of 10."),
        ("def f(to=[]):\n    return to\n", "def f(to=None):\n    return to or []\n", "Do not share the list."),
        ("def f(path):\n    return path\n", "def f(source):\n    return source\n", "Change path of f into source."),
        ("def f(self):\n    self.n = self.n + 1\n", "def f(self):\n    self.n += 2\n", "Count by two."),
        ("def f(self):\n    g = self.g\n    g()\n", "def f(self):\n    self.g()\n    self.g()\n", "Do it twice."),
    ],
)
def test_what_right_changes_do_is_let_pass(before: str, after: str, task: str) -> None:
    assert lost(task, (FileEdit(path="a.py", before=before.encode(), after=after.encode()),)) == ""


ENDS = """def first(items, default=None):
    items = list(items)
    for item in items:
        if item:
            return item
    return {default}
"""
NEW = "    if not items:\n        raise ValueError('empty')\n"


def ended(last: str, task: str = "Raise ValueError for no items.", before: str = "default") -> str:
    after = f"def first(items, default=None):\n{NEW}    items = list(items)\n{last}"
    edit = FileEdit(path="a.py", before=ENDS.format(default=before).encode(), after=after.encode())
    return lost(task, (edit,))


LOOP = "    for item in items:\n        if item:\n            return item or default\n"


@pytest.mark.parametrize(
    ("last", "falls"),
    [
        (LOOP, True),
        (f"{LOOP}        return default\n", True),
        (f"{LOOP}    return default\n", False),
        (f"{LOOP}    else:\n        return default\n", False),
        (f"{LOOP}            break\n    else:\n        return default\n", True),
        ("    with items:\n        return items[0] or default\n", False),
        ("    if items[0]:\n        return items[0]\n    return default\n", False),
        ("    if items[0]:\n        return items[0]\n    elif default:\n        return default\n", True),
        ("    try:\n        item = items[0]\n    except IndexError:\n        return default\n", True),
        (
            "    try:\n        item = items[0]\n    except IndexError:\n        raise\n    else:\n        return 1\n",
            False,
        ),
        ("    try:\n        return items[0]\n    finally:\n        return default\n", False),
        ("    while True:\n        return items.pop() or default\n", False),
        ("    while True:\n        if default:\n            break\n        return items.pop()\n", True),
        (
            "    match items:\n        case [a]:\n            return a\n        case _:\n            return 0\n",
            False,
        ),
        ("    match items:\n        case [one]:\n            return one or default\n", True),
        ("    yield from items or default\n", False),
        ("    while True:\n        for item in items:\n            break\n        return item or default\n", False),
        (
            "    while True:\n        for item in items:\n            default()\n        else:\n            break\n",
            True,
        ),
        (f"{LOOP.replace('return item or default', 'break')}    else:\n        return default\n", True),
        ("    for _ in items:\n        while items:\n            break\n    else:\n        return default\n", False),
        (f"{LOOP}    sys.exit(default)\n", False),
        (f"{LOOP}    parser.error('none of them')\n", False),
        (f"{LOOP}    items.raise_for_status()\n", True),
        ("    match items:\n        case [a] | a:\n            return a or default\n", False),
    ],
)
def test_what_gave_a_value_at_its_end_gives_one(last: str, falls: bool) -> None:
    assert ("must return a value at its end" in ended(last)) is falls
    assert ended(last, "Give None where no item counts, whatever default is.") == ""
    assert "at its end" not in ended(last, "Print it instead of returning it.")
    assert "at its end" not in ended(last, "Print it and do not return it.")
    assert "at its end" not in ended(last, before="None")


PLACES = """def put(self, size, most):
    if size is None:
        if most < 1:
            raise ValueError("too large")
    elif size > most:
        raise ValueError("too large")
    return size
"""
LARGE = "'too large' doesn't help: say how large, 'too large: 12 > 10'."


def raised(number: int, task: str = LARGE) -> str:
    after = PLACES.replace('"too large"', 'f"too large: {size} > {most}"', number).encode()
    return lost(task, (FileEdit(path="a.py", before=PLACES.encode(), after=after),))


def test_a_message_is_changed_wherever_it_is_raised() -> None:
    assert raised(1) == "put raised 'too large' in 2 places, and one of them still does; change each"
    assert raised(2) == ""
    assert raised(1, "Say how large it is where a size is given.") == ""


NUMBERS = """def numbers(text):
    found = []
    for part in text.split(","):
        if part:
            found.append(int(part))
    return found
"""
CAUGHT = """        if part:
            try:
                found.append(int(part))
            except ValueError:
                {then}
"""


@pytest.mark.parametrize(
    ("then", "task", "hides"),
    [
        ("continue", "Skip parts of blanks alone.", True),
        ("pass", "Skip parts of blanks alone.", True),
        ("raise TypeError(part) from None", "Skip parts of blanks alone.", False),
        ("continue", "Skip parts that are invalid.", False),
        ("continue", "Skip parts that raise ValueError.", False),
        ("continue", "Ignore what is no number.", False),
    ],
)
def test_an_exception_that_went_out_is_not_swallowed(then: str, task: str, hides: bool) -> None:
    part = "        if part:\n            found.append(int(part))\n"
    after = NUMBERS.replace(part, CAUGHT.format(then=then)).encode()
    said = lost(task, (FileEdit(path="a.py", before=NUMBERS.encode(), after=after),))
    assert ("numbers now hides what `found.append(int(part))` raised" in said) is hides


@pytest.mark.parametrize(
    ("after", "task"),
    [
        ("size <= 0 or size > most:\n        raise ValueError('too large')", "Say 'too large' for zero as well."),
        ("size is None:\n        raise ValueError('too large')", "Take the most instead of raising 'too large'."),
    ],
    ids=["two became one", "one went"],
)
def test_a_place_that_is_gone_needs_no_other_message(after: str, task: str) -> None:
    changed = f"def put(self, size, most):\n    if {after}\n    return size\n"
    was, now = (functions(text.encode())["put"] for text in (PLACES, changed))
    assert list(half_done(task, "put", was, now)) == []


TAKE = """def take(pieces):
    if pieces > MOST:
        raise ValueError(f"more than {MOST}: {pieces}")
    return pieces
"""


@pytest.mark.parametrize(
    ("old", "new", "task", "is_lost"),
    [
        ("pieces > MOST", "pieces < 1", "take should raise a ValueError if pieces is less than 1.", True),
        (
            "pieces > MOST",
            "pieces < 1 or pieces > MOST",
            "take should raise a ValueError if pieces is less than 1.",
            False,
        ),
        ("pieces > MOST", "pieces > 9", "take should raise above 9 instead of MOST.", False),
        ("pieces > MOST", "pieces > 9", "Forget MOST in take; 9 is the limit.", False),
        ("take(pieces)", "take(pieces, most=MOST)", "Give take a parameter most.", False),
    ],
)
def test_a_limit_that_is_no_longer_asked_about_is_missed(old: str, new: str, task: str, is_lost: bool) -> None:
    after = TAKE.replace(old, new)
    after = after.replace("{MOST}", "{most}").replace("> MOST", "> most") if "most=" in new else after
    after = after.replace("more than {MOST}", "less than 1") if is_lost else after
    edit = FileEdit(path="a.py", before=TAKE.encode(), after=after.encode())
    assert ("no longer looks at MOST" in lost(task, (edit,))) is is_lost


VALID = "def valid(self, day):\n    return day <= self.last_day()\n"


def inverted_in(after: str, task: str) -> str:
    return lost(task, (FileEdit(path="a.py", before=VALID.encode(), after=after.encode()),))


@pytest.mark.parametrize("new", ["day >= self.last_day()", "self.last_day() < day", "not day or day > self.last_day()"])
def test_a_comparison_is_not_turned_where_more_is_asked_for(new: str) -> None:
    after = VALID.replace("day <= self.last_day()", new)
    said = inverted_in(after, "valid says True even for days before it was bought")
    assert said.startswith("valid asked whether `day <= self.last_day()`")
    assert not inverted_in(after, "valid compares the wrong way round, even in summer")
    assert not inverted_in(after, "valid is False on the last day")


@pytest.mark.parametrize("new", ["self.bought <= day <= self.last_day()", "day < self.last_day()", "day <= self.end"])
def test_a_comparison_that_goes_on_or_is_another_may_be_made(new: str) -> None:
    after = VALID.replace("day <= self.last_day()", new)
    assert not inverted_in(after, "valid says True even for days before it was bought")


def test_both_ways_may_be_asked_for() -> None:
    after = VALID.replace("day <= self.last_day()", "day >= self.last_day() or day <= self.last_day()")
    assert not inverted_in(after, "valid says True even for days before it was bought")


FAMILIES = "def families(self):\n    return len([one.phone for one in self.all if one.phone])\n"
COUNTED = """def families(self):
    seen = set()
    for one in self.all:
        seen.add(one.phone)
    return len(seen)
"""


def test_what_was_passed_over_is_passed_over_still() -> None:
    edits = (FileEdit(path="a.py", before=FAMILIES.encode(), after=COUNTED.encode()),)
    assert lost("families should count each number once.", edits).startswith(
        "families no longer passes over what has no"
    )
    assert not lost("families should count those without a phone too, even twice.", edits)
    kept = COUNTED.replace("        seen.add", "        if one.phone:\n            seen.add")
    assert not lost("families should count each number once.", (edits[0].model_copy(update={"after": kept.encode()}),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if n < 18:\n        return False\n    return True", "return n >= 18 and ok"),
        (
            "if n > 20:\n        raise ValueError(n)\n    return n",
            "if n <= 20:\n        return n\n    raise ValueError(n)",
        ),
        ("return 9 if n > 9 else n", "return n if n < 9 else 9"),
        ("return n <= 9", "return ok and not n > 9"),
    ],
)
def test_a_choice_written_the_other_way_round_goes_on(before: str, after: str) -> None:
    old, new = (f"def fits(n, ok=True):\n    {body}\n".encode() for body in (before, after))
    assert not lost("fits should also ask for ok.", (FileEdit(path="a.py", before=old, after=new),))


SCREEN = """def screen(notices):
    lines = []
    for notice in notices:
        lines.append(notice.text)
    return lines
"""
FIVE = "If there are more than five, show five and a line such as '+ 2 more'."


@pytest.mark.parametrize(
    ("task", "line", "is_told"),
    [
        (FIVE, 'lines.append("+ 2 more")', True),
        (FIVE.replace("a line such as", "the line"), 'lines.append("+ 2 more")', False),
        (FIVE, 'lines.append(f"+ {len(notices) - 5} more")', False),
        ("Without any, screen should say 'at least 1 notice'.", 'lines.append("at least 1 notice")', False),
        ("Without any, show a text such as 'nothing new'.", 'lines.append("nothing new")', False),
        ("Show a version such as 'v1.2'.", 'lines.append("v1.2")', False),
    ],
)
def test_a_number_of_an_example_is_worked_out(task: str, line: str, is_told: bool) -> None:
    after = SCREEN.replace("    return", f"    {line}\n    return")
    said = lost(task, [FileEdit(path="a.py", before=SCREEN.encode(), after=after.encode())])
    assert ("its number is to be worked out" in said) is is_told
