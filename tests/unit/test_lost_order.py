"""An order that went where only ties were meant."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.judging.lost import lost

BEFORE = """def smallest(berths, length):
    fitting = [berth for berth in berths if berth.length >= length]
    return min(fitting, key=lambda berth: berth.length, default=None)
"""
OLD = "min(fitting, key=lambda berth: berth.length, default=None)"
TASK = "Of two that are equally long, the narrower one should be given away."
LOST = BEFORE.replace("berth.length >= length", "berth.fits(length)")


@pytest.mark.parametrize(
    ("new", "word"),
    [
        ("sorted(fitting, key=lambda berth: berth.width)[0]", "length"),
        ("min(fitting, key=lambda berth: (berth.width, berth.name))", "length"),
        ("min(fitting, key=lambda berth: (berth.length, berth.width), default=None)", ""),
        ("min(fitting, key=lambda berth: (berth.width), default=None) if berths[0].length else None", ""),
        ("min(fitting, key=in_order, default=None)", ""),
        ("min(fitting, key=attrgetter('length', 'width'))", ""),
    ],
)
def test_what_things_were_put_in_order_by_is_missed(new: str, word: str) -> None:
    said = lost(TASK, [edit(LOST, LOST.replace(OLD, new))])
    assert said == (
        f"smallest no longer orders by {word}; it must go on to, and by what is new only where that is the same"
        if word
        else ""
    )


@pytest.mark.parametrize(
    "task", ["Choose the narrowest one.", "Of two equally long ones take the narrower; no longer mind the length."]
)
def test_another_order_may_be_asked_for(task: str) -> None:
    assert lost(task, [edit(LOST, LOST.replace(OLD, "min(fitting, key=lambda berth: berth.width)"))]) == ""


def test_a_length_that_was_asked_for_is_missed_too() -> None:
    before = "def first(names):\n    return sorted(names, key=len)\n"
    after = before.replace("key=len", "key=str.lower")
    assert lost("Names of the same length should be in alphabetical order.", [edit(before, after)])
    assert not lost(
        "Names of the same length should be in alphabetical order.",
        [edit(before, before.replace("len", "lambda n: (len(n), n.lower())"))],
    )


ROWS = "def top(rows):\n    return sorted(rows, key={})\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("itemgetter('points')", "lambda row: (row['points'], row['name'])"),
        ("operator.attrgetter('team.points')", "lambda row: (row.team.points, row.name)"),
        ("lambda row: row.team.points", "attrgetter('team.points', 'name')"),
        ("itemgetter(1)", "lambda row: (row[1], row[0])"),
        ("lambda row: row.get('points', '')", "lambda row: (row['points'], row['name'])"),
        ("lambda row: row.points", "self.of_points_and_name"),
        ("lambda row: row.points", "Row.in_order"),
    ],
)
def test_an_order_that_is_said_in_another_way_is_the_same(old: str, new: str) -> None:
    task = "Rows with the same points should be in alphabetical order."
    assert lost(task, [edit(ROWS.replace("{}", old), ROWS.replace("{}", new))]) == ""


def test_what_is_taken_apart_or_ranked_before_it_is_sorted_is_not_missed() -> None:
    task = "Rows with the same points should be in alphabetical order."
    before = ROWS.replace("{}", "lambda row: row.points")
    after = "def top(rows):\n    return sorted((points, name) for name, points in rows)\n"
    assert lost(task, [edit(before, after)]) == ""
    ranked = "def top(rows):\n    return [row for _, row in sorted(zip(map(rank, rows), rows))]\n"
    assert lost(task, [edit(ROWS.replace("{}", "rank"), ranked)]) == ""


@pytest.mark.parametrize(
    ("task", "new", "is_missed"),
    [
        ("Sort by rating, and those with the same rating by title.", "(row.rating, row.title)", False),
        ("Rows come by year; make that rating, and of equal rating the title.", "(row.rating, row.title)", False),
        ("Order by due day. Two that are due on the same day may come as they do.", "row.due_day", False),
        ("top should be in alphabetical order, and equal titles in any.", "row.title", False),
        ("Do the same as bottom, but by title.", "row.title", False),
        ("Draw the rows by title, as late as they may be entered.", "row.title", False),
        ("top should give identical results for tuples; sort by title now.", "row.title", False),
        ("Sort rows of the same year by title.", "row.title", True),
        ("Sort by title where the year is the same.", "row.title", True),
        ("Those that are equally old should be sorted by title.", "row.title", True),
    ],
)
def test_a_new_order_is_none_of_ties_alone(task: str, new: str, is_missed: bool) -> None:
    after = ROWS.replace("{}", f"lambda row: {new}")
    assert bool(lost(task, [edit(ROWS.replace("{}", "lambda row: row.year"), after)])) is is_missed
