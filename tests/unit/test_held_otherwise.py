"""What others of a class still look at must hold what it did."""

from __future__ import annotations

import pytest

from workbench.crew.judging.lost import lost
from workbench.model import FileEdit

STANDINGS = """class Standings:
    def __init__(self):
        self._points = {}
        self.last = None

    def award(self, rider, points):
        self._points[rider] = points
        self.last = rider

    def points_of(self, rider):
        return self._points[rider]

    def table(self):
        return sorted(self._points.items(), key=lambda pair: -pair[1])
"""
LISTS = STANDINGS.replace(
    "        self._points[rider] = points\n",
    """        if rider not in self._points:
            self._points[rider] = []
        self._points[rider].append(points)
""",
).replace("return self._points[rider]", "return sum(self._points[rider])")
TASK = "A rider who gets points in several races should have all of them together."


def said(before: str, after: str) -> str:
    return lost(TASK, (FileEdit(path="a.py", before=before.encode(), after=after.encode()),))


def test_a_list_where_there_was_a_number_is_told() -> None:
    assert "Standings.table goes on to look at it" in said(STANDINGS, LISTS)
    assert "self._points" in said(STANDINGS, LISTS)
    assert "table" in said(STANDINGS, LISTS.replace("= []", "= list()"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (STANDINGS, STANDINGS.replace("] = points", "] = self._points.get(rider, 0) + points")),
        # All that look at it were changed too, or there are none.
        (STANDINGS, LISTS.replace("-pair[1]", "-sum(pair[1])")),
        (STANDINGS, STANDINGS.replace("self.last = rider", "self.last = [rider]")),
        # It held one before, or is new.
        (STANDINGS.replace("] = points", "] = [points]"), LISTS),
        (STANDINGS, STANDINGS.replace("self.last = rider", "self.all = [rider]")),
    ],
)
def test_what_nobody_else_looks_at_may_hold_anything(before: str, after: str) -> None:
    assert "held none" not in said(before, after)
