"""Places that are shared in a ranking."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes
from workbench.model import Source

RANK = """
def rank(best, player):
    ordered = sorted(best, key=best.get, reverse=True)
    return ordered.index(player) + 1
"""
LIST = """
def ranking(runs):
    return [(place, run.name) for place, run in enumerate(sorted(runs, key=lambda run: run.seconds), 1)]
"""
LOOP = """
def ranking(runs):
    ordered = sorted(runs, key=lambda one: one.points, reverse=True)
    rows = []
    for place, run in enumerate(ordered, start=1):
        rows.append((place, run.name))
    return rows
"""
TASK = "Players with equal points should share a place: with 50, 40, 40 and 30 the ranks are 1, 2, 2 and 4."


def found(task: str, code: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    name = code.partition("def ")[2].partition("(")[0]
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


def given(code: str, *values: object) -> object:
    names: dict[str, object] = {}
    exec(code, names)
    function = names[code.partition("def ")[2].partition("(")[0]]
    assert callable(function)
    return function(*values)


class Run:
    def __init__(self, name: str, number: int) -> None:
        self.name, self.points, self.seconds = name, number, number


def test_a_place_of_one_is_shared() -> None:
    (after,) = found(TASK, RANK)
    best = {"a": 50, "b": 40, "c": 40, "d": 30}
    assert [given(after, best, one) for one in best] == [1, 2, 2, 4]


@pytest.mark.parametrize(("code", "numbers"), [(LIST, (30, 40, 40, 50)), (LOOP, (50, 40, 40, 30))])
def test_places_in_a_list_are_shared(code: str, numbers: tuple[int, ...]) -> None:
    (after,) = found(TASK, code)
    runs = [Run(name, number) for name, number in zip("abcd", numbers, strict=True)]
    assert given(after, runs) == [(1, "a"), (2, "b"), (2, "c"), (4, "d")]


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("Players with equal points should share a place: 1, 2, 2 and 3.", RANK),
        ("Players with equal points should be in alphabetical order, no shared places.", RANK),
        ("rank should raise a KeyError for somebody unknown.", RANK),
        (TASK, RANK.replace("best.get", "len")),
        (TASK, RANK.replace("+ 1", "+ 2")),
        (TASK, LIST.replace(", 1)", ")")),
        (TASK, LIST.replace("run.seconds", "(run.seconds, run.name)")),
        (TASK, LOOP.replace("    rows = []", "    ordered = runs\n    rows = []")),
        (TASK, LOOP.replace("(place, run.name)", "(place, place, run.name)")),
    ],
)
def test_no_other_place_is_shared(task: str, code: str) -> None:
    assert not any("1 + sum(" in one for one in found(task, code))
