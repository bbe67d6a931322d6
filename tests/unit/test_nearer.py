"""Old lines that an answer wrote anew on purpose, and what goes with them where they are put back."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import edit
from workbench.crew.dispatch import work
from workbench.crew.slips.cases import nearer, with_old_rest
from workbench.model import Check, Solving

LABEL = "def label(n):\n    return str(n)\n"
BOX = """def box(a, b, c=1, d=1):
    if a < 0:
        raise ValueError('a is negative')
    if b < 0:
        raise ValueError('b is negative')
    return a * b * c * d
"""
TAKE = "def take(n):\n    if n < 0:\n        raise ValueError(n)\n    return list(range(n))\n"


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (
            "If n is None, label returns '-'; two digits are shown for what is given.",
            LABEL,
            "def label(n):\n    if n is None:\n        return '-'\n    return f'{n:02d}'\n",
        ),
        (
            "Add an optional parameter prefix='' to label; if n is None it returns ''.",
            LABEL,
            "def label(n, prefix=''):\n    if n is None:\n        return ''\n    return prefix + str(n)\n",
        ),
        ("If n is 0, take should raise ValueError as well.", TAKE, TAKE.replace("<", "<=")),
        (
            "If a is None, pick returns b, otherwise a.",
            "def pick(a, b):\n    return b if a == b else a\n",
            "def pick(a, b):\n    if a is None:\n        return b\n    return a\n",
        ),
    ],
)
def test_what_was_written_anew_because_the_task_says_so_stays(task: str, before: str, after: str) -> None:
    assert not list(nearer(task, [edit(before, after)]))


def test_the_old_lines_come_with_their_decorators_and_comments() -> None:
    before = "def f(t):\n    # Kept.\n    @cache\n    def g():\n        return t\n    return g() + g()\n"
    new = "    if t is None:\n        return ''\n"
    (found,) = nearer("If t is None, give ''.", [edit(before, f"def f(t):\n{new}    return t + t\n")])
    assert (found.edits[0].after or b"").decode() == before.replace("    # Kept", f"{new}    # Kept")
    above = f"def f(t):\n    # Kept.\n{new}    return t + t\n"
    (found,) = nearer("If t is None, give ''.", [edit(before, above)])
    assert (found.edits[0].after or b"").decode().count("# Kept.") == 1


def test_new_lines_that_look_like_old_ones_do_not_stand_for_them() -> None:
    more = BOX[BOX.index("    if a") : BOX.index("    return")].replace("a <", "c <").replace("b <", "d <")
    task = "box should raise ValueError when c or d is negative too."
    assert not list(nearer(task, [edit(BOX, BOX.replace("    if a", f"{more}    if a"))]))
    texts = "def word(n):\n    if n == 1:\n        return 'one'\n    if n == 2:\n        return 'two'\n    return ''\n"
    other = "    if n == 3:\n        return 'three'\n    if n == 4:\n        return 'four'\n"
    assert not list(nearer("word takes 3 and 4 too.", [edit(texts, texts.replace("(n):\n", f"(n):\n{other}"))]))


def test_old_lines_that_a_comment_or_a_semicolon_goes_with_are_not_taken_out() -> None:
    old = "    a = t.strip()\n    # Lower.\n    b = a.lower()\n    return b\n"
    new = "    a = t.strip().strip()\n    b = a.lower().lower()\n"
    assert not list(nearer("Do it.", [edit(f"def f(t):\n{old}", f"def f(t):\n{new}{old}")]))
    plain = old.replace("    # Lower.\n", "")
    (found,) = nearer("Do it.", [edit(f"def f(t):\n{plain}", f"def f(t):\n{new}{plain}")])
    assert (found.edits[0].after or b"").decode() == f"def f(t):\n{new}    return b\n"
    on_one = plain.replace("lower()\n    ", "lower(); ")
    assert not list(nearer("Do it.", [edit(f"def f(t):\n{on_one}", f"def f(t):\n{new}{on_one}")]))


async def test_without_a_check_an_example_of_the_task_tells() -> None:
    cleans = "    text = text.strip()\n"
    before = f"def clean(text):\n{cleans}    if not text.isdigit():\n        raise ValueError(text)\n    return text\n"
    early = before.replace(cleans, f'    if text.startswith("D-"):\n        return text[2:]\n{cleans}')
    told = "clean should also take a country in front, as in 'D-20359'. That one comes out as '20359'."
    silent = "clean should also take a country in front."
    for task, is_handed_on in ((told, True), (silent, False)):
        desk = ScriptedDesk(*[fenced(early)] * 3)
        proposal = await work(a_brief("patch", task, {"a.py": before}, solving=Solving(samples=1, wrap=False)), desk)
        assert (b"text = text[2:]" in (proposal.edits[0].after or b"")) is is_handed_on


LINE = """class Address:
    def line(self):
        return ", ".join([self.name, self.city, self.country])
"""
SHORT = """class Address:
    def line(self):
        if self.is_domestic():
            return ", ".join([self.name, self.city])
        return ", ".join([self.name, self.city, "DE"])
"""
KEPT = SHORT.replace('"DE"', "self.country")


@pytest.mark.parametrize("check", [(), ("pytest",)])
async def test_what_the_rest_lost_is_put_back(check: tuple[str, ...]) -> None:
    asked = a_brief(
        "patch",
        "Address.line should leave out the country if the address is domestic.",
        {"a.py": LINE},
        check=check,
        solving=Solving(samples=1, wrap=False, compare=False),
    )
    desk = ScriptedDesk(fenced(SHORT), checks=[[Check(name="pytest", ok=True)]] * 2)
    proposal = await work(asked, desk)
    assert (proposal.edits[0].after or b"").decode() == KEPT
    assert "the old lines follow what is new" in proposal.notes
    assert len(desk.asked) == 1


def test_only_behind_a_case_that_ends() -> None:
    task = "line should leave out the country if it is domestic."
    assert with_old_rest(task, [edit(LINE, SHORT)]) is not None
    assert with_old_rest(task, [edit(LINE, KEPT)]) is None
    assert with_old_rest(task, [edit(LINE, SHORT.replace("            return", "            text ="))]) is None
    assert with_old_rest(task, [edit(LINE, LINE.replace("self.country", '"DE"'))]) is None


def test_a_second_new_case_is_not_lost() -> None:
    task = "line should leave out the country if it is domestic, and be empty without a name."
    second = "        if not self.name:\n            return ''\n"
    after = SHORT.replace(
        '        return ", ".join([self.name, self.city, "DE"', f'{second}        return ", ".join([self.name, "DE"'
    )
    assert with_old_rest(task, [edit(LINE, after)]) is None
