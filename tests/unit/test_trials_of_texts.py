"""Calls with blanks around a text, in another case, or on a thing with fewer parts: what was alike stays alike."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .trial_cases import edit, found, told

NOTE = """
def note(text):
    counts = {}
    for line in text.splitlines():
        name, number = line.split(":")
        counts[name.strip()] = int(number)
    return counts
"""
ADDED = NOTE.replace("counts[name.strip()] = int(number)", "counts[name] = counts.get(name, 0) + int(number)")
TEST = "from a import *\nassert note('a: 1\\nb: 2') == {'a': 1, 'b': 2}\nassert note('a: 1\\na: 2') == {'a': 3}\n"
TASK = "Numbers of a name that comes twice should be added up."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


async def test_blanks_that_did_not_matter_must_not_matter_now(root: Path) -> None:
    (check,) = await told(root, edit(NOTE, ADDED), TEST, TASK)
    assert check.output == (
        "note('a: 1\\nb: 2') and note(' a: 1 \\n b: 2 ') did the same before and must go on to; "
        "now the first gives {'a': 1, 'b': 2}, the second gives {' a': 1, ' b': 2}"
    )


async def test_who_cleans_as_before_or_is_asked_about_blanks_is_let_alone(root: Path) -> None:
    right = ADDED.replace("get(name, 0)", "get(name.strip(), 0)").replace("counts[name]", "counts[name.strip()]")
    (check,) = await told(root, edit(NOTE, right), TEST, TASK)
    assert check.ok
    assert not [one for one in found(NOTE, ADDED, TEST, "Keep the blanks.").pairs if one.is_kept and " a" in one.other]


FIND = "def find(names, name):\n    return [one for one in names if one.lower() == name.lower()]\n"
ONCE = "def find(names, name):\n    return list(dict.fromkeys(one for one in names if one == name))\n"
FOUND = "from a import *\nassert find(['Ann', 'Bob'], 'Ann') == find(['Ann', 'Ann'], 'Ann') == ['Ann']\n"


async def test_case_that_did_not_matter_must_not_matter_now(root: Path) -> None:
    (check,) = await told(root, edit(FIND, ONCE), FOUND, "find should give each only once.")
    assert "find(['Ann', 'Bob'], 'Ann') and find(['Ann', 'Bob'], 'ANN') did the same before" in check.output
    pairs = found(FIND, ONCE, FOUND, "find should mind upper and lower case.").pairs
    assert not any("ANN" in one.other for one in pairs)


async def test_what_the_change_is_about_tells_nothing_of_other_texts(root: Path) -> None:
    before = "def allergens(names):\n    return [one for one in ('milk', 'nuts') if one in names]\n"
    after = before.replace("if one in names", "if one in [name.lower() for name in names]")
    test = "from a import *\nassert allergens(['Milk']) == ['milk']\n"
    (check,) = await told(root, edit(before, after), test, "Capitals should not matter.")
    assert check.ok


FEES = "FEES = {'guest': 0, 'vip': 10}\n\n\ndef fee(kind):\n    return FEES.get(kind, 0)\n"
UNKNOWN = "from a import *\nassert fee('guest') == 0\nassert fee('other') == 5\n"


async def test_what_is_the_same_by_chance_need_not_be_so_in_any_case_or_with_blanks(root: Path) -> None:
    (check,) = await told(root, edit(FEES, FEES.replace("kind, 0", "kind, 5")), UNKNOWN, "Unknown kinds cost 5.")
    assert check.ok


CARD = """
class Card:
    def __init__(self, to, names=()):
        self.to = to
        self.names = names

    def signature(self):
        return ", ".join(self.names)
"""
AND = CARD.replace('", ".join(self.names)', '", ".join(self.names[:-1]) + " and " + self.names[-1]')
SIGNED = "from a import *\nassert Card('Ann', ['Bob', 'Eve']).signature() == 'Bob and Eve'\n"


async def test_a_thing_with_nothing_in_its_list_is_asked_too(root: Path) -> None:
    (check,) = await told(root, edit(CARD, AND), SIGNED, "Write 'and' before the last name.")
    assert "Card('Ann', []).signature() gave '' before the change" in check.output
    assert "IndexError" in check.output


def test_only_lists_with_something_in_them_become_less() -> None:
    calls = found(CARD, AND, SIGNED).calls
    assert "Card('Ann', []).signature()" in calls
    assert "Card('Ann', ['Bob']).signature()" in calls
    named = SIGNED.replace("['Bob", "names=['Bob")
    assert "Card('Ann', names=[]).signature()" in found(CARD, AND, named).calls
    alone = found(CARD, AND, SIGNED.replace("'Bob', 'Eve'", "'Bob'")).calls
    assert "Card('Ann', []).signature()" in alone
    assert "Card('Ann', ['Bob']).signature()" not in alone
