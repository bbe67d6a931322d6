"""What is counted up without a beginning."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident

CLASS = """from collections import Counter


class Standings:
    def __init__(self):
        self._points: dict[str, int] = {}

    def award(self, rider, points):
        self._points[rider] = points

    def points_of(self, rider):
        return self._points[rider]
"""
TASK = "Points of several races should be added up."
OLD, NEW = "self._points[rider] = points", "self._points[rider] += points"
FROM_NOTHING = "self._points[rider] = self._points.get(rider, 0) + points"


def test_what_is_counted_up_begins_at_nothing() -> None:
    assert evident(TASK, CLASS, CLASS.replace(OLD, NEW)) == CLASS.replace(OLD, FROM_NOTHING)


def test_what_another_line_sets_first_was_still_set_by_the_old_one() -> None:
    more = f"{CLASS}\n    def begin(self, rider):\n        self._points[rider] = 0\n"
    assert evident(TASK, more, more.replace(OLD, NEW)) == more.replace(OLD, FROM_NOTHING)


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        ("Points add up; an unknown rider is a KeyError.", "{}", NEW),
        ("Points add up. Raise for riders who have not started.", "{}", NEW),
        ("Points add up. Unknown riders are a LookupError.", "{}", NEW),
        ("Points add up; for a rider that does not exist that is wrong.", "{}", NEW),
        (TASK, "Counter()", NEW),
        (TASK, "made()", NEW),
        (TASK, "{}", f"if rider not in self._points:\n            self._points[rider] = 0\n        {NEW}"),
        (TASK, "{}", f"if not self.has(rider):\n            self._points[rider] = 0\n        {NEW}"),
        (TASK, "{}", f"self._points.setdefault(rider, 0)\n        {NEW}"),
        (TASK, "{}", f"try:\n            {NEW}\n        except KeyError:\n            {OLD}"),
        (TASK, "{}", "self._points[next(rider)] += points"),
        (TASK, "{}", "self._points[rider] -= points"),
    ],
)
def test_what_knows_a_beginning_or_asks_for_it_stays(task: str, old: str, new: str) -> None:
    before = CLASS.replace("{}", old)
    after = before.replace(OLD, new)
    assert evident(task, before, after) == after


@pytest.mark.parametrize("more", ["points | 1", "points << 1", "points - 0.1", "points if points else 1"])
def test_what_is_added_stays_together(more: str) -> None:
    after = CLASS.replace(OLD, f"self._points[rider] += {more}")
    right = CLASS.replace(OLD, f"self._points[rider] = self._points.get(rider, 0) + ({more})")
    assert evident(TASK, CLASS, after) == right


@pytest.mark.parametrize("kind", ["dict[str, list[int]]", "dict[str, str]", "dict"])
def test_what_may_be_no_number_stays(kind: str) -> None:
    before = CLASS.replace("dict[str, int]", kind)
    after = before.replace(OLD, NEW)
    assert evident(TASK, before, after) == after


COUNT = """def counts(names):
    found = []
    for name in names:
        found.append(name)
    return found
"""


def test_a_table_of_a_function_is_counted_up_from_nothing() -> None:
    after = COUNT.replace("[]", "{}").replace("found.append(name)", "found[name] += 1")
    right = after.replace("found[name] += 1", "found[name] = found.get(name, 0) + 1")
    assert evident("counts should give how often each name comes", COUNT, after) == right


def test_a_key_that_the_function_sets_to_nothing_first_stays() -> None:
    after = COUNT.replace("[]", "{}").replace("found.append(name)", "found[name] = 0")
    after = after.replace("    return", "    for name in names:\n        found[name] += 1\n    return")
    assert evident("counts should give how often each name comes", COUNT, after) == after


@pytest.mark.parametrize("filled", ["dict.fromkeys(names, 0)", "{}\n    fill(found)", "{}\n    found.update(a=1)"])
def test_a_table_that_something_fills_stays(filled: str) -> None:
    after = COUNT.replace("[]", filled).replace("found.append(name)", "found[name] += 1")
    assert evident("counts should give how often each name comes", COUNT, after) == after


def test_a_field_that_may_be_given_is_not_known_to_be_empty() -> None:
    before = CLASS.replace(
        "    def __init__(self):\n        self._points: dict[str, int] = {}\n",
        "    _points: dict[str, int] = field(default_factory=dict)\n",
    ).replace(OLD, "self._points[rider] = max(points, self._points[rider])")
    after = before.replace("self._points[rider] = max(points, self._points[rider])", NEW)
    assert evident(TASK, before, after) == after
